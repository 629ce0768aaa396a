from hypothesis import given
from hypothesis import strategies as st

from runtime.knowledge.chat_orchestrator.terms import terms_of


def test_terms_are_the_phrases_of_a_question_without_its_fillers() -> None:
    # when
    terms = terms_of("How often should the water filters be replaced?")
    # then
    assert {"water filter", "water", "filter", "replaced"} <= set(terms)
    assert not {"how", "the", "be", "should", "the water", "filter be"} & set(terms)


@given(st.text(max_size=300))
def test_any_question_has_a_bounded_number_of_terms(question: str) -> None:
    terms = terms_of(question)
    assert len(terms) <= 40
    assert len(terms) == len(set(terms))
