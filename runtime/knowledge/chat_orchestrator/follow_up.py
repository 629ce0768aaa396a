"""Questions that need the one before them, such as "And what does it cost?"."""

import re
from collections.abc import Sequence

from runtime.knowledge.chat_orchestrator.messages import Message
from runtime.shared.lexical import terms_of

_CONTINUES = re.compile(r"\s*(?:and|but|so|then|also|what about|how about)\b", re.IGNORECASE)
_REFERS = re.compile(
    r"\b(?:it|its|they|them|their|he|she|him|his|her|this|these|those)\b", re.IGNORECASE
)
FEW_TERMS = 2
"""A question with fewer telling words than this says too little by itself."""


def depends(question: str) -> bool:
    """Tell whether a question needs the one before it to be understood.

    A pronoun that comes before any telling word stands for something that was said earlier; one
    that comes after may stand for something of the same question.
    """
    if _CONTINUES.match(question) or len(terms_of(question)) < FEW_TERMS:
        return True
    refers = _REFERS.search(question)
    return refers is not None and not terms_of(question[: refers.start()])


def standing_alone(question: str, history: Sequence[Message]) -> str:
    """Return what to search for: the question, after the one that it continues."""
    earlier = [message.content for message in history if message.role == "user"]
    return f"{earlier[-1]} {question}" if earlier and depends(question) else question
