"""Transforms on the stack, on a component and on one resource see type, name, args and options."""

import pulumi
import pulumi_aws as aws


def tag(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    if args.type_ != "aws:sqs/queue:Queue":
        return None
    return pulumi.ResourceTransformResult(
        props={**args.props, "tags": {"by": "stack", "name": args.name}}, opts=args.opts
    )


def longer(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    if args.type_ != "aws:sqs/queue:Queue":
        return None
    opts = args.opts
    opts.protect = True
    return pulumi.ResourceTransformResult(
        props={**args.props, "messageRetentionSeconds": 1209600}, opts=opts
    )


async def slow(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    return pulumi.ResourceTransformResult(props={**args.props, "delaySeconds": 5}, opts=args.opts)


class Pair(pulumi.ComponentResource):
    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("shop:index:Pair", name, None, opts)
        self.first = aws.sqs.Queue(f"{name}-first", opts=pulumi.ResourceOptions(parent=self))
        self.second = aws.sqs.Queue(
            f"{name}-second", opts=pulumi.ResourceOptions(parent=self, transforms=[slow])
        )
        self.register_outputs({"urls": [self.first.url, self.second.url]})


pulumi.runtime.register_resource_transform(tag)
Pair("pair", opts=pulumi.ResourceOptions(transforms=[longer]))
aws.sqs.Queue("alone")
