"""The evaluator says of every document and request what a second one says, written on its own."""

import copy
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rampart_policies.iam.conditions import OPERATORS, Test
from rampart_policies.iam.document import document_statements
from rampart_policies.iam.evaluate import Documents, Request, decide, grants
from rampart_policies.iam.statement import Statement
from rampart_policies.values import UNKNOWN
from tests.policies.iam import documents as made_up
from tests.policies.iam import reference


def read(document: dict[str, Any] | None) -> tuple[Statement, ...]:
    return document_statements(copy.deepcopy(document), "policy")


def asked(request: dict[str, Any]) -> Request:
    context = {key.lower(): tuple(values) for key, values in request["context"].items()}
    return Request(
        request["action"],
        request["resource"],
        context,
        frozenset(request["caller"]),
        frozenset(request["session"]),
    )


def single_valued(request: dict[str, Any]) -> dict[str, Any]:
    """Leave one value a key: what AWS does with several and no set operator it does not say."""
    context = {key: values[:1] for key, values in request["context"].items()}
    return request | {"context": context}


@settings(max_examples=400, deadline=None)
@given(made_up.documents(with_principal=True), made_up.requests())
def test_a_document_allows_what_the_reference_allows(
    document: dict[str, Any], request: dict[str, Any]
) -> None:
    # when
    ours = grants(read(document), asked(request))

    # then
    if ours is None:  # several values under an operator for one
        assert any(len(values) > 1 for values in request["context"].values())
    else:
        assert ours == reference.allowed(document, request)


@settings(max_examples=400, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "identity": made_up.documents(),
            "resource": made_up.documents(with_principal=True),
            "boundary": st.none() | made_up.documents(),
            "session": st.none() | made_up.documents(),
            "other_account": st.booleans(),
        }
    ),
    made_up.requests().map(single_valued),
)
def test_all_documents_together_decide_as_in_the_reference(
    given_documents: dict[str, Any], request: dict[str, Any]
) -> None:
    # when
    limits = [given_documents[key] for key in ("boundary", "session")]
    ours = decide(
        asked(request),
        Documents(
            read(given_documents["identity"]),
            read(given_documents["resource"]),
            *(None if limit is None else read(limit) for limit in limits),
            other_account=given_documents["other_account"],
        ),
    )

    # then
    assert ours == reference.decision(request, given_documents)


def every_test() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for key, (_, wanted, operators) in made_up.KEYS.items():
        for operator, quantifier, ending in product(
            operators, ("", "ForAllValues:", "ForAnyValue:"), ("", "IfExists")
        ):
            for values in [(one,) for one in wanted] + list(pairwise(wanted)):
                yield key, f"{quantifier}{operator}{ending}", values
        for value in ("true", "false"):
            yield key, "Null", (value,)


def test_every_operator_answers_every_value_and_absence_as_the_reference() -> None:
    seen: set[str] = set()
    for key, operator, wanted in every_test():
        test = Test(operator.lower(), key.lower(), wanted)
        seen.add(test.base)
        for given_values in [(), *((one,) for one in made_up.KEYS[key][0])]:
            # when
            ours = test.holds({key.lower(): given_values} if given_values else {})

            # then
            expected = reference.passes(operator, list(given_values), list(wanted))
            assert ours == expected, (operator, wanted, given_values)
    assert seen >= OPERATORS.keys() - {"numericgreaterthanequals"} - {
        f"date{order}equals" for order in ("lessthan", "greaterthan")
    }


def test_several_values_pass_a_set_operator_as_in_the_reference() -> None:
    for key, operator, wanted in every_test():
        if ":" in operator:
            test = Test(operator.lower(), key.lower(), wanted)
            for values in product(made_up.KEYS[key][0], repeat=2):
                # when
                ours = test.holds({key.lower(): values})

                # then
                assert ours == reference.passes(operator, list(values), list(wanted))


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401  # any JSON
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*above, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*above, index))
    else:
        yield above


def with_value(document: dict[str, Any], place: tuple[Any, ...], value: str) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    holder: Any = changed
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    return changed


def worlds(place: tuple[Any, ...]) -> tuple[str, ...]:
    """Return what an unknown text may turn out to be."""
    if place[2:] == ("Effect",):
        return ("Allow", "Deny")
    if "Condition" in place:
        key = next(k for k in made_up.KEYS if k.lower() == str(place[4]).lower())
        return ("true", "false") if place[3] == "Null" else made_up.KEYS[key][1]
    if "Principal" in place or "NotPrincipal" in place:
        return ("*", "111122223333", "999988887777", made_up.ROLE[1], "sns.amazonaws.com")
    return made_up.ACTION_PATTERNS if "ction" in place[2] else made_up.RESOURCE_PATTERNS


@settings(max_examples=300, deadline=None)
@given(made_up.documents(with_principal=True), made_up.requests().map(single_valued), st.randoms())
def test_what_is_decided_about_an_unknown_is_true_whatever_it_turns_out_to_be(
    document: dict[str, Any],
    request: dict[str, Any],
    random: Any,  # noqa: ANN401  # hypothesis gives a random.Random of its own
) -> None:
    # given
    found = [place for place in places(document) if place[0] == "Statement"]
    if not found:
        return
    place = random.choice(found)

    # when
    ours = grants(read(with_value(document, place, UNKNOWN)), asked(request))

    # then
    answers = {
        reference.allowed(with_value(document, place, value), request) for value in worlds(place)
    }
    assert ours is None or answers == {ours}


@pytest.mark.parametrize(
    ("effect", "allowed"), [("allow", True), ("ALLOW", True), ("deny", False), ("Permit", None)]
)
def test_an_effect_is_read_in_any_case_and_never_guessed(effect: str, *, allowed: bool) -> None:
    # given
    document = {"Statement": {"effect": effect, "action": "*", "resource": "*"}}

    # then
    assert grants(read(document), Request("s3:GetObject", "a")) is allowed


@pytest.mark.parametrize(
    ("version", "resource", "username", "allowed"),
    [
        ("2012-10-17", "home/${aws:username}/*", ("bob",), True),
        ("2012-10-17", "home/${aws:username}/*", ("b*",), False),  # its star is no wildcard
        ("2012-10-17", "home/${aws:username}/*", (), False),
        ("2012-10-17", "home/${aws:username, 'bob'}/*", (), True),
        ("2012-10-17", "home/${AWS:UserName}/*", ("bob",), True),
        ("2012-10-17", "home/b?${*}", ("bob",), False),
        ("2008-10-17", "home/${aws:username}/*", ("bob",), False),
        (None, "home/${aws:username}/*", ("bob",), False),
    ],
)
def test_variables_stand_for_values_of_the_request(
    version: str | None,
    resource: str,
    username: tuple[str, ...],
    *,
    allowed: bool,
) -> None:
    # given
    statement = {"Effect": "Allow", "Action": "*", "Resource": resource}
    document = {"Statement": statement} | ({"Version": version} if version else {})
    context = {"aws:username": username} if username else {}

    # then
    assert grants(read(document), Request("s3:GetObject", "home/bob/a", context)) is allowed


def test_a_variable_that_is_not_known_decides_nothing() -> None:
    # given
    document = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "*",
            "Resource": "*",
            "Condition": {"StringEquals": {"x:text": "${aws:username}"}},
        },
    }
    context = {"x:text": ("a",), "aws:username": None}

    # then
    assert grants(read(document), Request("s3:GetObject", "a", context)) is None


def test_several_values_under_an_operator_for_one_are_undecided() -> None:
    assert Test("stringequals", "k", ("a",)).holds({"k": ("a", "b")}) is None
    assert Test("stringequals", "k", ("a",)).holds({"k": ("b", "c")}) is False


def test_an_operator_that_nobody_knows_is_undecided() -> None:
    assert Test("stringresembles", "k", ("a",)).holds({"k": ("a",)}) is None
    assert Test("forsome:stringequals", "k", ("a",)).holds({"k": ("a",)}) is None
    assert Test("null", "k", ("maybe",)).holds({}) is None
