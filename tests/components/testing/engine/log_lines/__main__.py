"""Messages reach the engine with their severity and resource."""

import pulumi
import pulumi_aws as aws

queue = aws.sqs.Queue("jobs")
pulumi.log.info("an info")
pulumi.log.warn("a warning", resource=queue)
pulumi.log.debug("a debug line")
print("printed")
