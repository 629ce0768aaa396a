"""Conversations and the interaction log in DynamoDB; both expire.

    pk {tenant}#{session_id}   sk SESSION                     whose it is
                               sk MESSAGE#{time}#{0|1}#{id}   what was asked (0), answered (1)
    pk {tenant}#INTERACTION#{day}#{0-f}   sk {time}#{id}      what happened, for operators

A day of a tenant's interactions lies in sixteen partitions: one takes a thousand writes a second.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-sharding.html

A session belongs to the user who began it: to others of the tenant it does not exist.
"""

import json
import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from botocore.exceptions import ClientError

from runtime.knowledge.chat_orchestrator.messages import ChatAnswer, Message
from runtime.shared.aws_errors import calling, error_code
from runtime.shared.cited_turns import CitedTurn
from runtime.shared.errors import UnavailableError
from runtime.shared.identity import Caller
from runtime.shared.problem import not_found

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

KEPT_SECONDS = 90 * 24 * 3600
SESSION, MESSAGE, INTERACTION = "SESSION", "MESSAGE#", "INTERACTION"


class DynamoConversations:
    """Implements `ports.Conversations`."""

    def __init__(self, dynamodb: "DynamoDBClient", table: str) -> None:
        """`dynamodb` in Python's own types; a question reads and writes in different threads."""
        self._dynamodb, self._table = dynamodb, table

    def latest(self, caller: Caller, session_id: str, limit: int) -> list[Message]:
        """Return the latest messages, oldest first.

        Read backwards, the partition begins with its owner and goes on with the newest message.
        """
        with calling("dynamodb"):
            found = self._dynamodb.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": _partition(caller, session_id)},
                ScanIndexForward=False,
                ConsistentRead=True,
                Limit=limit + 1,
            )
        now = int(time.time())
        # DynamoDB removes expired items within days, not at once.
        items: list[dict[str, Any]] = [
            item for item in found["Items"] if int(str(item["expires_at"])) > now
        ]
        if items and items[0].get("subject") != caller.subject:
            raise not_found("session")
        return [Message.model_validate(item) for item in reversed(items[1:])]

    def add(self, caller: Caller, question: str, answer: ChatAnswer, seconds: float) -> None:
        """Store question, answer and interaction together, if the session is the caller's."""
        moment = datetime.now(UTC).isoformat(timespec="milliseconds")
        partition = _partition(caller, answer.session_id)
        asked = Message(message_id=str(uuid4()), role="user", content=question, created_at=moment)
        answered = Message(
            message_id=answer.message_id,
            role="assistant",
            content=answer.answer,
            created_at=moment,
            citations=answer.citations,
            degraded=answer.degraded,
        )
        interaction = {
            "subject": caller.subject,
            "question": question,
            "seconds": round(seconds, 3),
            **answer.model_dump(),
        }
        messages = f"{MESSAGE}{moment}"
        logged = {
            "pk": f"{caller.tenant}#{INTERACTION}#{moment[:10]}#{answer.message_id[0]}",
            "sk": f"{moment}#{answer.message_id}",
        }
        answered_key = {"pk": partition, "sk": f"{messages}#1#{answered.message_id}"}
        turn = CitedTurn(message=answered_key, interaction=logged)
        rows: list[tuple[str, str, dict[str, Any]]] = [
            (partition, f"{messages}#0#{asked.message_id}", asked.model_dump()),
            (answered_key["pk"], answered_key["sk"], answered.model_dump()),
            (logged["pk"], logged["sk"], interaction),
            *(turn.row(caller.tenant, one) for one in sorted(_documents(answer))),
        ]
        self._write(caller, partition, rows)

    def _write(
        self, caller: Caller, partition: str, rows: list[tuple[str, str, dict[str, Any]]]
    ) -> None:
        """Write all rows or none, on the condition that the session is new or the caller's."""
        expires_at = int(time.time()) + KEPT_SECONDS
        puts: list[Any] = [
            {
                "Put": {
                    "TableName": self._table,
                    "Item": {"pk": pk, "sk": sk, "expires_at": expires_at, **_exact(fields)},
                },
            }
            for pk, sk, fields in rows
        ]
        claim: Any = {
            "Update": {
                "TableName": self._table,
                "Key": {"pk": partition, "sk": SESSION},
                "UpdateExpression": "SET subject = :subject, expires_at = :expires_at",
                "ConditionExpression": "attribute_not_exists(pk) OR subject = :subject",
                "ExpressionAttributeValues": {
                    ":subject": caller.subject,
                    ":expires_at": expires_at,
                },
            },
        }
        try:
            with calling("dynamodb"):
                self._dynamodb.transact_write_items(TransactItems=[claim, *puts])
        except ClientError as error:
            reasons = error.response.get("CancellationReasons", [])
            if reasons and reasons[0].get("Code") == "ConditionalCheckFailed":
                raise not_found("session") from error
            # Too large for an item, above all: nothing that the next turn would have too.
            raise UnavailableError(f"the turn was refused: {error_code(error)}") from error


def _partition(caller: Caller, session_id: str) -> str:
    return f"{caller.tenant}#{session_id}"


def _documents(answer: ChatAnswer) -> set[str]:
    """Return the documents an answer was made from."""
    return {one.document_id for one in [*answer.citations, *answer.sources]}


def _exact(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields as DynamoDB takes them: it has decimal numbers and no binary ones."""
    return json.loads(json.dumps(fields), parse_float=Decimal)
