"""AWS IAM."""

from contextlib import suppress
from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import (
    Created,
    Inputs,
    creates,
    given,
    many,
    physical_name,
    updates,
)
from rampart_local.clients import Clients


@creates("aws:iam/role:Role")
def _role(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    name = physical_name(resource, 64)
    role = aws.iam.create_role(
        RoleName=name,
        AssumeRolePolicyDocument=inputs["assumeRolePolicy"],
        **given(inputs, "path", "description", "permissionsBoundary", "maxSessionDuration"),
    )["Role"]
    _add(aws, name, inputs)
    return name, {"arn": role["Arn"], "name": name, "uniqueId": role["RoleId"]}


@updates("aws:iam/role:Role", "name", "namePrefix", "path")
def _change_role(aws: Clients, resource: Registration, name: str, before: Inputs) -> Created:
    inputs = resource.inputs
    aws.iam.update_assume_role_policy(RoleName=name, PolicyDocument=inputs["assumeRolePolicy"])
    if boundary := inputs.get("permissionsBoundary"):
        aws.iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary=boundary)
    elif before.get("permissionsBoundary"):
        aws.iam.delete_role_permissions_boundary(RoleName=name)
    aws.iam.update_role(
        RoleName=name,
        Description=inputs.get("description", ""),
        MaxSessionDuration=inputs.get("maxSessionDuration", 3600),
    )
    kept = {each["name"] for each in many(inputs, "inlinePolicies")}
    for policy in many(before, "inlinePolicies"):
        if policy["name"] not in kept:
            aws.iam.delete_role_policy(RoleName=name, PolicyName=policy["name"])
    for arn in set(many(before, "managedPolicyArns")) - set(many(inputs, "managedPolicyArns")):
        aws.iam.detach_role_policy(RoleName=name, PolicyArn=arn)
    _add(aws, name, inputs)
    role = aws.iam.get_role(RoleName=name)["Role"]
    return name, {"arn": role["Arn"], "name": name, "uniqueId": role["RoleId"]}


def _add(aws: Clients, role: str, inputs: dict[str, Any]) -> None:
    for policy in many(inputs, "inlinePolicies"):
        aws.iam.put_role_policy(
            RoleName=role, PolicyName=policy["name"], PolicyDocument=policy["policy"]
        )
    for arn in many(inputs, "managedPolicyArns"):
        aws.iam.attach_role_policy(RoleName=role, PolicyArn=arn)


@creates("aws:iam/rolePolicy:RolePolicy", again=True)
def _role_policy(aws: Clients, resource: Registration) -> Created:
    role, name = resource.inputs["role"], physical_name(resource, 128)
    aws.iam.put_role_policy(
        RoleName=role, PolicyName=name, PolicyDocument=resource.inputs["policy"]
    )
    return f"{role}:{name}", {"name": name}


@creates("aws:iam/policy:Policy")
def _policy(aws: Clients, resource: Registration) -> Created:
    policy = aws.iam.create_policy(
        PolicyName=physical_name(resource, 128),
        PolicyDocument=resource.inputs["policy"],
        **given(resource.inputs, "path", "description"),
    )["Policy"]
    return _policy_outputs(policy)


@updates("aws:iam/policy:Policy", "name", "namePrefix", "path", "description")
def _change_policy(aws: Clients, resource: Registration, arn: str, _: Inputs) -> Created:
    # A policy keeps five versions at most; only the default one matters here.
    for version in aws.iam.list_policy_versions(PolicyArn=arn)["Versions"]:
        if not version.get("IsDefaultVersion"):
            aws.iam.delete_policy_version(PolicyArn=arn, VersionId=version.get("VersionId", ""))
    aws.iam.create_policy_version(
        PolicyArn=arn, PolicyDocument=resource.inputs["policy"], SetAsDefault=True
    )
    return _policy_outputs(aws.iam.get_policy(PolicyArn=arn)["Policy"])


def _policy_outputs(policy: Any) -> Created:  # noqa: ANN401  # two SDK types of the same shape
    arn = policy["Arn"]
    return arn, {"arn": arn, "name": policy["PolicyName"], "policyId": policy["PolicyId"]}


@creates("aws:iam/rolePolicyAttachment:RolePolicyAttachment", again=True)
def _attachment(aws: Clients, resource: Registration) -> Created:
    role, arn = resource.inputs["role"], resource.inputs["policyArn"]
    aws.iam.attach_role_policy(RoleName=role, PolicyArn=arn)
    return f"{role}-{arn}", {}


@creates("aws:iam/serviceLinkedRole:ServiceLinkedRole", again=True)
def _service_linked_role(aws: Clients, resource: Registration) -> Created:
    service = resource.inputs["awsServiceName"]
    with suppress(aws.iam.exceptions.EntityAlreadyExistsException):  # it exists: one an account
        aws.iam.create_service_linked_role(AWSServiceName=service)
    arn = f"arn:aws:iam::{aws.account}:role/aws-service-role/{service}/{resource.name}"
    return arn, {"arn": arn, "name": resource.name}
