"""Brings a database to the newest version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlmodel import SQLModel

from eventkit.codebook import models as _codebook
from eventkit.evaluation import models as _evaluation
from eventkit.events import models as _events
from eventkit.evidence import models as _evidence
from eventkit.sealing import models as _sealing
from eventkit.stage import models as _stage
from eventkit.tables import models as _tables
from eventkit.vignettes import models as _vignettes
from eventkit.voting import models as _voting
from eventkit.wall import models as _wall

MODELS = (
    _codebook, _evaluation, _events, _evidence, _sealing, _stage, _tables, _vignettes, _voting, _wall,
)  # fmt: skip
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
