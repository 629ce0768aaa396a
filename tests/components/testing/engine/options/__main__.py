"""Options that change what a deployment does."""

import pulumi
import pulumi_aws as aws

key = aws.kms.Key("key", description="data")
first = aws.sqs.Queue("first", kms_master_key_id=key.arn)
aws.sqs.Queue(
    "second",
    opts=pulumi.ResourceOptions(
        protect=True,
        depends_on=[first],
        ignore_changes=["tags", "policy"],
        delete_before_replace=True,
        retain_on_delete=True,
        replace_on_changes=["name"],
        additional_secret_outputs=["url"],
        custom_timeouts=pulumi.CustomTimeouts(create="5m"),
        version="7.51.1",
    ),
)
aws.sqs.Queue("third", opts=pulumi.ResourceOptions(deleted_with=first))
aws.sqs.Queue("old-name", opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="older-name")]))
aws.sqs.Queue(
    "found",
    opts=pulumi.ResourceOptions(
        import_="https://sqs.eu-central-1.amazonaws.com/123456789012/found"
    ),
)
