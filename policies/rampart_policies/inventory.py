"""Whether an ARN, or a pattern of ARNs, names a resource of this stack."""

import re
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from itertools import takewhile

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.match import arn_matches
from rampart_policies.references import IDENTITIES, names_in
from rampart_policies.values import UndecidedError, is_unknown, texts_in

# Service in an ARN -> module of pulumi-aws, where the two differ.
_MODULES = {
    "cognito-idp": "cognito",
    "events": "cloudwatch",
    "execute-api": "apigateway",
    "logs": "cloudwatch",
    "rds-db": "rds",
    "states": "sfn",
}
_ARN = re.compile(r"arn:[^:]*:(?P<service>[^:]*):[^:]*:[^:]*:(?P<name>.*)")
_WILDCARD = re.compile(r"[*?]")


class Inventory:
    """The names of everything in a stack, made once per graph."""

    def __init__(self, graph: Graph) -> None:
        self._names: set[str] = set()
        self._of_module: dict[str, set[str]] = defaultdict(set)
        self._unborn: dict[str, str] = {}
        for resource in graph.resources.values():
            provider, module, _ = [*re.split("[:/]", resource.type), "", ""][:3]
            if provider != "aws":
                continue
            self._names |= resource.identities
            self._of_module[module] |= resource.identities
            if _is_unborn(resource):
                self._unborn.setdefault(module, resource.name)
            # RDS keeps the password of a database in a secret that it makes itself.
            for arn in texts_in(resource.fields.get("masterUserSecrets")):
                if is_unknown(arn):
                    self._unborn.setdefault("secretsmanager", resource.name)
                self._names.add(arn)
        self._sorted = sorted(self._names)

    def has(self, pattern: str) -> bool:
        """Whether the pattern names a resource, something inside one, or several by wildcard.

        Raises:
            UndecidedError: none so far, but resources of its service have no ARN yet.
        """
        if any(name in self._names for name in names_in(pattern)) or self._any_like(pattern):
            return True
        arn = _ARN.fullmatch(pattern)
        if arn is None:
            return False
        module = _MODULES.get(arn["service"], arn["service"])
        # dbuser:<cluster>/<user>, execution:<machine>:<run>: the ARN of one in that of another.
        parts = re.split("[:/]", arn["name"])
        if not self._of_module[module].isdisjoint(parts[1:]):
            return True
        if unborn := self._unborn.get(module):
            raise UndecidedError(f"the ARN of {unborn}")
        return False

    def _any_like(self, pattern: str) -> bool:
        start = _WILDCARD.split(pattern, maxsplit=1)[0]
        after = self._sorted[bisect_left(self._sorted, start) :]
        candidates = takewhile(lambda name: name.startswith(start), after)
        return start != pattern and any(arn_matches(pattern, name) for name in candidates)


def _is_unborn(resource: Resource) -> bool:
    values = [resource.fields.get(key) for key in IDENTITIES]
    return resource.fields.get("id") is None or any(map(is_unknown, values))


@lru_cache(maxsize=1)
def inventory(graph: Graph) -> Inventory:
    """Return the names of a graph's resources."""
    return Inventory(graph)
