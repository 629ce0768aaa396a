from typing import Annotated, Any, NotRequired, TypedDict

import pulumi
import pytest
from pulumi import Input, Output

from pulumi_rampart.arguments import (
    Address,
    AlsoCalled,
    ArgumentError,
    Between,
    Hidden,
    Json,
    Length,
    Matching,
    OneOf,
    Origin,
    checked,
)
from tests.components.inside import recorded


class Recipient(TypedDict):
    street: str
    number: NotRequired[int]


class OrderArgs(TypedDict):
    title: str
    amount: NotRequired[Annotated[int, Between(1, 9, "nine fit on the tray.")]]
    weight: NotRequired[float]
    gift: NotRequired[bool]
    color: NotRequired[Annotated[str, OneOf(("red", "blue"), "blue sells.")]]
    code: NotRequired[Annotated[str, Matching(r"[a-z]{3}", "three letters.")]]
    lines: NotRequired[
        Annotated[list[Annotated[str, Length(1, 5, "short.")]], Length(1, 2, "few.")]
    ]
    to: NotRequired[Recipient]
    key: NotRequired[Input[str]]
    password: NotRequired[Annotated[Input[str], Hidden(), Length(1, 5, "short.")]]
    until: NotRequired[Annotated[str, AlsoCalled(("ttl", "best_before"))]]
    keys: NotRequired[Input[list[str]]]
    labels: NotRequired[dict[str, Input[str]]]
    range: NotRequired[Annotated[str, Address()]]
    origin: NotRequired[Annotated[str, Origin()]]
    event: NotRequired[Annotated[str, Json("pass an object.")]]
    anything: NotRequired[Any]


def refusal(**args: object) -> str:
    with pytest.raises(ArgumentError) as caught:
        checked("tea", {"title": "t", **args}, OrderArgs)  # type: ignore[arg-type]  # wrong on purpose
    return str(caught.value)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            {"amout": 3},
            "tea.amout: there is no such argument; did you mean `amount`? Allowed are `title`, ",
        ),
        ({"max_amount": 3}, "tea.max_amount: there is no such argument; did you mean `amount`?"),
        ({"zzz": 3}, "tea.zzz: there is no such argument; allowed are `title`, `amount`, "),
        ({"amount": 0}, "tea.amount=0: a whole number from 1 to 9 is allowed; nine fit on"),
        ({"amount": 1.5}, "tea.amount=1.5: a whole number is wanted, not float."),
        ({"amount": True}, "tea.amount=True: a whole number is wanted, not bool."),
        ({"amount": "3"}, "tea.amount='3': a whole number is wanted, not str."),
        ({"weight": "3"}, "tea.weight='3': a number is wanted, not str."),
        ({"gift": "no"}, "tea.gift='no': true or false is wanted, not str."),
        ({"gift": 0}, "tea.gift=0: true or false is wanted, not int."),
        ({"color": "green"}, "tea.color='green': allowed are 'red', 'blue'; blue sells."),
        ({"code": "abcd"}, "tea.code='abcd': must match [a-z]{3}; three letters."),
        ({"lines": "milk"}, "tea.lines='milk': a list is wanted; put the text in brackets."),
        ({"lines": {"a"}}, "tea.lines: a list is wanted, not set."),
        ({"lines": ["milk", 3]}, "tea.lines[1]=3: a text is wanted, not int."),
        (
            {"lines": ["sugar", "lemons"]},
            "tea.lines[1]='lemons': 1 to 5 characters are allowed, not",
        ),
        ({"lines": []}, "tea.lines: 1 to 2 entries are allowed, not 0; few."),
        ({"to": {"number": 3}}, "tea.to.street: is missing; it has no default."),
        ({"to": {"street": "s", "numbr": 3}}, "tea.to.numbr: there is no such argument; did you"),
        ({"to": "home"}, "tea.to: Recipient, a mapping, is wanted, not str."),
        ({"key": 3}, "tea.key=3: a text is wanted, not int."),
        ({"keys": "k"}, "tea.keys='k': a list is wanted; put the text in brackets."),
        ({"labels": ["a"]}, "tea.labels: a mapping is wanted, not list."),
        ({"labels": {3: "a"}}, "tea.labels.3=3: a text is wanted, not int."),
        ({"color": None}, "tea.color: is None; leave the key out to get the default."),
        ({"range": "10.0.0.1"}, "tea.range='10.0.0.1': a range needs the length of its mask;"),
        ({"range": "10.0.0.1/8"}, "tea.range='10.0.0.1/8': 10.0.0.1/8 has host bits set; write"),
        ({"origin": "https://a.example/"}, "tea.origin='https://a.example/': an origin is scheme"),
        ({"origin": "a.example"}, "tea.origin='a.example': an origin is scheme"),
        ({"event": "{nope"}, "tea.event='{nope': no JSON: "),
        ({"event": "[]"}, "tea.event='[]': a JSON object is wanted; pass an object."),
    ],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(
    args: dict[str, object], message: str
) -> None:
    assert refusal(**args).startswith(message)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    # when
    message = refusal(amount=0, color="green", titel="x")

    # then
    assert [line.split(":")[0].split("=")[0] for line in message.splitlines()] == [
        "tea.titel",
        "tea.amount",
        "tea.color",
    ]


def test_a_missing_argument_is_asked_for_by_name() -> None:
    with pytest.raises(ArgumentError) as caught:
        checked("tea", {}, OrderArgs)  # type: ignore[typeddict-item]  # wrong on purpose
    assert str(caught.value) == "tea.title: is missing; it has no default."


def test_whole_numbers_of_other_languages_become_ints_and_nothing_else_changes() -> None:
    # given
    given: OrderArgs = {"title": "t", "amount": 3.0, "weight": 2.5, "anything": {"x": 1.0}}  # type: ignore[typeddict-item]  # as Construct sends it

    # when
    got = checked("tea", given, OrderArgs)

    # then
    assert got == {"title": "t", "amount": 3, "weight": 2.5, "anything": {"x": 1.0}}
    assert type(got["amount"]) is int  # pyright: ignore[reportTypedDictNotRequiredAccess]
    assert given["amount"] == 3.0  # pyright: ignore[reportTypedDictNotRequiredAccess]


def test_what_is_computed_is_welcome_where_the_type_says_so_and_nowhere_else() -> None:
    def program() -> None:
        # given
        computed = Output.from_input("k")

        # then
        args: OrderArgs = {"title": "t", "key": computed, "labels": {"a": computed}}
        assert checked("tea", args, OrderArgs)["key"] is computed  # pyright: ignore[reportTypedDictNotRequiredAccess]
        anything: OrderArgs = {"title": "t", "anything": {"x": computed}}
        assert checked("tea", anything, OrderArgs) == anything
        assert checked("tea", {"title": "t", "anything": computed}, OrderArgs)
        assert refusal(code=computed) == (
            "tea.code: has to be known before anything is created; pass a plain value."
        )
        assert refusal(lines=[computed]).startswith("tea.lines[0]: has to be known before")

    recorded(program)


def test_a_component_in_place_of_what_stands_for_it_is_explained() -> None:
    class Edge(pulumi.ComponentResource):
        def __init__(self) -> None:
            super().__init__("test:index:Edge", "edge")
            self.args = {"street": "s"}

    def program() -> None:
        assert refusal(to=Edge()) == "tea.to: got the Edge itself; pass its `args` attribute."

    recorded(program)


def test_what_may_hold_a_secret_is_not_shown() -> None:
    assert "hunter2" not in refusal(title={"password": "hunter2"}, lines={"hunter2": 1})


def test_a_value_that_is_marked_hidden_is_never_shown_whatever_is_wrong_with_it() -> None:
    assert refusal(password="hunter2") == (
        "tea.password: 1 to 5 characters are allowed, not 7; short."
    )
    assert refusal(password=12345678) == "tea.password: a text is wanted, not int."
    # and what stands beside it is shown
    assert "tea.color='green'" in refusal(password="hunter2", color="green")


@pytest.mark.parametrize("word", ["ttl", "best_before", "best_befor"])
def test_another_word_for_an_argument_leads_to_it(word: str) -> None:
    message = refusal(**{word: "x"})
    assert message.startswith(
        f"tea.{word}: there is no such argument; did you mean `until`? Allowed are `title`"
    )
    assert "`ttl`" not in message
