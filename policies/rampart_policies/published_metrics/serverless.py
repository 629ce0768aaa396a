"""Metrics of functions, queues, topics, APIs, events, schedules and workflows."""

from rampart_policies.published_metrics.published import published

_LAMBDA = "/lambda/latest/dg/monitoring-metrics-types.html"
_REST = "/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html"
_HTTP = "/apigateway/latest/developerguide/http-api-metrics.html"
_WEBSOCKET = "/apigateway/latest/developerguide/apigateway-websocket-api-logging.html"
_EVENTS = "/eventbridge/latest/userguide/eb-monitoring.html"
_FUNCTION = "- FunctionName FunctionName+Resource FunctionName+ExecutedVersion+Resource"

PUBLISHED = (
    published(
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
    published(
        "AWS/Lambda",
        "ProvisionedConcurrencyUtilization",
        "FunctionName+Resource FunctionName+ExecutedVersion+Resource",
        _LAMBDA,
    ),
    published(
        "AWS/Lambda", "ClaimedAccountConcurrency UnreservedConcurrentExecutions", "-", _LAMBDA
    ),
    published(
        "AWS/Lambda",
        "DeletedEventCount DroppedEventCount FailedInvokeEventCount FilteredOutEventCount "
        "InvokedEventCount OnFailureDestinationDeliveredEventCount PolledEventCount "
        "ProvisionedPollers",
        "EventSourceMappingUUID",
        _LAMBDA,
    ),
    published(
        "AWS/SQS",
        "ApproximateAgeOfOldestMessage ApproximateNumberOfGroupsWithInflightMessages "
        "ApproximateNumberOfMessagesDelayed ApproximateNumberOfMessagesNotVisible "
        "ApproximateNumberOfMessagesVisible NumberOfDeduplicatedSentMessages NumberOfEmptyReceives "
        "NumberOfMessagesDeleted NumberOfMessagesReceived NumberOfMessagesSent SentMessageSize",
        "QueueName",
        "/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
    ),
    published(
        "AWS/SNS",
        "NumberOfMessagesPublished NumberOfNotificationsDelivered NumberOfNotificationsFailed "
        "NumberOfNotificationsFailedToRedriveToDlq NumberOfNotificationsFilteredOut "
        "NumberOfNotificationsFilteredOut-InvalidAttributes "
        "NumberOfNotificationsFilteredOut-NoMessageAttributes NumberOfNotificationsRedrivenToDlq "
        "PublishSize",
        "TopicName",
        "/sns/latest/dg/sns-monitoring-using-cloudwatch.html",
    ),
    published(
        "AWS/ApiGateway",
        "4XXError 5XXError CacheHitCount CacheMissCount Count IntegrationLatency Latency",
        "ApiName ApiName+Stage ApiName+Stage+Resource+Method",
        _REST,
    ),
    published(
        "AWS/ApiGateway",
        "4xx 5xx Count DataProcessed IntegrationLatency Latency",
        "ApiId ApiId+Stage ApiId+Stage+Resource+Method",
        _HTTP,
    ),
    published(
        "AWS/ApiGateway",
        "ClientError ConnectCount ExecutionError IntegrationError IntegrationLatency MessageCount",
        "ApiId ApiId+Stage ApiId+Stage+Route",
        _WEBSOCKET,
    ),
    published(
        "AWS/Events",
        "FailedInvocations InvocationAttempts Invocations InvocationsCreated "
        "InvocationsFailedToBeSentToDlq InvocationsSentToDlq MatchedEvents "
        "RetryInvocationAttempts SuccessfulInvocationAttempts ThrottledRules TriggeredRules "
        "IngestionToInvocationCompleteLatency IngestionToInvocationStartLatency",
        "RuleName EventBusName+RuleName",
        _EVENTS,
    ),
    published(
        "AWS/Events", "MatchedEvents Invocations FailedInvocations", "EventBusName -", _EVENTS
    ),
    published(
        "AWS/Events",
        "PutEventsApproximateCallCount PutEventsApproximateFailedCount "
        "PutEventsApproximateSuccessCount PutEventsApproximateThrottledCount "
        "PutEventsEntriesCount PutEventsFailedEntriesCount PutEventsLatency PutEventsRequestSize",
        "-",
        _EVENTS,
    ),
    published(
        "AWS/Scheduler",
        "InvocationAttemptCount InvocationDroppedCount InvocationThrottleCount "
        "InvocationsFailedToBeSentToDeadLetterCount InvocationsSentToDeadLetterCount "
        "TargetErrorCount TargetErrorThrottledCount",
        "- ScheduleGroup",
        "/scheduler/latest/UserGuide/monitoring-cloudwatch.html",
    ),
    published(
        "AWS/States",
        "ExecutionThrottled ExecutionTime ExecutionsAborted ExecutionsFailed ExecutionsStarted "
        "ExecutionsSucceeded ExecutionsTimedOut ExpressExecutionBilledDuration "
        "ExpressExecutionMemory",
        "StateMachineArn StateMachineArn+Alias StateMachineArn+Version",
        "/step-functions/latest/dg/procedure-cw-metrics.html",
    ),
)
