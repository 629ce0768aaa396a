"""What stands beside functions: streams, caches, file systems, search domains."""

from typing import Any

from rampart_policies import aws
from tests.policies.pair import Pair, pair, same, switch
from tests.policies.stacks import Made, made

KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ON, OFF = {"enabled": True}, {"enabled": False}
SWITCH = {"good": True, "bad": False}
OURS = {"enabled": True, "keyType": "CUSTOMER_MANAGED_CMK", "keyArn": KEY}
ENCRYPTED = {"atRestEncryptionEnabled": True, "transitEncryptionEnabled": True, "kmsKeyId": KEY}
ZONES = {"automaticFailoverEnabled": True, "multiAzEnabled": True}
MASTERS = {
    "zoneAwarenessEnabled": True,
    "dedicatedMasterEnabled": True,
    "dedicatedMasterCount": 3,
    "instanceCount": 3,
}
LOG_KINDS = ("AUDIT_LOGS", "ES_APPLICATION_LOGS", "SEARCH_SLOW_LOGS", "INDEX_SLOW_LOGS")
LOGS = [
    {"logType": kind, "cloudwatchLogGroupArn": "arn:aws:logs:::log-group:x", "enabled": True}
    for kind in LOG_KINDS
]
NEW_TLS = {"enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10"}
SAFE = {"encryptAtRest": {"enabled": True, "kmsKeyId": KEY}, "nodeToNodeEncryption": ON}


def stream(**inputs: str) -> Made:
    return made(aws.KINESIS_STREAM, encryptionType="KMS", **inputs)


def cache(path: str, good: object, bad: object, **both: Any) -> Pair:  # noqa: ANN401  # wire values are any JSON
    return switch(aws.ELASTICACHE_GROUP, path, good, bad, replicationGroupId="x", **both)


def domain(path: str, good: object, bad: object, **both: Any) -> Pair:  # noqa: ANN401  # as above
    return switch(aws.SEARCH_DOMAINS[0], path, good, bad, domainName="search", **both)


def without(key: str, block: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in block.items() if name != key}


PAIRS = {
    **same(
        switch(aws.KINESIS_STREAM, "encryptionType", "KMS", None, kmsKeyId=KEY),
        *("CKV_AWS_43", "KDS1", "Kinesis.1"),
    ),
    **same(
        pair(stream(kmsKeyId=KEY), stream(kmsKeyId="alias/aws/kinesis"), stream()),
        *("CKV_AWS_185", "KDS3"),
    ),
    **same(
        switch(aws.FIREHOSE, "serverSideEncryption", OURS, None),
        *("CKV_AWS_240", "KDF1", "DataFirehose.1"),
    ),
    "CKV_AWS_241": switch(aws.FIREHOSE, "serverSideEncryption", OURS, ON),
    **same(
        cache("atRestEncryptionEnabled", **SWITCH, **without("atRestEncryptionEnabled", ENCRYPTED)),
        *("CKV_AWS_29", "ElastiCache.4"),
    ),
    **same(
        cache(
            "transitEncryptionEnabled", **SWITCH, **without("transitEncryptionEnabled", ENCRYPTED)
        ),
        *("CKV_AWS_30", "AEC3", "ElastiCache.5"),
    ),
    "CKV_AWS_191": cache("kmsKeyId", KEY, None, **without("kmsKeyId", ENCRYPTED)),
    **same(
        cache("authToken", "[secret]", None, **ENCRYPTED), "CKV_AWS_31", "AEC6", "ElastiCache.6"
    ),
    **same(
        cache("automaticFailoverEnabled", **SWITCH, multiAzEnabled=True),
        *("CKV2_AWS_50", "ElastiCache.3"),
    ),
    "AEC4": cache("multiAzEnabled", **SWITCH, automaticFailoverEnabled=True),
    **same(cache("subnetGroupName", "private", None), "AEC1"),
    "ElastiCache.7": switch(aws.ELASTICACHE_CLUSTER, "subnetGroupName", "private", "default"),
    **same(
        switch(
            aws.DAX_CLUSTER, "serverSideEncryption", ON, None, clusterEndpointEncryptionType="TLS"
        ),
        *("CKV_AWS_47", "DDB4", "DynamoDB.3"),
    ),
    **same(
        switch(
            aws.DAX_CLUSTER, "clusterEndpointEncryptionType", "TLS", "NONE", serverSideEncryption=ON
        ),
        *("CKV_AWS_239", "DynamoDB.7"),
    ),
    **same(switch(aws.EFS_FILE_SYSTEM, "encrypted", **SWITCH, kmsKeyId=KEY), "CKV_AWS_42", "EFS1"),
    **same(
        switch(aws.EFS_FILE_SYSTEM, "kmsKeyId", KEY, None, encrypted=True),
        *("CKV_AWS_184", "EFS.1"),
    ),
    **same(domain("encryptAtRest.enabled", **SWITCH, **SAFE), "CKV_AWS_5", "OS8", "Opensearch.1"),
    **same(
        domain("nodeToNodeEncryption.enabled", **SWITCH, **SAFE, clusterConfig=MASTERS),
        *("CKV_AWS_6", "OS2", "Opensearch.3"),
    ),
    "CKV_AWS_247": domain("encryptAtRest", SAFE["encryptAtRest"], ON, nodeToNodeEncryption=ON),
    "CKV_AWS_83": domain("domainEndpointOptions", NEW_TLS, {**NEW_TLS, "enforceHttps": False}),
    **same(
        domain(
            "domainEndpointOptions",
            NEW_TLS,
            {**NEW_TLS, "tlsSecurityPolicy": "Policy-Min-TLS-1-0-2019-07"},
        ),
        *("CKV_AWS_228", "Opensearch.8"),
    ),
    **same(
        domain("vpcOptions", {"subnetIds": ["subnet-1"]}, None),
        *("CKV_AWS_137", "OS1", "Opensearch.2"),
    ),
    **same(domain("logPublishingOptions", LOGS, None), "CKV_AWS_84"),
    **same(domain("logPublishingOptions", LOGS, LOGS[1:]), "CKV_AWS_317", "Opensearch.5"),
    "Opensearch.4": domain("logPublishingOptions", LOGS, [LOGS[0], *LOGS[2:]]),
    "OS9": domain("logPublishingOptions", LOGS, LOGS[:3]),
    **same(
        domain("clusterConfig", MASTERS, {**MASTERS, "dedicatedMasterCount": 1}),
        *("CKV_AWS_318", "Opensearch.11"),
    ),
    "OS4": domain("clusterConfig", MASTERS, {**MASTERS, "dedicatedMasterEnabled": False}),
    **same(
        domain("clusterConfig", MASTERS, {**MASTERS, "zoneAwarenessEnabled": False}),
        *("OS7", "Opensearch.6"),
    ),
    **same(domain("advancedSecurityOptions", ON, OFF), "CKV2_AWS_52", "Opensearch.7"),
}
