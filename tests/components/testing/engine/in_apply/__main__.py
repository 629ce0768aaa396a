"""A resource made inside apply is invisible to a preview."""

import pulumi
import pulumi_aws as aws

queue = aws.sqs.Queue("jobs")
queue.arn.apply(lambda arn: aws.sns.Topic("made-later", tags={"queue": arn}))
known = pulumi.Output.from_input("x")
known.apply(lambda x: aws.sns.Topic(f"made-at-once-{x}"))
