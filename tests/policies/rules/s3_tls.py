from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, document, made

BUCKET = made(aws.BUCKET[0], "papers")
OBJECTS = f"{BUCKET.arn}/*"
REFUSAL = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": [BUCKET.arn, OBJECTS],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def policy(bucket: str = BUCKET.id, **changed: object) -> Made:
    return made(aws.BUCKET_POLICY, bucket=bucket, policy=document(REFUSAL | changed))


def with_condition(operator: str, **also: object) -> list[Made]:
    return [BUCKET, policy(Condition={operator: {"aws:SecureTransport": "false"}, **also})]


FIXTURE = Fixture(
    holds={
        "beside the bucket": [BUCKET, policy()],
        "on the bucket": made(aws.BUCKET[0], "papers", policy=document(REFUSAL)),
        "everything everywhere": [BUCKET, policy(Action="*", Resource="*")],
        "in capitals": [BUCKET, policy(Action="S3:*")],
        "if it is said": with_condition("BoolIfExists"),
        "as a text": with_condition("StringEquals"),
        "whatever is not TLS": [
            BUCKET,
            policy(Condition={"StringNotEquals": {"aws:SecureTransport": "true"}}),
        ],
        "by two statements": [
            BUCKET,
            made(
                aws.BUCKET_POLICY,
                bucket=BUCKET.id,
                policy=document(
                    REFUSAL | {"Resource": OBJECTS}, REFUSAL | {"Resource": BUCKET.arn}
                ),
            ),
        ],
        "all but another service's actions": [
            BUCKET,
            made(
                aws.BUCKET_POLICY,
                bucket=BUCKET.id,
                policy=document(
                    {k: v for k, v in REFUSAL.items() if k != "Action"} | {"NotAction": "sqs:*"}
                ),
            ),
        ],
    },
    breaks={
        "no policy": BUCKET,
        "only writes": [BUCKET, policy(Action="s3:PutObject")],
        "only objects' actions": [BUCKET, policy(Action=["s3:GetObject", "s3:PutObject"])],
        "only objects": [BUCKET, policy(Resource=OBJECTS)],
        "only the bucket": [BUCKET, policy(Resource=BUCKET.arn)],
        "only a prefix": [BUCKET, policy(Resource=[BUCKET.arn, f"{BUCKET.arn}/uploads/*"])],
        "another bucket": [BUCKET, policy(Resource=["arn:aws:s3:::x", "arn:aws:s3:::x/*"])],
        "one account": with_condition("Bool", StringEquals={"aws:PrincipalAccount": ACCOUNT}),
        "the other way round": [
            BUCKET,
            policy(Condition={"Bool": {"aws:SecureTransport": "true"}}),
        ],
        "one principal": [BUCKET, policy(Principal={"AWS": "111122223333"})],
        "everyone but one": [
            BUCKET,
            policy(Principal=None, NotPrincipal={"AWS": "111122223333"}),
        ],
        "all but one action": [
            BUCKET,
            made(
                aws.BUCKET_POLICY,
                bucket=BUCKET.id,
                policy=document(
                    {k: v for k, v in REFUSAL.items() if k != "Action"}
                    | {"NotAction": "s3:GetObject"}
                ),
            ),
        ],
        "an allow": [BUCKET, policy(Effect="Allow", Principal={"AWS": ACCOUNT})],
        "another bucket's policy": [BUCKET, policy("reports")],
    },
    mutation=put("policy", document(), on=aws.BUCKET_POLICY),
)
