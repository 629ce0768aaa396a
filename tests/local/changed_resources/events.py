"""Logs, alarms, rules and schedules, changed."""

import json

from tests.local.changed_resources.case import Case

HEALTHY = json.dumps({"StartAt": "Fine", "States": {"Fine": {"Type": "Succeed"}}})


CASES: dict[str, list[Case]] = {
    "aws:cloudwatch/logGroup:LogGroup": [
        Case(
            name="logs",
            after={"retentionInDays": None},
            show=lambda aws, id_, _: aws.logs.describe_log_groups(logGroupNamePrefix=id_)[
                "logGroups"
            ][0].get("retentionInDays"),
            shown=None,
        )
    ],
    "aws:cloudwatch/metricAlarm:MetricAlarm": [
        Case(
            name="errors",
            after={"threshold": 5, "okActions": None},
            show=lambda aws, id_, _: [
                aws.cloudwatch.describe_alarms(AlarmNames=[id_])["MetricAlarms"][0].get(key)
                for key in ("Threshold", "OKActions")
            ],
            shown=[5.0, []],
        )
    ],
    "aws:cloudwatch/eventRule:EventRule": [
        Case(
            name="rule",
            after={"eventPattern": json.dumps({"source": ["other"]})},
            show=lambda aws, _, known: json.loads(
                aws.events.describe_rule(Name=known["name"], EventBusName=known["eventBusName"])[
                    "EventPattern"
                ]
            ),
            shown={"source": ["other"]},
        )
    ],
    "aws:cloudwatch/eventBus:EventBus": [
        Case(
            name="bus",
            after={"description": "after"},
            show=lambda aws, id_, _: aws.events.describe_event_bus(Name=id_).get("Description"),
            shown="after",
        )
    ],
    "aws:cloudwatch/eventArchive:EventArchive": [
        Case(
            name="archive",
            after={"retentionDays": 9},
            show=lambda aws, id_, _: aws.events.describe_archive(ArchiveName=id_)["RetentionDays"],
            shown=9,
        )
    ],
    "aws:scheduler/schedule:Schedule": [
        Case(
            name="nightly",
            after={"scheduleExpression": "rate(2 hours)"},
            show=lambda aws, id_, _: aws.scheduler.get_schedule(
                GroupName=id_.partition("/")[0], Name=id_.partition("/")[2]
            )["ScheduleExpression"],
            shown="rate(2 hours)",
        )
    ],
    "aws:sfn/stateMachine:StateMachine": [
        Case(
            name="steps",
            after={"definition": HEALTHY},
            show=lambda aws, id_, _: aws.stepfunctions.describe_state_machine(stateMachineArn=id_)[
                "definition"
            ],
            shown=HEALTHY,
        )
    ],
}
