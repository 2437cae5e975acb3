"""A device is known by a token that changes with each push; a desk can ask for what it last saw."""

from importlib.resources import files

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _run(name: str) -> None:
    statements = files("app.models.migrations.versions").joinpath(name).read_text(encoding="utf-8")
    # The driver would take a per cent sign for a parameter.
    op.get_bind().exec_driver_sql(statements.replace("%", "%%"))


def upgrade() -> None:
    """Adds the two functions and what they need."""
    _run("0006_lineage.sql")


def downgrade() -> None:
    """Takes them away, and forgets the tokens."""
    _run("0006_down.sql")
