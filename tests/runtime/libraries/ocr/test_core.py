"""The OCR function reads what a person reads."""

from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageDraw, ImageFont
from pydantic import SecretStr

from runtime.libraries.ocr.core import read_text
from runtime.libraries.ocr.engine import Line, RapidEngine
from runtime.shared.contracts.ocr import ReadTextRequest
from runtime.shared.errors import RejectedError
from tests.runtime.libraries.fake_urls import FakeUrls

URL = "https://signed"
REQUEST = ReadTextRequest(source_url=SecretStr(URL))


@pytest.fixture(scope="module")
def engine() -> RapidEngine:
    return RapidEngine()


def drawn(text: str, mode: str = "RGB", ground: str | tuple[int, ...] = "white") -> Image.Image:
    image = Image.new(mode, (900, 300), ground)
    font = ImageFont.load_default(48)
    ImageDraw.Draw(image).multiline_text((40, 60), text, fill="black", font=font, spacing=40)
    return image


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> FakeUrls:
    content = BytesIO()
    image.save(content, kind, **options)
    return FakeUrls({URL: content.getvalue()})


def test_lines_come_from_top_to_bottom_with_their_place(engine: RapidEngine) -> None:
    # given
    image = saved(drawn("Invoice 4711\nTotal 199.00 EUR"))

    # when
    answer = read_text(REQUEST, image, engine)

    # then
    assert [line.text for line in answer.lines] == ["Invoice 4711", "Total 199.00 EUR"]
    assert all(line.confidence > 0.8 for line in answer.lines)
    left, top, right, bottom = answer.lines[0].box
    assert 0 < left < right < 1
    assert 0 < top < bottom < answer.lines[1].box[3] < 1


def test_a_photo_taken_sideways_is_turned_before_it_is_read(engine: RapidEngine) -> None:
    # given
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    sideways = drawn("Platform 12").transpose(Image.Transpose.ROTATE_90)

    # when
    answer = read_text(REQUEST, saved(sideways, "JPEG", exif=exif), engine)

    # then
    assert [line.text for line in answer.lines] == ["Platform 12"]


def test_text_on_a_transparent_ground_is_read(engine: RapidEngine) -> None:
    # given
    image = saved(drawn("Black on nothing", "RGBA", (0, 0, 0, 0)))

    # when
    answer = read_text(REQUEST, image, engine)

    # then
    assert [line.text for line in answer.lines] == ["Black on nothing"]


def test_an_image_without_text_has_no_lines(engine: RapidEngine) -> None:
    # when
    answer = read_text(REQUEST, saved(Image.new("RGB", (300, 200), "teal")), engine)

    # then
    assert answer.lines == []


def test_a_broken_file_is_rejected_with_its_reason(engine: RapidEngine) -> None:
    # given
    whole = saved(Image.effect_noise((300, 300), 50)).objects[URL]

    # when, then
    with pytest.raises(RejectedError, match="corrupt"):
        read_text(REQUEST, FakeUrls({URL: whole[: len(whole) // 2]}), engine)
    with pytest.raises(RejectedError, match="not_an_image"):
        read_text(REQUEST, FakeUrls({URL: b"text"}), engine)


class Recorded:
    """An engine that notes the sizes it is asked to read."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []

    def read(self, image: Image.Image) -> list[Line]:
        self.sizes.append(image.size)
        return [Line("x", 1.0, (0, 0, min(image.width, 600), 1))]


@pytest.mark.parametrize(
    ("size", "read"),
    [((600, 1), (600, 150)), ((1, 600), (150, 600)), ((400, 100), (400, 100)), ((1, 1), (1, 1))],
)
def test_no_strip_is_longer_than_the_engine_can_enlarge(
    size: tuple[int, int], read: tuple[int, int]
) -> None:
    # given
    engine = Recorded()
    # when
    answer = read_text(REQUEST, saved(Image.new("RGB", size)), engine)
    # then: places are told in the image that was given
    assert engine.sizes == [read]
    assert answer.lines[0].box[3] == round(1 / size[1], 4)


def test_a_line_cut_out_of_a_page_is_read(engine: RapidEngine) -> None:
    # given
    line = drawn("Invoice 4711").crop((0, 40, 900, 130))
    # then
    assert [one.text for one in read_text(REQUEST, saved(line), engine).lines] == ["Invoice 4711"]
    assert read_text(REQUEST, saved(Image.new("RGB", (600, 1))), engine).lines == []
