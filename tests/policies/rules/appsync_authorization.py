from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

KEY = [{"authType": "API_KEY"}]
SIGNED = [{"authType": "AWS_IAM"}]


def graphql(kind: str, *more: str) -> Made:
    providers = [{"authenticationType": one} for one in more]
    return made(
        aws.APPSYNC_API, authenticationType=kind, additionalAuthenticationProviders=providers
    )


def events(**modes: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.APPSYNC_EVENT_API, eventConfig={"connectionAuthModes": SIGNED, **modes})


FIXTURE = Fixture(
    holds={
        "signed requests": graphql("AWS_IAM"),
        "users and an identity provider": graphql("AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT"),
        "a function decides": graphql("AWS_LAMBDA"),
        "events": events(defaultPublishAuthModes=SIGNED),
        "channels": made(aws.APPSYNC_CHANNELS, publishAuthModes=SIGNED),
    },
    breaks={
        "a key": graphql("API_KEY"),
        "a key besides": graphql("AWS_IAM", "API_KEY"),
        "a key to connect": events(connectionAuthModes=KEY),
        "a key to publish": events(defaultPublishAuthModes=KEY),
        "a key to subscribe to a channel": made(aws.APPSYNC_CHANNELS, subscribeAuthModes=KEY),
    },
    mutation=put("authenticationType", "API_KEY"),
)
