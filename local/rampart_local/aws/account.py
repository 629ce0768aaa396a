"""What a program asks about its account and region."""

from typing import Any

from rampart_local.aws.registry import answers
from rampart_local.clients import Clients


@answers("aws:index/getCallerIdentity:getCallerIdentity")
def _identity(aws: Clients, _: dict[str, Any]) -> dict[str, Any]:
    found = aws.sts.get_caller_identity()
    account = found["Account"]
    return {"accountId": account, "arn": found["Arn"], "id": account, "userId": found["UserId"]}


@answers("aws:index/getRegion:getRegion")
def _region(aws: Clients, _: dict[str, Any]) -> dict[str, Any]:
    return {"id": aws.region, "name": aws.region, "region": aws.region, "description": ""}


@answers("aws:index/getPartition:getPartition")
def _partition(_: Clients, __: dict[str, Any]) -> dict[str, Any]:
    return {"id": "aws", "partition": "aws", "dnsSuffix": "amazonaws.com"}


@answers("aws:index/getAvailabilityZones:getAvailabilityZones")
def _zones(aws: Clients, _: dict[str, Any]) -> dict[str, Any]:
    zones = aws.ec2.describe_availability_zones()["AvailabilityZones"]
    return {
        "id": aws.region,
        "names": [zone.get("ZoneName", "") for zone in zones],
        "zoneIds": [zone.get("ZoneId", "") for zone in zones],
    }
