"""The first schema: synced tables, protocol tables, roles, row-level security, change feed.

Roles are cluster-wide and stay on a downgrade: another database may use them.
"""

from importlib.resources import files

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _run(name: str) -> None:
    statements = files("app.models.migrations.versions").joinpath(name).read_text(encoding="utf-8")
    # The driver would take a per cent sign for a parameter.
    op.get_bind().exec_driver_sql(statements.replace("%", "%%"))


def upgrade() -> None:
    """Creates everything."""
    _run("0001_roles.sql")
    _run("0001_tables.sql")
    _run("0001_rights.sql")


def downgrade() -> None:
    """Drops every table and function of the program."""
    _run("0001_down.sql")
