"""The forms in which a program can set something: inside a resource, beside it, by attachment."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rampart_policies import aws
from tests.policies.stacks import Made, document, made

Form = Callable[[Any], list[Made]]
"""A value -> the resources that set it."""

KEY = "arn:aws:kms:eu-west-1:111122223333:key/k"


@dataclass(frozen=True)
class Setting:
    """One setting in all its forms."""

    rule: str
    bad: Any
    forms: dict[str, Form]
    good: Any = None
    """None where nothing set is what holds, or where the rule then does not apply."""
    holds: bool = True
    """Whether the rule has a word on the good value."""


def inside(kind: str, path: str) -> Form:
    return lambda value: [made(kind, "it", **({} if value is None else {path: value}))]


def beside(kind: str, child: str, link: str, path: str, **more: Any) -> Form:  # noqa: ANN401  # wire values are any JSON
    def make(value: Any) -> list[Made]:  # noqa: ANN401  # as above
        parent = made(kind, "it")
        reference = parent.arn if link.lower().endswith("arn") else parent.id
        if value is None:
            return [parent]
        return [parent, made(child, "beside", **{link: reference, path: value}, **more)]

    return make


def attached(identity: str, attachment: str, link: str, arn: str) -> Form:
    def make(value: Any) -> list[Made]:  # noqa: ANN401  # as above
        holder, policy = made(identity, "it"), made(aws.IAM_POLICY, "p", policy=value)
        many = {"roles", "users", "groups"}
        who = [holder.id] if link in many else holder.id
        what = [policy.arn] if arn.endswith("s") else policy.arn
        return [holder, policy, made(attachment, "a", **{link: who, arn: what})]

    return make


def refusing(arn: str, *actions: str) -> str:
    plain = {"Bool": {"aws:SecureTransport": "false"}}
    return document(
        {"Effect": "Deny", "Principal": "*", "Action": list(actions), "Resource": [arn, arn + "/*"]}
        | {"Condition": plain}
    )


def redrive(name: str) -> str:
    return json.dumps({"deadLetterTargetArn": made(aws.SQS_QUEUE, name).arn, "maxReceiveCount": 3})


def with_dead_letters(form: Form) -> Form:
    return lambda value: [*form(value), made(aws.SQS_QUEUE, "dead")]


def sse(algorithm: str) -> dict[str, Any]:
    return {
        "applyServerSideEncryptionByDefault": {"sseAlgorithm": algorithm, "kmsMasterKeyId": KEY}
    }


def wrapped(form: Form, wrap: Callable[[Any], Any]) -> Form:
    return lambda value: form(None if value is None else wrap(value))


def member(policy: Form) -> Form:
    """Put a user into the group that a form makes."""

    def make(value: Any) -> list[Made]:  # noqa: ANN401  # as above
        group, *rest = policy(value)
        user = made(aws.IAM_USER, "ann")
        return [
            user,
            group,
            *rest,
            made(aws.IAM_GROUP_USERS, "m", group=group.id, users=[user.id]),
        ]

    return make


SSH = {"protocol": "tcp", "fromPort": 22, "toPort": 22}


def ingress(network: Any) -> list[Made]:  # noqa: ANN401  # as above
    return [made(aws.SECURITY_GROUP, "it", ingress=[{**SSH, "cidrBlocks": [network]}])]


def egress(network: Any) -> list[Made]:  # noqa: ANN401  # as above
    every = {"protocol": "-1", "fromPort": 0, "toPort": 0}
    return [made(aws.SECURITY_GROUP, "it", egress=[{**every, "cidrBlocks": [network]}])]


def older_rule(way: str, **ports: Any) -> Form:  # noqa: ANN401  # as above
    def make(network: Any) -> list[Made]:  # noqa: ANN401  # as above
        group = made(aws.SECURITY_GROUP, "it")
        rule = made(
            aws.SECURITY_GROUP_RULE,
            "beside",
            securityGroupId=group.id,
            type=way,
            cidrBlocks=[network],
            **ports,
        )
        return [group, rule]

    return make
