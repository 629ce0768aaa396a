"""A project that has a `components` folder of its own."""

import pulumi
from components.names import QUEUE

from pulumi_rampart import ObservedQueue, SecurityBoundary, ZipLambda

boundary = SecurityBoundary("boundary", {})
jobs = ObservedQueue(QUEUE, {"boundary": boundary.args, "consumer_timeout_seconds": 60})
worker = ZipLambda(
    "worker",
    {
        "boundary": boundary.args,
        "source": "functions/worker",
        "permissions": [jobs.consume()],
        "timeout_seconds": 60,
    },
)
jobs.subscribe("working", worker)
pulumi.export("queue_url", jobs.url)
pulumi.export("worker", worker.name)
