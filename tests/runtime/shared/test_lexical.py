"""Texts as sparse vectors of their words."""

import pytest

from runtime.shared.lexical import (
    EVERY_PASSAGE,
    MOST_TERMS,
    SparseVector,
    passage_vector,
    question_vector,
    stem,
    telling,
    terms_of,
)


def score(question: str, passage: str) -> float:
    asked, held = question_vector(question), passage_vector(passage)
    assert asked is not None
    weights = dict(zip(held.indices, held.values, strict=True))
    return sum(
        value * weights.get(at, 0.0) for at, value in zip(asked.indices, asked.values, strict=True)
    )


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The price of part PX-00123.", "px-00123"),
        ("run it with `-z` please", "-z"),
        ("(--dry-run)", "--dry-run"),
        ("call asn1_read_value()", "asn1_read_value"),
        ("allow 192.0.2.0/24", "192.0.2.0/24"),
    ],
)
def test_a_code_is_one_term(text: str, whole: str) -> None:
    assert whole in terms_of(text)


def test_a_code_does_not_find_its_neighbour_before_itself() -> None:
    question = "What is the price of PX-00123?"
    right, neighbour = "| PX-00123 | 17.50 |", "| PX-00124 | 18.20 | price price |"
    assert score(question, right) > score(question, neighbour)


def test_forms_of_a_word_meet() -> None:
    assert stem("machines") == stem("machine")
    assert stem("stopped") == stem("stopping") == stem("stop")
    assert score("Which machines are descaled?", "Descale the machine.") > 0


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    assert telling("descal") > telling("first") > 0


def test_a_term_counts_less_in_a_longer_passage() -> None:
    short, long = "valve", "valve " + "pump motor belt " * 60
    assert score("valve", short) > score("valve", long)


def test_repeating_a_term_saturates() -> None:
    padding = "one two three four five six seven eight"
    once, often = score("valve", f"valve {padding}"), score("valve", f"{'valve ' * 30}{padding}")
    assert once < often < 3 * once


def test_words_that_ask_are_no_terms() -> None:
    assert question_vector("What is it and how do I do that?") is None


def test_a_passage_of_symbols_has_a_vector_all_the_same() -> None:
    assert passage_vector("* * *") == SparseVector([EVERY_PASSAGE], [1.0])


def test_a_passage_of_many_words_keeps_within_what_the_service_takes() -> None:
    vector = passage_vector(" ".join(f"w{n}" for n in range(5000)))
    assert len(vector.indices) == MOST_TERMS + 1
    assert all(0 <= at < 2**32 for at in vector.indices)


def test_scripts_without_spaces_match_by_pairs_of_letters() -> None:
    assert score("水の温度", "この水の温度は九十度です") > 0
    assert score("อุณหภูมิ", "อุณหภูมิของน้ำ") > 0


def test_encodings_of_one_letter_and_soft_hyphens_do_not_matter() -> None:
    assert terms_of("cafe\u0301 ma\u00adchine ﬁlter") == terms_of("caf\u00e9 machine filter")
