"""Creates each resource type of a program through the embedded AWS's own APIs.

One file a service; every creator registers itself in registry.py by the type's Pulumi token.
"""

from rampart_local.aws import (
    account,
    apigateway,
    apigateway_stages,
    cognito,
    containers,
    dynamodb,
    ec2,
    ec2_access,
    events,
    iam,
    kms,
    lambda_,
    objects,
    observability,
    rds,
    resolver,
    s3,
    secrets,
    signer,
    sns,
    sqs,
    stepfunctions,
    wafv2,
)
from rampart_local.aws.registry import (
    ANSWERS,
    CREATORS,
    RECORDED_ONLY,
    UPDATERS,
    Created,
    Creator,
)

__all__ = ["ANSWERS", "CREATORS", "RECORDED_ONLY", "UPDATERS", "Created", "Creator"]

SERVICES = (
    account,
    apigateway,
    apigateway_stages,
    cognito,
    containers,
    dynamodb,
    ec2,
    ec2_access,
    events,
    iam,
    kms,
    lambda_,
    objects,
    observability,
    rds,
    resolver,
    s3,
    secrets,
    signer,
    sns,
    sqs,
    stepfunctions,
    wafv2,
)
"""Imported so that their creators register themselves."""
