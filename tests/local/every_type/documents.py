"""What the resources of the program share: documents and code."""

import json
from pathlib import Path
from typing import Any

CODE = Path(__file__).parents[1] / "program" / "function"


ACCOUNT = "123456789012"


def policy(**principal: str) -> str:
    statement: dict[str, Any] = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    if principal:
        statement["Principal"] = principal
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def trust(service: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": f"{service}.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
