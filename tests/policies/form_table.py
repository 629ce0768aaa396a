"""Settings that pulumi-aws takes in two or more forms: a good value, a bad one, and every form."""

from rampart_policies import aws
from tests.policies.forms import (
    SSH,
    Setting,
    attached,
    beside,
    egress,
    ingress,
    inside,
    member,
    older_rule,
    redrive,
    refusing,
    sse,
    with_dead_letters,
    wrapped,
)
from tests.policies.stacks import allow, document, made

BUCKET = aws.BUCKET[0]
RAISING = document(allow("iam:CreatePolicyVersion"))
READING = document(allow("s3:GetObject", "arn:aws:s3:::papers/*"))
OPEN = document(allow("*", Principal="*"))
OURS = document(allow("*", Principal={"AWS": "arn:aws:iam::111122223333:root"}))
PUBLIC_GRANT = {
    "type": "Group",
    "uri": "http://acs.amazonaws.com/groups/global/AllUsers",
    "permissions": ["READ"],
}
ANYWHERE = "0.0.0.0/0"


SETTINGS = [
    Setting(
        "iam-escalation",
        RAISING,
        {
            "in the role": wrapped(
                inside(aws.IAM_ROLE, "inlinePolicies"), lambda one: [{"name": "x", "policy": one}]
            ),
            "beside the role": beside(aws.IAM_ROLE, aws.IAM_ROLE_POLICY, "role", "policy"),
            "beside a user": beside(aws.IAM_USER, aws.IAM_USER_POLICY, "user", "policy"),
            "beside a group": beside(aws.IAM_GROUP, aws.IAM_GROUP_POLICY, "group", "policy"),
            "by membership": member(beside(aws.IAM_GROUP, aws.IAM_GROUP_POLICY, "group", "policy")),
            "attached to a role": attached(
                aws.IAM_ROLE, aws.IAM_ROLE_POLICY_ATTACHMENT, "role", "policyArn"
            ),
            "attached to a user": attached(
                aws.IAM_USER, aws.IAM_USER_POLICY_ATTACHMENT, "user", "policyArn"
            ),
            "attached to a group": attached(
                aws.IAM_GROUP, aws.IAM_GROUP_POLICY_ATTACHMENT, "group", "policyArn"
            ),
            "attached to roles": attached(
                aws.IAM_ROLE, aws.IAM_POLICY_ATTACHMENT, "roles", "policyArn"
            ),
            "attached to users": attached(
                aws.IAM_USER, aws.IAM_POLICY_ATTACHMENT, "users", "policyArn"
            ),
            "attached to groups": attached(
                aws.IAM_GROUP, aws.IAM_POLICY_ATTACHMENT, "groups", "policyArn"
            ),
            "attached, and no others": attached(
                aws.IAM_ROLE, aws.IAM_ROLE_ATTACHMENTS, "roleName", "policyArns"
            ),
        },
        good=READING,
    ),
    Setting(
        "sqs-tls",
        None,
        {
            "in the queue": inside(aws.SQS_QUEUE, "policy"),
            "beside": beside(aws.SQS_QUEUE, aws.SQS_QUEUE_POLICY, "queueUrl", "policy"),
        },
        good=refusing(made(aws.SQS_QUEUE, "it").arn, "SQS:*"),
    ),
    Setting(
        "sns-tls",
        None,
        {
            "in the topic": inside(aws.SNS_TOPIC, "policy"),
            "beside": beside(aws.SNS_TOPIC, aws.SNS_TOPIC_POLICY, "arn", "policy"),
        },
        good=refusing(made(aws.SNS_TOPIC, "it").arn, "sns:*"),
    ),
    Setting(
        "s3-tls",
        None,
        {
            "in the bucket": inside(BUCKET, "policy"),
            "beside": beside(BUCKET, aws.BUCKET_POLICY, "bucket", "policy"),
        },
        good=refusing(made(BUCKET, "it").arn, "s3:*"),
    ),
    Setting(
        "sqs-dead-letters",
        None,
        {
            "in the queue": with_dead_letters(inside(aws.SQS_QUEUE, "redrivePolicy")),
            "beside": with_dead_letters(
                beside(aws.SQS_QUEUE, aws.SQS_REDRIVE_POLICY, "queueUrl", "redrivePolicy")
            ),
        },
        good=redrive("dead"),
    ),
    Setting(
        "s3-encryption",
        "AES256",
        {
            "in the bucket": wrapped(
                inside(BUCKET, "serverSideEncryptionConfiguration"), lambda one: {"rule": sse(one)}
            ),
            "beside": wrapped(
                beside(BUCKET, aws.BUCKET_ENCRYPTION[0], "bucket", "rules"),
                lambda one: [sse(one)],
            ),
        },
        good="aws:kms",
    ),
    Setting(
        "s3-versioning",
        None,
        {
            "in the bucket": inside(BUCKET, "versioning"),
            "beside": wrapped(
                beside(BUCKET, aws.BUCKET_VERSIONING[0], "bucket", "versioningConfiguration"),
                lambda _: {"status": "Enabled"},
            ),
        },
        good={"enabled": True},
    ),
    Setting(
        "s3-public-acl",
        "public-read",
        {
            "in the bucket": inside(BUCKET, "acl"),
            "beside": beside(BUCKET, aws.BUCKET_ACL[0], "bucket", "acl"),
            "as grants": lambda acl: [
                made(BUCKET, "it", grants=[PUBLIC_GRANT] if acl == "public-read" else [])
            ],
        },
        good="private",
        holds=False,
    ),
    Setting(
        "kms-policy",
        OPEN,
        {
            "in the key": inside(aws.KMS_KEY, "policy"),
            "beside": beside(aws.KMS_KEY, aws.KMS_KEY_POLICY, "keyId", "policy"),
        },
        good=OURS,
    ),
    Setting(
        "secret-policy-open",
        OPEN,
        {
            "in the secret": inside(aws.SECRET, "policy"),
            "beside": beside(aws.SECRET, aws.SECRET_POLICY, "secretArn", "policy"),
        },
        good=OURS,
    ),
    Setting(
        "endpoint-policy",
        OPEN,
        {
            "in the endpoint": inside(aws.VPC_ENDPOINT, "policy"),
            "beside": beside(aws.VPC_ENDPOINT, aws.VPC_ENDPOINT_POLICY, "vpcEndpointId", "policy"),
        },
        good=document(
            allow(
                "*",
                Principal="*",
                Condition={
                    "StringEquals": {
                        "aws:PrincipalAccount": "111122223333",
                        "aws:ResourceAccount": "111122223333",
                    }
                },
            )
        ),
    ),
    Setting(
        "sg-ingress-open",
        ANYWHERE,
        {
            "in the group": ingress,
            "a rule": beside(
                aws.SECURITY_GROUP,
                aws.SECURITY_GROUP_INGRESS_RULE,
                "securityGroupId",
                "cidrIpv4",
                ipProtocol="tcp",
                fromPort=22,
                toPort=22,
            ),
            "an older rule": older_rule("ingress", **SSH),
        },
        good="10.0.0.0/16",
    ),
    Setting(
        "sg-egress-open",
        ANYWHERE,
        {
            "in the group": egress,
            "a rule": beside(
                aws.SECURITY_GROUP,
                aws.SECURITY_GROUP_EGRESS_RULE,
                "securityGroupId",
                "cidrIpv4",
                ipProtocol="-1",
            ),
            "an older rule": older_rule("egress", protocol="-1", fromPort=0, toPort=0),
        },
        good="10.0.0.0/16",
    ),
    Setting(
        "nacl-ingress-open",
        ANYWHERE,
        {
            "in the ACL": wrapped(
                inside(aws.NETWORK_ACL, "ingress"),
                lambda one: [
                    {"protocol": "-1", "ruleNo": 1, "action": "allow", "cidrBlock": one}
                    | {"fromPort": 0, "toPort": 0}
                ],
            ),
            "beside": beside(
                aws.NETWORK_ACL,
                aws.NETWORK_ACL_RULE,
                "networkAclId",
                "cidrBlock",
                ruleNumber=1,
                protocol="-1",
                ruleAction="allow",
            ),
        },
        good="10.0.0.0/16",
    ),
    Setting(
        "lambda-public",
        "*",
        {
            "a permission": beside(
                aws.LAMBDA_FUNCTION,
                aws.LAMBDA_PERMISSION,
                "function",
                "principal",
                action="lambda:InvokeFunction",
            ),
            "a policy": wrapped(
                beside(aws.LAMBDA_FUNCTION, aws.LAMBDA_RESOURCE_POLICY, "resourceArn", "policy"),
                lambda who: document(
                    allow("lambda:InvokeFunction", Principal=who if who == "*" else {"AWS": who})
                ),
            ),
        },
        good="arn:aws:iam::111122223333:role/caller",
    ),
]
