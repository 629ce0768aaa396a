"""Without a vision model, only what was read or measured is said."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from pydantic import SecretStr

from runtime.gallery.analyzer.facts import COLOURS, Facts, measure
from runtime.gallery.analyzer.picture import read_picture
from runtime.gallery.analyzer.providers import Providers, VisionSettings
from runtime.gallery.analyzer.vision_anthropic import AnthropicVision
from runtime.gallery.analyzer.vision_openai import OpenAIVision
from runtime.gallery.analyzer.without_model import WithoutModel, described
from runtime.shared.errors import RejectedError


def facts_of(image: Image.Image) -> Facts:
    content = BytesIO()
    image.save(content, "PNG")
    content.seek(0)
    return measure(read_picture(content))


@pytest.mark.parametrize("name", sorted(COLOURS))
def test_a_colour_is_called_by_its_name(name: str) -> None:
    # when
    facts = facts_of(Image.new("RGB", (40, 40), COLOURS[name]))

    # then
    assert [(each.name, each.share) for each in facts.colours] == [(name, 1.0)]


def test_colours_come_with_their_shares_the_largest_first() -> None:
    # given
    image = Image.new("RGB", (100, 100), "white")
    image.paste((220, 30, 30), (0, 0, 30, 100))

    # when
    facts = facts_of(image)

    # then
    assert [each.name for each in facts.colours] == ["white", "red"]
    assert facts.colours[1].share == pytest.approx(0.3, abs=0.02)


def test_drawings_are_told_from_photos_by_their_tones() -> None:
    # given
    drawing = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(drawing).ellipse((50, 50, 250, 250), outline="blue", width=9)
    noise = [Image.effect_noise((300, 300), 60) for _ in range(3)]

    # when, then
    assert facts_of(drawing).flat
    assert not facts_of(Image.merge("RGB", noise)).flat


def test_sixteen_bits_transparency_and_palettes_are_seen_as_people_see_them() -> None:
    # given
    palette = Image.new("P", (9, 9), 1)
    palette.putpalette([0, 0, 0, 220, 30, 30])

    # when
    seen = [
        facts_of(Image.new("I;16", (9, 9), 65_535)).colours[0].name,
        facts_of(Image.new("RGBA", (9, 9), (0, 0, 0, 0))).colours[0].name,
        facts_of(palette).colours[0].name,
    ]

    # then
    assert seen == ["white", "white", "red"]


def test_a_picture_that_breaks_off_is_rejected() -> None:
    # given
    content = BytesIO()
    Image.effect_noise((200, 200), 60).save(content, "PNG")

    # when, then
    with pytest.raises(RejectedError, match="corrupt"):
        read_picture(BytesIO(content.getvalue()[:2000]))


def test_the_description_is_made_of_name_text_and_facts() -> None:
    # given
    facts = facts_of(Image.new("RGB", (200, 100), "white"))

    # when
    answer = described("IMG_0042 train-ticket.png", "Lindholm to Hamburg", facts)

    # then
    assert answer.category == "drawing with text"
    assert answer.summary == (
        "Train ticket. Drawing with text, landscape, 200 by 100 pixels, mostly white."
        " It reads: Lindholm to Hamburg"
    )
    assert answer.tags == ["train", "ticket", "white", "landscape", "drawing with text"]
    assert answer.visible_text == "Lindholm to Hamburg"


def test_nothing_is_made_up_for_a_picture_without_name_and_text() -> None:
    # given
    facts = facts_of(Image.new("RGB", (100, 100), "black"))

    # when
    answer = described("IMG_0001.jpg", "", facts)

    # then
    assert answer.summary == "Drawing, square, 100 by 100 pixels, mostly black."
    assert answer.tags == ["black", "square", "drawing"]


class FakeParameters:
    """Parameter Store with one key that may come and go."""

    def __init__(self, value: str | None) -> None:
        self.value = value

    def key(self, name: str) -> SecretStr | None:
        assert name == "/vision"
        return SecretStr(self.value) if self.value else None


def providers(provider: str, parameters: FakeParameters) -> Providers:
    settings = VisionSettings.model_validate(
        {
            "VISION_PROVIDER": provider,
            "VISION_MODEL": "m",
            "VISION_KEY_PARAMETER": "/vision",
            "VISION_BASE_URL": "",
            "OCR_FUNCTION": "ocr",
        }
    )
    return Providers(settings, parameters, None, None)  # pyright: ignore[reportArgumentType]  not called


@pytest.mark.parametrize(
    ("provider", "key", "expected"),
    [
        ("anthropic", "k", AnthropicVision),
        ("openai", "k", OpenAIVision),
        ("anthropic", None, WithoutModel),
        ("openai", None, WithoutModel),
        ("local", "k", WithoutModel),
    ],
)
def test_the_configured_model_looks_once_it_has_a_key(
    provider: str, key: str | None, expected: type
) -> None:
    # when
    chosen = providers(provider, FakeParameters(key)).chosen()

    # then
    assert type(chosen) is expected


def test_a_client_is_kept_until_its_key_changes() -> None:
    # given
    parameters = FakeParameters("one")
    chooser = providers("openai", parameters)
    first = chooser.chosen()

    # when
    again = chooser.chosen()
    parameters.value = "two"
    rotated = chooser.chosen()

    # then
    assert again is first
    assert rotated is not first
