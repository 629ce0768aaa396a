"""The AWS clients that only Gallery needs; the others are in `runtime.shared.clients`."""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from types_boto3_rds import RDSClient
    from types_boto3_secretsmanager import SecretsManagerClient
    from types_boto3_ssm import SSMClient

_QUICK = Config(
    connect_timeout=2,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": 3},
)

# `boto3.client` has one overload per AWS service, typed only where its stubs are installed.
# pyright: reportUnknownMemberType=false


def rds_client() -> "RDSClient":
    """Return a client that signs database tokens; it calls nothing."""
    return boto3.client("rds", config=_QUICK)


def secrets_client() -> "SecretsManagerClient":
    """Return a client for Secrets Manager."""
    return boto3.client("secretsmanager", config=_QUICK)


def parameters_client() -> "SSMClient":
    """Return a client for Parameter Store."""
    return boto3.client("ssm", config=_QUICK)
