"""The program: configuration, the boundary, the systems behind it, and what they export."""

import pulumi

from pulumi_rampart import SecurityBoundary
from systems.identity import Identity
from systems.libraries import Libraries
from systems.settings import StackSettings
from systems.system import Shared

settings = StackSettings(pulumi.Config("rampart"), pulumi.Config("aws").require("region"))
boundary = SecurityBoundary("boundary", settings.boundary())
identity = Identity("identity", boundary.args, settings.identity)
libraries = Libraries("library", boundary.args, settings.libraries, settings.destinations)
shared = Shared(boundary.args, settings.api, identity, libraries)

for name, chosen in settings.systems.items():
    for output, value in chosen.make(name, shared).exports.items():
        pulumi.export(f"{name}_{output}", value)

if identity.users:
    pulumi.export("user_pool_id", identity.users.pool.id)
    pulumi.export("user_pool_client_id", identity.users.audience)
pulumi.export("alarm_topic_arn", boundary.args["alarm_topic_arn"])
