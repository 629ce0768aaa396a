from traceback import format_exception

import pytest
from pydantic import BaseModel, ConfigDict, TypeAdapter

from runtime.shared.errors import InvalidRequestError
from runtime.shared.requests import decode


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    page: int


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    items: list[Inner]


OUTER = TypeAdapter(Outer)


def test_every_wrong_field_is_named_and_no_value_is_quoted() -> None:
    # given
    event = {"name": 7, "items": [{"page": "hunter2"}], "extra": "hunter2"}

    # when
    with pytest.raises(InvalidRequestError) as refused:
        decode(OUTER, event)

    # then
    message = str(refused.value)
    assert all(field in message for field in ("name:", "items.0.page:", "extra:"))
    assert "hunter2" not in message
    assert "hunter2" not in "".join(format_exception(refused.value))


def test_what_is_no_object_is_refused_as_a_whole() -> None:
    with pytest.raises(InvalidRequestError, match="request: "):
        decode(OUTER, ["hunter2"])


def test_a_right_request_passes() -> None:
    assert decode(OUTER, {"name": "a", "items": []}) == Outer(name="a", items=[])
