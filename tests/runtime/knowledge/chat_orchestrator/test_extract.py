"""An extract quotes what answers, in sentences, rows and with what belongs to them."""

from collections.abc import Sequence

from runtime.knowledge.chat_orchestrator.extract import WEAK, extracted
from runtime.knowledge.chat_orchestrator.ports import Answer, Evidence, Hit, Passage
from runtime.knowledge.chat_orchestrator.sentences import sentences
from tests.runtime.knowledge.chat_orchestrator.parts import hit


class Unhelpful:
    """Finds all texts equally far from every question."""

    def __init__(self) -> None:
        self.asked = 0

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.asked += len(texts)
        return [[0.0, 1.0] for _ in texts]


def passage(
    text: str, *, strength: float = 1.0, around: Sequence[Hit] = (), index: int = 0
) -> Passage:
    found = hit(text, index=index)
    return Passage(found, "manual.md", Evidence(strength, 1.0), around=tuple(around))


def extract(question: str, *passages: Passage, weak: bool = False) -> Answer:
    return extracted(question, [1.0, 0.0], passages, Unhelpful(), weak=weak)


def quotable(text: str) -> list[str]:
    return [one.text for one in sentences(passage(text))]


def test_initials_and_abbreviations_end_no_sentence() -> None:
    text = "It was written by Brian S. Dean, e.g. No. 7 of the list. He sold it."
    assert quotable(text) == [
        "It was written by Brian S. Dean, e.g. No. 7 of the list.",
        "He sold it.",
    ]


def test_a_line_that_was_broken_for_want_of_room_goes_on() -> None:
    text = (
        "All rights are granted for the\nterm of copyright on the\nProgram. They are irrevocable."
    )
    assert quotable(text)[0] == "All rights are granted for the\nterm of copyright on the\nProgram."


def test_list_items_are_apart() -> None:
    assert quotable("Fill these in:\n- the tank\n- the tray") == [
        "Fill these in:", "- the tank", "- the tray"
    ]  # fmt: skip


def test_a_row_is_shown_below_its_header_and_quoted_alone() -> None:
    # given
    table = "| code | meaning |\n| - | - |\n| E27 | pump blocked |\n| E31 | tank empty |"
    # when
    answer = extract("What does E31 mean?", passage(table))
    # then
    assert answer.answer.splitlines()[:2] == ["| code | meaning |", "| E31 | tank empty |"]
    assert answer.citations[0].quote == "| E31 | tank empty |"


def test_what_a_line_leads_to_comes_with_it() -> None:
    answer = extract(
        "What is the default buffer size?", passage("- **Default buffer size:**\n- 4096")
    )
    assert answer.answer == "- **Default buffer size:**\n- 4096"


def test_a_sentence_of_the_strongest_passage_comes_first() -> None:
    weaker = passage("The machine needs water.", strength=0.4, index=1)
    stronger = passage("The machine is descaled.", strength=1.2, index=2)
    answer = extract("Tell me about the machine", weaker, stronger)
    assert answer.answer.splitlines()[0] == "The machine is descaled."


def test_what_stands_beside_a_passage_can_be_quoted() -> None:
    # given
    main, beside = hit("Descaling is needed."), hit("Use 20 grams of citric acid.", index=1)
    # when
    answer = extract("How many grams of citric acid?", passage(main.text, around=(main, beside)))
    # then
    assert "Use 20 grams of citric acid." in answer.answer


def test_few_sentences_are_compared_however_long_the_passages_are() -> None:
    # given
    embeddings = Unhelpful()
    long = passage("\n".join(f"- item {n} of the machine" for n in range(500)))
    # when
    extracted("Which item of the machine?", [1.0, 0.0], [long], embeddings)
    # then
    assert embeddings.asked <= 24


def test_weak_evidence_is_said() -> None:
    assert extract("machine", passage("The machine runs."), weak=True).answer.startswith(WEAK)
