"""A table, a key and a payment service that are real; each test has tenants of its own."""

from collections.abc import Iterator
from uuid import uuid4

import boto3
import pytest

from rampart_local.server import AwsServer
from rampart_local.standins.payments import PaymentStandin
from tests.runtime.orders.world import Parts, World


@pytest.fixture(scope="session")
def parts(aws: AwsServer) -> Iterator[Parts]:  # noqa: ARG001  # its address is in the environment
    name, breakers = f"orders-{uuid4()}", f"breakers-{uuid4()}"
    texts = ("pk", "sk", "address", "created_at", "day", "captured_at")
    client = boto3.client("dynamodb")
    client.create_table(
        TableName=name,
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each in texts],
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": [
                    {"AttributeName": hash_key, "KeyType": "HASH"},
                    {"AttributeName": range_key, "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
            for index, hash_key, range_key in (
                ("by-address", "address", "created_at"),
                ("by-day", "day", "captured_at"),
            )
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    client.create_table(
        TableName=breakers,
        KeySchema=[{"AttributeName": "service", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "service", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    notices = f"notices-{uuid4()}"
    client.create_table(
        TableName=notices,
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each in texts[:2]],
        BillingMode="PAY_PER_REQUEST",
    )
    key = boto3.client("kms").create_key()["KeyMetadata"].get("Arn", "")
    with PaymentStandin() as payments:
        yield Parts(name, notices, breakers, key, payments)


@pytest.fixture
def world(parts: Parts) -> Iterator[World]:
    with World(parts, f"acme-{uuid4().hex[:8]}") as made:
        yield made
