"""Phrases in the one form in which passages and questions meet: "Heat Pumps" is "heat pump"."""

import re

WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
_SHORT_WORD = 3


def normalised(text: str) -> str:
    """Return the words in lower case and in the singular, separated by single blanks."""
    return " ".join(_singular(word.lower()) for word in WORD.findall(text))


def _singular(word: str) -> str:
    if len(word) <= _SHORT_WORD or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word.removesuffix("s")
