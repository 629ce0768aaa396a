"""Files, strings and archives as inputs."""

import pulumi
import pulumi_aws as aws

aws.s3.BucketObject("file", bucket="b", source=pulumi.FileAsset("page.html"))
aws.s3.BucketObject("text", bucket="b", source=pulumi.StringAsset("hello"))
aws.lambda_.Function(
    "function",
    runtime="python3.13",
    handler="page.handler",
    role="arn:aws:iam::123456789012:role/shop",
    code=pulumi.AssetArchive(
        {".": pulumi.FileArchive("code"), "more.txt": pulumi.StringAsset("more")}
    ),
)
