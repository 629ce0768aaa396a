"""What an analysis says: the structure that every provider has to fill."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from runtime.shared.shape import Shape

MOST_TAGS = 20
LONGEST_CATEGORY, LONGEST_TAG, LONGEST_SUMMARY, LONGEST_TEXT = 40, 40, 1000, 8000


def _filled(limit: int) -> AfterValidator:
    """Trim spaces and length, and refuse what is empty then.

    A limit in the JSON schema would be refused by the providers' structured outputs, and a long
    answer is no reason to pay for another one.
    """

    def check(value: str) -> str:
        trimmed = " ".join(value.split())[:limit].strip()
        if not trimmed:
            message = "must not be empty"
            raise ValueError(message)
        return trimmed

    return AfterValidator(check)


def _tags(values: list[str]) -> list[str]:
    """Return lower-case tags, each once, the empty ones left out."""
    tags = (" ".join(value.split()).lower()[:LONGEST_TAG].strip() for value in values)
    return list(dict.fromkeys(tag for tag in tags if tag))[:MOST_TAGS]


class Answer(Shape):
    """The analysis of one image."""

    model_config = ConfigDict(extra="forbid")

    category: Annotated[str, _filled(LONGEST_CATEGORY)] = Field(
        description="One to three words: what kind of image it is, such as receipt or landscape"
    )
    summary: Annotated[str, _filled(LONGEST_SUMMARY)] = Field(
        description="What the image shows, in two or three sentences"
    )
    tags: Annotated[list[str], AfterValidator(_tags)] = Field(
        description="Five to fifteen single words or short terms to find the image by"
    )
    visible_text: Annotated[str, AfterValidator(lambda text: text.strip()[:LONGEST_TEXT])] = Field(
        description="All text in the image, line by line; empty if there is none"
    )
