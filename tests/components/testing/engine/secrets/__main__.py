"""What is secret stays secret on its way through inputs, outputs and exports."""

import pulumi
import pulumi_aws as aws

config = pulumi.Config()
password = pulumi.Output.secret("s3cret")
parameter = aws.ssm.Parameter("parameter", type="SecureString", value=password)
aws.lambda_.Function(
    "function",
    runtime="python3.13",
    handler="handler.handler",
    role="arn:aws:iam::123456789012:role/shop",
    code=pulumi.AssetArchive({"handler.py": pulumi.StringAsset("def handler(e, c): return e\n")}),
    environment={"variables": {"PASSWORD": password, "PLAIN": "yes"}},
)
pulumi.export("value", parameter.value)
pulumi.export("masked", pulumi.Output.concat("user:", password))
pulumi.export("plain", pulumi.Output.unsecret(password))
