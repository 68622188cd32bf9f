"""Templates: where they are found, and what every one of them may use."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from eventkit.web import charts
from eventkit.web.dates import day
from eventkit.web.language import direction, gettext, language, ngettext
from eventkit.web.qr import qr

PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "static"
TEMPLATES = PACKAGE / "_templates" if (PACKAGE / "_templates").is_dir() else PACKAGE.parent / "templates"


class Renderer:
    """Renders templates; those in `user_folder` come first, and reach the original as "base:<name>".

    Templates are read once: a changed override shows after a restart. A value that a template needs and was not
    given is an error, never an empty space on a screen.
    """

    def __init__(self, user_folder: Path | None) -> None:
        original = FileSystemLoader(TEMPLATES)
        folders: list[BaseLoader] = [FileSystemLoader(user_folder)] if user_folder else []
        prefixed = PrefixLoader({"base": original}, delimiter=":")
        self._environment = Environment(
            loader=ChoiceLoader([*folders, original, prefixed]),
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self._environment.globals |= {
            "static": static,
            "language": language,
            "direction": direction,
            "mark": charts.mark,
            "seats": charts.seats,
            "patterns": charts.patterns,
            "qr_of": qr,
            "recorded_sign": charts.recorded_sign,
            "waiting_sign": charts.waiting_sign,
            "refused_sign": charts.refused_sign,
        }
        self._environment.filters |= {"day": day, "moment": moment}
        self._environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """The page or fragment, in the language spoken now."""
        return self._environment.get_template(template).render(values)


@cache
def static(name: str) -> str:
    """The address of a static file, such as "/static/0a1b2c3d4e5f/live.js"; "" if it does not exist.

    The hash of the content stands in the address, so browsers may keep the file for ever. What the build brings
    (htmx) can be missing in a broken installation: pages then leave it out and stay plain forms.
    """
    try:
        content = (STATIC / name).read_bytes()
    except OSError:
        return ""
    return f"/static/{hashlib.sha256(content).hexdigest()[:12]}/{name}"


def moment(value: datetime, time_zone: str) -> str:
    """A moment on the clocks of the event: 18 May 2016, 09:57. UTC where the zone's rules are not installed."""
    try:
        local = value.astimezone(ZoneInfo(time_zone))
    except (ZoneInfoNotFoundError, ValueError):
        local = value.astimezone(UTC)
    return f"{day(local)}, {local:%H:%M}"
