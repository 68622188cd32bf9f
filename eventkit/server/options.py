"""What many commands take: the data folder, a port, and settings that the command line goes before."""

from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from eventkit.errors import BadInput
from eventkit.settings import Settings
from eventkit.web.language import gettext as _

FILE = click.Path(path_type=Path)
DATA = click.option("--data", type=FILE, metavar="DIR", help="Folder of the database.")
PORT = click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="Port; 0 takes a free one.")


def settings_of(**given: Any) -> Settings:
    """The environment's settings, under what the command line says. Raises `BadInput`."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = f"EVENTKIT_{first['loc'][0]}".upper()
        raise BadInput(_("The setting {name} cannot be used: {why}.").format(name=name, why=first["msg"])) from None
