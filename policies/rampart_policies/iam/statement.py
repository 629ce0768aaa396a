"""One statement of a policy document, whichever of IAM's many spellings the program used.

Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html

What is not known yet stays where it is: a statement answers whatever can be answered without it.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from rampart_policies.iam.conditions import Context, Test, expand, variables_in
from rampart_policies.iam.kleene import Truth, every, opposite, some
from rampart_policies.iam.wildcards import Wildcard, escaped
from rampart_policies.values import (
    UndecidedError,
    Value,
    contains_unknown,
    is_unknown,
)

ANYONE = "*"

Principal = tuple[str, str]
"""(kind, value), e.g. ("Service", "sns.amazonaws.com"); everyone is ("AWS", "*")."""

_WITH_VARIABLES = "2012-10-17"
_KINDS = {kind.lower(): kind for kind in ("AWS", "CanonicalUser", "Federated", "Service")}


class Statement:
    """One statement. Its properties raise `UndecidedError` for what is not known.

    Args:
        elements: the statement's elements; the case of their names is ignored, so that a
            document in a spelling AWS may refuse is never taken for a harmless one.
        path: where it stands, for messages.
        position: counted from 0, for a statement without Sid.
        version: of the document; variables such as `${aws:username}` came with 2012-10-17.
    """

    def __init__(
        self, elements: Mapping[str, Value], path: str, position: int, version: Value = None
    ) -> None:
        self._elements = {name.lower(): value for name, value in elements.items()}
        self._variables = version == _WITH_VARIABLES or is_unknown(version)
        self._texts: dict[str, tuple[str, ...]] = {}
        self.path = path
        sid = self._elements.get("sid")
        self.label = sid if isinstance(sid, str) and sid and not is_unknown(sid) else ""
        """How to find it again: its Sid, or its position."""
        self.label = self.label or f"#{position + 1}"

    @cached_property
    def effect(self) -> Truth:
        """True for Allow, False for Deny, None where that is not known."""
        texts = [text.lower() for text in self.raw("effect")]
        return {"allow": True, "deny": False}.get(texts[0]) if len(texts) == 1 else None

    @property
    def allows(self) -> bool:
        """Whether it allows, rather than denies."""
        if self.effect is None:
            raise UndecidedError(f"{self.path}.Effect")
        return self.effect

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions it names, with wildcards."""
        return self._known("action")

    @property
    def not_actions(self) -> tuple[str, ...]:
        """The actions it leaves out."""
        return self._known("notaction")

    @property
    def resources(self) -> tuple[str, ...]:
        """The resources it names, with wildcards."""
        return self._known("resource")

    @property
    def not_resources(self) -> tuple[str, ...]:
        """The resources it leaves out."""
        return self._known("notresource")

    @cached_property
    def principals(self) -> tuple[Principal, ...]:
        """The principals it names, unknown ones too."""
        return tuple(self._principals("principal"))

    @cached_property
    def not_principals(self) -> tuple[Principal, ...]:
        """The principals it leaves out, unknown ones too."""
        return tuple(self._principals("notprincipal"))

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """What its condition asks of a request; all of them have to pass."""
        return tuple(self._tests())

    @cached_property
    def variables(self) -> frozenset[str]:
        """The keys that it uses as `${variables}`, in lower case."""
        if not self._variables:
            return frozenset()
        texts = (text for test in self.tests for text in test.values)
        named = (text for element in ("resource", "notresource") for text in self.raw(element))
        return frozenset(name for text in (*texts, *named) for name in variables_in(text))

    def raw(self, element: str) -> tuple[str, ...]:
        """Return the texts of an element by its name in lower case, unknown ones too."""
        if (known := self._texts.get(element)) is None:
            known = _texts(self._elements.get(element), f"{self.path}.{element}")
            self._texts[element] = known
        return known

    def hangs_on(self) -> tuple[str, str]:
        """Return what keeps the statement from being decided: the place and the reason."""
        for name, value in self._elements.items():
            if contains_unknown(value):
                return f"{self.path}.{name.capitalize()}", "is not known yet"
        keys = ", ".join(dict.fromkeys(test.key for test in self.tests))
        return f"{self.path}.Condition", f"cannot be decided by what {keys} may be"

    def speaks_of(self, action: str) -> bool:
        """Whether the statement's actions include this one.

        Raises:
            UndecidedError: no known action does, but one is not known.
        """
        included = self.includes_action(action)
        if included is None:
            raise UndecidedError(f"{self.path}.Action")
        return included

    def includes_action(self, action: str) -> Truth:
        """Whether the statement's actions include this one; action names ignore case."""
        if "notaction" in self._elements:
            return opposite(any_includes(self.raw("notaction"), action))
        return any_includes(self.raw("action"), action)

    def includes_resource(self, resource: str, context: Context) -> Truth:
        """Whether the statement's resources include this one; without any, it means them all."""
        if not self._elements.keys() & {"resource", "notresource"}:
            return True
        if "notresource" in self._elements:
            named = self.raw("notresource")
            return opposite(some(self._resource_in(one, resource, context) for one in named))
        return some(self._resource_in(one, resource, context) for one in self.raw("resource"))

    def holds(self, context: Context) -> Truth:
        """Whether a request meets the condition."""
        return every(test.holds(context) for test in self.tests)

    def wildcards(self, element: str, context: Context) -> Iterator[Wildcard]:
        """Yield the known texts of `action` and `notaction`, or of the resources."""
        for name in (element, f"not{element}"):
            for text in self.raw(name):
                if is_unknown(text):
                    continue
                if element == "action":
                    yield Wildcard(text, ignores_case=True)
                elif isinstance(expanded := self._expanded(text, context), str):
                    yield Wildcard(expanded)

    def _resource_in(self, pattern: str, resource: str, context: Context) -> Truth:
        expanded = None if is_unknown(pattern) else self._expanded(pattern, context)
        return Wildcard(expanded).matches(resource) if isinstance(expanded, str) else expanded

    def _expanded(self, text: str, context: Context) -> str | Truth:
        return expand(text, context) if self._variables else text.replace("$", escaped("$"))

    def _known(self, element: str) -> tuple[str, ...]:
        texts = self.raw(element)
        if any(map(is_unknown, texts)):
            raise UndecidedError(f"{self.path}.{element.capitalize()}")
        return texts

    def _principals(self, element: str) -> Iterator[Principal]:
        value, at = self._elements.get(element), f"{self.path}.{element}"
        if isinstance(value, dict):
            for kind, names in value.items():
                for name in _texts(names, f"{at}.{kind}"):
                    yield _KINDS.get(kind.lower(), kind), name
        else:
            for name in _texts(value, at):  # "Principal": "*" means everyone, signed in or not
                yield "AWS", name

    def _tests(self) -> Iterator[Test]:
        value, at = self._elements.get("condition"), f"{self.path}.Condition"
        if value is None:
            return
        if not isinstance(value, dict):
            raise UndecidedError(at)
        for operator, tests in value.items():
            if not isinstance(tests, dict):
                raise UndecidedError(f"{at}.{operator}")
            for key, wanted in tests.items():
                values = _texts(wanted, f"{at}.{operator}.{key}")
                if not self._variables:
                    values = tuple(one.replace("$", escaped("$")) for one in values)
                yield Test(operator.lower(), key.lower(), values)


@lru_cache(maxsize=65536)
def any_includes(patterns: tuple[str, ...], action: str) -> Truth:
    """Whether any of these patterns includes an action; action names ignore case."""
    return some(
        None if is_unknown(one) else Wildcard(one, ignores_case=True).matches(action)
        for one in patterns
    )


def _texts(value: Value, at: str) -> tuple[str, ...]:
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    if any(isinstance(item, dict | list) for item in items):
        raise UndecidedError(at, "is not a text or a list of texts")
    return tuple(str(item).lower() if isinstance(item, bool) else str(item) for item in items)
