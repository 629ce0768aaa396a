"""The sample images and what is asked about them belong together."""

import datetime as dt

from demo.gallery import BROKEN, SAMPLES, Question, read_questions, sample_images
from demo.gallery_client import Found, Results

QUESTIONS = read_questions(SAMPLES / "questions.yaml")


def _results(*names: str) -> Results:
    images = [
        Found(
            item_id=name,
            filename=name,
            size_bytes=1,
            status="ready",
            updated_at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
            score=1 / (61 + place),
        )
        for place, name in enumerate(names)
    ]
    return Results(results=images, degraded=False)


def test_there_are_at_least_eight_images_and_one_is_broken() -> None:
    # given
    names = {file.name for file in sample_images()}

    # then
    assert len(names) >= 9
    assert names & set(BROKEN) == set(BROKEN)


def test_every_question_is_about_an_image_that_can_be_seen() -> None:
    assert {one.image for one in QUESTIONS} <= {f.name for f in sample_images()} - set(BROKEN)


def test_the_demo_asks_three_questions_about_different_images() -> None:
    assert len({one.image for one in QUESTIONS if one.ask == "demo"}) == 3


def test_only_the_first_image_counts() -> None:
    # given
    question = Question(question="coffee", image="menu.jpg")

    # then
    assert question.faults(_results("menu.jpg", "ticket.png")) == []
    assert question.faults(_results("ticket.png", "menu.jpg")) == [
        "menu.jpg should come first, not ticket.png"
    ]
    assert question.faults(_results()) == ["menu.jpg should come first, not nothing"]
