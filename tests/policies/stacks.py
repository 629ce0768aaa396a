"""Small stacks in few words, for fixtures: resources that refer to each other as on AWS."""

import json
from collections.abc import Iterable
from typing import Any

from rampart_policies.graph import Graph
from rampart_policies.recorded import from_json

ACCOUNT = "111122223333"

# Services whose ARNs have a kind before the name, and those whose ARNs name no region or account.
_KINDS = {"lambda/function": "function:", "iam/role": "role/", "iam/policy": "policy/"}
_GLOBAL = {"iam": f"::{ACCOUNT}:", "s3": ":::"}


class Made(dict[str, Any]):
    """A recorded resource, in the JSON that `rampart graph` writes."""

    @property
    def arn(self) -> str:
        """The ARN that AWS would give it."""
        return self["outputs"]["arn"]

    @property
    def id(self) -> str:
        """The identifier that AWS would give it."""
        return self["id"]

    @property
    def urn(self) -> str:
        """Its URN."""
        return self["urn"]


def made(kind: str, name: str = "one", /, **inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    """Make a resource as recorded after creation, with an identifier and an ARN.

    >>> made("aws:sqs/queue:Queue", "jobs").arn
    'arn:aws:sqs:eu-west-1:111122223333:jobs'
    """
    module = kind.split(":")[1]
    service = module.partition("/")[0]
    middle = _GLOBAL.get(service, f":eu-west-1:{ACCOUNT}:")
    arn = f"arn:aws:{service}{middle}{_KINDS.get(module, '')}{name}"
    return Made(
        urn=f"urn:pulumi:prod::shop::{kind}::{name}",
        type=kind,
        name=name,
        parent="",
        custom=True,
        inputs=inputs,
        outputs={"arn": arn, "name": name},
        id=name,
        dependencies=[],
        property_dependencies={},
        options={},
    )


def graph(resources: Iterable[dict[str, Any]]) -> Graph:
    """Make the graph of recorded resources."""
    return from_json({"resources": list(resources)})


def document(*statements: dict[str, Any]) -> str:
    """Make a policy document as Pulumi sends it: JSON text."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: str | list[str], on: str | list[str] = "*", **more: Any) -> dict[str, Any]:  # noqa: ANN401  # statements are any JSON
    """Make a statement that allows actions on resources."""
    return {"Effect": "Allow", "Action": action, "Resource": on, **more}
