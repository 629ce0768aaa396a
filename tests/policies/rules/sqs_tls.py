from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, document, made

SUBJECT = made(aws.SQS_QUEUE, "jobs")
REFUSAL = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "sqs:*",
    "Resource": SUBJECT.arn,
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def beside(to: str = SUBJECT.id, **changed: object) -> Made:
    return made(aws.SQS_QUEUE_POLICY, queueUrl=to, policy=document(REFUSAL | changed))


FIXTURE = Fixture(
    holds={
        "beside": [SUBJECT, beside()],
        "on it": made(aws.SQS_QUEUE, "jobs", policy=document(REFUSAL)),
        "in capitals": [SUBJECT, beside(Action="SQS:*")],
    },
    breaks={
        "no policy": SUBJECT,
        "another condition": [
            SUBJECT,
            beside(Condition={"Bool": {"aws:SecureTransport": "true"}}),
        ],
        "another action": [SUBJECT, beside(Action="sqs:SendMessage")],
        "another resource": [SUBJECT, beside(Resource=f"{SUBJECT.arn}-dead")],
        "one account": [SUBJECT, beside(Principal={"AWS": ACCOUNT})],
        "one account, by condition": [
            SUBJECT,
            beside(
                Condition={
                    "Bool": {"aws:SecureTransport": "false"},
                    "StringEquals": {"aws:PrincipalAccount": ACCOUNT},
                }
            ),
        ],
        "another's": [SUBJECT, beside("x")],
    },
    mutation=put("policy", document(), on=aws.SQS_QUEUE_POLICY),
)
