"""Brings a database to the newest version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlmodel import SQLModel

from eventkit.events import models as _events
from eventkit.evidence import models as _evidence
from eventkit.sealing import models as _sealing
from eventkit.stage import models as _stage
from eventkit.voting import models as _voting

MODELS = (_events, _evidence, _sealing, _stage, _voting)
METADATA = SQLModel.metadata


def upgrade(connection: Connection) -> None:
    """Applies what is missing. The caller commits."""
    command.upgrade(config(connection), "head")


def config(connection: Connection) -> Config:
    """Alembic's own settings, with the connection that it must use."""
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent))
    found.attributes["connection"] = connection
    return found
