"""An exception inside apply."""

import pulumi

pulumi.export("never", pulumi.Output.from_input(1).apply(lambda one: one / 0))
