"""Refuses what would delete data, or what the program protects, and names what to do instead."""

from collections.abc import Iterable, Mapping

from botocore.exceptions import ClientError

from rampart_local import aws
from rampart_local.aws.registry import Inputs
from rampart_local.aws.signer import signed_objects
from rampart_local.changes import Verb, named, type_of
from rampart_local.clients import Clients
from rampart_local.state import Kept

_OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2"
_SECRET, _VERSION = (
    "aws:secretsmanager/secret:Secret",
    "aws:secretsmanager/secretVersion:SecretVersion",
)
_SIGNED = "aws:signer/signingJob:SigningJob"
_LOGS = "aws:cloudwatch/logGroup:LogGroup"


class RefusedError(RuntimeError):
    """A change that would delete data; nothing has been changed."""


def refuse(clients: Clients, there: Mapping[str, Kept], ends: Iterable[tuple[str, Verb]]) -> None:
    """Make sure that resources can be deleted or replaced.

    Args:
        clients: of the embedded AWS.
        there: all that exists.
        ends: which of them end, and how.

    Raises:
        RefusedError: one is protected, or holds data; all of them are named.
    """
    reasons: list[str] = []
    for urn, verb in ends:
        kept = there[urn]
        if kept.protect:
            reasons.append(
                f"{named(urn)} is protected: take `protect` off before it is {verb.value}d."
            )
        elif not kept.retain and (data := held(clients, there, urn)):
            reasons.append(
                f"{named(urn)} would be {verb.value}d and holds {data}. Put it back as it was, or "
                f"delete it with its data: rampart reset {urn.rpartition('::')[2]}"
            )
    if reasons:
        raise RefusedError("Nothing was changed.\n" + "\n".join(reasons))


def held(clients: Clients, there: Mapping[str, Kept], urn: str) -> str:
    """Say what others than the program have stored in a resource; nothing if it is empty."""
    type_, kept = type_of(urn), there[urn]
    if type_ == _LOGS or (hold := aws.HOLDS.get(type_)) is None:
        return ""
    if type_ == _SECRET and any(
        type_of(each) == _VERSION and one.known_inputs.get("secretId") == kept.id
        for each, one in there.items()
    ):
        return ""
    try:
        return hold(
            clients.in_region(kept.region), kept.id, known(kept) | {"made": _made(there, kept)}
        )
    except ClientError as error:
        if is_gone(error):
            return ""
        raise


def keeps_lines(clients: Clients, urn: str, kept: Kept) -> bool:
    """Tell whether it is a log group with lines, which stays when the program drops it."""
    if type_of(urn) != _LOGS:
        return False
    try:
        return bool(aws.HOLDS[_LOGS](clients.in_region(kept.region), kept.id, known(kept)))
    except ClientError:
        return False


def _made(there: Mapping[str, Kept], bucket: Kept) -> list[str]:
    """List the keys of the objects that the program itself put into a bucket."""
    return [
        str(place.get("key"))
        for urn, each in there.items()
        for place in _objects_of(type_of(urn), each)
        if place.get("bucket") == bucket.id
    ]


def _objects_of(type_: str, kept: Kept) -> list[Inputs]:
    if type_ == _OBJECT:
        return [kept.known_inputs]
    return signed_objects(known(kept)) if type_ == _SIGNED else []


def known(kept: Kept) -> Inputs:
    """Return inputs and outputs of a resource together."""
    return {**kept.known_inputs, **kept.outputs}


def is_gone(error: ClientError) -> bool:
    """Tell whether AWS says that there is no such resource."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    words = ("NotFound", "NoSuch", "NonExistent", "DoesNotExist", "NonexistentItem", ".NotFound")
    return code == "404" or any(word in code for word in words)


def exists_already(error: ClientError) -> bool:
    """Tell whether AWS says that the name is taken."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    words = (
        "AlreadyExists",
        "Conflict",
        "InUse",
        "Duplicate",
        "NameExists",
        "OwnedByYou",
        "Exists",
    )
    return any(word in code for word in words)
