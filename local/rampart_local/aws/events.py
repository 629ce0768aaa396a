"""Amazon EventBridge: buses, rules, targets, archives and schedules."""

from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import (
    Created,
    Inputs,
    creates,
    given,
    pascal,
    physical_name,
    updates,
)
from rampart_local.clients import Clients

# Blocks of a target: the program's name -> the API's.
_TARGET_BLOCKS = {
    "deadLetterConfig": ("DeadLetterConfig", {"Arn": "arn"}),
    "inputTransformer": (
        "InputTransformer",
        {"InputPathsMap": "inputPaths", "InputTemplate": "inputTemplate"},
    ),
    "retryPolicy": (
        "RetryPolicy",
        {
            "MaximumEventAgeInSeconds": "maximumEventAgeInSeconds",
            "MaximumRetryAttempts": "maximumRetryAttempts",
        },
    ),
    "sqsTarget": ("SqsParameters", {"MessageGroupId": "messageGroupId"}),
}


@creates("aws:cloudwatch/eventBus:EventBus")
def _bus(aws: Clients, resource: Registration) -> Created:
    name = physical_name(resource, 256)
    request: Any = given(resource.inputs, "description", KmsKeyIdentifier="kmsKeyIdentifier")
    arn = aws.events.create_event_bus(Name=name, **request)["EventBusArn"]
    return name, {"arn": arn, "name": name}


@updates("aws:cloudwatch/eventBus:EventBus", "name", "eventSourceName")
def _change_bus(aws: Clients, resource: Registration, name: str, _: Inputs) -> Created:
    request: Any = {
        "Description": resource.inputs.get("description", ""),
        **given(resource.inputs, KmsKeyIdentifier="kmsKeyIdentifier"),
    }
    arn = aws.events.update_event_bus(Name=name, **request).get("Arn", "")
    return name, {"arn": arn, "name": name}


@creates("aws:cloudwatch/eventBusPolicy:EventBusPolicy", again=True)
def _bus_policy(aws: Clients, resource: Registration) -> Created:
    bus = resource.inputs.get("eventBusName", "default")
    aws.events.put_permission(EventBusName=bus, Policy=resource.inputs["policy"])
    return bus, {}


@creates("aws:cloudwatch/eventRule:EventRule", again=True)
def _rule(aws: Clients, resource: Registration) -> Created:
    name = physical_name(resource, 64)
    request: Any = given(
        resource.inputs,
        "description",
        "eventBusName",
        "eventPattern",
        "roleArn",
        "scheduleExpression",
        "state",
    )
    arn = aws.events.put_rule(Name=name, **request)["RuleArn"]
    bus = resource.inputs.get("eventBusName")
    return f"{bus}/{name}" if bus else name, {"arn": arn, "name": name}


@creates("aws:cloudwatch/eventTarget:EventTarget", again=True)
def _target(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    id_ = physical_name(resource, 64, key="targetId")
    target: Any = {"Id": id_, **given(inputs, "arn", "input", "inputPath", "roleArn")}
    for ours, (theirs, keys) in _TARGET_BLOCKS.items():
        if inputs.get(ours):
            target[theirs] = given(inputs[ours], **keys)
    place = given(inputs, "eventBusName") | {"Rule": inputs["rule"]}
    answer = aws.events.put_targets(**place, Targets=[target])
    if answer["FailedEntryCount"]:
        raise ValueError(f"{resource.name}: {answer['FailedEntries'][0]}")
    return f"{inputs['rule']}-{id_}", {"targetId": id_}


@creates("aws:cloudwatch/eventArchive:EventArchive")
def _archive(aws: Clients, resource: Registration) -> Created:
    inputs, name = resource.inputs, physical_name(resource, 48)
    request = given(inputs, "description", "eventPattern", "retentionDays")
    answer = aws.events.create_archive(
        ArchiveName=name, EventSourceArn=inputs["eventSourceArn"], **request
    )
    return name, {"arn": answer["ArchiveArn"], "name": name}


@updates("aws:cloudwatch/eventArchive:EventArchive", "name", "eventSourceArn")
def _change_archive(aws: Clients, resource: Registration, name: str, _: Inputs) -> Created:
    request: Any = {
        "Description": resource.inputs.get("description", ""),
        "RetentionDays": resource.inputs.get("retentionDays", 0),
        **given(resource.inputs, "eventPattern"),
    }
    answer = aws.events.update_archive(ArchiveName=name, **request)
    return name, {"arn": answer["ArchiveArn"], "name": name}


@creates("aws:scheduler/scheduleGroup:ScheduleGroup")
def _schedule_group(aws: Clients, resource: Registration) -> Created:
    name = physical_name(resource, 64)
    arn = aws.scheduler.create_schedule_group(Name=name)["ScheduleGroupArn"]
    return name, {"arn": arn, "name": name}


@creates("aws:scheduler/schedule:Schedule")
def _schedule(aws: Clients, resource: Registration) -> Created:
    inputs, name = resource.inputs, physical_name(resource, 64)
    answer = aws.scheduler.create_schedule(Name=name, **_schedule_request(inputs))
    group = inputs.get("groupName", "default")
    return f"{group}/{name}", {"arn": answer["ScheduleArn"], "name": name}


@updates("aws:scheduler/schedule:Schedule", "name", "namePrefix", "groupName")
def _change_schedule(aws: Clients, resource: Registration, id_: str, _: Inputs) -> Created:
    # An update replaces all settings, as AWS does.
    name = id_.partition("/")[2]
    answer = aws.scheduler.update_schedule(Name=name, **_schedule_request(resource.inputs))
    return id_, {"arn": answer["ScheduleArn"], "name": name}


def _schedule_request(inputs: Inputs) -> Any:  # noqa: ANN401  # two SDK calls take it
    request = given(
        inputs,
        "description",
        "endDate",
        "groupName",
        "kmsKeyArn",
        "scheduleExpression",
        "scheduleExpressionTimezone",
        "startDate",
        "state",
    )
    return request | {
        "FlexibleTimeWindow": pascal(inputs["flexibleTimeWindow"]),
        "Target": pascal(inputs["target"]),
    }
