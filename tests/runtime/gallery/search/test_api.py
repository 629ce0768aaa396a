"""The routes: what callers may do with the images of their tenant, and how refusals look."""

import datetime as dt

import pytest

from runtime.gallery.shared.keys import ItemKey
from runtime.gallery.shared.models import Item
from tests.runtime.gallery.search.world import NOW, World


def test_a_search_returns_items_with_their_analysis_thumbnail_and_ranks(world: World) -> None:
    # given
    item_id = world.image("cat.png", "A cat on a sofa.")

    # when
    status, answer = world.call("GET", "/gallery/search", q="cat")

    # then
    assert status == 200
    assert answer["degraded"] is False
    [found] = answer["results"]
    assert found["item_id"] == str(item_id)
    assert (found["semantic_rank"], found["text_rank"]) == (1, 1)
    assert found["analysis"]["summary"] == "A cat on a sofa."
    assert found["analysis"]["visible_text"] == "PURR"
    assert found["thumbnail_url"] == "https://signed/acme/ann/thumbnails/cat.png?as=image/png"


def test_a_search_goes_on_by_words_while_nothing_can_embed(world: World) -> None:
    # given
    world.image("cat.png", "A cat on a sofa.")
    world.embedder.down = True

    # when
    status, answer = world.call("GET", "/gallery/search", q="cat")

    # then
    assert status == 200
    assert [each["text_rank"] for each in answer["results"]] == [1]
    assert answer["degraded"] is True
    assert "by words alone" in answer["degraded_reason"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "   "}, "q"),
        ({"q": "x" * 501}, "q"),
        ({"q": "cat\x00"}, "q"),
        ({"q": "x", "limit": "0"}, "limit"),
        ({"q": "x", "limit": "many"}, "limit"),
        ({"q": "x", "tenant_id": "globex"}, "tenant_id"),
    ],
)
def test_a_wrong_search_is_refused_by_field(
    world: World, query: dict[str, str], field: str
) -> None:
    # when
    status, problem = world.call("GET", "/gallery/search", **query)

    # then
    assert status == 400
    assert problem["errors"][0]["field"] == field
    assert problem["correlation_id"] == "r-1"


def test_pages_list_every_item_once_the_newest_first(world: World) -> None:
    # given
    ids = [str(world.image(f"{number}.png")) for number in range(5)]

    # when
    listed: list[str] = []
    query = {"limit": "2"}
    while True:
        status, page = world.call("GET", "/gallery/items", **query)
        assert status == 200
        listed += [item["item_id"] for item in page["items"]]
        if "next_cursor" not in page:
            break
        query["cursor"] = page["next_cursor"]

    # then
    assert listed == ids[::-1]


def test_a_cursor_that_nobody_gave_is_refused(world: World) -> None:
    # when
    status, problem = world.call("GET", "/gallery/items", cursor="abc")

    # then
    assert status == 400
    assert problem["errors"][0]["field"] == "cursor"


def test_an_item_has_signed_urls_of_thumbnail_and_original(world: World) -> None:
    # given
    item_id = world.image("cat.png")

    # when
    status, item = world.call("GET", f"/gallery/items/{item_id}")

    # then
    assert status == 200
    assert item["status"] == "analyzing"
    assert item["original_url"] == "https://signed/acme/ann/originals/cat.png?as=image/png"
    assert item["thumbnail_url"].startswith("https://signed/acme/ann/thumbnails/")


def test_an_item_whose_last_attempt_was_killed_shows_as_failed(world: World) -> None:
    # given
    item_id = world.image("cat.png")
    with world.database.transaction("acme") as session:
        session.get_one(Item, item_id).abandoned_after = NOW - dt.timedelta(seconds=1)

    # when
    _, item = world.call("GET", f"/gallery/items/{item_id}")

    # then
    assert item["status"] == "failed"
    assert "stopped before it was finished" in item["reason"]


def test_an_upload_is_bound_to_the_caller_the_type_and_the_size(world: World) -> None:
    # given
    request = {"filename": "My Cat.PNG", "content_type": "image/png", "size_bytes": 1000}

    # when
    status, form = world.call("POST", "/gallery/items", request)

    # then
    assert status == 201
    assert form["fields"] == {
        "key": "acme/ann/originals/My%20Cat.png",
        "Content-Type": "image/png",
        "s": "1000",
    }
    assert form["item_id"] == str(ItemKey("acme", "ann", "My Cat.png").item_id)
    assert (form["expires_in_seconds"], form["max_size_bytes"]) == (900, 1000)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"filename": "cat.gif"}, "filename"),
        ({"filename": ".png"}, "filename"),
        ({"filename": "../cat.png"}, "filename"),
        ({"filename": "c\u202eat.png"}, "filename"),
        ({"filename": "猫" * 80 + ".png"}, "filename"),
        ({"content_type": "image/svg+xml"}, "content_type"),
        ({"content_type": "image/jpeg"}, "content_type"),
        ({"size_bytes": 0}, "size_bytes"),
        ({"size_bytes": 1001}, "size_bytes"),
        ({"size_bytes": "10"}, "size_bytes"),
        ({"user_id": "user-2"}, "user_id"),
    ],
)
def test_a_wrong_upload_is_refused_by_field(
    world: World, change: dict[str, object], field: str
) -> None:
    # given
    request = {"filename": "cat.png", "content_type": "image/png", "size_bytes": 10, **change}

    # when
    status, problem = world.call("POST", "/gallery/items", request)

    # then
    assert status == 400
    assert [each["field"] for each in problem["errors"]] == [field]


def test_reanalysis_asks_for_a_further_version_of_the_present_content(world: World) -> None:
    # given
    item_id = world.image("cat.png", "A cat.")

    # when
    status, asked = world.call("POST", f"/gallery/items/{item_id}/reanalyze")

    # then
    assert status == 202
    [event] = world.bus.processed()
    assert (str(event.item_id), event.request_id) == (asked["item_id"], asked["request_id"])
    assert (event.bucket, event.revision) == ("gallery", "01")
    assert world.item(item_id).status == "analyzing"


def test_reanalysis_of_an_image_without_a_thumbnail_is_refused(world: World) -> None:
    # given
    item_id = world.image("cat.png")
    with world.database.transaction("acme") as session:
        session.get_one(Item, item_id).thumbnail_path = None

    # when
    status, _ = world.call("POST", f"/gallery/items/{item_id}/reanalyze")

    # then
    assert status == 409
    assert world.bus.events == []


@pytest.mark.parametrize(
    ("method", "suffix"),
    [("GET", ""), ("DELETE", ""), ("POST", "/reanalyze"), ("GET", "/deletion")],
)
def test_another_tenants_item_does_not_exist(world: World, method: str, suffix: str) -> None:
    # given
    item_id = world.image("cat.png", "A cat.")

    # when
    status, _ = world.call(method, f"/gallery/items/{item_id}{suffix}", tenant="globex")

    # then
    assert status == 404
    assert (world.storage.deleted, world.bus.events) == ([], [])
    assert world.item(item_id).status == "ready"


def test_another_tenants_items_are_neither_listed_nor_found(world: World) -> None:
    # given
    world.image("cat.png", "A cat.")

    # when
    _, page = world.call("GET", "/gallery/items", tenant="globex")
    _, found = world.call("GET", "/gallery/search", tenant="globex", q="cat")

    # then
    assert (page["items"], found["results"]) == ([], [])


@pytest.mark.parametrize("item_id", ["7", "00000000-0000-0000-0000-000000000000", "' OR 1=1"])
def test_an_id_that_names_nothing_is_not_found(world: World, item_id: str) -> None:
    # when, then
    assert world.call("GET", f"/gallery/items/{item_id}")[0] == 404
