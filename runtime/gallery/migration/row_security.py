"""What PostgreSQL does for every table: it shows a connection the rows of its own tenant only."""

from alembic import context, op

# FORCE: the owner is bound by the policy too, so that not even a migration reads across tenants.
# Without a tenant the parameter is NULL or empty, which equals no tenant: nothing is visible.
_PROTECT = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON {table}
  USING (tenant_id = current_setting('app.tenant', true))
  WITH CHECK (tenant_id = current_setting('app.tenant', true) AND tenant_id <> '');
GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role};
"""


def protect(table: str) -> None:
    """Let the functions' role work with a new table, within the tenant it works for."""
    name = context.config.attributes["app_role"]
    role = op.get_bind().dialect.identifier_preparer.quote(name)
    op.execute(_PROTECT.format(table=table, role=role))
