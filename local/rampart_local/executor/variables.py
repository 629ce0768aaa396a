"""What a function's process sees: its declared variables and its own role, nothing of the host."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rampart_local.executor.functions import Function

if TYPE_CHECKING:
    from types_boto3_sts import STSClient

# The longest that a role without an own limit may be assumed for.
_SESSION_SECONDS = 3600
_COGNITO_KEYS = re.compile(
    r"https://cognito-idp\.[a-z0-9-]+\.amazonaws\.com(/[\w-]+/\.well-known/jwks\.json)"
)


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """Temporary credentials of a function's role."""

    access_key_id: str
    secret_access_key: str
    session_token: str
    expires: datetime

    def last(self, seconds: float) -> bool:
        """Tell whether they are still good that much later."""
        return datetime.now(UTC) + timedelta(seconds=seconds) < self.expires


def assume(sts: "STSClient", function: Function) -> Credentials:
    """Take the role of a function, as the Lambda service does for each new environment."""
    session = re.sub(r"[^\w+=,.@-]", "-", function.name)[:64]
    answer = sts.assume_role(
        RoleArn=function.role_arn, RoleSessionName=session, DurationSeconds=_SESSION_SECONDS
    )["Credentials"]
    return Credentials(
        access_key_id=answer["AccessKeyId"],
        secret_access_key=answer["SecretAccessKey"],
        session_token=answer["SessionToken"],
        expires=answer["Expiration"],
    )


def variables(
    function: Function, credentials: Credentials, *, endpoint: str, runtime_api: str, folder: Path
) -> dict[str, str]:
    """Return the complete environment of a function's process.

    Beyond what Lambda sets: AWS_ENDPOINT_URL leads the SDK to the embedded AWS, TMPDIR stands for
    the environment's own /tmp, and a Cognito key set that the public address would serve is read
    from the embedded one.
    """
    region = function.arn.split(":")[3]
    declared = {
        name: _COGNITO_KEYS.sub(rf"{endpoint}\1", value)
        for name, value in function.variables.items()
    }
    return declared | {
        "AWS_ACCESS_KEY_ID": credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key,
        "AWS_SESSION_TOKEN": credentials.session_token,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.runtime}",
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": function.version,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mib),
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_FORMAT": function.log_format,
        "AWS_LAMBDA_LOG_LEVEL": function.log_level,
        "AWS_LAMBDA_LOG_GROUP_NAME": function.log_group,
        "AWS_LAMBDA_LOG_STREAM_NAME": (
            f"{datetime.now(UTC):%Y/%m/%d}/[{function.version}]{folder.name}"
        ),
        "AWS_LAMBDA_RUNTIME_API": runtime_api,
        "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
        "AWS_XRAY_DAEMON_ADDRESS": "127.0.0.1:2000",
        "LAMBDA_TASK_ROOT": str(function.code.folder),
        "_HANDLER": function.code.handler,
        "HOME": str(folder),
        "LANG": "en_US.UTF-8",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "TMPDIR": str(folder),
        "TZ": ":UTC",
    }
