"""Invokes: known arguments answer in a preview, unknown ones do not."""

import pulumi_aws as aws

me = aws.get_caller_identity()
zones = aws.get_availability_zones(state="available")
queue = aws.sqs.Queue("jobs", tags={"account": me.account_id, "zones": ",".join(zones.names)})
policy = aws.iam.get_policy_document_output(
    statements=[{"actions": ["sqs:SendMessage"], "resources": [queue.arn]}]  # pyright: ignore[reportArgumentType]  # outputs are resolved
)
aws.sqs.QueuePolicy("policy", queue_url=queue.url, policy=policy.json)
