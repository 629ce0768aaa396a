"""Which documents grant something: identity policies, as opposed to permissions boundaries."""

from collections.abc import Iterator

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import Statement, document_statements, statements
from rampart_policies.values import NotApplicableError, UndecidedError

IDENTITY_POLICIES = (
    aws.IAM_ROLE,
    aws.IAM_ROLE_POLICY,
    aws.IAM_POLICY,
    aws.IAM_USER_POLICY,
    aws.IAM_GROUP_POLICY,
)
"""Resources whose documents grant permissions; a role through its `inlinePolicies`."""

_NOT_BY_CODE = {"*", "ec2", "logs", "rds-db", "xray"}

# Prefix of actions -> name of the endpoint, where they differ.
# https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
_ENDPOINTS = {"bedrock": "bedrock-runtime", "cloudwatch": "monitoring"}


def granted_by(resource: Resource, graph: Graph) -> tuple[Statement, ...]:
    """Return the statements that this resource grants to the identity it belongs to.

    Raises:
        NotApplicableError: it is only a permissions boundary, which grants nothing.
    """
    if resource.type == aws.IAM_ROLE:
        inline = [
            statement
            for block in resource.blocks("inlinePolicies")
            for statement in document_statements(block.value("policy"), f"{block.path}.policy")
        ]
        if not inline:
            raise NotApplicableError
        return tuple(inline)
    if resource.type == aws.IAM_POLICY and _only_a_boundary(resource, graph):
        raise NotApplicableError
    return statements(resource, "policy")


def granted_to(role: Resource, graph: Graph) -> Iterator[Statement]:
    """Every statement the stack grants to a role: inline, attached, and embedded in it."""
    for block in role.blocks("inlinePolicies"):
        yield from document_statements(block.value("policy"), f"{block.path}.policy")
    for policy in graph.referrers(role, aws.IAM_ROLE_POLICY, "role"):
        yield from _of(policy)
    for attachment in graph.referrers(role, aws.IAM_ROLE_POLICY_ATTACHMENT, "role"):
        for policy in graph.targets(attachment, "policyArn", aws.IAM_POLICY):
            yield from _of(policy)
    for policy in graph.targets(role, "managedPolicyArns", aws.IAM_POLICY):
        yield from _of(policy)


def services_used(function: Resource, graph: Graph) -> set[str]:
    """Return the services a function's own code may call, by the names of their VPC endpoints.

    Left out is what AWS calls on the function's behalf, which needs no endpoint: Lambda writes
    logs and traces and makes network interfaces, other services use the key (`kms:ViaService`),
    and a database checks its login by itself.
    """
    role = graph.target(function, "role", aws.IAM_ROLE)
    if role is None:
        raise UndecidedError(f"role of {function.name}", "is made outside this stack")
    prefixes = {
        action.partition(":")[0].lower()
        for statement in granted_to(role, graph)
        if statement.allows and not statement.condition_on("kms:viaservice")
        for action in statement.actions
    }
    return {_ENDPOINTS.get(prefix, prefix) for prefix in prefixes - _NOT_BY_CODE}


def _of(policy: Resource) -> tuple[Statement, ...]:
    try:
        return statements(policy, "policy")
    except UndecidedError as unknown:
        raise UndecidedError(f"{policy.name}: {unknown}", "") from None


def _only_a_boundary(policy: Resource, graph: Graph) -> bool:
    bounded = graph.referrers(policy, aws.IAM_ROLE, "permissionsBoundary")
    return bool(bounded) and not graph.referrers(policy, aws.IAM_POLICY_ATTACHMENTS, "policyArn")


def actions_on(resource: Resource, actions: tuple[str, ...], graph: Graph) -> set[str]:
    """Return which of these actions anybody in the stack is granted on a resource or inside it."""
    granted: set[str] = set()
    for policy in graph.of(IDENTITY_POLICIES):
        try:
            found = granted_by(policy, graph)
        except NotApplicableError:
            continue
        for statement in found:
            named = any(resource in graph.named(one, resource.type) for one in statement.resources)
            if statement.allows and named:
                granted |= {one for one in actions if statement.speaks_of(one)}
    return granted
