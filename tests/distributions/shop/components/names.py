"""Names of the shop."""

QUEUE = "jobs"
