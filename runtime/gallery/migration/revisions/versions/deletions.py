"""Deletions: the receipt of each, and what came before it.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

from runtime.gallery.migration.row_security import protect

revision = "0002"
down_revision = "0001"

DELETIONS = """
CREATE TABLE deletions (
  item_id uuid CONSTRAINT deletions_pkey PRIMARY KEY,
  tenant_id text NOT NULL,
  sequencer text NOT NULL,
  receipt jsonb NOT NULL
);
"""


def upgrade() -> None:
    """Create the table."""
    op.execute(DELETIONS)
    protect("deletions")


def downgrade() -> None:
    """Remove it: deleted images come back when their event is delivered again."""
    op.execute("DROP TABLE deletions")
