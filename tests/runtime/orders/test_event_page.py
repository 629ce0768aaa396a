"""What is published about events is what their models say."""

from tests.runtime.orders.event_page import PAGE, page


def test_the_page_says_what_the_models_say() -> None:
    assert PAGE.read_text() == page(), "run python -m tests.runtime.orders.event_page"
