"""Policy documents as statements, whichever of IAM's many spellings the program used.

Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rampart_policies.iam.match import matches
from rampart_policies.values import SECRET, Block, UndecidedError, Value, is_unknown, parse_json

ANYONE = "*"


@dataclass(frozen=True)
class Statement:
    """One statement; empty tuples where the document has no such element."""

    label: str
    """How to find it again: its Sid, or its position."""
    allows: bool
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[str, ...]
    not_resources: tuple[str, ...]
    principals: tuple[tuple[str, str], ...]
    """(kind, value), e.g. ("Service", "sns.amazonaws.com"); everyone is ("AWS", "*")."""
    not_principals: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(operator, key, values), operator and key in lower case."""

    def speaks_of(self, action: str) -> bool:
        """Whether the statement's actions include this one."""
        if self.not_actions:
            return not any(matches(pattern, action) for pattern in self.not_actions)
        return any(matches(pattern, action) for pattern in self.actions)

    def condition_on(self, *keys: str) -> bool:
        """Whether any condition tests one of these keys (lower case) positively."""
        return any(
            key in keys and not operator.startswith(("stringnot", "arnnot", "null"))
            for operator, key, _ in self.conditions
        )


def statements(properties: Block, path: str) -> tuple[Statement, ...]:
    """Return the statements of the document at a path, given as JSON text or as a value.

    Raises:
        UndecidedError: the document, or any part of it that carries meaning, is unknown.
    """
    return document_statements(properties.value(path), path)


def document_statements(value: Value, path: str) -> tuple[Statement, ...]:
    """Return the statements of one document; none when there is no document."""
    if isinstance(value, str):
        if value == SECRET:
            raise UndecidedError(path, "is a secret")
        value = parse_json(value, path) if value else None
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise UndecidedError(path, "is not a policy document")
    listed = value.get("Statement", [])
    if not isinstance(listed, list):
        listed = [listed]
    return tuple(_statement(item, index, path) for index, item in enumerate(listed))


def _statement(item: Value, index: int, path: str) -> Statement:
    if not isinstance(item, dict):
        raise UndecidedError(f"{path}.Statement[{index}]")
    at = f"{path}.Statement[{index}]"
    sid = item.get("Sid")
    return Statement(
        label=sid if isinstance(sid, str) and sid and not is_unknown(sid) else f"#{index + 1}",
        allows=_texts(item.get("Effect"), f"{at}.Effect") == ("Allow",),
        actions=_texts(item.get("Action"), f"{at}.Action"),
        not_actions=_texts(item.get("NotAction"), f"{at}.NotAction"),
        resources=_texts(item.get("Resource"), f"{at}.Resource"),
        not_resources=_texts(item.get("NotResource"), f"{at}.NotResource"),
        principals=tuple(_principals(item.get("Principal"), f"{at}.Principal")),
        not_principals=tuple(_principals(item.get("NotPrincipal"), f"{at}.NotPrincipal")),
        conditions=tuple(_conditions(item.get("Condition"), f"{at}.Condition")),
    )


def _principals(value: Value, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for kind, names in value.items():
            for name in _texts(names, f"{at}.{kind}"):
                yield kind, name
    else:
        for name in _texts(value, at):  # "Principal": "*" means everyone, signed in or not
            yield "AWS", name


def _conditions(value: Value, at: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if value is None:
        return
    if not isinstance(value, Mapping):
        raise UndecidedError(at)
    for operator, tests in value.items():
        if not isinstance(tests, dict):
            raise UndecidedError(f"{at}.{operator}")
        for key, wanted in tests.items():
            yield operator.lower(), key.lower(), _texts(wanted, f"{at}.{operator}.{key}")


def _texts(value: Value, at: str) -> tuple[str, ...]:
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    texts = tuple(str(item).lower() if isinstance(item, bool) else str(item) for item in items)
    if any(is_unknown(text) for text in texts):
        raise UndecidedError(at)
    return texts
