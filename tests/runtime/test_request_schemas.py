import json
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from tests.runtime.request_schemas import RUNTIME, SCHEMAS, schema_of


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_schema_file_says_what_its_model_says(path: Path) -> None:
    # when
    written = path.read_text()
    # then
    assert written == schema_of(SCHEMAS[path]), "run python -m tests.runtime.request_schemas"


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_schema_file_is_valid_draft_4(path: Path) -> None:
    Draft4Validator.check_schema(json.loads(path.read_text()))


def test_every_schema_file_belongs_to_a_model() -> None:
    assert set(RUNTIME.rglob("*.schema.json")) == set(SCHEMAS)
