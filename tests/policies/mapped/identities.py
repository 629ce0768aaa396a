"""Roles, policies, users."""

from typing import Any

from rampart_policies import aws
from tests.policies.identities import attached, granted
from tests.policies.pair import Pair, pair, same, switch
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

TABLE = f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/orders"
KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
NARROW = allow("dynamodb:GetItem", TABLE)
AWS_POLICY = "arn:aws:iam::aws:policy/"


def instead_of(*statements: dict[str, Any]) -> Pair:
    """A narrow policy, and the given one."""
    return pair(attached(NARROW), attached(*statements))


def role(principal: object) -> Made:
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    return made(aws.IAM_ROLE, "worker", assumeRolePolicy=document(trust))


def given(policy: str) -> Made:
    return made(aws.IAM_ROLE_POLICY_ATTACHMENT, role="worker", policyArn=policy)


LAMBDA = {"Service": "lambda.amazonaws.com"}
OWN = given(f"arn:aws:iam::{ACCOUNT}:policy/orders")
EVERYTHING = allow("*")
LONG = {
    "minimumLength": 14,
    "requireLowercase": True,
    "requireNumbers": True,
    "requireSymbols": True,
    "requireUppercase": True,
    "temporaryPasswordValidityDays": 7,
}
ESCALATES = allow(["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"])

PAIRS = {
    **same(instead_of(EVERYTHING), "CKV_AWS_1", "CKV_AWS_49", "CKV_AWS_62", "CKV_AWS_63", "IAM.1"),
    "IAM.21": instead_of(allow("s3:*", "arn:aws:s3:::papers/*")),
    "CKV2_AWS_40": instead_of(allow("iam:*")),
    **same(instead_of(allow("iam:CreateAccessKey")), "CKV_AWS_107", "CKV_AWS_287"),
    **same(instead_of(allow("s3:GetObject")), "CKV_AWS_108", "CKV_AWS_288"),
    **same(instead_of(allow("iam:AttachRolePolicy")), "CKV_AWS_109", "CKV_AWS_289"),
    **same(instead_of(allow("dynamodb:PutItem")), "CKV_AWS_111", "CKV_AWS_290"),
    **same(pair(granted(NARROW), granted(ESCALATES)), "CKV_AWS_110", "CKV_AWS_286"),
    **same(instead_of(allow("dynamodb:GetItem")), "CKV_AWS_355", "CKV_AWS_356", "IAM5"),
    **same(pair(granted(allow("kms:Decrypt", KEY)), granted(allow("kms:Decrypt"))), "KMS.2"),
    "KMS.1": instead_of(allow(["kms:Decrypt", "kms:ReEncryptFrom"])),
    "CKV_AWS_274": pair(OWN, given(f"{AWS_POLICY}AdministratorAccess")),
    "CKV2_AWS_56": pair(OWN, given(f"{AWS_POLICY}IAMFullAccess")),
    "IAM4": pair(OWN, given(f"{AWS_POLICY}AmazonS3ReadOnlyAccess")),
    "CKV_AWS_60": pair(role(LAMBDA), role({"AWS": "*"})),
    # Another account: Checkov refuses any root, the rule only those that are not the program's own.
    "CKV_AWS_61": pair(role(LAMBDA), role({"AWS": "arn:aws:iam::999988887777:root"})),
    **same(
        switch(
            aws.COGNITO_IDENTITY_POOL,
            "allowUnauthenticatedIdentities",
            good=False,
            bad=True,
            identityPoolName="shop",
        ),
        *("CKV_AWS_366", "COG7", "Cognito.2"),
    ),
    **same(
        switch(aws.COGNITO_USER_POOL, "passwordPolicy", LONG, {**LONG, "minimumLength": 6}),
        *("COG1", "Cognito.3"),
    ),
    "COG2": switch(aws.COGNITO_USER_POOL, "mfaConfiguration", "ON", "OFF"),
    "COG8": switch(
        aws.COGNITO_USER_POOL,
        "userPoolTier",
        "PLUS",
        "ESSENTIALS",
        userPoolAddOns={"advancedSecurityMode": "ENFORCED"},
    ),
}
