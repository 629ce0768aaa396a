"""A missing configuration value names the command that sets it."""

import pulumi

pulumi.Config().require("colour")
