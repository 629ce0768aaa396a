"""API Gateway checks an upload's body by the same rules as the function."""

from pathlib import Path

from runtime.gallery.search.requests import UploadRequest
from tests.runtime.knowledge.request_schemas import schema_of

SCHEMA = Path(__file__).parents[4] / "runtime/gallery/search/upload.schema.json"


def test_the_schema_file_says_what_the_model_says() -> None:
    # when
    written = SCHEMA.read_text()

    # then
    assert written == schema_of(UploadRequest)


if __name__ == "__main__":
    SCHEMA.write_text(schema_of(UploadRequest))
