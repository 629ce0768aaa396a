"""The X-Ray trace that a message belongs to."""

import os

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord


def trace_id_of(record: SQSRecord) -> str:
    """Return the id of the trace that sent the message, else of this invocation, else the message.

    A header reads `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=...;Sampled=1`
    (https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader).
    """
    sent: str | None = record.attributes.raw_event.get("AWSTraceHeader")
    header = sent or os.environ.get("_X_AMZN_TRACE_ID", "")
    fields = dict(part.split("=", 1) for part in header.split(";") if "=" in part)
    return fields.get("Root") or record.message_id
