"""The older transformations, run in the program's own process."""

import pulumi
import pulumi_aws as aws


def renamed(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
    if args.type_ == "aws:sqs/queue:Queue":
        return pulumi.ResourceTransformationResult(
            props={**args.props, "name": f"shop-{args.name}"},
            opts=pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(protect=True)),
        )
    return None


pulumi.runtime.register_stack_transformation(renamed)
aws.sqs.Queue("jobs")
