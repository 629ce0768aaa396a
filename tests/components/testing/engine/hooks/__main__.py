"""Hooks run around a resource's creation, not in a preview unless asked."""

import pulumi
import pulumi_aws as aws

before = pulumi.ResourceHook("before", lambda args: print("before", args.name))
after = pulumi.ResourceHook(
    "after", lambda args: print("after", args.name), pulumi.ResourceHookOptions(on_dry_run=True)
)
aws.sqs.Queue(
    "jobs",
    opts=pulumi.ResourceOptions(
        hooks=pulumi.ResourceHookBinding(before_create=[before], after_create=[after])
    ),
)
