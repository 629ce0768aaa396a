"""Alembic's environment: it works on the connection, and in the transaction, it is given."""

from alembic import context

from runtime.gallery.shared.models import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata
)
context.run_migrations()
