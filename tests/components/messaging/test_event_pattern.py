"""What EventBridge would refuse as a pattern, and what it takes."""

import json

import pytest

from pulumi_rampart.messaging.event_pattern import EventPattern

REMEDY = 'write a pattern such as {"source": ["shop.orders"]}.'
KNOWN = "anything-but, cidr, equals-ignore-case, exists, numeric, prefix, suffix, wildcard"

REFUSED = [
    (
        "{nope",
        (
            "no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1); "
            f"{REMEDY}"
        ),
    ),
    ("", f"no JSON: Expecting value: line 1 column 1 (char 0); {REMEDY}"),
    ('["shop"]', f"a JSON object is wanted; {REMEDY}"),
    ("{}", f"is empty; {REMEDY}"),
    ('{"source": "shop"}', "source is 'shop'; EventBridge matches lists: ['shop']."),
    ('{"detail": {"paid": true}}', "detail.paid is True; EventBridge matches lists: [True]."),
    ('{"source": []}', "source is an empty list, which matches nothing."),
    (
        '{"source": [["shop"]]}',
        "source holds a list in a list; EventBridge matches single values.",
    ),
    (
        '{"detail": {"key": [{"prefx": "uploads/"}]}}',
        "detail.key uses 'prefx', which EventBridge does not know; did you mean prefix?",
    ),
    (
        '{"detail": {"key": [{"regex": ".*"}]}}',
        f"detail.key uses 'regex', which EventBridge does not know; it knows {KNOWN}.",
    ),
    ('{"$or": {"source": ["shop"]}}', "$or is a list of patterns."),
    ('{"$or": ["shop"]}', "$or is a list of patterns, and 'shop' is none."),
    ('{"$or": [{"source": "shop"}]}', "$or.source is 'shop'; EventBridge matches lists: ['shop']."),
    (
        json.dumps({"source": ["s" * 4096]}),
        "4112 characters, and EventBridge allows 4096; match fewer values.",
    ),
]


@pytest.mark.parametrize(("pattern", "why"), REFUSED)
def test_a_pattern_that_matches_nothing_or_cannot_be_read_is_refused_with_the_place(
    pattern: str, why: str
) -> None:
    assert EventPattern().problem(pattern) == why


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": ["shop.orders"], "detail-type": ["OrderPaid"]},
        {"detail": {"amount": [{"numeric": [">", 0, "<=", 5]}], "coupon": [{"exists": False}]}},
        {"detail": {"key": [{"prefix": "in/"}, {"suffix": ".png"}, {"wildcard": "a/*/b"}]}},
        {"detail": {"state": [{"anything-but": ["draft"]}, {"anything-but": {"prefix": "x"}}]}},
        {"detail": {"ip": [{"cidr": "10.0.0.0/24"}], "who": [{"equals-ignore-case": "acme"}]}},
        {"detail": {"note": [None, "", 5, True]}},
        {"$or": [{"source": ["shop"]}, {"detail": {"a": [1]}}]},
    ],
)
def test_what_eventbridge_matches_is_accepted(pattern: dict[str, object]) -> None:
    assert EventPattern().problem(json.dumps(pattern)) is None
