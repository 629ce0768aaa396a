"""Events may come late, twice and in any order."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from runtime.shared.errors import (
    UnavailableError,
)
from tests.runtime.knowledge.document_processor.world import FIRST, KEY, World

CONTENT = st.sampled_from(["a", "b\nc", "d\ne\nf", "\n"])


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), CONTENT),
        st.tuples(st.just("delete"), st.just("")),
        st.tuples(st.just("event"), st.just("")),
        st.tuples(st.just("graph is down"), st.just("")),
        st.tuples(st.just("put meanwhile"), CONTENT),
    ),
    max_size=12,
)


@given(STEPS)
def test_whatever_happens_and_however_late_events_arrive_the_newest_object_ends_up_live(
    steps: list[tuple[str, str]],
) -> None:
    # given
    world = World()
    # when
    for step, content in steps:
        match step:
            case "put":
                world.uploads.put(content)
            case "delete":
                world.uploads.delete()
            case "put meanwhile":
                world.converter.meanwhile = [
                    lambda content=content: (world.uploads.put(content), world.process())[0]
                ]
            case "event":
                world.process()
                assert_nothing_half(world)
            case _:
                world.graph.broken = UnavailableError("down")
                with suppress(UnavailableError):
                    world.process()
                world.graph.broken = None
                assert_nothing_half(world)
    world.converter.meanwhile = []
    world.process(FIRST)
    # then
    current = world.uploads.current(KEY)
    if current is None:
        assert world.records.record is None
        assert world.stored_versions == [set()] * 4
    elif world.uploads.content(current).strip():
        assert world.record.live_version == world.uploads.digest(current)
        assert world.stored_versions == [{world.record.live_version}] * 4
    else:
        assert world.record.status == "failed"


def assert_nothing_half(world: World) -> None:
    """The live version is complete in every store."""
    record = world.records.record
    if record is None or record.live_version is None:
        return
    expected = record.chunk_count
    stores = (world.vectors, world.graph, world.table)
    key = (record.document_id, record.live_version)
    assert [len(store.editions[key]) for store in stores] == [expected] * 3
