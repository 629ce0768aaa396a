"""IAM's wildcards as sets of texts: `*` is any text, `?` any one character.

`cells` answers what a rule asks of several wildcards at once: which combinations of them can one
text match, and what does such a text look like? It walks the wildcards' automata together, so the
answer is exact: every combination that some text matches is found, with the shortest such text.
"""

import re
import string
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

# `${*}`, `${?}` and `${$}` stand for the characters themselves; kept apart until a text is shown.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
_STAR, _MARK, _DOLLAR, _ANYTHING = "\ue000", "\ue001", "\ue002", "\ue003"
_ESCAPES = {"${*}": _STAR, "${?}": _MARK, "${$}": _DOLLAR}
_PLAIN = str.maketrans({_STAR: "*", _MARK: "?", _DOLLAR: "$"})

# Every ASCII character that is no wildcard: what a text not named by any wildcard is made of.
_OTHERS = string.ascii_lowercase + string.digits + string.ascii_uppercase + "-_/.+=@,%~#&;<>[](){}"
_ARN_PARTS = 6
_MANY_STATES = 5_000


class TooManyStatesError(Exception):
    """The wildcards are too entangled to be compared."""


def escaped(text: str) -> str:
    """Return a wildcard that matches this very text."""
    return text.replace("*", _STAR).replace("?", _MARK).replace("$", _DOLLAR)


def unescaped_variables(text: str) -> str:
    """Take the three variables that stand for a character as that character."""
    for written, meant in _ESCAPES.items():
        text = text.replace(written, meant)
    return text


@dataclass(frozen=True)
class Wildcard:
    """A text with wildcards, and how it is compared."""

    text: str
    ignores_case: bool = False
    by_part: bool = False
    """As ARN operators compare: the first five parts between colons each for themselves."""

    def matches(self, text: str) -> bool:
        """Whether a text is one of those the wildcard stands for."""
        return _compiled(self)(text.lower() if self.ignores_case else text) is not None

    @property
    def is_literal(self) -> bool:
        """Whether it stands for one text only, in whatever case."""
        return "*" not in self.text and "?" not in self.text

    @property
    def opaque(self) -> str:
        """The text with a character in place of every wildcard that only `*` can match."""
        return self.text.replace("*", _ANYTHING).replace("?", _ANYTHING).translate(_PLAIN)

    @property
    def plain(self) -> str:
        """The text as people write it."""
        return self.text.translate(_PLAIN)

    @cached_property
    def tokens(self) -> tuple[tuple[str, str], ...]:
        """Return (kind, character) pairs: a character, `?`, `*`, and both within one part."""
        text = self.text.lower() if self.ignores_case else self.text
        parts = text.split(":", _ARN_PARTS - 1) if self.by_part else [text]
        tokens: list[tuple[str, str]] = []
        for index, part in enumerate(parts):
            last = index == len(parts) - 1
            tokens += [_token(char, within=not last) for char in part]
            if not last:
                tokens.append(("char", ":"))
        return tuple(tokens)


@dataclass(frozen=True)
class Texts:
    """A set of texts: those that any of the shapes stands for, without some."""

    shapes: tuple[Wildcard, ...] = (Wildcard("*"),)
    without: tuple[Wildcard, ...] = ()
    """Wildcards with `*` only."""
    alphabet: str = ""
    """The only characters in these texts; empty for any."""

    def has(self, text: str) -> bool:
        """Whether a text is in the set."""
        return (
            any(shape.matches(text) for shape in self.shapes)
            and not any(one.matches(text) for one in self.without)
            and (not self.alphabet or set(text) <= set(self.alphabet))
        )

    def samples(self) -> Iterator[str]:
        """Yield a few of the texts, all of them made up."""
        for shape in self.shapes:
            for filling in ("zq7zq7", "yx8yx8", ""):
                for char in reversed(self.alphabet or "97"):
                    text = shape.text.replace("*", filling).replace("?", char).translate(_PLAIN)
                    if self.has(text):
                        yield text


ANY_TEXT = Texts()


@lru_cache(maxsize=8192)
def cells(wildcards: tuple[Wildcard, ...], texts: Texts = ANY_TEXT) -> tuple[str, ...]:
    """Return one text of the set for every combination of wildcards that a text can match.

    >>> cells((Wildcard("a*"), Wildcard("*b")))
    ('', 'a', 'b', 'ab')

    Raises:
        TooManyStatesError: the wildcards are too entangled.
    """
    # What is left out as it is written is left out in every reading: `without` has `*` only.
    inside = tuple(w for w in wildcards if not any(one.matches(w.opaque) for one in texts.without))
    if all(one.is_literal for one in inside):
        named = dict.fromkeys(one.plain for one in inside if texts.has(one.plain))
        unnamed = (one for one in texts.samples() if not any(w.matches(one) for w in inside))
        fresh = next(unnamed, None)
        if fresh is not None:
            return (*named, fresh)
    return tuple(_walk(inside, texts))


def _walk(wildcards: tuple[Wildcard, ...], texts: Texts) -> Iterator[str]:
    automata = [_automaton(one) for one in (*texts.shapes, *texts.without, *wildcards)]
    shapes, without = len(texts.shapes), len(texts.shapes) + len(texts.without)
    start = tuple(one.start for one in automata)
    seen, edge = {start}, deque([(start, "")])
    signatures: set[tuple[bool, ...]] = set()
    while edge:
        state, text = edge.popleft()
        accepts = [one.accepts(at) for one, at in zip(automata, state, strict=True)]
        signature = tuple(accepts[without:])
        inside = any(accepts[:shapes]) and not any(accepts[shapes:without])
        if inside and signature not in signatures:
            signatures.add(signature)
            yield text
        for char in _worth_trying(automata, state, texts.alphabet):
            after = tuple(one.step(at, char) for one, at in zip(automata, state, strict=True))
            if after not in seen and any(after[:shapes]):
                if len(seen) > _MANY_STATES:
                    raise TooManyStatesError
                seen.add(after)
                edge.append((after, text + char))


def _worth_trying(
    automata: list["_Automaton"], state: tuple[int, ...], alphabet: str
) -> Iterator[str]:
    """Yield the characters that tell the wildcards apart here, and one that none of them names."""
    named: dict[str, None] = {}
    for automaton, at in zip(automata, state, strict=True):
        named |= automaton.named(at)
    pool = alphabet or _OTHERS
    yield from (char for char in named if not alphabet or char in alphabet)
    yield from [char for char in pool if char not in named and char.lower() not in named][:1]


class _Automaton:
    """A wildcard that reads a text by characters; its states are sets of positions, as bits."""

    def __init__(self, wildcard: Wildcard) -> None:
        self._tokens = wildcard.tokens
        self._ignores_case = wildcard.ignores_case
        self._end = 1 << len(self._tokens)
        self._steps: dict[tuple[int, str], int] = {}
        self._names: dict[int, dict[str, None]] = {}
        self.start = self._closed(1)

    def accepts(self, at: int) -> bool:
        return bool(at & self._end)

    def step(self, at: int, char: str) -> int:
        if self._ignores_case:
            char = char.lower()
        if (known := self._steps.get((at, char))) is None:
            after = 0
            for position, (kind, own) in enumerate(self._tokens):
                if at >> position & 1 and _takes(kind, own, char):
                    after |= 1 << (position if kind.startswith("*") else position + 1)
            known = self._steps[at, char] = self._closed(after)
        return known

    def named(self, at: int) -> dict[str, None]:
        """Return the characters after which this automaton goes on differently."""
        if (known := self._names.get(at)) is None:
            known = dict[str, None]()
            for position, (kind, own) in enumerate(self._tokens):
                if at >> position & 1:
                    if kind == "char":
                        known[own] = None
                    elif kind.endswith("part"):
                        known[":"] = None
            self._names[at] = known
        return known

    def _closed(self, at: int) -> int:
        for position, (kind, _) in enumerate(self._tokens):
            if at >> position & 1 and kind.startswith("*"):
                at |= 1 << (position + 1)
        return at


def _takes(kind: str, own: str, char: str) -> bool:
    if kind == "char":
        return char == own
    return char != ":" or not kind.endswith("part")


def _token(char: str, *, within: bool) -> tuple[str, str]:
    if char in "*?":
        return (f"{char} in a part" if within else char, char)
    return ("char", char.translate(_PLAIN))


@lru_cache(maxsize=4096)
def _automaton(wildcard: Wildcard) -> _Automaton:
    return _Automaton(wildcard)


@lru_cache(maxsize=16384)
def _compiled(wildcard: Wildcard) -> Callable[[str], re.Match[str] | None]:
    pieces = {"*": ".*", "?": ".", "* in a part": "[^:]*", "? in a part": "[^:]"}
    pattern = "".join(pieces.get(kind) or re.escape(char) for kind, char in wildcard.tokens)
    return re.compile(pattern, re.DOTALL).fullmatch
