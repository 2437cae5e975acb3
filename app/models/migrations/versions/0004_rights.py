"""Nobody who may ask can hold up the others: locks, notifications, quotas, sessions.

A downgrade leaves the roles, and takes no disk quota from a login.
"""

from importlib.resources import files

from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def _run(name: str) -> None:
    statements = files("app.models.migrations.versions").joinpath(name).read_text(encoding="utf-8")
    # The driver would take a per cent sign for a parameter.
    op.get_bind().exec_driver_sql(statements.replace("%", "%%"))


def upgrade() -> None:
    """Closes what was open."""
    _run("0004_rights.sql")


def downgrade() -> None:
    """Puts functions, keys and grants back as they were."""
    _run("0004_down.sql")
