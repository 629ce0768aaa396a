"""Policies that AWS writes, by the identity that gets them.

One function helper may attach ten of them to the role that it makes, in resources whose names
nobody wrote: that is one cause, so it is told of the role.
"""

from collections.abc import Iterator

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.by_aws import aws_policy
from rampart_policies.iam.grants import (
    ATTACHED,
    ATTACHMENTS,
    IDENTITIES,
    arns_property,
    attachments_of,
)
from rampart_policies.values import NotApplicableError, UndecidedError

JUDGED = (*IDENTITIES, *ATTACHMENTS, aws.IAM_PERMISSION_SET_ATTACHMENT)
"""Identities, and attachments to an identity outside the stack."""


def policies_by_aws(resource: Resource, graph: Graph) -> Iterator[str]:
    """Yield the names of AWS's own policies that an identity gets, each once.

    Raises:
        NotApplicableError: an attachment to an identity of this stack, judged with that identity.
        UndecidedError: after the others, where one is not known.
    """
    seen: set[str] = set()
    unknown: UndecidedError | None = None
    try:
        for holder in _holders(resource, graph):
            try:
                for name in filter(None, map(aws_policy, holder.texts(arns_property(holder)))):
                    if name not in seen:
                        yield name
                    seen.add(name)
            except UndecidedError as undecided:
                unknown = unknown if _ours(holder, graph) else undecided
    except UndecidedError as undecided:
        unknown = undecided
    if unknown:
        raise unknown


def _holders(resource: Resource, graph: Graph) -> Iterator[Resource]:
    if resource.type in IDENTITIES:
        yield from attachments_of(resource, graph)
    elif _to_an_identity_here(resource, graph):
        raise NotApplicableError
    else:
        yield resource


def _ours(holder: Resource, graph: Graph) -> bool:
    """Tell whether an ARN that AWS has not given yet is that of a policy of this stack."""
    try:
        return bool(graph.targets(holder, arns_property(holder), aws.IAM_POLICY))
    except UndecidedError:
        return False


def _to_an_identity_here(attachment: Resource, graph: Graph) -> bool:
    for owner, pairs in ATTACHED.items():
        for kind, path in pairs:
            try:
                if kind == attachment.type and graph.targets(attachment, path, owner):
                    return True
            except UndecidedError:  # whoever it is, the attachment says what they get
                continue
    return False
