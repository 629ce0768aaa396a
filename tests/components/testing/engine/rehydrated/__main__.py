"""A resource handed on as an output value, and a component's outputs that hold resources."""

import pulumi
import pulumi_aws as aws


class Store(pulumi.ComponentResource):
    bucket: pulumi.Output[aws.s3.Bucket]

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("shop:index:Store", name, None, opts)
        made = aws.s3.Bucket(f"{name}-bucket", opts=pulumi.ResourceOptions(parent=self))
        self.bucket = pulumi.Output.from_input(made)
        self.register_outputs({"bucket": made})


store = Store("store")
pulumi.export("bucket", store.bucket)
aws.s3.BucketVersioning(
    "versions",
    bucket=store.bucket.apply(lambda bucket: bucket.id),
    versioning_configuration={"status": "Enabled"},
)
