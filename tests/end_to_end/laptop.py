"""The deployment under test, and what a test may break in it for a while."""

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from rampart_local.deploy import Deployment
from runtime.shared.documents import CHUNK_PREFIX
from tests.end_to_end.knowledge import Knowledge, wait_for
from tests.end_to_end.provider import Provider

Line = tuple[str, str]
"""Function and what it printed."""


@dataclass(frozen=True)
class Laptop:
    """Knowledge on the laptop cloud."""

    cloud: Deployment
    provider: Provider
    folder: Path
    """What the laptop cloud keeps."""
    lines: list[Line]
    """Everything the functions printed since the start."""

    @property
    def api_url(self) -> str:
        return self.cloud.exports["knowledge_api_url"]

    def tenant(self, name: str) -> Knowledge:
        return Knowledge(self.api_url, self.cloud.token(name), name)

    def function(self, name: str) -> str:
        """Physical name of a function."""
        return self.cloud.graph.one("aws:lambda/function:Function", name).id

    def resource(self, type_: str, name: str) -> str:
        """Id of a resource."""
        return self.cloud.graph.one(type_, name).id

    @property
    def bucket(self) -> str:
        return self.resource("aws:s3/bucket:Bucket", "knowledge-documents-private")

    @property
    def queue(self) -> str:
        return self.resource("aws:sqs/queue:Queue", "knowledge-arrivals")

    def queue_is_empty(self) -> bool:
        """Tell whether every message has been taken and dealt with."""
        numbers = self.cloud.clients.sqs.get_queue_attributes(
            QueueUrl=self.queue,
            AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        )
        return not any(int(number) for number in numbers.get("Attributes", {}).values())

    @property
    def signing_key(self) -> RSAPrivateKey:
        """The key with which the user pool signs ID tokens, which no attacker has."""
        file = self.folder / "aws" / "state" / "cognito-pool-keys"
        pool = self.cloud.exports["user_pool_id"]
        key = load_pem_private_key((file / f"{pool}-id.pem").read_bytes(), password=None)
        assert isinstance(key, RSAPrivateKey)
        return key

    def logged(self, function: str, since: int = 0) -> list[dict[str, Any]]:
        """What a function logged, leaving out what is no JSON object."""
        name = self.function(function)
        texts = [line for each, line in self.lines[since:] if each == name and line[:1] == "{"]
        return [json.loads(text) for text in texts]

    def waits_for_line(self, function: str, message: str, since: int) -> None:
        """Wait until a function has logged this message."""

        def line() -> bool | None:
            return (
                any(each.get("message") == message for each in self.logged(function, since)) or None
            )

        wait_for(line, f"line {message!r} of {function}")

    def processed(self, document_id: str, since: int = 0) -> list[str]:
        """Wait until the processor is done with a document; returns what it did, in order."""

        def outcomes() -> list[str] | None:
            lines = self.logged("knowledge-document-processor", since)
            mine = [line for line in lines if line.get("document_id") == document_id]
            return [line["outcome"] for line in mine if "outcome" in line] or None

        return wait_for(outcomes, f"outcome of {document_id}")

    def traces(self, tenant: str, document_id: str) -> dict[str, int]:
        """Count what each store still has of a document, all its versions together."""
        prefix = {"namespace": tenant, "prefix": f"{document_id}#"}
        vectors = self.cloud.invoke("library-pinecone", {"operation": "count", **prefix})["count"]
        objects = self.cloud.clients.s3.list_objects_v2(Bucket=self.bucket).get("Contents", [])
        keys = [item.get("Key", "") for item in objects]
        table = self.resource("aws:dynamodb/table:Table", "knowledge-records")
        rows = self.cloud.clients.dynamodb.query(
            TableName=table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :chunk)",
            ExpressionAttributeValues={
                ":pk": {"S": f"{tenant}#{document_id}"},
                ":chunk": {"S": CHUNK_PREFIX},
            },
        )
        return {
            "vectors": vectors,
            "rows": rows["Count"],
            "markdown": sum(key.startswith(f"markdown/{tenant}/{document_id}/") for key in keys),
            "uploads": sum(key.startswith(f"uploads/{tenant}/{document_id}/") for key in keys),
        }

    def nodes(self, tenant: str, document_id: str, version: str) -> int:
        """Count the chunks that the graph has of one version."""
        chosen = {"tenant": tenant, "document_id": document_id, "version": version}
        return self.cloud.invoke("library-neo4j", {"operation": "count", **chosen})["count"]

    @contextmanager
    def without(self, function: str, action: str, resource: str = "") -> Generator[None]:
        """Take one permission from one function while the block lasts.

        `resource` is part of the ARNs that are meant, where the action is allowed on several.
        """
        iam = self.cloud.clients.iam
        role = self.resource("aws:iam/role:Role", f"{function}-role")
        (policy,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
        before: Any = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
        document = json.loads(unquote(before)) if isinstance(before, str) else before
        reduced = {**document, "Statement": _reduced(document["Statement"], action, resource)}
        assert reduced != document, f"{function} has no permission {action} on {resource!r}"

        def put(content: Mapping[str, Any]) -> None:
            iam.put_role_policy(
                RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(content)
            )

        put(reduced)
        try:
            yield
        finally:
            put(document)

    @contextmanager
    def changed(
        self, function: str, timeout: int | None = None, **variables: str
    ) -> Generator[None]:
        """Give a function other settings while the block lasts, and with them new environments."""
        aws, name = self.cloud.clients.lambda_, self.function(function)
        before = aws.get_function_configuration(FunctionName=name)
        known = before.get("Environment", {}).get("Variables", {})

        def put(variables: Mapping[str, str], timeout: int) -> None:
            aws.update_function_configuration(
                FunctionName=name, Environment={"Variables": variables}, Timeout=timeout
            )

        put({**known, "END_TO_END": uuid4().hex, **variables}, timeout or before["Timeout"])
        try:
            yield
        finally:
            put(known, before["Timeout"])

    @contextmanager
    def secret(self, name: str, value: str) -> Generator[None]:
        """Give a secret another value while the block lasts."""
        aws = self.cloud.clients.secretsmanager
        arn = self.cloud.graph.one("aws:secretsmanager/secret:Secret", name).outputs["arn"]
        before = aws.get_secret_value(SecretId=arn)["SecretString"]
        aws.put_secret_value(SecretId=arn, SecretString=value)
        try:
            yield
        finally:
            aws.put_secret_value(SecretId=arn, SecretString=before)


def _reduced(statements: list[dict[str, Any]], action: str, resource: str) -> list[dict[str, Any]]:
    """Return the statements without an action on the resources that are meant."""
    kept: list[dict[str, Any]] = []
    for statement in statements:
        meant = statement["Effect"] == "Allow" and any(
            resource in arn for arn in statement["Resource"]
        )
        actions = [each for each in statement["Action"] if not (meant and each == action)]
        kept += [{**statement, "Action": actions}] if actions else []
    return kept
