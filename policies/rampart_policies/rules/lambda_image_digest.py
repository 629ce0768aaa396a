"""lambda-image-digest: an image function names its image by digest.

Why: a tag can be moved to another image; the digest is the image, so what was tested is what runs.

Remedy: set `imageUri` to the repository's address and `@sha256:...`, e.g. `Image.repoDigest`.
"""

import re

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError


def check(function: Resource) -> Findings:
    """Read the image's address; that its repository's tags stay put is ecr-immutable's law."""
    if (function.text("packageType") or "Zip") != "Image":
        raise NotApplicableError
    uri = function.text("imageUri") or ""
    if not re.search(r"@sha256:[0-9a-f]{64}$", uri):
        tag = uri.rpartition("/")[2]
        yield f"imageUri names {tag or 'no image'} without digest: what runs may change unseen"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.MEDIUM,
    house=True,
    covers=("Image functions pinned by digest from an immutable repo",),
)
