"""A required input left out."""

import pulumi_aws as aws

aws.s3.BucketPolicy("policy", bucket=None, policy="{}")
