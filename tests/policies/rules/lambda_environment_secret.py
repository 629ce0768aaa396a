from rampart_policies import aws
from rampart_policies.values import SECRET
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def function(**variables: str) -> Made:
    return made(aws.LAMBDA_FUNCTION, environment={"variables": variables})


FIXTURE = Fixture(
    holds={
        "an ARN instead": function(API_KEY_SECRET_ARN="arn:aws:secretsmanager:::secret:key"),
        "an ARN under a telling name": function(DB_SECRET="arn:aws:secretsmanager:::secret:db"),
        "the path of a parameter": function(DB_PASSWORD="/shop/prod/db-password"),
        "settings about secrets": function(DB_SECRET_NAME="shop-db", MAX_TOKENS="512"),
    },
    breaks={
        "an access key": function(SETTING="AKIAIOSFODNN7EXAMPLE"),
        "an API key": function(OPENAI="sk-abcdefghijklmnopqrstuv"),
        "a telling name": function(DB_PASSWORD="hunter2"),
        "a telling name in camel case": function(dbPassword="hunter2"),
        "a telling name in one word": function(PGPASSWORD="hunter2"),
        "a webhook": function(ALERTS="https://hooks.slack.com/services/T000/B000/XXXX"),
        "a password in an address": function(DATABASE="postgresql://app:hunter2@db/app"),
        "one that the program marks": function(VALUE=SECRET),
        "all marked": made(aws.LAMBDA_FUNCTION, environment={"variables": SECRET}),
    },
    not_applicable={"no variables": made(aws.LAMBDA_FUNCTION)},
    mutation=put("environment.variables.API_KEY", "hunter2"),
)
