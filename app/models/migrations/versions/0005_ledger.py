"""The ledger: periods, entries and lines; who may see money; what is posted never changes."""

from importlib.resources import files

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _run(name: str) -> None:
    statements = files("app.models.migrations.versions").joinpath(name).read_text(encoding="utf-8")
    # The driver would take a per cent sign for a parameter.
    op.get_bind().exec_driver_sql(statements.replace("%", "%%"))


def upgrade() -> None:
    """Creates the tables, their rights and their triggers."""
    _run("0005_tables.sql")
    _run("0005_rights.sql")


def downgrade() -> None:
    """Drops the tables with all entries."""
    _run("0005_down.sql")
