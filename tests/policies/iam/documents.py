"""Made-up policy documents and requests, from few texts so that they often meet."""

from typing import Any

from hypothesis import strategies as st

ACTIONS = ("s3:GetObject", "s3:PutObject", "S3:getobject", "sqs:SendMessage")
ACTION_PATTERNS = (*ACTIONS, "*", "s3:*", "S3:GET*", "s3:?etObject", "sqs:*", "iam:PassRole")
RESOURCES = ("arn:aws:s3:::a", "arn:aws:s3:::a/k", "arn:aws:s3:::b/k", "arn:aws:sqs:r:1:q")
RESOURCE_PATTERNS = (*RESOURCES, "*", "arn:aws:s3:::a*", "arn:aws:s3:::?/k", "arn:aws:sqs:*")
ROLE = ("AWS", "arn:aws:iam::111122223333:role/r")
CALLERS = (
    (),
    (ROLE, ("AWS", "111122223333")),
    (("Service", "sns.amazonaws.com"),),
    (("Federated", "example.com"),),
)
PRINCIPALS: tuple[Any, ...] = (
    "*",
    {"AWS": "*"},
    {"AWS": ROLE[1]},
    {"AWS": ["111122223333", "999988887777"]},
    {"Service": "sns.amazonaws.com"},
    {"Service": "*"},
    {"Federated": ["example.com"], "AWS": "999988887777"},
)

TEXTS = ("", "a", "ab", "Ab", "b")
TEXT_PATTERNS = (*TEXTS, "*", "a*", "?b", "?", "*b*")
ARNS = ("arn:aws:sns:r:1:t", "arn:aws:sns:r:1:t:u", "arn:aws:sns:x:y:1:t", "arn:aws:sqs:r:2:t")
ARN_PATTERNS = (*ARNS, "*", "arn:*", "arn:aws:sns:*:1:t", "arn:aws:s?s:r:*:t*", "arn:aws:sns:r:*")
NUMBERS = ("1", "2", "2.5", "10")
DATES = ("2026-01-01T00:00:00Z", "2026-06-01T12:00:00+02:00", "1780000000")
ADDRESSES = ("10.0.0.1", "10.0.1.1", "203.0.113.9", "2001:db8::1")
RANGES = ("10.0.0.0/24", "10.0.0.0/8", "0.0.0.0/0", "203.0.113.9", "2001:db8::1")

KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "aws:Text": (
        TEXTS,
        TEXT_PATTERNS,
        tuple(
            f"String{negation}{kind}"
            for negation in ("", "Not")
            for kind in ("Equals", "EqualsIgnoreCase", "Like")
        ),
    ),
    "AWS:arn": (ARNS, ARN_PATTERNS, ("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike")),
    "x:number": (
        NUMBERS,
        NUMBERS,
        tuple(
            f"Numeric{order}"
            for order in ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan")
        ),
    ),
    "x:date": (DATES, DATES, ("DateEquals", "DateNotEquals", "DateLessThan", "DateGreaterThan")),
    "x:flag": (("true", "false"), ("true", "false", "True"), ("Bool",)),
    "x:ip": (ADDRESSES, RANGES, ("IpAddress", "NotIpAddress")),
    "x:bytes": (("YQ==", "Yg=="), ("YQ==", "Yg=="), ("BinaryEquals",)),
}
"""Key -> (values of requests, values of policies, operators)."""


def one_or_more(values: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.sampled_from(values), st.lists(st.sampled_from(values), min_size=1, max_size=3)
    )


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    condition: dict[str, Any] = {}
    for key in draw(st.lists(st.sampled_from(sorted(KEYS)), max_size=3, unique=True)):
        _, wanted, operators = KEYS[key]
        for operator in draw(st.lists(st.sampled_from(operators), min_size=1, max_size=2)):
            quantifier = draw(st.sampled_from(("", "", "ForAllValues:", "ForAnyValue:")))
            ending = draw(st.sampled_from(("", "", "IfExists")))
            written = draw(st.sampled_from((key, key.upper())))
            block = condition.setdefault(f"{quantifier}{operator}{ending}", {})
            block[written] = draw(one_or_more(wanted))
        if draw(st.booleans()) and draw(st.booleans()):
            condition.setdefault("Null", {})[key] = draw(st.sampled_from(("true", "false")))
    return condition


@st.composite
def statements(draw: st.DrawFn, *, with_principal: bool) -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": draw(st.sampled_from(("Allow", "Allow", "Deny")))}
    statement[draw(st.sampled_from(("Action", "Action", "NotAction")))] = draw(
        one_or_more(ACTION_PATTERNS)
    )
    statement[draw(st.sampled_from(("Resource", "Resource", "NotResource")))] = draw(
        one_or_more(RESOURCE_PATTERNS)
    )
    if with_principal:
        element = draw(st.sampled_from(("Principal", "Principal", "NotPrincipal")))
        statement[element] = draw(st.sampled_from(PRINCIPALS))
    if condition := draw(conditions()):
        statement["Condition"] = condition
    return statement


@st.composite
def documents(draw: st.DrawFn, *, with_principal: bool = False) -> dict[str, Any]:
    listed = draw(st.lists(statements(with_principal=with_principal), max_size=3))
    return {"Version": "2012-10-17", "Statement": listed}


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    context: dict[str, list[str]] = {}
    for key in draw(st.lists(st.sampled_from(sorted(KEYS)), unique=True)):
        values = KEYS[key][0]
        context[key.lower()] = draw(
            st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)
        )
    caller = draw(st.sampled_from(CALLERS))
    return {
        "action": draw(st.sampled_from(ACTIONS)),
        "resource": draw(st.sampled_from(RESOURCES)),
        "context": context,
        "caller": list(caller),
        "session": list(caller[:1]) if draw(st.booleans()) else [],
    }
