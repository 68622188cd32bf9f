"""Brings htmx into the package at build time, and the templates into the wheel.

htmx comes out of the `django-htmx` wheel, a build requirement, so that nothing third-party lies in git and nobody
needs Node. Only the wheel's files are looked up: Django is not imported. In an editable install the templates are
read where they are edited; a copy would only go stale.
"""

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = "django_htmx/static/django_htmx/htmx-2.min.js"
TARGET = "eventkit/static/vendor/htmx.min.js"
SHA256 = "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de"


class Hook(BuildHookInterface):
    """Runs before each wheel and source distribution."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Puts htmx in place; `version` is "editable" or "standard"."""
        _bring_htmx(Path(self.root) / TARGET)
        if self.target_name == "wheel" and version != "editable":
            build_data["force_include"]["templates"] = "eventkit/_templates"


def _bring_htmx(target: Path) -> None:
    if target.is_file() and _sha256(target.read_bytes()) == SHA256:
        return
    content = _carried()
    if _sha256(content) != SHA256:
        raise RuntimeError(f"{SOURCE} in django-htmx is not the htmx 2.0.10 that eventkit was tested with.")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _carried() -> bytes:
    try:
        return Path(str(distribution("django-htmx").locate_file(SOURCE))).read_bytes()
    except (PackageNotFoundError, FileNotFoundError) as error:
        raise RuntimeError(
            "htmx is missing: django-htmx 1.29.0, which carries it, is not installed where eventkit is built. "
            "Build with pip's usual build isolation, or install the packages of [build-system] first."
        ) from error


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
