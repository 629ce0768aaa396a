"""The AWS services that dead letters have to do with: those of this machine, or of an account."""

from typing import Any, Protocol

from boto3.session import Session


class Services(Protocol):
    """Clients; `rampart_local.clients.Clients` are those of the embedded AWS."""

    @property
    def sqs(self) -> Any:  # noqa: ANN401 - of boto3
        """Queues."""
        ...

    @property
    def sns(self) -> Any:  # noqa: ANN401 - of boto3
        """Topics."""
        ...

    @property
    def events(self) -> Any:  # noqa: ANN401 - of boto3
        """Buses."""
        ...

    @property
    def lambda_(self) -> Any:  # noqa: ANN401 - of boto3
        """Functions."""
        ...

    @property
    def dynamodbstreams(self) -> Any:  # noqa: ANN401 - of boto3
        """Streams of tables."""
        ...


class Account:
    """The services of an AWS account, with the credentials of whoever runs the command."""

    def __init__(self, region: str) -> None:
        session: Any = Session(region_name=region)
        self.sqs, self.sns = session.client("sqs"), session.client("sns")
        self.events, self.lambda_ = session.client("events"), session.client("lambda")
        self.dynamodbstreams = session.client("dynamodbstreams")
        self.tagging = session.client("resourcegroupstaggingapi")
