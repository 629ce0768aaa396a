"""A RunError is a message without a traceback."""

import pulumi

raise pulumi.RunError("configure shop:colour first")
