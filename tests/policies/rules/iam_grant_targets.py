from rampart_policies import aws
from tests.policies.fixture import Fixture
from tests.policies.identities import attached, boundary, granted, granting
from tests.policies.stacks import ACCOUNT, allow, made

ORDERS = made(aws.DYNAMODB_TABLE, "orders")
PAPERS = made(aws.BUCKET[0], "papers")
ELSEWHERE = f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/users"
LOGIN = f"arn:aws:rds-db:eu-west-1:{ACCOUNT}:dbuser:cluster-1/app"
CLUSTER = made(aws.RDS_CLUSTER, clusterResourceId="cluster-1")
PASSWORD = f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:rds!cluster"
KEPT = made(aws.RDS_CLUSTER, "kept", masterUserSecrets=[{"secretArn": PASSWORD}])
EXECUTIONS = "API-Gateway-Execution-Logs_*"

FIXTURE = Fixture(
    holds={
        "a table": [ORDERS, *granted(allow("dynamodb:GetItem", ORDERS.arn))],
        "its indexes": [ORDERS, *granted(allow("dynamodb:Query", f"{ORDERS.arn}/index/*"))],
        "a prefix": [PAPERS, *attached(allow("s3:GetObject", f"{PAPERS.arn}/uploads/*"))],
        "several by wildcard": [
            ORDERS,
            *granted(allow("dynamodb:GetItem", ORDERS.arn.replace("orders", "ord*"))),
        ],
        "a login": [CLUSTER, *granted(allow("rds-db:connect", LOGIN))],
        "a password that RDS keeps": [
            KEPT,
            *granted(allow("secretsmanager:GetSecretValue", PASSWORD)),
        ],
        "logs that API Gateway makes": granted(
            allow("logs:PutLogEvents", f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:{EXECUTIONS}")
        ),
        "everything, another rule's subject": granted(allow("xray:PutTraceSegments", "*")),
        "a refusal": granted({"Effect": "Deny", "Action": "s3:*", "Resource": ELSEWHERE}),
    },
    breaks={
        "of another stack": [ORDERS, *granted(allow("dynamodb:GetItem", ELSEWHERE))],
        "one of two": [ORDERS, *granted(allow("dynamodb:GetItem", [ORDERS.arn, ELSEWHERE]))],
        "a wildcard that fits nothing": [
            ORDERS,
            *granted(allow("dynamodb:GetItem", ORDERS.arn.replace("orders", "users*"))),
        ],
        "a longer name": [ORDERS, *granted(allow("dynamodb:GetItem", f"{ORDERS.arn}-old"))],
        "no ARN at all": [ORDERS, *granted(allow("dynamodb:GetItem", "users"))],
    },
    not_applicable={"a boundary": boundary(allow("dynamodb:GetItem", ELSEWHERE))},
    mutation=granting(allow("dynamodb:GetItem", ELSEWHERE)),
)
