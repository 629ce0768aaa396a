"""What can be measured about a picture without understanding it."""

from collections import Counter

from PIL import Image

from runtime.gallery.analyzer.picture import Picture
from runtime.shared.shape import Shape

# Words that people search by, and what they mean on a screen.
COLOURS = {
    "black": (0, 0, 0),
    "grey": (128, 128, 128),
    "white": (255, 255, 255),
    "red": (220, 30, 30),
    "orange": (245, 140, 30),
    "brown": (120, 75, 40),
    "beige": (230, 215, 180),
    "yellow": (250, 220, 40),
    "green": (50, 150, 60),
    "turquoise": (50, 190, 190),
    "light blue": (150, 200, 240),
    "blue": (40, 90, 200),
    "navy": (20, 30, 90),
    "purple": (130, 60, 170),
    "pink": (240, 140, 180),
}
SAMPLE_SIDE = 96
LEAST_SHARE = 0.04
FEW_TONES = 24
MOST_OF_IT = 0.9


class ColourShare(Shape):
    """A colour's name and its share of the picture, 0 to 1."""

    name: str
    share: float


class Facts(Shape):
    """Measured, not judged."""

    width: int
    height: int
    format: str
    """landscape, portrait or square."""
    colours: list[ColourShare]
    """The largest first, down to 4 %."""
    flat: bool
    """Few tones make up nearly all of it, as in drawings, charts and scans of print."""
    camera: str | None
    taken_at: str | None


def measure(picture: Picture) -> Facts:
    """Return the facts of a picture."""
    sample = picture.image.resize((SAMPLE_SIDE, SAMPLE_SIDE), Image.Resampling.NEAREST)
    tones = Counter(_tones(sample))
    named: Counter[str] = Counter()
    for tone, count in tones.items():
        named[_nearest(tone)] += count
    total = SAMPLE_SIDE * SAMPLE_SIDE
    shares = [(name, round(count / total, 3)) for name, count in named.most_common()]
    few = sum(count for _, count in tones.most_common(FEW_TONES))
    return Facts(
        width=picture.width,
        height=picture.height,
        format=_format(picture.width, picture.height),
        colours=[ColourShare(name=n, share=share) for n, share in shares if share >= LEAST_SHARE],
        flat=few >= MOST_OF_IT * total,
        camera=picture.camera,
        taken_at=picture.taken_at,
    )


def _tones(sample: Image.Image) -> list[tuple[int, int, int]]:
    """Return the pixels with 16 steps a channel, so that noise does not make new tones."""
    content = sample.tobytes()
    steps = [min(255, (value // 16) * 17) for value in content]
    return list(zip(steps[0::3], steps[1::3], steps[2::3], strict=True))


def _nearest(tone: tuple[int, int, int]) -> str:
    return min(COLOURS, key=lambda name: _distance(tone, COLOURS[name]))


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Weigh the channels as eyes do (https://www.compuphase.com/cmetric.htm)."""
    red_mean = (one[0] + other[0]) / 2
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    weight_red, weight_blue = 2 + red_mean / 256, 2 + (255 - red_mean) / 256
    return weight_red * red * red + 4 * green * green + weight_blue * blue * blue


def _format(width: int, height: int) -> str:
    if width == height:
        return "square"
    return "landscape" if width > height else "portrait"
