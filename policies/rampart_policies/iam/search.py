"""Whether any outside request passes a policy: searched for, not guessed.

For every key that the policy tests, the values are found which tell its tests apart (`candidates`),
and requests are made of them. Whether one passes is decided by the evaluator, so a finding is
always a request that would be allowed. Where requests might pass that hang on something unknown,
the answer is None.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from rampart_policies.iam.candidates import Candidate, candidates, texts_of
from rampart_policies.iam.conditions import Context, Test
from rampart_policies.iam.evaluate import Request, applies, denies, speaks_to
from rampart_policies.iam.kleene import Truth, every, opposite, some
from rampart_policies.iam.requesters import Requester
from rampart_policies.iam.statement import Statement
from rampart_policies.iam.wildcards import TooManyStatesError

_MANY_REQUESTS = 20_000


def passes(
    allowing: Sequence[Statement], denying: Iterable[Statement], requesters: Iterable[Requester]
) -> Truth:
    """Whether a requester gets a request through all of the allowing statements and past a deny.

    Args:
        allowing: statements that all have to allow it: one of an identity policy with one of its
            permissions boundary, or a single one of a resource policy.
        denying: the statements that may deny it, of all documents in force.
        requesters: who asks.

    Returns:
        True: such a request exists; False: none does; None: that hangs on something unknown.
    """
    denials = [one for one in denying if one.effect is not True]
    answer: Truth = False
    try:
        for _, sure in _let_through(allowing, denials, requesters):
            if sure:
                return True
            answer = None
    except TooManyStatesError:
        return None
    return answer


def example(
    allowing: Sequence[Statement], denying: Iterable[Statement], requesters: Iterable[Requester]
) -> Request | None:
    """Return a request that passes for sure, as in `passes`; None where there is none."""
    denials = [one for one in denying if one.effect is not True]
    found = _let_through(allowing, denials, requesters)
    return next((request for request, sure in found if sure), None)


def keeps_out(statement: Statement, key: str, who: Requester) -> Truth:
    """Whether a statement's tests on one key keep a requester out by themselves."""
    tests = [test for test in statement.tests if test.key == key]
    try:
        found = candidates(tests, who.domain(key))
    except TooManyStatesError:
        return None
    passed = (
        every([*(test.holds({key: one.values}) for test in tests), one.sure or None])
        for one in found
    )
    return opposite(some(passed))


def _let_through(
    allowing: Sequence[Statement], denying: Sequence[Statement], requesters: Iterable[Requester]
) -> Iterator[tuple[Request | None, bool]]:
    """Yield the requests that pass, and whether they do for sure; None for too many to try."""
    for who in requesters:
        if every(_speaks_and_allows(one, who) for one in allowing) is False:
            continue
        denials = [one for one in denying if speaks_to(one, who.caller) is not False]
        for tried, (request, sure) in enumerate(_Search(allowing, denials, who).requests()):
            if tried == _MANY_REQUESTS:
                yield None, False
                break
            allowed = (every([one.effect, applies(one, request)]) for one in allowing)
            passed = every([*allowed, opposite(denies(denials, request))])
            if passed is not False:
                yield request, sure and passed is True


def _speaks_and_allows(statement: Statement, who: Requester) -> Truth:
    return every([statement.effect, speaks_to(statement, who.caller)])


class _Search:
    """The requests worth trying for one requester against some statements."""

    def __init__(
        self, allowing: Sequence[Statement], denying: Sequence[Statement], who: Requester
    ) -> None:
        self._who, self._allowing = who, allowing
        self._all = (*allowing, *denying)
        self._asked = _by_key(allowing)
        self._refused = _by_key(denying)
        self._keys = {**self._asked, **self._refused}

    def requests(self) -> Iterator[tuple[Request, bool]]:
        """Yield the requests, and whether the requester can make each for sure."""
        variables = self._variables()
        values = [self._worth_trying(key, variables) for key in self._keys]
        if not all(values):
            return
        actions = self._actions()
        for chosen in product(*values):
            tested = zip(self._keys, chosen, strict=True)
            context: dict[str, tuple[str, ...] | None] = dict(variables)
            context |= {key: one.values for key, one in tested}
            sure = all(one.sure for one in chosen)
            for action, resource in product(actions, self._resources(context)):
                yield Request(action, resource, context, self._who.caller), sure

    def _variables(self) -> dict[str, tuple[str, ...] | None]:
        """Return values for the keys that are used as `${variables}`, all of them made up."""
        used = {name for one in self._all for name in one.variables}
        chosen = {name: candidates([], self._who.domain(name)) for name in used}
        return {name: found[0].values if found else () for name, found in chosen.items()}

    def _worth_trying(self, key: str, variables: Context) -> list[Candidate]:
        """Return the candidates that the allowing statements let through."""
        asked, refused = self._asked.get(key, []), self._refused.get(key, [])
        found: list[tuple[Truth, Candidate]] = []
        for one in candidates([*asked, *refused], self._who.domain(key), variables):
            context = {**variables, key: one.values}
            passed = every(test.holds(context) for test in asked)
            if passed is not False:
                found.append((passed, one))
        found.sort(key=lambda pair: (not pair[1].sure, pair[0] is None))
        # Where no deny tests the key, nothing else depends on which value it is.
        return [one for _, one in (found if refused else found[:1])]

    def _actions(self) -> list[str]:
        wildcards = [w for one in self._all for w in one.wildcards("action", {})]
        return [
            action
            for action in texts_of(wildcards, self._who.actions)
            if every(one.includes_action(action) for one in self._allowing) is not False
        ]

    def _resources(self, context: Context) -> list[str]:
        wildcards = [w for one in self._all for w in one.wildcards("resource", context)]
        return [
            resource
            for resource in texts_of(wildcards, ("*",), self._who.resources)
            if every(one.includes_resource(resource, context) for one in self._allowing)
            is not False
        ]


def _by_key(statements: Iterable[Statement]) -> dict[str, list[Test]]:
    tests: dict[str, list[Test]] = {}
    for test in (test for one in statements for test in one.tests):
        tests.setdefault(test.key, []).append(test)
    return tests
