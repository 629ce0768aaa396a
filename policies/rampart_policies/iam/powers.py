"""How an identity can raise its own privileges, all it is granted taken together."""

from collections.abc import Iterator

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.escalation import Powers, escalations, might_raise
from rampart_policies.iam.grants import (
    ATTACHED,
    ATTACHMENTS,
    DOCUMENTS,
    IDENTITIES,
    INLINE,
    boundary_of,
    granted_by,
    granted_by_aws,
    granted_to,
)
from rampart_policies.values import NotApplicableError, before_unknown

_NAMED = 3

JUDGED = (*IDENTITIES, *DOCUMENTS)
"""Identities, and documents that go to an identity outside the stack."""


def raised(holder: Resource, graph: Graph) -> Iterator[str]:
    """Yield by which methods an identity raises its privileges, its boundary regarded.

    That is one finding, however many methods there are: a single wildcard allows nearly all.

    Left out is what a policy of AWS allows by itself, which is another rule's subject.

    Raises:
        NotApplicableError: a document of an identity of this stack, judged with that identity.
        UndecidedError: after the others, where one hangs on something unknown.
    """
    methods, unknown = before_unknown(_methods(holder, graph))
    if methods:
        named = " or ".join(" with ".join(one) for one in methods[:_NAMED])
        more = f", or one of {len(methods) - _NAMED} more ways," * (len(methods) > _NAMED)
        yield f"{named}{more} lets it raise its own privileges"
    if unknown:
        raise unknown


def _methods(holder: Resource, graph: Graph) -> Iterator[tuple[str, ...]]:
    if holder.type not in IDENTITIES:
        if _goes_to_an_identity_here(holder, graph):
            raise NotApplicableError
        yield from escalations(Powers(granted_by(holder, graph)))
        return
    granted, unknown_here = before_unknown(granted_to(holder, graph))
    by_aws, unknown = before_unknown(granted_by_aws(holder, graph))
    alone = set(escalations(Powers(by_aws)))
    everything = (*granted, *by_aws)
    if might_raise(everything):  # else the boundary, which may be unknown, makes no difference
        limited = Powers(everything, boundary_of(holder, graph))
        yield from (method for method in escalations(limited) if method not in alone)
    if missing := unknown_here or unknown:
        raise missing


def _goes_to_an_identity_here(policy: Resource, graph: Graph) -> bool:
    if policy.type in INLINE:
        path, owner = INLINE[policy.type]
        return bool(graph.targets(policy, path, owner))
    attaching = [
        one
        for path in ("policyArn", "policyArns")
        for one in graph.referrers(policy, ATTACHMENTS, path)
    ]
    attaching_roles = graph.referrers(policy, aws.IAM_ROLE, "managedPolicyArns")
    return bool(attaching_roles) or any(
        graph.targets(one, path, owner)
        for one in attaching
        for owner, pairs in ATTACHED.items()
        for kind, path in pairs
        if kind == one.type
    )
