"""data-class-tag: every store says how sensitive its content is.

Why: rules, reviews and deletion requests all start from knowing where personal data lies.

Remedy: set the tag `data-class` to public, internal, confidential or personal.
"""

from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Severity, resource_rule
from rampart_policies.stores import CLASSES, DATA_CLASS, STORES, data_class


def check(store: Resource) -> Findings:
    """Read the tag."""
    given = data_class(store)
    if given not in CLASSES:
        yield f"tag {DATA_CLASS} is {given or 'not set'}: how sensitive its data is is not stated"


def remediate(store: Resource) -> Patch:
    """Take the content for confidential until somebody says otherwise."""
    return {"tags": {**store.block("tags").fields, DATA_CLASS: "confidential"}}


RULE = resource_rule(
    __doc__,
    check,
    on=STORES,
    severity=Severity.LOW,
    house=True,
    covers=("Every store holding document data carries the data-class tag, CMK and deletion path",),
    remediate=remediate,
)
