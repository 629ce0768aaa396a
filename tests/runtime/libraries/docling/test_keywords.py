from runtime.libraries.docling.keywords import keywords
from runtime.shared.phrases import normalised


def test_case_and_plural_make_no_difference() -> None:
    assert normalised("Heat Pumps") == normalised("heat pump") == "heat pump"
    assert normalised("Batteries, switches & glass") == "battery switch glass"


def test_passages_that_speak_of_one_thing_share_its_phrase() -> None:
    # given
    texts = [
        "The heat pump warms the water tank. A heat pump needs a dry room.",
        "Inspect all heat pumps in autumn, before the first frost comes.",
        "Invoices are paid within thirty days.",
    ]

    # when
    mentioned = keywords(texts)

    # then
    assert "heat pump" in mentioned[0]
    assert "heat pump" in mentioned[1]
    assert not set(mentioned[0]) & set(mentioned[2])


def test_a_document_without_words_has_no_phrases() -> None:
    assert keywords([]) == []
    assert keywords(["12 | 14", ""]) == [[], []]
