"""Two resources of one type and name."""

import pulumi_aws as aws

aws.sqs.Queue("jobs")
aws.sqs.Queue("jobs")
