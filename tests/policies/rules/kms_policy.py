import json
from typing import Any

from rampart_policies import aws
from rampart_policies.resource_policies import KEYS
from tests.policies.carriers import open_wide, unclear, well_kept
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

ADMINISTRATION = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"})
LOGS = {"Service": "logs.eu-west-1.amazonaws.com"}
FROM_US = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
CONTEXT = "kms:EncryptionContext:aws:logs:arn"
GROUPS = {"ArnLike": {CONTEXT: f"arn:aws:logs:eu-west-1:{ACCOUNT}:*"}}
ANY_GROUPS = {"ArnLike": {CONTEXT: "arn:aws:logs:eu-west-1:*:log-group:*"}}


def key(principal: object, **more: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    decrypting = allow("kms:Decrypt", Principal=principal, **more)
    return made(aws.KMS_KEY, "key", policy=document(ADMINISTRATION, decrypting))


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let everyone decrypt, besides what the policy says already."""
    statements = json.loads(judged["inputs"]["policy"])["Statement"]
    judged["inputs"]["policy"] = document(*statements, allow("kms:Decrypt", Principal="*"))
    return resources


def beside(policy: str) -> list[Made]:
    return [made(aws.KMS_KEY, "key"), made(aws.KMS_KEY_POLICY, keyId="key", policy=policy)]


FIXTURE = Fixture(
    holds=well_kept(KEYS)
    | {
        "this account": made(aws.KMS_KEY, policy=document(ADMINISTRATION)),
        "a service for this account": key({"Service": "s3.amazonaws.com"}, Condition=FROM_US),
        "log groups of this account": key(LOGS, Condition=GROUPS),
        "deliveries of EventBridge, which names no source": key(
            {"Service": "events.amazonaws.com"}
        ),
        "everyone of this account": key(
            "*", Condition={"StringEquals": {"kms:CallerAccount": ACCOUNT}}
        ),
        "beside the key": beside(document(ADMINISTRATION)),
    },
    breaks=open_wide(KEYS)
    | {
        "none": made(aws.KMS_KEY),
        "a service for anyone": key(LOGS),
        "all that EventBridge could do": made(
            aws.KMS_KEY,
            "key",
            policy=document(allow("kms:*", Principal={"Service": "events.amazonaws.com"})),
        ),
        "log groups of anyone": key(LOGS, Condition=ANY_GROUPS),
        "everyone, through a service": key(
            "*", Condition={"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}
        ),
        "beside the key": beside(document(allow("kms:Decrypt", Principal={"AWS": "*"}))),
    },
    undecided=unclear(KEYS),
    mutation=change,
)
