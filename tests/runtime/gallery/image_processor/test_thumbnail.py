"""Whatever JPEG or PNG comes in, the thumbnail shows what a person would see."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from runtime.gallery.image_processor.thumbnail import make_thumbnail
from runtime.shared.errors import RejectedError

RED, BLUE = (255, 0, 0), (0, 0, 255)


def file_of(image: Image.Image, kind: str, **options: object) -> BytesIO:
    content = BytesIO()
    image.save(content, kind, **options)
    content.seek(0)
    return content


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def half_red_half_blue(size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1600, 1200), (800, 600)),
        ((1200, 1600), (600, 800)),
        ((5000, 10), (800, 2)),
        ((20_000, 1), (800, 1)),
        ((640, 480), (640, 480)),
        ((1, 1), (1, 1)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_thumbnail_fits_800_by_800_keeps_its_shape_and_never_grows(
    size: tuple[int, int], expected: tuple[int, int], kind: str
) -> None:
    # given
    file = file_of(Image.new("RGB", size), kind)

    # when
    thumbnail = make_thumbnail(file)

    # then
    image = opened(thumbnail.content)
    assert image.size == expected
    assert image.format == kind
    assert (thumbnail.width, thumbnail.height) == size
    assert thumbnail.mime_type == f"image/{kind.lower()}"


def test_transparency_stays_transparent() -> None:
    # given
    image = Image.new("RGBA", (900, 900), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (450, 0, 900, 900))

    # when
    thumbnail = opened(make_thumbnail(file_of(image, "PNG")).content)

    # then
    assert thumbnail.mode == "RGBA"
    assert thumbnail.getpixel((100, 400)) == (0, 0, 0, 0)
    assert thumbnail.getpixel((700, 400)) == (255, 0, 0, 255)


@pytest.mark.parametrize("mode", ["P", "LA", "1", "L"])
def test_palettes_grey_and_black_and_white_are_read(mode: str) -> None:
    # given
    image = Image.new("L", (900, 300), 255).convert(mode)

    # when
    thumbnail = opened(make_thumbnail(file_of(image, "PNG")).content)

    # then
    assert thumbnail.size == (800, 267)
    assert thumbnail.convert("L").getextrema() == (255, 255)


def test_a_transparent_palette_colour_stays_transparent() -> None:
    # given
    image = Image.new("P", (20, 20), 0)
    image.putpalette([0, 0, 0, 255, 0, 0])

    # when
    thumbnail = opened(make_thumbnail(file_of(image, "PNG", transparency=0)).content)

    # then
    assert thumbnail.convert("RGBA").getpixel((5, 5)) == (0, 0, 0, 0)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_held_sideways_makes_an_upright_thumbnail(orientation: int, kind: str) -> None:
    # given
    stored_to_seen = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    seen = half_red_half_blue((1000, 500))
    stored = seen.transpose(stored_to_seen[orientation]) if orientation > 1 else seen
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation

    # when
    thumbnail = make_thumbnail(file_of(stored, kind, exif=exif))

    # then
    image = opened(thumbnail.content).convert("RGB")
    assert image.size == (800, 400)
    assert (thumbnail.width, thumbnail.height) == (1000, 500)
    assert _near(image.getpixel((100, 200)), RED)
    assert _near(image.getpixel((700, 200)), BLUE)


def test_no_metadata_leaves_with_the_thumbnail() -> None:
    # given
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"

    # when
    thumbnails = [
        make_thumbnail(file_of(Image.new("RGB", (10, 10)), kind, exif=exif))
        for kind in ("JPEG", "PNG")
    ]

    # then
    assert [dict(opened(each.content).getexif()) for each in thumbnails] == [{}, {}]


PLANTED = b"diagnosis-F32.1"
XMP = b"http://ns.adobe.com/xap/1.0/\0"


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"comment": PLANTED}),
        ("MPO", {"comment": PLANTED, "save_all": True}),
        ("JPEG", {"extra": b"\xff\xe1" + struct.pack(">H", 2 + 29 + 15) + XMP + PLANTED}),
        ("JPEG", {"extra": b"\xff\xed" + struct.pack(">H", 2 + 15) + PLANTED}),
        ("PNG", {"pnginfo": [("add_text", "Comment", PLANTED.decode())]}),
        ("PNG", {"pnginfo": [("add_itxt", "XML:com.adobe.xmp", PLANTED.decode())]}),
        ("PNG", {"pnginfo": [("add", b"prVt", PLANTED)]}),
    ],
    ids=["comment", "comment-of-two-pictures", "xmp", "iptc", "text", "xmp-of-png", "own-chunk"],
)
@pytest.mark.parametrize("side", [10, 900])
def test_no_words_leave_with_the_thumbnail(
    kind: str, options: dict[str, object], side: int
) -> None:
    # given
    if isinstance(chunks := options.get("pnginfo"), list):
        options = {"pnginfo": _chunks(chunks)}
    file = file_of(Image.new("RGB", (side, side)), kind, **options)
    assert PLANTED in file.getvalue()

    # when
    thumbnail = make_thumbnail(file)

    # then
    assert PLANTED not in thumbnail.content


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    # given
    image = Image.new("I;16", (900, 900), 32_768)

    # when
    thumbnail = opened(make_thumbnail(file_of(image, "PNG")).content)

    # then
    assert thumbnail.mode == "L"
    assert thumbnail.getpixel((5, 5)) in {127, 128}


def test_printing_colours_become_screen_colours() -> None:
    # given
    image = Image.new("CMYK", (900, 900), (0, 255, 255, 0))

    # when
    thumbnail = opened(make_thumbnail(file_of(image, "JPEG")).content)

    # then
    assert thumbnail.mode == "RGB"
    assert _near(thumbnail.getpixel((400, 400)), RED)


def test_an_animation_shows_its_first_frame() -> None:
    # given
    frames = [Image.new("RGB", (50, 50), colour) for colour in (RED, BLUE)]
    file = file_of(frames[0], "PNG", save_all=True, append_images=frames[1:])

    # when
    thumbnail = opened(make_thumbnail(file).content)

    # then
    assert thumbnail.convert("RGB").getpixel((5, 5)) == RED
    assert getattr(thumbnail, "n_frames", 1) == 1


def test_a_camera_file_with_a_second_picture_behind_is_a_jpeg() -> None:
    # given
    first, second = (Image.new("RGB", (50, 50), colour) for colour in (RED, BLUE))

    # when
    thumbnail = make_thumbnail(file_of(first, "MPO", save_all=True, append_images=[second]))

    # then
    image = opened(thumbnail.content)
    assert (image.format, thumbnail.mime_type) == ("JPEG", "image/jpeg")
    assert _near(image.getpixel((5, 5)), RED)


def test_content_decides_not_the_name() -> None:
    # given
    png = file_of(Image.new("RGB", (5, 5)), "PNG")

    # when
    thumbnail = make_thumbnail(png)

    # then
    assert thumbnail.mime_type == "image/png"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_rejected_as_corrupt(kind: str, share: float) -> None:
    # given
    noise = Image.effect_noise((400, 400), 80)
    whole = file_of(noise, kind).getvalue()

    # when, then
    with pytest.raises(RejectedError, match=r"corrupt|not_an_image"):
        make_thumbnail(BytesIO(whole[: int(len(whole) * share)]))


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"not an image at all", b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_is_no_jpeg_or_png_is_rejected(content: bytes) -> None:
    # when, then
    with pytest.raises(RejectedError, match=r"not_an_image|corrupt"):
        make_thumbnail(BytesIO(content))


def test_a_gif_named_jpg_is_rejected() -> None:
    # given
    file = file_of(Image.new("P", (5, 5)), "GIF")

    # when, then
    with pytest.raises(RejectedError, match="not_an_image"):
        make_thumbnail(file)


@pytest.mark.parametrize("side", [7_500, 20_000, 65_000])
def test_a_decompression_bomb_is_refused_by_its_header(side: int) -> None:
    # given
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )

    # when, then
    with pytest.raises(RejectedError, match="too_many_pixels"):
        make_thumbnail(BytesIO(bomb))


def _chunks(chunks: list[tuple[str, str | bytes, str | bytes]]) -> PngInfo:
    written = PngInfo()
    for how, name, value in chunks:
        getattr(written, how)(name, value)
    return written


def _near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(float(a) - b) < 12 for a, b in zip(pixel, colour, strict=True))
