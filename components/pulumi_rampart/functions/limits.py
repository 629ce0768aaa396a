"""How large, long and many Lambda allows a function to be.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from pulumi_rampart.arguments import Between, Length, OneOf

TIMEOUT = Between(1, 900, "longer work belongs in a workflow or a queue.")
MEMORY = Between(128, 10_240)
STORAGE = Between(512, 10_240, "larger files belong in a bucket.")
CONCURRENCY = Between(0, 100_000, "0 stops the function; leave it out for no limit.")
ARCHITECTURE = OneOf(("arm64", "x86_64"), "arm64 is the cheaper one.")
DESCRIPTION = Length(0, 256, "the console shows no more.")
