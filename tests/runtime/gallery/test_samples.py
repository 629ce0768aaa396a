"""The sample images go through all steps with the real OCR and the real embedding model."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from runtime.gallery.analyzer.analyses import AnalysisRows
from runtime.gallery.analyzer.core import AnalysisStep
from runtime.gallery.analyzer.without_model import WithoutModel
from runtime.gallery.embedder.core import EmbeddingStep
from runtime.gallery.embedder.embeddings import EmbeddingRows
from runtime.gallery.image_processor.core import ThumbnailStep
from runtime.gallery.image_processor.items import ItemRows
from runtime.gallery.migration.core import AppRole, migrate
from runtime.gallery.search.items import ItemRows as SearchRows
from runtime.gallery.shared.database import Database
from runtime.gallery.shared.embedding import Embedder, OfDimension, SentenceTransformer
from runtime.gallery.shared.keys import ItemKey
from runtime.libraries.ocr.core import read_text
from runtime.libraries.ocr.engine import RapidEngine
from runtime.libraries.sentence_transformer.core import embed
from runtime.libraries.sentence_transformer.model import PackagedModel
from runtime.shared.contracts import ocr, sentence_transformer
from runtime.shared.errors import RejectedError
from runtime.shared.library import Library
from runtime.shared.work_folder import UrlSigner
from tests.runtime.gallery.conftest import APP_PASSWORD, APP_USER, Server
from tests.runtime.gallery.fakes import FakeBucket, FakeBus
from tests.runtime.libraries.fake_urls import FakeUrls

SAMPLES = Path("samples/gallery")
QUESTIONS: list[dict[str, str]] = yaml.safe_load((SAMPLES / "questions.yaml").read_text())
IMAGES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in {".jpg", ".png"})
BROKEN = "broken-photo.jpg"


class FunctionsInProcess:
    """Lambda's `invoke`, with JSON on the way in and out as on AWS."""

    def __init__(self, functions: dict[str, Callable[[Any], BaseModel]]) -> None:
        self._functions = functions

    def invoke(self, FunctionName: str, Payload: bytes, **_: str) -> dict[str, Any]:  # noqa: N803  as in boto3
        answer = self._functions[FunctionName](json.loads(Payload))
        return {"Payload": BytesIO(answer.model_dump_json().encode())}


class SigningBucket(FakeBucket):
    """The bucket as boto3 signs URLs for it; a URL is the object's key."""

    def generate_presigned_url(self, operation: str, **request: Any) -> str:  # noqa: ANN401  boto3's
        assert operation == "get_object"
        return request["Params"]["Key"]

    def urls(self) -> FakeUrls:
        return FakeUrls(self.objects)


@dataclass
class Gallery:
    """The samples after they went through."""

    rows: SearchRows
    embedder: Embedder
    failures: dict[str, RejectedError]


@pytest.fixture(scope="module")
def gallery(server: Server) -> Iterator[Gallery]:
    database_name = "samples"
    with server.postgres._superuser("postgres") as connection:
        connection.execute("CREATE DATABASE samples OWNER gallery_owner")
    with server.postgres._superuser(database_name) as connection:
        connection.execute("CREATE EXTENSION vector")
    owner, app = server.owner(database_name), server.app(database_name)
    migrate(owner, AppRole(APP_USER, APP_PASSWORD), 384)
    yield _processed(Database(app))
    owner.dispose()
    app.dispose()


def _processed(database: Database) -> Gallery:
    bucket, bus, engine = SigningBucket(), FakeBus(), RapidEngine()
    model = PackagedModel("all-MiniLM-L6-v2")
    lambda_client = FunctionsInProcess(
        {
            "ocr": lambda event: read_text(
                ocr.REQUEST.validate_python(event), bucket.urls(), engine
            ),
            "sentence-transformer": lambda event: embed(
                sentence_transformer.REQUEST.validate_python(event), model, bucket.urls()
            ),
        }
    )
    library = Library(lambda_client)  # pyright: ignore[reportArgumentType]  the one call it needs
    embedder = OfDimension(SentenceTransformer(library, "sentence-transformer"), 384)
    signer = UrlSigner(bucket, 60)  # pyright: ignore[reportArgumentType]  the one call it needs
    provider = WithoutModel(library, "ocr", signer)
    thumbnails = ThumbnailStep(ItemRows(database), bucket, bus, 20 * 2**20)
    analyses = AnalysisStep(AnalysisRows(database), bucket.original, lambda: provider, bus)
    embeddings = EmbeddingStep(EmbeddingRows(database), embedder)
    failures: dict[str, RejectedError] = {}
    for number, name in enumerate(IMAGES):
        content = (SAMPLES / name).read_bytes()
        event = bucket.put(ItemKey("acme", "ann", name), content, f"{number:04x}")
        try:
            thumbnails.run(event, "t")
        except RejectedError as error:
            failures[name] = error
            thumbnails.fail(event, error.explanation)
    for event in bus.processed():
        analyses.run(event, "t")
    for event in bus.analyzed():
        embeddings.run(event, "t")
    return Gallery(SearchRows(database), embedder, failures)


def test_every_sample_ends_ready_and_the_broken_one_failed_with_its_reason(
    gallery: Gallery,
) -> None:
    # when
    items = {row.item.filename: row.item for row in gallery.rows.page("acme", 100, None)}

    # then
    assert sorted(items) == IMAGES
    assert {name for name, item in items.items() if item.status != "ready"} == {BROKEN}
    assert items[BROKEN].reason == "The image is damaged or incomplete."
    assert list(gallery.failures) == [BROKEN]


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked["image"])
def test_the_right_image_comes_first(gallery: Gallery, asked: dict[str, str]) -> None:
    # given
    vector = gallery.embedder.embed(asked["question"], "query").vector

    # when
    found = gallery.rows.search("acme", asked["question"], vector, 3)

    # then
    assert next(row.item.filename for _, row in found) == asked["image"]


def test_without_a_key_the_analysis_says_that_no_model_looked(gallery: Gallery) -> None:
    # when
    rows = {row.item.filename: row.analysis for row in gallery.rows.page("acme", 100, None)}

    # then
    ticket, bicycle, menu = (
        rows[name] for name in ("train-ticket.png", "red-bicycle-drawing.png", "cafe-menu.jpg")
    )
    assert ticket is not None
    assert bicycle is not None
    assert menu is not None
    assert (ticket.provider_used, ticket.model_used) == ("local", "PP-OCRv6-small")
    assert "Lindholm to Hamburg" in ticket.raw_response["visible_text"]
    assert (bicycle.category, bicycle.raw_response["visible_text"]) == ("drawing", "")
    assert "red" in bicycle.summary
    assert menu.raw_response["facts"]["camera"] == "Sample Camera One"
    assert menu.raw_response["facts"]["format"] == "portrait"


def test_another_tenant_finds_none_of_it(gallery: Gallery) -> None:
    # given
    vector = gallery.embedder.embed("train", "query").vector

    # when
    found = gallery.rows.search("globex", "train ticket to Hamburg", vector, 10)

    # then
    assert found == []
