"""appsync-authorization: a GraphQL or event API asks who is calling, and an API key is no answer.

Why: an AppSync API key is a text in every web page that uses it: whoever has seen it may call for a
year.

Remedy: set `authenticationType` to `AWS_IAM`, `AMAZON_COGNITO_USER_POOLS`, `OPENID_CONNECT` or
`AWS_LAMBDA`, and leave `API_KEY` out of the additional providers.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule

KEY = "API_KEY"
_EVENT_MODES = ("connectionAuthModes", "defaultPublishAuthModes", "defaultSubscribeAuthModes")
MODES = (
    *(f"eventConfig.{mode}" for mode in _EVENT_MODES),
    *("publishAuthModes", "subscribeAuthModes"),
)


def check(api: Resource) -> Findings:
    """Read the type of a GraphQL API, or the ways into an event API and its channels."""
    if api.type == aws.APPSYNC_API:
        ways = [api, *api.blocks("additionalAuthenticationProviders")]
        given = [way.text("authenticationType") for way in ways]
    else:
        given = [mode.text("authType") for path in MODES for mode in api.blocks(path)]
    if KEY in given:
        yield f"{KEY} lets in whoever has seen the key: anyone on the internet may call it"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.APPSYNC_API, aws.APPSYNC_EVENT_API, aws.APPSYNC_CHANNELS),
    severity=Severity.CRITICAL,
    covers=("AppSync.5",),
)
