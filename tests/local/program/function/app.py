"""Does what its event says."""

import importlib
import json
import os
import socket
import subprocess
import sys
import time
from typing import Any

import boto3


class BrokenError(Exception):
    """What `fail` raises."""


def handle(event: dict[str, Any], context: Any) -> Any:  # noqa: ANN401  # any JSON
    if "answer" in event:
        return event["answer"]
    if "Records" in event and "partial" in event["Records"][0]["body"]:
        return answer_of_batch(event["Records"])
    if "Records" in event:
        return [perform(json.loads(record["body"])) for record in event["Records"]]
    if "httpMethod" in event and event["resource"] != "/worker":
        return answer_of_api(event)
    if "httpMethod" in event:
        return {"statusCode": 200, "body": json.dumps(perform(json.loads(event["body"])))}
    handed_over = context.client_context.custom if context.client_context else None
    return perform(event) | {"request": context.aws_request_id, "handed_over": handed_over}


def answer_of_batch(records: list[dict[str, Any]]) -> Any:  # noqa: ANN401  # any JSON
    """Answer what the first message says, and print how often each was received."""
    for record in records:
        print("received", record["body"], record["attributes"]["ApproximateReceiveCount"])  # noqa: T201
    return json.loads(records[0]["body"])["partial"]


def answer_of_api(event: dict[str, Any]) -> Any:  # noqa: ANN401  # any JSON
    """Answer what the body says, or with the request itself."""
    order = json.loads(event["body"] or "{}")
    if order.get("fail"):
        raise BrokenError(order["fail"])
    time.sleep(order.get("sleep", 0))
    return order["reply"] if "reply" in order else {"statusCode": 200, "body": json.dumps(event)}


def perform(order: dict[str, Any]) -> dict[str, Any]:
    """Do what is asked, in this order."""
    end(order)
    if module := order.get("import"):
        importlib.import_module(module)
    if address := order.get("connect"):
        socket.create_connection(tuple(address), 1).close()
    if "bytes" in order:
        return {"text": "x" * order["bytes"]}
    if order.get("recurse"):
        return perform(order)
    if path := order.get("write"):
        with open(path, "a") as file:  # noqa: PTH123  # as functions do
            file.write("x")
        return {"length": os.path.getsize(path)}  # noqa: PTH202  # as functions do
    if item := order.get("put"):
        boto3.client("dynamodb").put_item(TableName=os.environ["TABLE"], Item={"id": {"S": item}})
    if order.get("scan"):
        boto3.client("dynamodb").scan(TableName=os.environ["TABLE"])
    if "nest" in order:
        return nested(order["nest"])
    return {"environment": dict(os.environ), "path": sys.path, "arguments": sys.argv}


def end(order: dict[str, Any]) -> None:
    """Print, then fail, linger or exit."""
    if text := order.get("print"):
        print(text)  # noqa: T201  # what the test reads in the log
    if order.get("fail"):
        raise BrokenError(order["fail"])
    if seconds := order.get("spawn"):
        subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({seconds})"])
    if seconds := order.get("sleep"):
        time.sleep(seconds)
    if "signal" in order:
        os.kill(os.getpid(), order["signal"])
    if "exit" in order:
        os._exit(order["exit"])


def nested(levels: int) -> dict[str, Any]:
    if not levels:
        return {"levels": 0}
    answer = boto3.client("lambda").invoke(
        FunctionName=os.environ["AWS_LAMBDA_FUNCTION_NAME"],
        Payload=json.dumps({"nest": levels - 1}),
    )
    return {"levels": 1 + json.loads(answer["Payload"].read())["levels"]}
