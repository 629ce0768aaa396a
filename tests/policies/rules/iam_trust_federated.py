from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, document, made

GITHUB = "token.actions.githubusercontent.com"
EKS = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"
COGNITO = "cognito-identity.amazonaws.com"
POOL = {"StringEquals": {f"{COGNITO}:aud": "eu-west-1:0a1b2c3d"}}
SIGNED_IN = {"ForAnyValue:StringLike": {f"{COGNITO}:amr": "authenticated"}}
GUESTS = {"ForAnyValue:StringLike": {f"{COGNITO}:amr": "unauthenticated"}}
CONSOLE = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
AUDIENCE = {f"{GITHUB}:aud": "sts.amazonaws.com"}


def trust(provider: str, condition: object) -> str:
    statement = {"Effect": "Allow", "Principal": {"Federated": provider}, "Condition": condition}
    return document(statement | {"Action": "sts:AssumeRoleWithWebIdentity"})


def role(provider: str, condition: object = None) -> Made:
    return made(aws.IAM_ROLE, assumeRolePolicy=trust(provider, condition))


def oidc(issuer: str, condition: object = None) -> Made:
    return role(f"arn:aws:iam::{ACCOUNT}:oidc-provider/{issuer}", condition)


def github(subject: str, operator: str = "StringLike") -> Made:
    return oidc(GITHUB, {"StringEquals": AUDIENCE, operator: {f"{GITHUB}:sub": subject}})


def pods(subject: str) -> Made:
    return oidc(EKS, {"StringLike": {f"{EKS}:sub": subject, f"{EKS}:aud": "sts.amazonaws.com"}})


def saml(condition: object) -> Made:
    return role(f"arn:aws:iam::{ACCOUNT}:saml-provider/staff", condition)


FIXTURE = Fixture(
    holds={
        "no provider": made(
            aws.IAM_ROLE,
            assumeRolePolicy=document(
                {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}}
            ),
        ),
        "one branch": github("repo:acme/shop:ref:refs/heads/main", "StringEquals"),
        "one repository": github("repo:acme/shop:*"),
        "one organisation": github("repo:acme/*"),
        "one workflow": oidc(
            GITHUB,
            {"StringEquals": {f"{GITHUB}:job_workflow_ref": "acme/shop/.github/x.yml@main"}},
        ),
        "one group of GitLab": oidc(
            "gitlab.com", {"StringLike": {"gitlab.com:sub": "project_path:acme/*"}}
        ),
        "one team of Vercel": oidc(
            "oidc.vercel.com", {"StringEquals": {"oidc.vercel.com:aud": "https://vercel.com/acme"}}
        ),
        "one application of Google": role(
            "accounts.google.com", {"StringEquals": {"accounts.google.com:aud": "123.apps"}}
        ),
        "one service account": pods("system:serviceaccount:shop:worker"),
        "one namespace": pods("system:serviceaccount:shop:*"),
        "users of a pool": role(COGNITO, POOL | SIGNED_IN),
        "guests of a pool, on purpose": role(COGNITO, POOL | GUESTS),
        "the console": saml(CONSOLE),
    },
    breaks={
        "every provider": role("*"),
        "GitHub, whatever": oidc(GITHUB),
        "GitHub, by audience only": oidc(GITHUB, {"StringEquals": AUDIENCE}),
        "GitHub, any subject": github("*"),
        "GitHub, any repository": github("repo:*"),
        "GitHub, main of any repository": github("repo:*:ref:refs/heads/main"),
        "GitHub, any organisation of that prefix": github("repo:acme*"),
        "GitHub, any organisation with that repository": github("repo:*/shop:*"),
        "GitHub, a subject if there is none": github("repo:acme/*", "ForAllValues:StringNotLike"),
        "GitHub, everyone else": github("repo:acme/shop:*", "StringNotLike"),
        "GitLab, whatever": oidc("gitlab.com"),
        "Vercel, any team": oidc(
            "oidc.vercel.com", {"StringLike": {"oidc.vercel.com:aud": "https://vercel.com/*"}}
        ),
        "Google, whatever": role("accounts.google.com"),
        "every pod": oidc(EKS, {"StringEquals": {f"{EKS}:aud": "sts.amazonaws.com"}}),
        "every namespace": pods("system:serviceaccount:*:worker"),
        "a provider of our own, whoever": oidc("login.example.com"),
        "every pool": role(COGNITO, SIGNED_IN),
        "every pool, by wildcard": role(
            COGNITO, SIGNED_IN | {"StringLike": {f"{COGNITO}:aud": "eu-west-1:*"}}
        ),
        "guests as well": role(COGNITO, POOL),
        "an assertion for another service": saml(None),
        "an assertion for any service": saml({"StringLike": {"SAML:aud": "*"}}),
    },
    mutation=put("assumeRolePolicy", trust(COGNITO, POOL)),
)
