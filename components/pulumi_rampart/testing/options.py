"""Resource options on their way between a registration, the program's transforms and the graph."""
# The SDK's stubs import each other by names that do not exist (`pulumi.alias_pb2`).
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from collections.abc import Sequence
from typing import Any

from google.protobuf import json_format, message
from pulumi.runtime.proto import alias_pb2, resource_pb2

# Each option's field in a registration, and among the options that a transform gets and returns.
_FIELDS = {
    "additionalSecretOutputs": "additional_secret_outputs",
    "aliases": "aliases",
    "customTimeouts": "custom_timeouts",
    "deletedWith": "deleted_with",
    "deleteBeforeReplace": "delete_before_replace",
    "dependencies": "depends_on",
    "hideDiffs": "hide_diff",
    "hooks": "hooks",
    "ignoreChanges": "ignore_changes",
    "importId": "import",
    "pluginChecksums": "plugin_checksums",
    "pluginDownloadURL": "plugin_download_url",
    "protect": "protect",
    "provider": "provider",
    "providers": "providers",
    "replaceOnChanges": "replace_on_changes",
    "replace_with": "replace_with",
    "replacement_trigger": "replacement_trigger",
    "retainOnDelete": "retain_on_delete",
    "version": "version",
}


def inherit(request: resource_pb2.RegisterResourceRequest, parent: dict[str, Any]) -> None:
    """Give a registration the options of its parent that it does not set itself."""
    if not request.deletedWith:
        request.deletedWith = parent.get("deletedWith", "")
    for field in ("protect", "retainOnDelete"):
        if not request.HasField(field) and field in parent:
            setattr(request, field, parent[field])


def for_transforms(
    request: resource_pb2.RegisterResourceRequest,
) -> resource_pb2.TransformResourceOptions:
    """Return a registration's options as transforms get them."""
    options = resource_pb2.TransformResourceOptions()
    for field, named in _FIELDS.items():
        _copy(request, field, options, named)
    # Aliases of SDKs that only know whole URNs.
    options.aliases.extend(alias_pb2.Alias(urn=urn) for urn in request.aliasURNs)
    if not (request.deleteBeforeReplaceDefined or request.deleteBeforeReplace):
        options.ClearField("delete_before_replace")
    return options


def take(
    request: resource_pb2.RegisterResourceRequest, options: resource_pb2.TransformResourceOptions
) -> None:
    """Put the options that transforms returned into a registration."""
    for field, named in _FIELDS.items():
        _copy(options, named, request, field)
    request.ClearField("aliasURNs")
    request.deleteBeforeReplaceDefined = options.HasField("delete_before_replace")


def recorded(request: resource_pb2.RegisterResourceRequest) -> dict[str, Any]:
    """Return the options that change what a deployment does, where they are set."""
    options: dict[str, Any] = {
        "additionalSecretOutputs": list(request.additionalSecretOutputs),
        "aliases": [json_format.MessageToDict(each) for each in request.aliases],
        "deleteBeforeReplace": request.deleteBeforeReplace,
        "deletedWith": request.deletedWith,
        "ignoreChanges": list(request.ignoreChanges),
        "importId": request.importId,
        "protect": request.protect,
        "replaceOnChanges": list(request.replaceOnChanges),
        "retainOnDelete": request.retainOnDelete,
    }
    return {key: value for key, value in options.items() if value}


def _copy(source: message.Message, field: str, target: message.Message, named: str) -> None:
    target.ClearField(named)
    described = source.DESCRIPTOR.fields_by_name[field]
    value: Any = getattr(source, field)
    if described.has_presence and not source.HasField(field):
        return
    if isinstance(value, message.Message):
        getattr(target, named).CopyFrom(value)
    elif hasattr(value, "items"):
        getattr(target, named).update(value)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        getattr(target, named).extend(value)
    else:
        setattr(target, named, value)
