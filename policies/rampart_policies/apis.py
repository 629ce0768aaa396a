"""Stages, their settings and their methods: shared by the rules about APIs."""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource

EVERY_METHOD = "*/*"


def settings_of(stage: Resource, graph: Graph) -> list[Resource]:
    """Return the settings that apply to every method of a REST stage.

    Settings name their stage by API and stage name, which together are no identifier of it.
    """
    api = graph.target(stage, "restApi", aws.REST_API)
    candidates = (
        graph.referrers(api, aws.API_METHOD_SETTINGS, "restApi")
        if api
        else graph.referrers(stage, aws.API_METHOD_SETTINGS, "stageName")
    )
    return [
        settings
        for settings in candidates
        if settings.text("methodPath") == EVERY_METHOD and _is_of(settings, stage)
    ]


def is_private(stage: Resource, graph: Graph) -> bool:
    """Whether the stage's API is only reached from inside a VPC."""
    return any(
        "PRIVATE" in api.block("endpointConfiguration").texts("types")
        for api in graph.targets(stage, "restApi", aws.REST_API)
    )


def _is_of(settings: Resource, stage: Resource) -> bool:
    if stage.urn in settings.property_dependencies.get("stageName", ()):
        return True
    return settings.text("stageName") == stage.text("stageName")
