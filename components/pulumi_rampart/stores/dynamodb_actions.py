"""The IAM actions of DynamoDB, so that one that does not exist is told apart from one denied.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
"""

from pulumi_rampart.arguments.nearest import nearest

# Whose resource may be a table.
ON_A_TABLE = (
    "AssociateTableReplica",
    "BatchGetItem",
    "BatchWriteItem",
    "ConditionCheckItem",
    "CreateBackup",
    "CreateGlobalTable",
    "CreateTable",
    "CreateTableReplica",
    "DeleteItem",
    "DeleteResourcePolicy",
    "DeleteTable",
    "DeleteTableReplica",
    "DescribeContinuousBackups",
    "DescribeContributorInsights",
    "DescribeKinesisStreamingDestination",
    "DescribeTable",
    "DescribeTableReplicaAutoScaling",
    "DescribeTimeToLive",
    "DisableKinesisStreamingDestination",
    "DisassociateTableReplica",
    "EnableKinesisStreamingDestination",
    "ExportTableToPointInTime",
    "GetItem",
    "GetResourcePolicy",
    "ImportTable",
    "ListExports",
    "ListImports",
    "ListTagsOfResource",
    "PartiQLDelete",
    "PartiQLInsert",
    "PartiQLSelect",
    "PartiQLUpdate",
    "PutItem",
    "PutResourcePolicy",
    "Query",
    "ReadDataForReplication",
    "ReplicateSettings",
    "RestoreTableFromAwsBackup",
    "RestoreTableFromBackup",
    "RestoreTableToPointInTime",
    "Scan",
    "SearchVectors",
    "StartAwsBackupJob",
    "TagResource",
    "UntagResource",
    "UpdateContinuousBackups",
    "UpdateContributorInsights",
    "UpdateGlobalTable",
    "UpdateGlobalTableSettings",
    "UpdateGlobalTableVersion",
    "UpdateItem",
    "UpdateKinesisStreamingDestination",
    "UpdateTable",
    "UpdateTableReplicaAutoScaling",
    "UpdateTimeToLive",
    "WriteDataForReplication",
)
# Whose resource may be an index of the table, too.
ON_AN_INDEX = ("PartiQLSelect", "Query", "Scan")
# On streams, backups, exports and imports, or on nothing in particular.
ELSEWHERE = (
    "CreateGlobalTableWitness",
    "DeleteBackup",
    "DeleteGlobalTableWitness",
    "DescribeBackup",
    "DescribeEndpoints",
    "DescribeExport",
    "DescribeGlobalTable",
    "DescribeGlobalTableSettings",
    "DescribeImport",
    "DescribeLimits",
    "DescribeReservedCapacity",
    "DescribeReservedCapacityOfferings",
    "DescribeStream",
    "GetAbacStatus",
    "GetRecords",
    "GetShardIterator",
    "InjectError",
    "ListBackups",
    "ListContributorInsights",
    "ListGlobalTables",
    "ListStreams",
    "ListTables",
    "PurchaseReservedCapacityOfferings",
    "UpdateAbacStatus",
)
_PARTIQL = ("PartiQLDelete", "PartiQLInsert", "PartiQLSelect", "PartiQLUpdate")
# Operations of the API that IAM knows by the actions on their items.
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html
ALLOWED_BY = {
    "BatchExecuteStatement": _PARTIQL,
    "ExecuteStatement": _PARTIQL,
    "ExecuteTransaction": _PARTIQL,
    "TransactGetItems": ("GetItem",),
    "TransactWriteItems": ("ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"),
}


def problem(action: str) -> str | None:
    """Return why an action cannot be allowed on a table, or None when it can.

    Args:
        action: without the service, `GetItem`.
    """
    if action in ON_A_TABLE:
        return None
    if action in ELSEWHERE:
        return "does not act on a table, so that allowing it on one allows nothing; leave it out."
    if action in ALLOWED_BY:
        actions = ", ".join(f"`{one}`" for one in ALLOWED_BY[action])
        return f"IAM has no such action; it allows the operation by those of its parts: {actions}."
    near = nearest(action.removeprefix("dynamodb:"), (*ON_A_TABLE, *ALLOWED_BY))
    hint = f" did you mean `{near}`?" if near else " write one such as `GetItem`."
    return f"DynamoDB has no such action;{hint}"
