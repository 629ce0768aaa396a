"""Answers the provider's functions from the embedded AWS, or makes answers up."""

from typing import Any

from pulumi_rampart.testing import SyntheticCloud
from rampart_local import aws
from rampart_local.clients import Clients


def answered(
    clients: Clients, synthetic: SyntheticCloud, token: str, arguments: dict[str, Any]
) -> dict[str, Any]:
    """Answer a function, from its result type where the embedded AWS does not know it."""
    answer = aws.ANSWERS.get(token)
    return answer(clients, arguments) if answer else synthetic.call(token, arguments)


class Answers:
    """What answers in one region."""

    def __init__(self, clients: Clients, synthetic: SyntheticCloud) -> None:
        self._clients, self._synthetic = clients, synthetic

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Answer a function."""
        return answered(self._clients, self._synthetic, token, arguments)
