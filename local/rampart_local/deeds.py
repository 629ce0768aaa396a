"""Parts of what is done to a resource: its end, its needs, and how a failure is said."""

from botocore.exceptions import ClientError

from pulumi_rampart.testing import Registration
from rampart_local import aws
from rampart_local.changes import PLACES
from rampart_local.clients import Clients
from rampart_local.guard import RefusedError, is_gone, known
from rampart_local.state import Kept


def silently(_: str) -> None:
    """Say nothing: of a stack that is new, every resource is created."""


def end(clients: Clients, type_: str, kept: Kept) -> None:
    """Delete a resource with what is in it; that it is gone already is no error."""
    there = clients.in_region(kept.region)
    for delete in (aws.EMPTIES.get(type_), aws.DELETERS[type_]):
        try:
            if delete is not None:
                delete(there, kept.id, known(kept))
        except ClientError as error:
            if not is_gone(error):
                raise


def elsewhere(called: Registration, kept: Kept) -> bool:
    """Tell whether the new one belongs to another resource, though its id is the same."""
    return any(called.inputs.get(key) != kept.known_inputs.get(key) for key in PLACES)


def needs(resource: Registration) -> list[str]:
    """Return the URNs that a resource depends on, its parent among them."""
    return sorted({*resource.dependencies, *([resource.parent] if resource.parent else [])})


def in_words(error: Exception, resource: Registration) -> Exception:
    """Return an error that names the resource."""
    if isinstance(error, RefusedError):
        return error
    return RuntimeError(f"{resource.type} {resource.name}: {error}")
