from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, document, made

BUCKET = made(aws.BUCKET[0], "papers")
REFUSAL = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": [BUCKET.arn, f"{BUCKET.arn}/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def policy(bucket: str = BUCKET.id, **changed: object) -> Made:
    return made(aws.BUCKET_POLICY, bucket=bucket, policy=document(REFUSAL | changed))


FIXTURE = Fixture(
    holds={
        "beside the bucket": [BUCKET, policy()],
        "on the bucket": made(aws.BUCKET[0], policy=document(REFUSAL)),
    },
    breaks={
        "no policy": BUCKET,
        "only writes": [BUCKET, policy(Action="s3:PutObject")],
        "the other way round": [
            BUCKET,
            policy(Condition={"Bool": {"aws:SecureTransport": "true"}}),
        ],
        "one principal": [BUCKET, policy(Principal={"AWS": "111122223333"})],
        "another bucket's": [BUCKET, policy("reports")],
    },
    mutation=put("policy", document(), on=aws.BUCKET_POLICY),
)
