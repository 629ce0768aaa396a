"""Configuration: project defaults, typed values, secrets, another namespace."""

import pulumi

config = pulumi.Config()
pulumi.export("text", config.require("text"))
pulumi.export("number", config.require_int("number"))
pulumi.export("flag", config.require_bool("flag"))
pulumi.export("list", config.require_object("list"))
pulumi.export("nested", config.require_object("nested"))
pulumi.export("default", config.get("fromProject"))
pulumi.export("region", pulumi.Config("aws").require("region"))
pulumi.export("names", [pulumi.get_project(), pulumi.get_stack(), pulumi.get_organization()])
pulumi.export("dry", pulumi.runtime.is_dry_run())
