"""kms-services: a key's policy lets every service use it that has to, in the form it documents.

Why: a service that may not use the key of a bus, queue or topic drops what it delivers, and says
so in no place that is looked at.

Remedy: give the key's policy a statement for the service's principal with these actions, and test
only conditions that the service sends; `rampart_policies.key_users` names the document of each.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.key_users import KEY_USES, keys_used, refused
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(user: Resource, graph: Graph) -> Findings:
    """Follow what it delivers to, and read the policy of the key there."""
    used = list(keys_used(user, graph))
    if not used:
        raise NotApplicableError
    for use, key in used:
        if actions := refused(use, key, graph):
            name = use.service.replace(".*", "")
            yield f"key {key.name} does not let {name} use {', '.join(actions)}; see {use.source}"


RULE = stack_rule(
    __doc__,
    check,
    on=tuple(dict.fromkeys(use.user for use in KEY_USES)),
    severity=Severity.HIGH,
)
