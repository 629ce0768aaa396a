"""Items, analyses, embeddings; row level security; the approximate index.

Revision ID: 0001
Revises: nothing
"""

from alembic import context, op

from runtime.gallery.migration.row_security import protect

revision = "0001"
down_revision = None

TABLES = ("items", "analyses", "embeddings")

ITEMS = """
CREATE TABLE items (
  id uuid CONSTRAINT items_pkey PRIMARY KEY,
  tenant_id text NOT NULL,
  user_id text NOT NULL,
  filename text NOT NULL,
  file_path text NOT NULL,
  thumbnail_path text,
  mime_type text,
  size_bytes integer NOT NULL,
  width integer,
  height integer,
  status text NOT NULL CONSTRAINT items_status_known
    CHECK (status IN ('received', 'analyzing', 'embedding', 'ready', 'failed')),
  reason text,
  abandoned_after timestamptz,
  etag text NOT NULL,
  sequencer text NOT NULL,
  revision text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT items_tenant_id_id_key UNIQUE (tenant_id, id)
);
CREATE INDEX items_tenant_id_created_at_id ON items (tenant_id, created_at, id);
"""

ANALYSES = """
CREATE TABLE analyses (
  id uuid CONSTRAINT analyses_pkey PRIMARY KEY,
  tenant_id text NOT NULL,
  item_id uuid NOT NULL,
  user_id text NOT NULL,
  version integer NOT NULL CONSTRAINT analyses_version_positive CHECK (version > 0),
  request_id text NOT NULL,
  category text NOT NULL,
  summary text NOT NULL,
  raw_response jsonb NOT NULL,
  provider_used text NOT NULL,
  model_used text NOT NULL,
  trace_id text NOT NULL,
  search_vector tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('english', category), 'A') ||
    setweight(
      jsonb_to_tsvector('english', coalesce(raw_response -> 'tags', '[]'), '["string"]'), 'A'
    ) ||
    setweight(to_tsvector('english', summary), 'B') ||
    setweight(to_tsvector('english', coalesce(raw_response ->> 'visible_text', '')), 'C')
  ) STORED,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT analyses_item_id_version_key UNIQUE (item_id, version),
  CONSTRAINT analyses_item_id_request_id_key UNIQUE (item_id, request_id),
  CONSTRAINT analyses_tenant_id_id_key UNIQUE (tenant_id, id),
  CONSTRAINT analyses_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id)
    REFERENCES items (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX analyses_tenant_id_item_id ON analyses (tenant_id, item_id);
"""

EMBEDDINGS = """
CREATE TABLE embeddings (
  id uuid CONSTRAINT embeddings_pkey PRIMARY KEY,
  tenant_id text NOT NULL,
  item_id uuid NOT NULL,
  analysis_id uuid NOT NULL,
  user_id text NOT NULL,
  vector vector({dimension:d}) NOT NULL,
  embedding_model text NOT NULL,
  embedding_dimensions integer NOT NULL,
  embedding_source jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT embeddings_analysis_id_key UNIQUE (analysis_id),
  CONSTRAINT embeddings_tenant_id_item_id_fkey FOREIGN KEY (tenant_id, item_id)
    REFERENCES items (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT embeddings_tenant_id_analysis_id_fkey FOREIGN KEY (tenant_id, analysis_id)
    REFERENCES analyses (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX embeddings_tenant_id_item_id ON embeddings (tenant_id, item_id);
CREATE INDEX embeddings_vector ON embeddings USING hnsw (vector vector_cosine_ops);
"""


def upgrade() -> None:
    """Create everything; PostgreSQL takes all of it back if any of it fails."""
    op.execute(ITEMS)
    op.execute(ANALYSES)
    op.execute(EMBEDDINGS.format(dimension=context.config.attributes["dimension"]))
    for table in TABLES:
        protect(table)


def downgrade() -> None:
    """Remove everything, the images' analyses included."""
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
