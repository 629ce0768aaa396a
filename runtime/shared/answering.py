"""What both answering models have in common, whichever stands behind the library function."""

import json
from collections.abc import Sequence

from pydantic import BaseModel, Field

from runtime.shared.contracts.answerer import AnswerRequest, Citation, Passage, Turn

# The newest turns tell what a question refers to; more of them only cost.
HISTORY_TURNS = 8
HISTORY_CHARACTERS = 8000


class Draft(BaseModel):
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


def proven(draft: Draft, passages: Sequence[Passage]) -> list[Citation]:
    """Return the citations whose quote does occur in the passage they name, each once.

    White space may differ: passages are broken into lines where their pages were.
    """
    texts = {passage.id: _spaced(passage.text) for passage in passages}
    kept: dict[tuple[str, str], Citation] = {}
    for citation in draft.citations:
        quote = _spaced(citation.quote)
        if quote and quote in texts.get(citation.passage_id, ""):
            proof = Citation(passage_id=citation.passage_id, quote=quote)
            kept.setdefault((proof.passage_id, quote), proof)
    return list(kept.values())


def _spaced(text: str) -> str:
    return " ".join(text.split())
