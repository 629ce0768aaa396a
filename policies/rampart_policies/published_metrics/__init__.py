"""Which metrics AWS services publish, and by which sets of dimensions.

An alarm on a set that is never published stays in INSUFFICIENT_DATA.
"""

from collections.abc import Iterator

from rampart_policies.published_metrics import networks, serverless, stores
from rampart_policies.published_metrics.published import Published

PUBLISHED = (*serverless.PUBLISHED, *stores.PUBLISHED, *networks.PUBLISHED)


def of(namespace: str, metric: str | None = None) -> Iterator[Published]:
    """Yield what is known of a namespace, or of one metric in it."""
    for one in PUBLISHED:
        if one.namespace == namespace and (metric is None or metric in one.metrics):
            yield one
