"""Amazon CloudWatch: log groups, alarms, dashboards."""

from contextlib import suppress
from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import Created, block, creates, given, physical_name
from rampart_local.clients import Clients

_ALARM = (
    "actionsEnabled",
    "alarmActions",
    "alarmDescription",
    "comparisonOperator",
    "datapointsToAlarm",
    "evaluateLowSampleCountPercentiles",
    "evaluationPeriods",
    "extendedStatistic",
    "insufficientDataActions",
    "metricName",
    "namespace",
    "period",
    "statistic",
    "threshold",
    "thresholdMetricId",
    "treatMissingData",
    "unit",
)


@creates("aws:cloudwatch/logGroup:LogGroup", again=True)
def _log_group(aws: Clients, resource: Registration) -> Created:
    name = physical_name(resource, 512)
    # A function that ran before has made the group already.
    with suppress(aws.logs.exceptions.ResourceAlreadyExistsException):
        aws.logs.create_log_group(logGroupName=name, **_kms(resource.inputs))
    if days := resource.inputs.get("retentionInDays"):
        aws.logs.put_retention_policy(logGroupName=name, retentionInDays=days)
    else:
        aws.logs.delete_retention_policy(logGroupName=name)
    arn = f"arn:aws:logs:{aws.region}:{aws.account}:log-group:{name}"
    return name, {"arn": arn, "name": name}


def _kms(inputs: dict[str, Any]) -> Any:  # noqa: ANN401  # the SDK's shape
    return {"kmsKeyId": inputs["kmsKeyId"]} if inputs.get("kmsKeyId") else {}


@creates("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", again=True)
def _resource_policy(aws: Clients, resource: Registration) -> Created:
    name = physical_name(resource, key="policyName")
    aws.logs.put_resource_policy(policyName=name, policyDocument=resource.inputs["policyDocument"])
    return name, {"policyName": name}


@creates("aws:cloudwatch/logMetricFilter:LogMetricFilter", again=True)
def _metric_filter(aws: Clients, resource: Registration) -> Created:
    inputs, name = resource.inputs, physical_name(resource, 512)
    transformation: Any = {
        f"metric{key[:1].upper()}{key[1:]}" if key in {"name", "namespace", "value"} else key: each
        for key, each in inputs["metricTransformation"].items()
    }
    aws.logs.put_metric_filter(
        logGroupName=inputs["logGroupName"],
        filterName=name,
        filterPattern=inputs["pattern"],
        metricTransformations=[transformation],
    )
    return name, {"name": name}


@creates("aws:cloudwatch/metricAlarm:MetricAlarm", again=True)
def _alarm(aws: Clients, resource: Registration) -> Created:
    name = physical_name(resource, 255)
    request: dict[str, Any] = given(resource.inputs, *_ALARM, OKActions="okActions")
    if dimensions := resource.inputs.get("dimensions"):
        request["Dimensions"] = [{"Name": k, "Value": v} for k, v in dimensions.items()]
    if queries := resource.inputs.get("metricQueries"):
        request["Metrics"] = [_query(each) for each in queries]
    aws.cloudwatch.put_metric_alarm(AlarmName=name, **request)
    arn = f"arn:aws:cloudwatch:{aws.region}:{aws.account}:alarm:{name}"
    return name, {"arn": arn, "name": name}


def _query(query: dict[str, Any]) -> dict[str, Any]:
    described = given(query, "id", "expression", "label", "returnData", "period", "accountId")
    if metric := query.get("metric"):
        dimensions = [{"Name": k, "Value": v} for k, v in block(metric, "dimensions").items()]
        described["MetricStat"] = {
            "Metric": {
                **given(metric, "namespace", "metricName"),
                **({"Dimensions": dimensions} if dimensions else {}),
            },
            **given(metric, "period", "stat", "unit"),
        }
    return described


@creates("aws:cloudwatch/compositeAlarm:CompositeAlarm", again=True)
def _composite(aws: Clients, resource: Registration) -> Created:
    name = resource.inputs["alarmName"]
    aws.cloudwatch.put_composite_alarm(
        AlarmName=name,
        AlarmRule=resource.inputs["alarmRule"],
        **given(resource.inputs, "alarmActions", "alarmDescription", OKActions="okActions"),
    )
    arn = f"arn:aws:cloudwatch:{aws.region}:{aws.account}:alarm:{name}"
    return name, {"arn": arn}


@creates(
    "aws:cloudwatch/dashboard:Dashboard", again=True, unenforced="there is no console to show it"
)
def _dashboard(aws: Clients, resource: Registration) -> Created:
    name = physical_name(resource, 255, key="dashboardName")
    aws.cloudwatch.put_dashboard(DashboardName=name, DashboardBody=resource.inputs["dashboardBody"])
    arn = f"arn:aws:cloudwatch::{aws.account}:dashboard/{name}"
    return name, {"dashboardArn": arn, "dashboardName": name}
