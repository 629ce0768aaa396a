"""Resources that exist already, looked up and read."""

import pulumi
import pulumi_aws as aws

bucket = aws.s3.Bucket.get("logs", "company-logs")
aws.s3.BucketNotification("events", bucket=bucket.id, eventbridge=True)
user = aws.cognito.UserPool.get("users", "eu-central-1_abcdefghi")
pulumi.export("bucket", bucket.bucket)
pulumi.export("arn", bucket.arn)
pulumi.export("pool", user.id)
