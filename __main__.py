"""The program: configuration, the wall, the systems behind it, and what they export."""

import pulumi

from components.boundary import SecurityBoundary
from systems.identity import Identity
from systems.knowledge import Knowledge
from systems.settings import StackSettings

settings = StackSettings()
boundary = SecurityBoundary("wall", settings.boundary())
identity = Identity("identity", boundary, settings)

for system in settings.systems:
    match system:
        case "knowledge":
            knowledge = Knowledge("knowledge", boundary, identity, settings)
            pulumi.export("knowledge_api_url", knowledge.api_url)
        case _:
            raise ValueError(f"rampart:systems names {system!r}; there is: knowledge.")

if identity.users:
    pulumi.export("user_pool_id", identity.users.nodes.pool.id)
    pulumi.export("user_pool_client_id", identity.users.audience)
pulumi.export("alarm_topic_arn", boundary.alarm_topic_arn)
