"""data-class-deletion: confidential and personal data can leave the store again.

Why: a request to delete one's documents must be answerable, and nothing sensitive is for ever.

Remedy: expire the items, or grant a function to delete them.
"""

from rampart_policies import aws
from rampart_policies.deletion import expires, is_deleted_by_someone
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.stores import SENSITIVE, data_class
from rampart_policies.values import NotApplicableError


def check(store: Resource, graph: Graph) -> Findings:
    """Look for expiry of everything in the store, then for somebody who may delete."""
    given = data_class(store)
    if given not in SENSITIVE:
        raise NotApplicableError
    if not expires(store, graph) and not is_deleted_by_someone(store, graph):
        yield f"{given} data that neither expires nor may be deleted by anybody"


RULE = stack_rule(
    __doc__,
    check,
    on=(*aws.BUCKET, aws.DYNAMODB_TABLE),
    severity=Severity.MEDIUM,
    house=True,
    covers=("Every store holding document data carries the data-class tag, CMK and deletion path",),
)
