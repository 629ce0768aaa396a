"""What a target gets in place of the event itself.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

import re
from collections.abc import Mapping
from typing import Annotated

from pulumi_aws import cloudwatch

from pulumi_rampart.arguments import Matching, refused

# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
MAX_PATHS, MAX_TEMPLATE = 100, 8192
Paths = dict[
    Annotated[
        str, Matching(r"(?!AWS)[A-Za-z0-9_-]{1,256}", "it stands in the template as <name>.")
    ],
    Annotated[
        str, Matching(r"\$(\.[\w-]+|\[\d+\])*", "write a path of the event: $.detail.order_id.")
    ],
]
"""Parts of an event by the names that a template has for them."""
# What EventBridge knows by itself.
_OF_EVENTBRIDGE = (
    "aws.events.event",
    "aws.events.event.ingestion-time",
    "aws.events.event.json",
    "aws.events.rule-arn",
    "aws.events.rule-name",
)
_NAME = re.compile(r"<([\w.-]+)>")


def check_template(name: str, paths: Mapping[str, str], template: str | None) -> None:
    """Refuse a template and paths that do not belong together.

    Args:
        name: logical name of the route.
        paths: parts of the event.
        template: what is made of them.

    Raises:
        ArgumentError: names what is missing or too much.
    """
    if len(paths) > MAX_PATHS:
        text = f"{len(paths)} are too many; EventBridge allows {MAX_PATHS}."
        raise refused(name, "input_paths", text)
    named = _NAME.findall(template or "")
    if unused := [one for one in paths if one not in named]:
        text = f"no <{unused[0]}> is in `input_template`; name it there, or leave it out."
        raise refused(name, "input_paths", text)
    if unknown := [one for one in named if one not in {*paths, *_OF_EVENTBRIDGE}]:
        text = f"<{unknown[0]}> is not among `input_paths`; say which part of the event it is."
        raise refused(name, "input_template", text)


def input_transformer(
    paths: Mapping[str, str], template: str | None
) -> cloudwatch.EventTargetInputTransformerArgsDict | None:
    """Return paths and template as `aws.cloudwatch.EventTarget` takes them; None passes all on."""
    if template is None:
        return None
    return {"input_paths": paths, "input_template": template}
