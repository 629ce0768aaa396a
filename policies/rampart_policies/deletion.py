"""How data leaves a bucket or a table: by itself, or because somebody may delete it."""

from rampart_policies import aws
from rampart_policies.buckets import lifecycle_of
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import statements
from rampart_policies.references import names_in
from rampart_policies.values import Block

_POLICIES = (aws.IAM_ROLE_POLICY, aws.IAM_POLICY)


def expires(store: Resource, graph: Graph) -> bool:
    """Whether everything in a bucket or a table goes away in time."""
    if store.type == aws.DYNAMODB_TABLE:
        return store.flag("ttl.enabled")
    return any(
        _of_everything(rule) and (rule.has("expiration.days") or rule.has("expiration.date"))
        for rule in lifecycle_of(store, graph)
    )


def is_deleted_by_someone(store: Resource, graph: Graph) -> bool:
    """Whether a policy of the stack allows deleting from this very bucket or table."""
    action = "dynamodb:DeleteItem" if store.type == aws.DYNAMODB_TABLE else "s3:DeleteObject"
    return any(
        statement.allows
        and statement.speaks_of(action)
        and any(not store.identities.isdisjoint(names_in(one)) for one in statement.resources)
        for policy in graph.referrers(store, _POLICIES, "policy")
        for statement in statements(policy, "policy")
    )


def _of_everything(rule: Block) -> bool:
    narrowed = ("filter.prefix", "filter.tag", "filter.and", "prefix")
    return not any(rule.has(key) for key in narrowed)
