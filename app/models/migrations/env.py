"""Alembic's entry: runs the migrations on the connection handed over by `app.models.migrate`."""

from alembic import context

from app.models.base import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
