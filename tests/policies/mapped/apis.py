"""APIs of every kind, their stages and firewalls, and distributions."""

from typing import Any

from rampart_policies import aws
from tests.policies.pair import pair, same, switch
from tests.policies.stacks import Made, made
from tests.policies.stages import API, settings
from tests.policies.web_acls import METRIC, RATE, managed

STAGE = made(aws.API_STAGE, "stage", restApi=API.id, stageName="live")
STAGE["outputs"]["stageName"] = "live"
LOG = "arn:aws:logs:eu-west-1:111122223333:log-group:calls"
FORMAT = '{"id": "$context.requestId", "status": "$context.status"}'
TOKENS = made(aws.API_AUTHORIZER, "tokens", restApi=API.id)
BAD_INPUTS = managed("AWSManagedRulesKnownBadInputsRuleSet")
ANONYMOUS = managed("AWSManagedRulesAnonymousIpList")
VALIDATOR = made(
    aws.API_VALIDATOR,
    "both",
    restApi=API.id,
    validateRequestBody=True,
    validateRequestParameters=True,
)
REST = made(aws.REST_API, "shop", endpointConfiguration={"types": ["REGIONAL"]})
BODY: dict[str, Any] = {"restApi": API.id, "httpMethod": "POST", "authorization": "AWS_IAM"}
OPEN: dict[str, Any] = {**BODY, "authorization": "NONE"}


def acl(*rules: dict[str, Any]) -> Made:
    return made(
        aws.WAF_ACL,
        "firewall",
        rules=[*rules],
        scope="REGIONAL",
        defaultAction={"allow": {}},
        visibilityConfig=METRIC,
    )


def associated(target: Made) -> Made:
    return made(aws.WAF_ASSOCIATION, "association", resourceArn=target.arn, webAclArn=acl().arn)


HTTP = made(aws.HTTP_API, "shop", protocolType="HTTP")
GRAPHQL = made(aws.APPSYNC_API, "graph", authenticationType="AWS_IAM")
CLIENT = [API, made(aws.API_INTEGRATION, restApi=API.id, type="HTTP", uri="https://x.example")]
PAIRS = {
    **same(
        pair([REST, made(aws.API_METHOD, **BODY)], [REST, made(aws.API_METHOD, **OPEN)]),
        *("CKV_AWS_59", "CKV2_AWS_70", "APIG4"),
    ),
    "COG4": pair(
        [
            TOKENS,
            made(
                aws.API_METHOD,
                **{**BODY, "authorization": "COGNITO_USER_POOLS"},
                authorizerId=TOKENS.id,
            ),
        ],
        made(aws.API_METHOD, **OPEN),
    ),
    **same(
        pair(
            made(aws.HTTP_API_ROUTE, routeKey="GET /x", apiId="a", authorizationType="AWS_IAM"),
            made(aws.HTTP_API_ROUTE, routeKey="GET /x", apiId="a", authorizationType="NONE"),
        ),
        *("CKV_AWS_309", "APIGateway.8"),
    ),
    **same(
        switch(
            aws.API_STAGE,
            "accessLogSettings",
            {"destinationArn": LOG, "format": FORMAT},
            None,
        ),
        *("CKV_AWS_76", "APIG1", "Serverless-APIGWAccessLogging"),
    ),
    **same(
        switch(
            aws.HTTP_API_STAGE,
            "accessLogSettings",
            {"destinationArn": LOG, "format": FORMAT},
            None,
        ),
        *("CKV_AWS_95", "APIGateway.9"),
    ),
    "APIGWStructuredLogging": switch(
        aws.API_STAGE,
        "accessLogSettings.format",
        FORMAT,
        "$context.requestId $context.status",
        accessLogSettings={"destinationArn": LOG},
    ),
    **same(
        pair(
            [API, STAGE, settings(loggingLevel="ERROR", metricsEnabled=True)],
            [API, STAGE, settings(loggingLevel="OFF", metricsEnabled=True)],
        ),
        *("CKV2_AWS_4", "APIG6", "APIGateway.1"),
    ),
    "CKV_AWS_276": pair(settings(dataTraceEnabled=False), settings(dataTraceEnabled=True)),
    **same(
        pair([REST, STAGE, acl(RATE), associated(STAGE)], [REST, STAGE]),
        *("CKV2_AWS_29", "APIG3", "APIGateway.4"),
    ),
    "CKV2_AWS_77": pair(
        [API, STAGE, acl(BAD_INPUTS, ANONYMOUS), associated(STAGE)],
        [API, STAGE, acl(RATE), associated(STAGE)],
    ),
    **same(
        switch(aws.API_STAGE, "xrayTracingEnabled", good=True, bad=False),
        *("CKV_AWS_73", "Serverless-APIGWXrayEnabled", "APIGateway.3"),
    ),
    "Serverless-APIGWDefaultThrottling": pair(
        [API, STAGE, settings(throttlingRateLimit=50, throttlingBurstLimit=100)], [API, STAGE]
    ),
    **same(
        pair(
            [API, VALIDATOR, made(aws.API_METHOD, **BODY, requestValidatorId=VALIDATOR.id)],
            [API, made(aws.API_METHOD, **BODY)],
        ),
        *("CKV2_AWS_53", "APIG2"),
    ),
    "CKV_AWS_206": switch(
        aws.API_DOMAIN, "securityPolicy", "TLS_1_2", "TLS_1_0", domainName="shop.example.com"
    ),
    **same(
        pair(
            settings(cachingEnabled=True, cacheDataEncrypted=True),
            settings(cachingEnabled=True, cacheDataEncrypted=False),
        ),
        *("CKV_AWS_308", "APIGateway.5"),
    ),
    **same(
        pair(
            [*CLIENT, made(aws.API_STAGE, restApi=API.id, clientCertificateId="c1")],
            [*CLIENT, made(aws.API_STAGE, restApi=API.id)],
        ),
        *("CKV2_AWS_51", "APIGateway.2"),
    ),
    "APIGateway.10": pair(
        made(
            aws.HTTP_API_INTEGRATION,
            connectionType="VPC_LINK",
            tlsConfig={"serverNameToVerify": "shop.internal"},
        ),
        made(aws.HTTP_API_INTEGRATION, connectionType="VPC_LINK"),
    ),
    **same(pair(acl(RATE), acl()), "CKV_AWS_175", "WAF.10"),
    "CKV_AWS_342": pair(
        acl(RATE), acl({key: one for key, one in RATE.items() if key != "action"}, BAD_INPUTS)
    ),
    "CKV_AWS_192": pair(acl(BAD_INPUTS, ANONYMOUS), acl(RATE)),
    "CKV2_AWS_31": pair(
        [
            acl(RATE),
            made(aws.WAF_LOGGING, resourceArn=acl().arn, logDestinationConfigs=[LOG]),
        ],
        acl(RATE),
    ),
    "WAF.12": pair(
        acl(RATE), acl({**RATE, "visibilityConfig": {"cloudwatchMetricsEnabled": False}})
    ),
    "AppSync.5": switch(aws.APPSYNC_API, "authenticationType", "AWS_IAM", "API_KEY"),
    "CKV_AWS_193": switch(
        aws.APPSYNC_API,
        "logConfig",
        {"cloudwatchLogsRoleArn": "arn:aws:iam:::role/x", "fieldLogLevel": "ERROR"},
        None,
    ),
    **same(
        switch(
            aws.APPSYNC_API,
            "logConfig.fieldLogLevel",
            "ALL",
            "NONE",
            logConfig={"cloudwatchLogsRoleArn": "arn:aws:iam:::role/x"},
        ),
        *("CKV_AWS_194", "ASC3", "AppSync.2"),
    ),
    "Serverless-AppSyncTracing": switch(aws.APPSYNC_API, "xrayEnabled", good=True, bad=False),
    **same(
        switch(
            aws.APPSYNC_CACHE,
            "atRestEncryptionEnabled",
            good=True,
            bad=False,
            transitEncryptionEnabled=True,
        ),
        *("CKV_AWS_214", "AppSync.1"),
    ),
    **same(
        switch(
            aws.APPSYNC_CACHE,
            "transitEncryptionEnabled",
            good=True,
            bad=False,
            atRestEncryptionEnabled=True,
        ),
        *("CKV_AWS_215", "AppSync.6"),
    ),
    "CKV2_AWS_33": pair([GRAPHQL, acl(RATE), associated(GRAPHQL)], GRAPHQL),
}
