"""A role that may use a key in one encryption context may not use it in another, or without one."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from boto3.session import Session
from botocore.exceptions import ClientError

from rampart_local.server import AwsServer

REGION, ACCOUNT = "eu-central-1", "123456789012"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AwsServer]:
    running = AwsServer(
        tmp_path_factory.mktemp("aws"),
        region=REGION,
        account=ACCOUNT,
        log=lambda name, line: None,  # noqa: ARG005  # keywords of the protocol
    )
    running.start()
    yield running
    running.stop()


def client(server: AwsServer, service: str, **credentials: str) -> Any:  # noqa: ANN401  # of boto3
    given: Any = credentials or {"aws_access_key_id": ACCOUNT, "aws_secret_access_key": "test"}
    session: Any = Session(region_name=REGION)
    return session.client(service, endpoint_url=server.endpoint, **given)


@pytest.fixture(scope="module")
def key(server: AwsServer) -> str:
    return client(server, "kms").create_key()["KeyMetadata"]["Arn"]


@pytest.fixture(scope="module")
def kms(server: AwsServer, key: str) -> Any:  # noqa: ANN401  # of boto3
    """Return the service as a role sees it that may encrypt for orders only."""
    iam, name = client(server, "iam"), f"role-{uuid4().hex[:8]}"
    trust = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    document = {"Version": "2012-10-17", "Statement": [trust]}
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(document))
    allowed = {
        "Effect": "Allow",
        "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
        "Resource": key,
        "Condition": {"StringEquals": {"kms:EncryptionContext:purpose": "orders"}},
    }
    iam.put_role_policy(
        RoleName=name,
        PolicyName="use",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allowed]}),
    )
    session = client(server, "sts").assume_role(
        RoleArn=role["Role"]["Arn"], RoleSessionName="test"
    )["Credentials"]
    return client(
        server,
        "kms",
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )


def test_the_right_context_is_let_through(kms: Any, key: str) -> None:  # noqa: ANN401  # of boto3
    context = {"purpose": "orders", "tenant": "acme"}
    made = kms.generate_data_key(KeyId=key, KeySpec="AES_256", EncryptionContext=context)
    opened = kms.decrypt(CiphertextBlob=made["CiphertextBlob"], EncryptionContext=context)
    assert opened["Plaintext"] == made["Plaintext"]


@pytest.mark.parametrize("context", [{}, {"purpose": "backups"}, {"tenant": "acme"}])
def test_every_other_context_is_denied(
    kms: Any,  # noqa: ANN401  # of boto3
    key: str,
    context: dict[str, str],
) -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        kms.generate_data_key(KeyId=key, KeySpec="AES_256", EncryptionContext=context)
