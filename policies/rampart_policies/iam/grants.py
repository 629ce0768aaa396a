"""Which documents grant something to whom: the policies of roles, users and groups."""

from collections.abc import Callable, Iterable, Iterator

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.by_aws import aws_policy, statements_of
from rampart_policies.iam.document import Statement, document_statements, statements
from rampart_policies.iam.match import allows_every_service
from rampart_policies.values import NotApplicableError, UndecidedError

IDENTITIES = (aws.IAM_ROLE, aws.IAM_USER, aws.IAM_GROUP)
"""What policies are attached to."""

DOCUMENTS = {
    aws.IAM_POLICY: "policy",
    aws.IAM_ROLE_POLICY: "policy",
    aws.IAM_USER_POLICY: "policy",
    aws.IAM_GROUP_POLICY: "policy",
    aws.IAM_PERMISSION_SET_POLICY: "inlinePolicy",
}
"""Resources whose documents grant permissions: type -> where the document is."""

IDENTITY_POLICIES = (aws.IAM_ROLE, *DOCUMENTS)
"""The same, and roles with their `inlinePolicies`."""

INLINE = {
    aws.IAM_ROLE_POLICY: ("role", aws.IAM_ROLE),
    aws.IAM_USER_POLICY: ("user", aws.IAM_USER),
    aws.IAM_GROUP_POLICY: ("group", aws.IAM_GROUP),
}
"""Policies beside an identity: type -> (property, type of the identity)."""

ATTACHED = {
    aws.IAM_ROLE: (
        (aws.IAM_ROLE_POLICY_ATTACHMENT, "role"),
        (aws.IAM_POLICY_ATTACHMENT, "roles"),
        (aws.IAM_ROLE_ATTACHMENTS, "roleName"),
    ),
    aws.IAM_USER: (
        (aws.IAM_USER_POLICY_ATTACHMENT, "user"),
        (aws.IAM_POLICY_ATTACHMENT, "users"),
        (aws.IAM_USER_ATTACHMENTS, "userName"),
    ),
    aws.IAM_GROUP: (
        (aws.IAM_GROUP_POLICY_ATTACHMENT, "group"),
        (aws.IAM_POLICY_ATTACHMENT, "groups"),
        (aws.IAM_GROUP_ATTACHMENTS, "groupName"),
    ),
}
"""What attaches managed policies: type of the identity -> (type, property)."""

ATTACHMENTS = tuple(dict.fromkeys(kind for pairs in ATTACHED.values() for kind, _ in pairs))
"""All types that attach managed policies."""


def arns_property(resource: Resource) -> str:
    """Return the property in which a role or an attachment lists managed policies."""
    if resource.type == aws.IAM_ROLE:
        return "managedPolicyArns"
    several = {aws.IAM_ROLE_ATTACHMENTS, aws.IAM_USER_ATTACHMENTS, aws.IAM_GROUP_ATTACHMENTS}
    if resource.type == aws.IAM_PERMISSION_SET_ATTACHMENT:
        return "managedPolicyArn"
    return "policyArns" if resource.type in several else "policyArn"


def granted_by(resource: Resource, graph: Graph) -> tuple[Statement, ...]:
    """Return the statements that this resource grants to the identity it belongs to.

    Raises:
        NotApplicableError: it is only a permissions boundary, which grants nothing.
    """
    if resource.type == aws.IAM_ROLE:
        if not (inline := tuple(_embedded(resource))):
            raise NotApplicableError
        return inline
    if resource.type == aws.IAM_POLICY and _only_a_boundary(resource, graph):
        raise NotApplicableError
    return statements(resource, DOCUMENTS[resource.type])


def granted_in_part(resource: Resource, graph: Graph) -> Iterator[Statement]:
    """Yield what the resource allows, but for statements that allow every action of AWS.

    Those are one cause, which iam-wildcard-actions names: no other rule repeats it.
    """
    for statement in granted_by(resource, graph):
        if statement.allows and not allows_every_service(statement.raw("action")):
            yield statement


def granted_to(identity: Resource, graph: Graph) -> Iterator[Statement]:
    """Every statement the stack grants to a role, user or group: inline, attached, embedded.

    Raises:
        UndecidedError: after the others, where one of the documents is not known.
    """
    unknown: UndecidedError | None = None
    for read in _documents(identity, graph):
        try:
            yield from read()
        except UndecidedError as undecided:
            unknown = undecided
    if unknown:
        raise unknown


def _documents(identity: Resource, graph: Graph) -> Iterator[Callable[[], Iterable[Statement]]]:
    """Yield how to read each document that grants something to an identity."""
    yield lambda: _embedded(identity)
    yield lambda: _beside(identity, graph)
    yield lambda: _attached(identity, graph)
    yield lambda: (
        statement for group in groups_of(identity, graph) for statement in granted_to(group, graph)
    )


def _beside(identity: Resource, graph: Graph) -> Iterator[Statement]:
    for kind, (path, owner) in INLINE.items():
        if owner == identity.type:
            yield from _all_of(graph.referrers(identity, kind, path))


def _attached(identity: Resource, graph: Graph) -> Iterator[Statement]:
    for attaching in attachments_of(identity, graph):
        yield from _all_of(graph.targets(attaching, arns_property(attaching), aws.IAM_POLICY))


def _all_of(policies: Iterable[Resource]) -> Iterator[Statement]:
    unknown: UndecidedError | None = None
    for policy in policies:
        try:
            yield from _of(policy)
        except UndecidedError as undecided:
            unknown = undecided
    if unknown:
        raise unknown


def granted_by_aws(identity: Resource, graph: Graph) -> Iterator[Statement]:
    """Yield what policies that AWS writes add to that, as far as it helps to raise privileges.

    Raises:
        UndecidedError: after the others, where a policy is neither in this stack nor AWS's.
    """
    elsewhere: UndecidedError | None = None
    for holder in attachments_of(identity, graph):
        path = arns_property(holder)
        ours = graph.targets(holder, path, aws.IAM_POLICY)
        try:
            arns = holder.texts(path)
        except UndecidedError as unknown:  # one of ours, whose ARN AWS has not given yet
            elsewhere, arns = (elsewhere if ours else unknown), []
        for arn in arns:
            if name := aws_policy(arn):
                yield from statements_of(name)
            elif not any(arn in one.identities for one in ours):
                elsewhere = UndecidedError(arn, "is a policy of which this stack has no document")
    for group in groups_of(identity, graph):
        yield from granted_by_aws(group, graph)
    if elsewhere:
        raise elsewhere


def attachments_of(identity: Resource, graph: Graph) -> Iterator[Resource]:
    """Return what attaches managed policies to an identity: a role itself may, too."""
    if identity.type == aws.IAM_ROLE:
        yield identity
    for kind, path in ATTACHED[identity.type]:
        yield from graph.referrers(identity, kind, path)


def groups_of(identity: Resource, graph: Graph) -> Iterator[Resource]:
    """Return the groups a user belongs to."""
    if identity.type != aws.IAM_USER:
        return
    for membership in graph.referrers(identity, aws.IAM_USER_GROUPS, "user"):
        yield from graph.targets(membership, "groups", aws.IAM_GROUP)
    for membership in graph.referrers(identity, aws.IAM_GROUP_USERS, "users"):
        yield from graph.targets(membership, "group", aws.IAM_GROUP)


def boundary_of(identity: Resource, graph: Graph) -> tuple[Statement, ...] | None:
    """Return the permissions boundary of a role or user; None where it has none.

    Raises:
        UndecidedError: its document is not in this stack.
    """
    arn = identity.text("permissionsBoundary")
    if arn is None:
        return None
    policies = graph.targets(identity, "permissionsBoundary", aws.IAM_POLICY)
    if len(policies) == 1:
        return _of(policies[0])
    if (name := aws_policy(arn)) and (allowed := statements_of(name)):
        return allowed
    raise UndecidedError(arn, "is a boundary of which this stack has no document")


def _embedded(identity: Resource) -> Iterator[Statement]:
    for block in identity.blocks("inlinePolicies"):
        yield from document_statements(block.value("policy"), f"{block.path}.policy")


def _of(policy: Resource) -> tuple[Statement, ...]:
    try:
        return statements(policy, DOCUMENTS[policy.type])
    except UndecidedError as unknown:
        raise UndecidedError(f"{policy.name}: {unknown}", "") from None


def _only_a_boundary(policy: Resource, graph: Graph) -> bool:
    bounded = graph.referrers(policy, (aws.IAM_ROLE, aws.IAM_USER), "permissionsBoundary")
    return bool(bounded) and not any(_attaching(policy, graph))


def _attaching(policy: Resource, graph: Graph) -> Iterable[Resource]:
    yield from graph.referrers(policy, ATTACHMENTS, "policyArn")
    yield from graph.referrers(policy, ATTACHMENTS, "policyArns")
    yield from graph.referrers(policy, aws.IAM_ROLE, "managedPolicyArns")


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
