"""What the search says of requesters is what trying many of them out says."""

import copy
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rampart_policies.iam.document import document_statements
from rampart_policies.iam.requesters import ANONYMOUS, EVERYONE, SIGNED_IN, service
from rampart_policies.iam.search import example, passes
from rampart_policies.iam.statement import Statement
from rampart_policies.iam.wildcards import Wildcard
from rampart_policies.values import UNKNOWN
from tests.policies.iam import reference

KNOWN, FOREIGN, OTHER = "111122223333", "999988887777", "999988887778"

# Key -> values in a policy, and what some requesters have there; a policy never names FOREIGN
# and OTHER whole, and the addresses are public ones outside every small range.
KEYS: dict[str, tuple[tuple[str, ...], tuple[str | None, ...]]] = {
    "aws:PrincipalAccount": ((KNOWN, "*", "9999*", "1111*", "????????????"), (FOREIGN, OTHER)),
    "aws:PrincipalArn": (
        (f"arn:aws:iam::{KNOWN}:role/*", "arn:aws:iam::*:role/ci", "*", "arn:aws:iam::9*:user/*"),
        (f"arn:aws:iam::{FOREIGN}:role/ci", f"arn:aws:iam::{OTHER}:user/ann"),
    ),
    "aws:PrincipalOrgID": (("o-a1b2c3d4e5", "o-*", "*"), (None, "o-zzzzzzzzzz")),
    "aws:SourceVpce": (("vpce-1", "vpce-*"), (None, "vpce-9")),
    "aws:PrincipalTag/team": (("shop", "s*"), (None, "shop", "other")),
}
TEXT_OPERATORS = ("StringEquals", "StringNotEquals", "StringLike", "StringNotLike")
ADDRESSES = (("203.0.113.0/24", "0.0.0.0/0", "0.0.0.0/1"), (None, "5.6.7.8", "200.1.2.3"))
ACTIONS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")
RESOURCES = ("arn:aws:s3:::b/k", "arn:aws:s3:::b")


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    condition: dict[str, Any] = {}
    for key in draw(st.lists(st.sampled_from([*KEYS, "aws:SourceIp"]), max_size=3, unique=True)):
        ending = draw(st.sampled_from(("", "", "IfExists")))
        if key == "aws:SourceIp":
            operator = draw(st.sampled_from(("IpAddress", "NotIpAddress"))) + ending
            wanted = ADDRESSES[0]
        else:
            quantifier = draw(st.sampled_from(("", "", "", "ForAllValues:", "ForAnyValue:")))
            operator = quantifier + draw(st.sampled_from(TEXT_OPERATORS)) + ending
            wanted = KEYS[key][0]
        values = draw(st.lists(st.sampled_from(wanted), min_size=1, max_size=2, unique=True))
        condition.setdefault(operator, {})[key] = values
        if draw(st.integers(0, 9)) == 0:
            condition.setdefault("Null", {})[key] = draw(st.sampled_from(("true", "false")))
    return condition


@st.composite
def statements(draw: st.DrawFn, effect: str) -> dict[str, Any]:
    statement: dict[str, Any] = {
        "Effect": effect,
        "Principal": "*",
        draw(st.sampled_from(("Action", "Action", "NotAction"))): draw(
            st.sampled_from(("s3:*", "*", "s3:GetObject", "s3:Put*", ["s3:PutObject", "s3:Get*"]))
        ),
        "Resource": draw(st.sampled_from(("*", "arn:aws:s3:::b", "arn:aws:s3:::b/*"))),
    }
    if condition := draw(conditions()):
        statement["Condition"] = condition
    return statement


def some_requests(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return requests of people whom no policy above names: signed in, and anonymous."""
    used = {
        key: ADDRESSES[1] if key == "aws:SourceIp" else KEYS[key][1]
        for statement in document["Statement"]
        for tests in statement.get("Condition", {}).values()
        for key in tests
    }
    found: list[dict[str, Any]] = []
    for values in product(*used.values()):
        signed = {k: [v] for k, v in zip(used, values, strict=True) if v is not None}
        anonymous = {k: v for k, v in signed.items() if k in {"aws:SourceIp", "aws:SourceVpce"}}
        if "aws:PrincipalAccount" in used:
            anonymous["aws:PrincipalAccount"] = ["anonymous"]
        for context in (signed, anonymous):
            found += [
                {"action": a, "resource": r, "context": context, "caller": [], "session": []}
                for a, r in product(ACTIONS, RESOURCES)
            ]
    return found


def read(document: dict[str, Any]) -> tuple[Statement, ...]:
    return document_statements(copy.deepcopy(document), "policy")


@settings(max_examples=250, deadline=None)
@given(statements("Allow"), st.lists(statements("Deny"), max_size=2))
def test_where_no_request_is_found_no_stranger_is_let_in(
    allowing: dict[str, Any], denying: list[dict[str, Any]]
) -> None:
    # given
    document = {"Version": "2012-10-17", "Statement": [allowing, *denying]}
    let_in = [one for one in some_requests(document) if reference.allowed(document, one)]

    # when
    granted = read(document)
    answer = passes(granted[:1], granted, (ANONYMOUS, SIGNED_IN))

    # then
    assert answer is not None
    assert answer or not let_in, let_in[0]


@settings(max_examples=250, deadline=None)
@given(statements("Allow"), st.lists(statements("Deny"), max_size=2))
def test_a_request_that_is_found_is_allowed_and_names_nobody_whom_the_policy_names(
    allowing: dict[str, Any], denying: list[dict[str, Any]]
) -> None:
    # given
    document = {"Version": "2012-10-17", "Statement": [allowing, *denying]}
    granted = read(document)

    # when
    found = example(granted[:1], granted, (ANONYMOUS, SIGNED_IN))

    # then
    assert (found is not None) is passes(granted[:1], granted, (ANONYMOUS, SIGNED_IN))
    if found is not None:
        context = {key: list(values or ()) for key, values in found.context.items()}
        request = {"action": found.action, "resource": found.resource, "context": context}
        assert reference.allowed(document, request | {"caller": [], "session": []})
        assert not named(context, document)


def named(context: dict[str, list[str]], document: dict[str, Any]) -> list[str]:
    """Return the values of a request that are known: of our account, organisation, networks."""
    identifying = {key.lower() for key in KEYS} - {"aws:principaltag/team"}
    known = (KNOWN, "o-a1b2c3d4e5", "vpce-1")
    return [
        value
        for key, values in context.items()
        for value in values
        if (key in identifying and any(one in value.split(":") for one in known))
        or (
            (key == "aws:sourceip" and reference.in_range("203.0.113.0/24", value))
            and "203.0.113.0/24" in str(document)
        )
    ]


@settings(max_examples=150, deadline=None)
@given(statements("Allow"), st.lists(statements("Deny"), max_size=1))
def test_a_deny_more_never_lets_somebody_in(
    allowing: dict[str, Any], denying: list[dict[str, Any]]
) -> None:
    # given
    granted = read({"Version": "2012-10-17", "Statement": [allowing, *denying]})

    # then
    if passes(granted[:1], granted, EVERYONE):
        assert passes(granted[:1], [], EVERYONE)


@settings(max_examples=150, deadline=None)
@given(statements("Allow"), st.randoms())
def test_an_unknown_value_is_never_mistaken(
    allowing: dict[str, Any],
    random: Any,  # noqa: ANN401  # hypothesis gives a random.Random of its own
) -> None:
    # given
    tests = [(o, k) for o, block in allowing.get("Condition", {}).items() for k in block]
    if not tests:
        return
    operator, key = random.choice(tests)
    unknown = copy.deepcopy(allowing)
    unknown["Condition"][operator][key] = UNKNOWN

    # when
    answer = passes(read({"Statement": [unknown]}), [], (ANONYMOUS, SIGNED_IN))

    # then
    for value in {"Null": ("true", "false")}.get(operator) or (
        ADDRESSES[0] if key == "aws:SourceIp" else KEYS[key][0]
    ):
        unknown["Condition"][operator][key] = value
        definite = passes(read({"Statement": [unknown]}), [], (ANONYMOUS, SIGNED_IN))
        assert answer is None or definite is answer


def test_a_service_is_told_from_everybody_else() -> None:
    # given
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": "*",
    }

    # then
    granted = read({"Statement": statement})
    assert passes(granted, [], [service("sns.amazonaws.com")])
    assert passes(granted, [], [service("s3.amazonaws.com"), SIGNED_IN, ANONYMOUS]) is False


@pytest.mark.parametrize(
    "ranges", [["0.0.0.0/2", "64.0.0.0/2"], ["0.0.0.0/8", "1.0.0.0/8"], ["fc00::/7", "2000::/3"]]
)
def test_ranges_that_are_narrow_one_by_one_count_together(ranges: list[str]) -> None:
    # given
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "*",
        "Condition": {"IpAddress": {"aws:SourceIp": ranges}},
    }

    # then
    assert passes(read({"Statement": statement}), [], EVERYONE)


def test_too_entangled_a_policy_is_undecided() -> None:
    # given
    values = [f"*{'a' * size}?{'?' * 12}*b*c*" for size in range(1, 7)]
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "*",
        "Condition": {"StringLike": {"aws:userid": [f"A{one}" for one in values]}},
    }
    granted = read({"Statement": statement})

    # then
    assert Wildcard(values[0]).matches("aa" + "x" * 12 + "bc")
    assert passes(granted, [], EVERYONE) is None
