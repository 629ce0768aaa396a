"""How a secret is distinguished from a setting: by the program's mark, format, name and randomness.

A value that only says where a secret lies (its ARN, the path of a parameter, an address) is none:
that is how a function is meant to find it.
"""

import re
from base64 import b64decode
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rampart_policies.issued_formats import is_issued
from rampart_policies.values import SECRET, Block, UndecidedError, Value, is_unknown

if TYPE_CHECKING:
    from detect_secrets.plugins.high_entropy_strings import (
        Base64HighEntropyString,
        HexHighEntropyString,
    )

_ARN = re.compile(r"arn:aws[a-z-]*:[^\s\"',|]*")
_PLACEHOLDER = re.compile(r"\$?\{\w+\}")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

# Words that name a secret, also at the end of a longer one: PGPASSWORD.
_SECRET_WORDS = re.compile(
    r"(?:\w*(?:password|passwd|passphrase|secrets?)|pass|pwd|passcode|token|credentials?|webhook)"
)
# Two words that name one together.
_SECRET_PAIRS = re.compile(
    r"(?:^|_)(?:api|auth|access|account|client|private|secret|service|signing|encryption|session"
    r"|shared|license|master|admin|storage|hmac|webhook|db|database)_?key(?:_|$)"
)
# What a name ends in that tells about a secret: which one, where it lies, how long it lives.
_ABOUT = """
alg algorithm alias arn arns audience bucket count days directory dir enabled endpoint expires
expiry field file folder format header hour hours host id ids issuer kind length level limit
location manager max min minutes mode mount name names namespace optional param parameter path
period policy port prefix provider queue ref reference region regex required retention rotation
scope seconds size source stage store suffix table timeout topic ttl type uri url urls use validity
version
"""
_ABOUT_WORDS = frozenset(_ABOUT.split())
# What is as random as a secret, and public.
_DIGESTS = {"cert", "certificate", "checksum", "commit", "digest", "etag", "hash", "public", "sha"}

_SETTING = re.compile(
    r"(?i)|true|false|yes|no|on|off|none|null|nil|undefined|optional|required|enabled|disabled"
    r"|basic|bearer|jwt|iam|\d{1,3}|<[^>]*>|\$\{[^}]*\}|\{\{[^}]*\}\}"
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+")
_PATH = re.compile(r"/?[\w.@-]+(?:/[\w.@-]+)+/?|/[\w.@-]+")
_RANDOM = re.compile(r"(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)[A-Za-z0-9+/_-]{24,}={0,2}")
_AWS_SECRET_KEY = 40
_HEX = re.compile(r"[0-9a-f]{32,}|[0-9A-F]{32,}")


def is_secret(name: str, value: Value) -> bool:
    """Whether a named value is a secret, or one that the program marks as secret.

    Args:
        name: of the variable or parameter, in any spelling: DB_PASSWORD, dbPassword, db-password.
        value: as the program gives it; `values.SECRET` stands for a marked one.
    """
    if not isinstance(value, str) or not value or is_unknown(value):
        return False
    return value == SECRET or _is_secret(name, value)


@lru_cache(maxsize=4096)
def _is_secret(name: str, value: str) -> bool:
    # An ARN names a secret and holds none; a placeholder is filled in where the value is used.
    text = _PLACEHOLDER.sub("", _ARN.sub("", value)).strip()
    if is_issued(text) or any(is_secret(key, one) for key, one in _settings_in(text)):
        return True
    named = names_secret(name)
    if _SETTING.fullmatch(text.strip(" ,;|\"'[]")) or (
        is_place(text) and not _has_slashes_by_chance(text, named=named)
    ):
        return False
    return named or _is_random(name, text)


def _settings_in(text: str) -> Iterator[tuple[str, Value]]:
    """Yield the names and values of settings that are written as one JSON object."""
    if text.startswith("{"):
        try:
            yield from Block({"_": text}).json("_").fields.items()
        except UndecidedError:  # no JSON after all
            return


def names_secret(name: str) -> bool:
    """Whether a name says that its value is a secret.

    >>> names_secret("dbPassword"), names_secret("PGPASSWORD"), names_secret("DB_PASSWORD_LENGTH")
    (True, True, False)
    """
    words = _words(name)
    if not words or words[-1] in _ABOUT_WORDS or not _DIGESTS.isdisjoint(words):
        return False
    return any(map(_SECRET_WORDS.fullmatch, words)) or bool(_SECRET_PAIRS.search("_".join(words)))


def is_place(text: str) -> bool:
    """Whether a text says where something lies: a path, a file, an address.

    >>> is_place("/shop/db-password"), is_place("https://example.com/oauth"), is_place("hunter2")
    (True, True, False)
    """
    if _ADDRESS.fullmatch(text):
        return True
    if not _PATH.fullmatch(text):
        return False
    return not any(_RANDOM.fullmatch(part) or _HEX.fullmatch(part) for part in text.split("/"))


def _has_slashes_by_chance(text: str, *, named: bool) -> bool:
    """Whether a text looks like a path and is random base64, whose alphabet has a slash.

    The secret key of an AWS user has 40 such characters; other lengths need a name that says so.
    """
    if not (_RANDOM.fullmatch(text) and (named or len(text) == _AWS_SECRET_KEY)):
        return False
    _, base64 = _entropies()
    return not text.startswith("/") and (
        base64.calculate_shannon_entropy(text) > base64.entropy_limit
    )


def _is_random(name: str, text: str) -> bool:
    """Whether a text is too random for a setting, by the limits of detect-secrets."""
    words = _words(name)
    if not _DIGESTS.isdisjoint(words):
        return False
    hexadecimal, base64 = _entropies()
    if _HEX.fullmatch(text):  # digests and identifiers look the same: the name must speak for it
        keyed = not {"key", "auth", "salt", "signature", "signing", "hmac"}.isdisjoint(words)
        return keyed and hexadecimal.calculate_shannon_entropy(text) > hexadecimal.entropy_limit
    if not _RANDOM.fullmatch(text) or _is_encoded_text(text):
        return False
    return base64.calculate_shannon_entropy(text) > base64.entropy_limit


def _is_encoded_text(text: str) -> bool:
    """Whether base64 hides nothing but a readable text, such as settings in JSON."""
    try:
        decoded = b64decode(text, altchars=b"-_", validate=True).decode()
    except ValueError:
        return False
    return decoded.isprintable() and not is_issued(decoded)


@cache
def _entropies() -> "tuple[HexHighEntropyString, Base64HighEntropyString]":
    # Imported when first needed: see issued_formats.
    from detect_secrets.plugins import high_entropy_strings as strings  # noqa: PLC0415

    return strings.HexHighEntropyString(), strings.Base64HighEntropyString()


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(name))
