"""To depend on a component is to depend on every resource inside it, at any depth."""

import pulumi
import pulumi_aws as aws


class Inner(pulumi.ComponentResource):
    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("shop:index:Inner", name, None, opts)
        self.queue = aws.sqs.Queue(f"{name}-queue", opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({"url": self.queue.url})


class Outer(pulumi.ComponentResource):
    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("shop:index:Outer", name, None, opts)
        self.inner = Inner(f"{name}-inner", opts=pulumi.ResourceOptions(parent=self))
        self.topic = aws.sns.Topic(f"{name}-topic", opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({})


outer = Outer("outer")
aws.s3.Bucket("after", opts=pulumi.ResourceOptions(depends_on=[outer]))
aws.s3.Bucket("tagged", tags={"queue": outer.inner.queue.arn, "topic": outer.topic.name})
aws.s3.Bucket("child-of-custom", opts=pulumi.ResourceOptions(parent=outer.topic))
