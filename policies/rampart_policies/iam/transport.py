"""Whether a policy refuses everything that does not come over TLS."""

from collections.abc import Sequence
from dataclasses import replace

from rampart_policies.graph import Resource
from rampart_policies.iam.domains import fixed
from rampart_policies.iam.requesters import Requester
from rampart_policies.iam.search import passes
from rampart_policies.iam.statement import Statement
from rampart_policies.values import UndecidedError, Value

_PLAIN = Requester({"aws:securetransport": fixed("false")}, everything_free=True)


def lets_plain_http_in(
    granted: Sequence[Statement], resource: Resource, actions: Sequence[str], within: str = ""
) -> bool:
    """Whether any request without TLS gets past the denies.

    A deny counts for what it covers: all callers, actions and resources have to be refused, by
    one statement or by several.

    Args:
        granted: the statements of the resource's policy.
        resource: what the policy belongs to.
        actions: what has to be refused, with wildcards.
        within: appended to the resource's ARN for what lies in it, such as `/*`.

    Raises:
        UndecidedError: that hangs on something unknown.
    """
    denying = [one for one in granted if one.effect is not True and _speaks_of_tls(one)]
    if not denying:
        return True
    arn = resource.text("arn")
    if arn is None:
        raise UndecidedError(f"the ARN of {resource.name}")
    wanted: list[Value] = [arn, *([arn + within] if within else [])]
    everything = Statement(
        {"Effect": "Allow", "Action": list(actions), "Resource": wanted}, "any request", 0
    )
    callers = [frozenset({one}) for each in denying for one in each.not_principals]
    who = [_PLAIN, *(replace(_PLAIN, caller=caller) for caller in callers)]
    answer = passes([everything], denying, who)
    if answer is None:
        raise UndecidedError(*denying[0].hangs_on())
    return answer


def _speaks_of_tls(statement: Statement) -> bool:
    return any(test.key == "aws:securetransport" for test in statement.tests)
