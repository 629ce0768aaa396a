from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, document, made

SUBJECT = made(aws.SNS_TOPIC, "news")
REFUSAL = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "sns:*",
    "Resource": SUBJECT.arn,
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def beside(to: str = SUBJECT.arn, **changed: object) -> Made:
    return made(aws.SNS_TOPIC_POLICY, arn=to, policy=document(REFUSAL | changed))


FIXTURE = Fixture(
    holds={
        "beside": [SUBJECT, beside()],
        "on it": made(aws.SNS_TOPIC, "news", policy=document(REFUSAL)),
        "only publishing, which is how messages come in": [SUBJECT, beside(Action="sns:Publish")],
        "in capitals": [SUBJECT, beside(Action="SNS:*")],
    },
    breaks={
        "no policy": SUBJECT,
        "another condition": [
            SUBJECT,
            beside(Condition={"Bool": {"aws:SecureTransport": "true"}}),
        ],
        "another action": [SUBJECT, beside(Action="sns:Subscribe")],
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
    mutation=put("policy", document(), on=aws.SNS_TOPIC_POLICY),
)
