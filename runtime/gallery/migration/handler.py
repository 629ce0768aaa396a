"""Deployment (one synchronous invocation) -> the database has the schema of this code.

Event: {}; answer: {"revision": "0002", "dimension": 384}.
"""

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.gallery.migration.core import AppRole, migrate
from runtime.gallery.shared.clients import secrets_client
from runtime.gallery.shared.connection import authority_of, login_for
from runtime.gallery.shared.database import DatabaseSettings, engine
from runtime.gallery.shared.login import SecretLogin


class MigrationSettings(DatabaseSettings):
    """The owner's login, and what is to be set up."""

    database_app_user: str
    database_app_secret_arn: str
    """Secret with the app role's password; "" lets it log in with IAM tokens."""
    vector_dimension: int


settings = MigrationSettings.read()
logger, tracer = Logger(), Tracer()
owner = engine(settings, login_for(settings), authority_of(settings))


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
def handler(_event: dict[str, object], _context: LambdaContext) -> dict[str, object]:
    """Apply the missing revisions; an error fails the deployment with its message."""
    password = None
    if settings.database_app_secret_arn:
        password = SecretLogin(secrets_client(), settings.database_app_secret_arn).password()
    done = migrate(owner, AppRole(settings.database_app_user, password), settings.vector_dimension)
    logger.info("database is up to date", extra={"revision": done.revision})
    return {"revision": done.revision, "dimension": done.dimension}
