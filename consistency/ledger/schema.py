"""Making the tables of a ledger and bringing them up to date, with Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlalchemy as sa
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def create_tables(engine: sa.Engine) -> None:
    """Makes the tables, or brings them up to the version of this program, in one transaction."""
    from alembic import command

    with engine.connect().execution_options(writes=True) as base, base.begin():
        command.upgrade(_config(base), "head")


def _config(base: sa.Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = base
    return config
