"""Who answers for the cloud while a program is recorded."""

from typing import Any, Protocol, runtime_checkable

from pulumi_rampart.testing.graph import Registration

ACCOUNT = "123456789012"
REGION = "eu-central-1"
"""Of a program whose configuration has no `aws:region`."""


class Cloud(Protocol):
    """Creates what a program asks for, or pretends to.

    Its methods are called from several threads: a resource as soon as its inputs are known.
    Three more methods are used where a cloud has them:

    - `read(resource) -> (id, outputs)` looks up what exists already (`Bucket.get`, imports);
      `resource.id` is the id that the program gives.
    - `complete(resource, outputs) -> dict` makes up the outputs that nobody answered: they are
      handed to the program and not recorded.
    - `in_region(region) -> Cloud` answers functions in another region (`Regional`).
    """

    def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        """Return the id and the outputs (wire names) that the inputs do not already say."""
        ...

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Answer a provider function such as `aws:index/getCallerIdentity:getCallerIdentity`."""
        ...


@runtime_checkable
class Regional(Protocol):
    """A cloud whose answers depend on the region."""

    def in_region(self, region: str) -> Cloud:
        """Return the same cloud as seen from a region, e.g. `us-east-1`."""
        ...
