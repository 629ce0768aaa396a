"""The program: configuration, the wall, the systems behind it, and what they export."""

import pulumi

from pulumi_rampart.boundary.security_boundary import SecurityBoundary
from systems.gallery import Gallery
from systems.gallery_stores import GalleryStores
from systems.identity import Identity
from systems.knowledge import Knowledge
from systems.knowledge_stores import KnowledgeStores
from systems.libraries import Libraries
from systems.settings import StackSettings

settings = StackSettings()
boundary = SecurityBoundary("wall", settings.boundary())
identity = Identity("identity", boundary, settings)

# Stores first: the library functions that all systems share read and write content in them.
documents = KnowledgeStores("knowledge", boundary, settings) if settings.runs("knowledge") else None
pictures = GalleryStores("gallery", boundary, settings) if settings.runs("gallery") else None
libraries = Libraries(
    "library",
    boundary,
    settings,
    content=[stores.content() for stores in (documents, pictures) if stores],
)

if documents:
    knowledge = Knowledge(
        "knowledge", boundary, settings, stores=documents, libraries=libraries, identity=identity
    )
    pulumi.export("knowledge_api_url", knowledge.api_url)
if pictures:
    gallery = Gallery(
        "gallery", boundary, settings, stores=pictures, libraries=libraries, identity=identity
    )
    pulumi.export("gallery_api_url", gallery.api_url)

if identity.users:
    pulumi.export("user_pool_id", identity.users.nodes.pool.id)
    pulumi.export("user_pool_client_id", identity.users.audience)
pulumi.export("alarm_topic_arn", boundary.alarm_topic_arn)
