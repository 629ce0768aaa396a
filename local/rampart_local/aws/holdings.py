"""What somebody stored in a resource: it is deleted by `rampart reset RESOURCE` and never else."""

from typing import Any

from rampart_local.aws.registry import Inputs, empties, holds
from rampart_local.clients import Clients

_MESSAGES = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesDelayed",
    "ApproximateNumberOfMessagesNotVisible",
)


@holds("aws:s3/bucket:Bucket")
def _objects(aws: Clients, bucket: str, known: Inputs) -> str:
    """Look for keys that the program did not put there itself: `known["made"]` lists those."""
    own = set(known.get("made", ()))
    request: Any = {"Bucket": bucket}
    while True:
        found = aws.s3.list_object_versions(**request)
        if any(each.get("Key") not in own for each in found.get("Versions", [])):
            return "objects"
        if not found.get("IsTruncated"):
            return ""
        request |= {
            "KeyMarker": found.get("NextKeyMarker", ""),
            "VersionIdMarker": found.get("NextVersionIdMarker", ""),
        }


@empties("aws:s3/bucket:Bucket")
def _without_objects(aws: Clients, bucket: str, _: Inputs) -> None:
    while True:
        found = aws.s3.list_object_versions(Bucket=bucket)
        listed: list[Any] = [*found.get("Versions", []), *found.get("DeleteMarkers", [])]
        if not listed:
            return
        for each in listed:
            version: Any = {"VersionId": each["VersionId"]} if each.get("VersionId") else {}
            aws.s3.delete_object(Bucket=bucket, Key=each["Key"], **version)


@holds("aws:dynamodb/table:Table")
def _items(aws: Clients, _: str, known: Inputs) -> str:
    return "items" if aws.dynamodb.scan(TableName=known["name"], Limit=1)["Items"] else ""


@holds("aws:sqs/queue:Queue")
def _messages(aws: Clients, url: str, _: Inputs) -> str:
    found = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    count = sum(int(found.get(name, 0)) for name in _MESSAGES)
    return f"{count} messages" if count else ""


@holds("aws:secretsmanager/secret:Secret")
def _value(aws: Clients, secret: str, _: Inputs) -> str:
    described = aws.secretsmanager.describe_secret(SecretId=secret)
    stages = [stage for each in described.get("VersionIdsToStages", {}).values() for stage in each]
    return "a value" if "AWSCURRENT" in stages else ""


@holds("aws:cognito/userPool:UserPool")
def _users(aws: Clients, pool: str, _: Inputs) -> str:
    return "users" if aws.cognito.list_users(UserPoolId=pool, Limit=1)["Users"] else ""


@holds("aws:cognito/userGroup:UserGroup")
def _members(aws: Clients, _: str, known: Inputs) -> str:
    found = aws.cognito.list_users_in_group(UserPoolId=known["userPoolId"], GroupName=known["name"])
    return "members" if found["Users"] else ""


@holds("aws:cloudwatch/eventArchive:EventArchive")
def _events(aws: Clients, name: str, _: Inputs) -> str:
    count = aws.events.describe_archive(ArchiveName=name).get("EventCount", 0)
    return f"{count} events" if count else ""


@holds("aws:cloudwatch/logGroup:LogGroup")
def _lines(aws: Clients, name: str, _: Inputs) -> str:
    streams = aws.logs.describe_log_streams(logGroupName=name, limit=1)["logStreams"]
    return "log lines" if streams else ""
