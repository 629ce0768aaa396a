import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.shared.quotes import spaced, stands_in

TEXT = (
    "The valve is shut, in winter,\n  for 42 hours (see \u201cCare\u201d). Cafe\u0301 \u2014 open."
)


@pytest.mark.parametrize(
    "quote",
    [
        "The valve is shut",
        "valve is shut, in winter",
        "in winter, for 42 hours",
        " in\nwinter,   for 42",
        "see \u201cCare",
        "Caf\u00e9 \u2014 open",
        "open.",
    ],
)
def test_whole_words_stand_in_a_text_whatever_follows_them(quote: str) -> None:
    assert stands_in(quote, TEXT)


@pytest.mark.parametrize(
    "quote",
    ["", " \n", "The valve is shut in winter", "valve is sh", "for 4", "2 hours", "the valve"],
)
def test_what_is_cut_in_a_word_or_changed_does_not(quote: str) -> None:
    assert not stands_in(quote, TEXT)


def test_a_part_of_a_word_does_not_hide_the_whole_one_after_it() -> None:
    assert stands_in("shut", "shutter, then shut")


WORDS = st.text(st.characters(categories=("L", "N", "P")), min_size=1)


@given(st.lists(WORDS, min_size=1), st.data())
def test_any_run_of_a_texts_words_stands_in_it(words: list[str], data: st.DataObject) -> None:
    # given
    text = "\n".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))

    # then
    assert stands_in(" ".join(words[first:last]), text)


@given(quote=st.text(alphabet="ab .\n", max_size=12), text=st.text(alphabet="ab .\n", max_size=30))
def test_what_stands_in_a_text_is_a_part_of_it(quote: str, text: str) -> None:
    if stands_in(quote, text):
        assert spaced(quote)
        assert spaced(quote) in spaced(text)
