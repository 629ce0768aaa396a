"""Type tokens of Pulumi resources: one spelling for each type, and which provider makes it."""

import re
from functools import lru_cache

_SHORT = re.compile(r"aws:([a-z0-9]+):([A-Z]\w*)")


@lru_cache(maxsize=4096)
def canonical(token: str) -> str:
    """Return the token as the engine registers it.

    Pulumi's documentation and YAML write a type without the file it is declared in.

    >>> canonical("aws:s3:Bucket"), canonical("aws:s3/bucket:Bucket")
    ('aws:s3/bucket:Bucket', 'aws:s3/bucket:Bucket')
    """
    short = _SHORT.fullmatch(token)
    if short is None:
        return token
    module, name = short.groups()
    return f"aws:{module}/{name[0].lower()}{name[1:]}:{name}"
