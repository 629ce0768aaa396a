"""The function's meaning, with the real model."""

import json
from itertools import combinations
from math import hypot

import pytest

from runtime.libraries.sentence_transformer.core import embed
from runtime.libraries.sentence_transformer.model import PackagedModel
from runtime.shared.contracts.content import Inline, Left
from runtime.shared.contracts.sentence_transformer import (
    MAX_TEXTS,
    REQUEST,
    VECTORS,
    EmbedAnswer,
)
from runtime.shared.errors import InvalidRequestError, NotConfiguredError
from runtime.shared.requests import decode
from tests.runtime.libraries.fake_urls import FakeUrls


@pytest.fixture(scope="module")
def model() -> PackagedModel:
    return PackagedModel("all-MiniLM-L6-v2")


def embedded(model: PackagedModel, *texts: str) -> tuple[EmbedAnswer, list[list[float]]]:
    request = decode(REQUEST, {"texts": {"kind": "inline", "value": list(texts)}})
    response = embed(request, model, FakeUrls())
    assert isinstance(response.vectors, Inline)
    return response, VECTORS.validate_python(response.vectors.value)


def cosine(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def test_vectors_are_normalised_and_near_where_the_meaning_is(model: PackagedModel) -> None:
    # when
    response, vectors = embedded(
        model,
        "How is the coffee machine cleaned?",
        "Rinse the brewing group of the espresso maker every week.",
        "The night bus leaves the station at 23:40.",
    )

    # then
    assert (response.model, response.dimension, response.count) == ("all-MiniLM-L6-v2", 384, 3)
    assert all(hypot(*vector) == pytest.approx(1, abs=1e-5) for vector in vectors)
    scores = {
        pair: cosine(vectors[pair[0]], vectors[pair[1]]) for pair in combinations(range(3), 2)
    }
    assert max(scores, key=scores.__getitem__) == (0, 1)


def test_a_text_has_the_same_vector_alone_and_among_others(model: PackagedModel) -> None:
    # given
    others = ["short", "a much longer text " * 40]

    # when
    _, (alone,) = embedded(model, "the pump house")
    _, vectors = embedded(model, *others, "the pump house")

    # then: the order is that of the texts, whatever order they were encoded in
    assert cosine(alone, vectors[2]) == pytest.approx(1, abs=1e-4)


def test_many_texts_and_vectors_travel_by_signed_urls(model: PackagedModel) -> None:
    # given
    urls = FakeUrls({"https://texts": json.dumps(["a"] * 120).encode()})
    event = {"texts": {"kind": "url", "url": "https://texts"}, "vectors_url": "https://vectors"}

    # when
    response = embed(decode(REQUEST, event), model, urls)

    # then
    assert (response.vectors, response.count) == (Left(), 120)
    assert len(VECTORS.validate_json(urls.objects["https://vectors"])) == 120


@pytest.mark.parametrize(
    ("event", "field"),
    [
        ({}, "texts"),
        ({"texts": {"kind": "inline", "value": []}}, "at least 1 item"),
        ({"texts": {"kind": "inline", "value": ["a", 7]}}, "1: "),
        ({"texts": {"kind": "inline", "value": ["a"] * (MAX_TEXTS + 1)}}, "at most 2048"),
        ({"texts": {"kind": "inline", "value": ["a"]}, "model": "other"}, "model"),
    ],
)
def test_a_wrong_request_is_refused_by_field(
    model: PackagedModel, event: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidRequestError, match=field):
        embed(decode(REQUEST, event), model, FakeUrls())


def test_a_model_that_is_not_packaged_is_not_configured() -> None:
    with pytest.raises(NotConfiguredError, match="all-MiniLM-L6-v2"):
        PackagedModel("all-mpnet-base-v2")
