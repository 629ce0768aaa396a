"""An explicit provider, its region, and how components hand it on."""

import pulumi
import pulumi_aws as aws


class Pair(pulumi.ComponentResource):
    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("shop:index:Pair", name, None, opts)
        self.queue = aws.sqs.Queue(f"{name}-queue", opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({})


virginia = aws.Provider("virginia", region="us-east-1", default_tags={"tags": {"edge": "yes"}})
aws.acm.Certificate(
    "certificate",
    domain_name="example.org",
    validation_method="DNS",
    opts=pulumi.ResourceOptions(provider=virginia),
)
Pair("near")
Pair("far", opts=pulumi.ResourceOptions(providers={"aws": virginia}))
aws.sqs.Queue("regional", region="eu-west-1")
pulumi.export("where", aws.get_region_output(opts=pulumi.InvokeOptions(provider=virginia)).region)
