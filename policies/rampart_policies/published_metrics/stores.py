"""Metrics of tables, databases and buckets."""

from rampart_policies.published_metrics.published import published

_DYNAMODB = "/amazondynamodb/latest/developerguide/metrics-dimensions.html"
_AURORA = "/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html"
_RDS = "/AmazonRDS/latest/UserGuide/rds-metrics.html"
_S3 = "/AmazonS3/latest/userguide/metrics-dimensions.html"
_TABLE = "TableName TableName+GlobalSecondaryIndexName"
_CLUSTER = (
    "DBClusterIdentifier DBClusterIdentifier+Role DBInstanceIdentifier EngineName DatabaseClass"
)

PUBLISHED = (
    published(
        "AWS/DynamoDB",
        "ReturnedItemCount SuccessfulRequestLatency SystemErrors ThrottledRequests",
        "TableName+Operation",
        _DYNAMODB,
    ),
    published(
        "AWS/DynamoDB",
        "ConsumedReadCapacityUnits ConsumedWriteCapacityUnits ProvisionedReadCapacityUnits "
        "ProvisionedWriteCapacityUnits ReadThrottleEvents WriteThrottleEvents "
        "ReadAccountLimitThrottleEvents WriteAccountLimitThrottleEvents "
        "ReadKeyRangeThroughputThrottleEvents WriteKeyRangeThroughputThrottleEvents "
        "ReadMaxOnDemandThroughputThrottleEvents WriteMaxOnDemandThroughputThrottleEvents "
        "ReadProvisionedThroughputThrottleEvents WriteProvisionedThroughputThrottleEvents",
        _TABLE,
        _DYNAMODB,
    ),
    published(
        "AWS/DynamoDB",
        "ConditionalCheckFailedRequests MaxProvisionedTableReadCapacityUtilization "
        "MaxProvisionedTableWriteCapacityUtilization TimeToLiveDeletedItemCount "
        "TransactionConflict",
        "TableName",
        _DYNAMODB,
    ),
    published(
        "AWS/DynamoDB",
        "AccountMaxReads AccountMaxTableLevelReads AccountMaxTableLevelWrites AccountMaxWrites "
        "AccountProvisionedReadCapacityUtilization AccountProvisionedWriteCapacityUtilization "
        "UserErrors",
        "-",
        _DYNAMODB,
    ),
    published(
        "AWS/RDS",
        "ACUUtilization BufferCacheHitRatio CPUUtilization CommitLatency CommitThroughput "
        "DatabaseConnections Deadlocks DiskQueueDepth EngineUptime FreeLocalStorage FreeableMemory "
        "MaximumUsedTransactionIDs NetworkReceiveThroughput NetworkTransmitThroughput "
        "ReadIOPS ReadLatency ReadThroughput ServerlessDatabaseCapacity StorageNetworkThroughput "
        "SwapUsage TempStorageIops WriteIOPS WriteLatency WriteThroughput",
        _CLUSTER,
        _AURORA,
    ),
    published(
        "AWS/RDS",
        "AuroraVolumeBytesLeftTotal BackupRetentionPeriodStorageUsed ServerlessDatabaseCapacity "
        "SnapshotStorageUsed TotalBackupStorageBilled VolumeBytesUsed VolumeReadIOPs "
        "VolumeWriteIOPs",
        "DBClusterIdentifier",
        _AURORA,
    ),
    published(
        "AWS/RDS",
        "BinLogDiskUsage BurstBalance CPUCreditBalance CPUCreditUsage FreeStorageSpace "
        "OldestReplicationSlotLag ReplicaLag TransactionLogsDiskUsage",
        "DBInstanceIdentifier",
        _RDS,
    ),
    published(
        "AWS/RDS",
        "AvailabilityPercentage ClientConnections ClientConnectionsReceived DatabaseConnections "
        "DatabaseConnectionsBorrowLatency DatabaseConnectionsCurrentlyBorrowed "
        "DatabaseConnectionsSetupFailed QueryRequests QueryResponseLatency",
        "ProxyName ProxyName+Target ProxyName+TargetGroup ProxyName+TargetGroup+Target",
        "/AmazonRDS/latest/UserGuide/rds-proxy.monitoring.html",
    ),
    published("AWS/S3", "BucketSizeBytes NumberOfObjects", "BucketName+StorageType", _S3),
    published(
        "AWS/S3",
        "4xxErrors 5xxErrors AllRequests BytesDownloaded BytesUploaded DeleteRequests "
        "FirstByteLatency GetRequests HeadRequests ListRequests PostRequests PutRequests "
        "TotalRequestLatency",
        "BucketName+FilterId",
        _S3,
    ),
)
