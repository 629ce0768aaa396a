"""What both answering models have in common, whichever stands behind the library function."""

import json
from collections.abc import Sequence

from pydantic import Field

from runtime.shared.contracts.answerer import (
    Answer,
    AnswerRequest,
    Citation,
    Passage,
    Turn,
    Usage,
)
from runtime.shared.quotes import spaced, stands_in
from runtime.shared.shape import Shape

# The newest turns tell what a question refers to; more of them only cost.
HISTORY_TURNS = 8
HISTORY_CHARACTERS = 8000


class Draft(Shape):
    """What the model is asked to produce."""

    answer: str = Field(description="The answer, without references")
    citations: list[Citation] = Field(description="The proof of every statement of the answer")


def question_message(request: AnswerRequest) -> str:
    """Return the question and its passages as JSON.

    In JSON no passage can end the list of passages and continue as something else.
    """
    content = request.model_dump(include={"question", "passages"})
    return json.dumps(content, ensure_ascii=False)


def recent(history: Sequence[Turn]) -> list[Turn]:
    """Return the newest turns that fit, beginning with one of the user, as the APIs require."""
    kept: list[Turn] = []
    characters = 0
    for turn in reversed(history[-HISTORY_TURNS:]):
        characters += len(turn.content)
        if characters > HISTORY_CHARACTERS:
            break
        if turn.content.strip():
            kept.insert(0, turn)
    while kept and kept[0].role != "user":
        kept.pop(0)
    return kept


def checked(
    draft: Draft | None,
    passages: Sequence[Passage],
    *,
    provider: str,
    model: str,
    usage: Usage,
) -> Answer:
    """Return a model's reply with the citations that can be proven, each once.

    Args:
        draft: what the model wrote; None when it refused.
        passages: what it was given.
        provider: who was asked.
        model: as the provider names the one that replied.
        usage: what is billed, also for a reply without an answer.
    """
    if draft is None or not draft.answer.strip():
        return Answer(
            answer="",
            citations=[],
            withheld="refused" if draft is None else "empty",
            provider=provider,
            model=model,
            usage=usage,
        )
    texts = {passage.id: passage.text for passage in passages}
    standing = [
        Citation(passage_id=each.passage_id, quote=spaced(each.quote))
        for each in draft.citations
        if stands_in(each.quote, texts.get(each.passage_id, ""))
    ]
    return Answer(
        answer=draft.answer,
        citations=[each for n, each in enumerate(standing) if each not in standing[:n]],
        quotes_not_found=len(draft.citations) - len(standing),
        provider=provider,
        model=model,
        usage=usage,
    )
