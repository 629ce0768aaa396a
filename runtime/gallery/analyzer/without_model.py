"""What can be said about a picture without a vision model: its text, its colours, its shape.

It claims nothing it cannot know. What the picture means is not in it, except where the file's name
or the text in the picture say so.
"""

import re
from pathlib import PurePath

from runtime.gallery.analyzer.answer import Answer
from runtime.gallery.analyzer.facts import Facts
from runtime.gallery.analyzer.vision import Looked, Subject
from runtime.shared.contracts.ocr import ReadTextAnswer, ReadTextRequest
from runtime.shared.library import Library
from runtime.shared.work_folder import UrlSigner

PROVIDER = "local"
MANY_WORDS = 25
QUOTED_CHARACTERS = 300
LEADING_COLOURS = 3


class WithoutModel:
    """Implements `vision.Provider`."""

    def __init__(self, library: Library, ocr_function: str, signer: UrlSigner) -> None:
        """Read text with this library function, which reads the original by a signed URL."""
        self._library, self._ocr_function, self._signer = library, ocr_function, signer

    def look(self, subject: Subject) -> Looked:
        """Return what was read and measured."""

        def request() -> ReadTextRequest:
            # The original, not the picture: recognition looks closer than a vision model.
            place = (subject.bucket, subject.key, subject.version_id)
            return ReadTextRequest(source_url=self._signer.to_read(*place))

        read = self._library.invoke(self._ocr_function, request, ReadTextAnswer)
        text = "\n".join(line.text for line in read.lines)
        return Looked(described(subject.filename, text, subject.facts), PROVIDER, read.model)


def described(filename: str, text: str, facts: Facts) -> Answer:
    """Return an answer made of the name, the text and the facts, and of nothing else."""
    category, name = _category(text, facts), _words(PurePath(filename).stem)
    colours = [each.name for each in facts.colours[:LEADING_COLOURS]]
    size = f"{facts.format}, {facts.width} by {facts.height} pixels"
    sentences = [f"{category.capitalize()}, {size}, mostly {_listed(colours)}."]
    if name:
        sentences.insert(0, f"{' '.join(name).capitalize()}.")
    if text:
        sentences.append(f"It reads: {' '.join(text.split())[:QUOTED_CHARACTERS]}")
    return Answer(
        category=category,
        summary=" ".join(sentences),
        tags=[*name, *colours, facts.format, category],
        visible_text=text,
    )


def _category(text: str, facts: Facts) -> str:
    if len(text.split()) >= MANY_WORDS:
        return "document"
    kind = "drawing" if facts.flat else "photo"
    return f"{kind} with text" if text else kind


def _words(name: str) -> list[str]:
    """Return the words of a file name; what cameras write, such as IMG_1234, has none."""
    words = re.findall(r"[^\W\d_]{3,}", name.lower())
    return [word for word in words if word not in {"img", "dsc", "image", "photo", "scan"}]


def _listed(names: list[str]) -> str:
    *first, last = names or ["mixed colours"]
    return f"{', '.join(first)} and {last}" if first else last
