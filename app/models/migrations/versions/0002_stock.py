"""Stock: items, locations, moves that are never changed, balances, counts."""

from importlib.resources import files

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _run(name: str) -> None:
    statements = files("app.models.migrations.versions").joinpath(name).read_text(encoding="utf-8")
    # The driver would take a per cent sign for a parameter.
    op.get_bind().exec_driver_sql(statements.replace("%", "%%"))


def upgrade() -> None:
    """Creates the tables of stock."""
    _run("0002_tables.sql")
    _run("0002_rights.sql")


def downgrade() -> None:
    """Drops them, with what is booked in them."""
    _run("0002_down.sql")
