"""What all services take as tags."""

from typing import Annotated

from pulumi import Input

from pulumi_rampart.arguments import Length, Matching

# https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html#tag-conventions
_LETTERS = r"[\w\s+=.:/@-]"
KEY = Matching(
    rf"(?!(?i:aws:)){_LETTERS}{{1,128}}",
    "at most 128 letters, digits, spaces and + - = . _ : / @, not beginning with aws:.",
)
VALUE = Matching(
    rf"{_LETTERS}{{0,256}}", "at most 256 letters, digits, spaces and + - = . _ : / @."
)
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
MAX_TAGS = 10
Tags = Annotated[
    dict[Annotated[str, KEY], Input[Annotated[str, VALUE]]],
    Length(0, MAX_TAGS, "an object in S3, as a function's zip is, cannot have more."),
]
