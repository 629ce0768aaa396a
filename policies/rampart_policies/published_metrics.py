"""Which metrics AWS services publish, and by which sets of dimensions.

An alarm on a set that nobody publishes stays in its missing-data state for ever.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_DOCS = "https://docs.aws.amazon.com"


@dataclass(frozen=True)
class Published:
    """Metrics of one namespace that come by the same sets of dimensions."""

    namespace: str
    metrics: frozenset[str]
    dimensions: frozenset[frozenset[str]]
    source: str


def _published(namespace: str, metrics: str, dimensions: str, source: str) -> Published:
    """Read words: metrics; sets of dimensions, with `+` between those of one, `-` for none."""
    sets = frozenset(
        frozenset[str]() if one == "-" else frozenset(one.split("+")) for one in dimensions.split()
    )
    return Published(namespace, frozenset(metrics.split()), sets, _DOCS + source)


_LAMBDA = "/lambda/latest/dg/monitoring-metrics-types.html"
_DYNAMODB = "/amazondynamodb/latest/developerguide/metrics-dimensions.html"
_REST = "/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html"
_HTTP = "/apigateway/latest/developerguide/http-api-metrics.html"
_WEBSOCKET = "/apigateway/latest/developerguide/apigateway-websocket-api-logging.html"
_EVENTS = "/eventbridge/latest/userguide/eb-monitoring.html"
_AURORA = "/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html"
_RDS = "/AmazonRDS/latest/UserGuide/rds-metrics.html"
_S3 = "/AmazonS3/latest/userguide/metrics-dimensions.html"
_TABLE = "TableName TableName+GlobalSecondaryIndexName"
_FUNCTION = "- FunctionName FunctionName+Resource FunctionName+ExecutedVersion+Resource"
_CLUSTER = (
    "DBClusterIdentifier DBClusterIdentifier+Role DBInstanceIdentifier EngineName DatabaseClass"
)

PUBLISHED = (
    _published(
        "AWS/Lambda",
        "AsyncEventAge AsyncEventsDropped AsyncEventsReceived ConcurrentExecutions "
        "DeadLetterErrors DestinationDeliveryFailures Duration Errors Invocations IteratorAge "
        "OffsetLag OversizedRecordCount PostRuntimeExtensionsDuration "
        "ProvisionedConcurrencyInvocations ProvisionedConcurrencySpilloverInvocations "
        "ProvisionedConcurrentExecutions RecursiveInvocationsDropped SignatureValidationErrors "
        "Throttles",
        _FUNCTION,
        _LAMBDA,
    ),
    _published(
        "AWS/Lambda",
        "ProvisionedConcurrencyUtilization",
        "FunctionName+Resource FunctionName+ExecutedVersion+Resource",
        _LAMBDA,
    ),
    _published(
        "AWS/Lambda", "ClaimedAccountConcurrency UnreservedConcurrentExecutions", "-", _LAMBDA
    ),
    _published(
        "AWS/Lambda",
        "DeletedEventCount DroppedEventCount FailedInvokeEventCount FilteredOutEventCount "
        "InvokedEventCount OnFailureDestinationDeliveredEventCount PolledEventCount "
        "ProvisionedPollers",
        "EventSourceMappingUUID",
        _LAMBDA,
    ),
    _published(
        "AWS/SQS",
        "ApproximateAgeOfOldestMessage ApproximateNumberOfGroupsWithInflightMessages "
        "ApproximateNumberOfMessagesDelayed ApproximateNumberOfMessagesNotVisible "
        "ApproximateNumberOfMessagesVisible NumberOfDeduplicatedSentMessages NumberOfEmptyReceives "
        "NumberOfMessagesDeleted NumberOfMessagesReceived NumberOfMessagesSent SentMessageSize",
        "QueueName",
        "/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
    ),
    _published(
        "AWS/SNS",
        "NumberOfMessagesPublished NumberOfNotificationsDelivered NumberOfNotificationsFailed "
        "NumberOfNotificationsFailedToRedriveToDlq NumberOfNotificationsFilteredOut "
        "NumberOfNotificationsFilteredOut-InvalidAttributes "
        "NumberOfNotificationsFilteredOut-NoMessageAttributes NumberOfNotificationsRedrivenToDlq "
        "PublishSize",
        "TopicName",
        "/sns/latest/dg/sns-monitoring-using-cloudwatch.html",
    ),
    _published(
        "AWS/DynamoDB",
        "ReturnedItemCount SuccessfulRequestLatency SystemErrors ThrottledRequests",
        "TableName+Operation",
        _DYNAMODB,
    ),
    _published(
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
    _published(
        "AWS/DynamoDB",
        "ConditionalCheckFailedRequests MaxProvisionedTableReadCapacityUtilization "
        "MaxProvisionedTableWriteCapacityUtilization TimeToLiveDeletedItemCount "
        "TransactionConflict",
        "TableName",
        _DYNAMODB,
    ),
    _published(
        "AWS/DynamoDB",
        "AccountMaxReads AccountMaxTableLevelReads AccountMaxTableLevelWrites AccountMaxWrites "
        "AccountProvisionedReadCapacityUtilization AccountProvisionedWriteCapacityUtilization "
        "UserErrors",
        "-",
        _DYNAMODB,
    ),
    _published(
        "AWS/ApiGateway",
        "4XXError 5XXError CacheHitCount CacheMissCount Count IntegrationLatency Latency",
        "ApiName ApiName+Stage ApiName+Stage+Resource+Method",
        _REST,
    ),
    _published(
        "AWS/ApiGateway",
        "4xx 5xx Count DataProcessed IntegrationLatency Latency",
        "ApiId ApiId+Stage ApiId+Stage+Resource+Method",
        _HTTP,
    ),
    _published(
        "AWS/ApiGateway",
        "ClientError ConnectCount ExecutionError IntegrationError IntegrationLatency MessageCount",
        "ApiId ApiId+Stage ApiId+Stage+Route",
        _WEBSOCKET,
    ),
    _published(
        "AWS/Events",
        "FailedInvocations InvocationAttempts Invocations InvocationsCreated "
        "InvocationsFailedToBeSentToDlq InvocationsSentToDlq MatchedEvents "
        "RetryInvocationAttempts SuccessfulInvocationAttempts ThrottledRules TriggeredRules "
        "IngestionToInvocationCompleteLatency IngestionToInvocationStartLatency",
        "RuleName EventBusName+RuleName",
        _EVENTS,
    ),
    _published(
        "AWS/Events", "MatchedEvents Invocations FailedInvocations", "EventBusName -", _EVENTS
    ),
    _published(
        "AWS/Events",
        "PutEventsApproximateCallCount PutEventsApproximateFailedCount "
        "PutEventsApproximateSuccessCount PutEventsApproximateThrottledCount "
        "PutEventsEntriesCount PutEventsFailedEntriesCount PutEventsLatency PutEventsRequestSize",
        "-",
        _EVENTS,
    ),
    _published(
        "AWS/Scheduler",
        "InvocationAttemptCount InvocationDroppedCount InvocationThrottleCount "
        "InvocationsFailedToBeSentToDeadLetterCount InvocationsSentToDeadLetterCount "
        "TargetErrorCount TargetErrorThrottledCount",
        "- ScheduleGroup",
        "/scheduler/latest/UserGuide/monitoring-cloudwatch.html",
    ),
    _published(
        "AWS/States",
        "ExecutionThrottled ExecutionTime ExecutionsAborted ExecutionsFailed ExecutionsStarted "
        "ExecutionsSucceeded ExecutionsTimedOut ExpressExecutionBilledDuration "
        "ExpressExecutionMemory",
        "StateMachineArn StateMachineArn+Alias StateMachineArn+Version",
        "/step-functions/latest/dg/procedure-cw-metrics.html",
    ),
    _published(
        "AWS/RDS",
        "ACUUtilization BufferCacheHitRatio CPUUtilization CommitLatency CommitThroughput "
        "DatabaseConnections Deadlocks DiskQueueDepth EngineUptime FreeLocalStorage FreeableMemory "
        "MaximumUsedTransactionIDs NetworkReceiveThroughput NetworkTransmitThroughput "
        "ReadIOPS ReadLatency ReadThroughput ServerlessDatabaseCapacity StorageNetworkThroughput "
        "SwapUsage TempStorageIops WriteIOPS WriteLatency WriteThroughput",
        _CLUSTER,
        _AURORA,
    ),
    _published(
        "AWS/RDS",
        "AuroraVolumeBytesLeftTotal BackupRetentionPeriodStorageUsed ServerlessDatabaseCapacity "
        "SnapshotStorageUsed TotalBackupStorageBilled VolumeBytesUsed VolumeReadIOPs "
        "VolumeWriteIOPs",
        "DBClusterIdentifier",
        _AURORA,
    ),
    _published(
        "AWS/RDS",
        "BinLogDiskUsage BurstBalance CPUCreditBalance CPUCreditUsage FreeStorageSpace "
        "OldestReplicationSlotLag ReplicaLag TransactionLogsDiskUsage",
        "DBInstanceIdentifier",
        _RDS,
    ),
    _published(
        "AWS/RDS",
        "AvailabilityPercentage ClientConnections ClientConnectionsReceived DatabaseConnections "
        "DatabaseConnectionsBorrowLatency DatabaseConnectionsCurrentlyBorrowed "
        "DatabaseConnectionsSetupFailed QueryRequests QueryResponseLatency",
        "ProxyName ProxyName+Target ProxyName+TargetGroup ProxyName+TargetGroup+Target",
        "/AmazonRDS/latest/UserGuide/rds-proxy.monitoring.html",
    ),
    _published("AWS/S3", "BucketSizeBytes NumberOfObjects", "BucketName+StorageType", _S3),
    _published(
        "AWS/S3",
        "4xxErrors 5xxErrors AllRequests BytesDownloaded BytesUploaded DeleteRequests "
        "FirstByteLatency GetRequests HeadRequests ListRequests PostRequests PutRequests "
        "TotalRequestLatency",
        "BucketName+FilterId",
        _S3,
    ),
    _published(
        "AWS/WAFV2",
        "AllowedRequests BlockedRequests CaptchaRequests ChallengeRequests CountedRequests "
        "PassedRequests",
        "WebACL+Rule WebACL+Rule+Region WebACL+Region",
        "/waf/latest/developerguide/waf-metrics.html",
    ),
    _published(
        "AWS/NetworkFirewall",
        "DroppedPackets InvalidDroppedPackets OtherDroppedPackets Packets PassedPackets "
        "ReceivedPackets RejectedPackets StreamExceptionPolicyPackets",
        "FirewallName+AvailabilityZone+Engine FirewallName+Engine",
        "/network-firewall/latest/developerguide/monitoring-cloudwatch.html",
    ),
    _published(
        "AWS/NATGateway",
        "ActiveConnectionCount BytesInFromDestination BytesInFromSource BytesOutToDestination "
        "BytesOutToSource ConnectionAttemptCount ConnectionEstablishedCount ErrorPortAllocation "
        "IdleTimeoutCount PacketsDropCount PeakBytesPerSecond PeakPacketsPerSecond",
        "NatGatewayId",
        "/vpc/latest/userguide/metrics-dimensions-nat-gateway.html",
    ),
)


def of(namespace: str, metric: str | None = None) -> Iterator[Published]:
    """Yield what is known of a namespace, or of one metric in it."""
    for one in PUBLISHED:
        if one.namespace == namespace and (metric is None or metric in one.metrics):
            yield one
