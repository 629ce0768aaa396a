"""An exception fails the program; what was registered before stays registered."""

import pulumi_aws as aws

aws.sqs.Queue("jobs")
raise ValueError("not like this")
