"""What a system decides about its table, and what DynamoDB would refuse of it."""

from collections.abc import Iterator
from typing import Annotated, NotRequired, TypedDict

from pulumi import Input
from pulumi_aws import dynamodb

from pulumi_rampart.arguments import AlsoCalled, Distinct, Length, Matching, OneOf, refused
from pulumi_rampart.boundary.args import Boundary
from pulumi_rampart.stores.table_alarms import TableAlarmChoices

# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_KeySchemaElement.html
# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TimeToLiveSpecification.html
ATTRIBUTE = Length(1, 255, "take a short name, which every item repeats.")
# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GlobalSecondaryIndex.html
INDEX = Matching(r"[a-zA-Z0-9_.-]{3,255}", "say by what it finds items: by-customer.")
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
MAX_INDEXES = 20
# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html
VIEWS = {
    "new": "NEW_IMAGE",
    "old": "OLD_IMAGE",
    "both": "NEW_AND_OLD_IMAGES",
    "keys": "KEYS_ONLY",
}


class TableIndex(TypedDict):
    """Another pair of keys by which the items of a table are found."""

    hash_key: Annotated[str, AlsoCalled(("partition_key",)), ATTRIBUTE]
    """Partition key of the index; items without this attribute are not in it."""
    range_key: NotRequired[Annotated[str, AlsoCalled(("sort_key",)), ATTRIBUTE]]
    """Sort key of the index. Default none."""
    projection: NotRequired[Annotated[list[Annotated[str, ATTRIBUTE]], Distinct()]]
    """Attributes that the index repeats besides the keys; none with an empty list. Default all."""


class SecureTableArgs(TypedDict):
    """What a system decides about its table."""

    boundary: Input[Boundary]
    """Key, alarm topic, deletion protection, and how sensitive the data is."""
    hash_key: Annotated[str, AlsoCalled(("partition_key", "primary_key")), ATTRIBUTE]
    """Partition key, a string unless it is among `number_keys`; 1 to 255 characters."""
    range_key: NotRequired[Annotated[str, AlsoCalled(("sort_key",)), ATTRIBUTE]]
    """Sort key, a string unless it is among `number_keys`; 1 to 255 characters. Default none."""
    number_keys: NotRequired[Annotated[list[Annotated[str, ATTRIBUTE]], Distinct()]]
    """Keys, of the table and of its indexes, that are numbers. Default none: all are strings."""
    indexes: NotRequired[dict[Annotated[str, INDEX], TableIndex]]
    """Global secondary indexes by their names, at most 20; `allow("Query")` covers them. They lag
    behind the table by some milliseconds. Default none."""
    stream: NotRequired[
        Annotated[str, OneOf(tuple(VIEWS), "these say what a record shows of its item.")]
    ]
    """What the stream of changes shows of an item: new, old, both or keys; `subscribe` reads it.
    Records are kept for a day. Default no stream."""
    expires_at: NotRequired[
        Annotated[str, AlsoCalled(("ttl", "ttl_attribute", "time_to_live_attribute")), ATTRIBUTE]
    ]
    """Attribute with the epoch second after which an item may go. Default items stay."""
    alarms: NotRequired[TableAlarmChoices]
    """Limits of its alarms, and which are off. Default those of each."""


def check_keys(name: str, args: SecureTableArgs) -> None:
    """Refuse keys that no table or index can have.

    Args:
        name: logical name of the table.
        args: as the caller gave them.

    Raises:
        ArgumentError: names the argument and what to do.
    """
    _check_pair(name, "range_key", args)
    indexes = args.get("indexes", {})
    if len(indexes) > MAX_INDEXES:
        raise refused(name, "indexes", f"{len(indexes)} are too many; a table has {MAX_INDEXES}.")
    for index, keys in indexes.items():
        _check_pair(name, f"indexes.{index}.range_key", keys)
    keys = list(key_attributes(args))
    for number in args.get("number_keys", []):
        if number not in keys:
            raise refused(
                name,
                "number_keys",
                "is a key neither of the table nor of an index; only keys have a type.",
                got=number,
            )
    expires = args.get("expires_at")
    if expires in keys and expires not in args.get("number_keys", []):
        raise refused(
            name,
            "expires_at",
            "the keys are strings and DynamoDB expires items by a number only; name an attribute "
            "of its own, or add it to `number_keys`.",
            got=expires,
        )


def _check_pair(name: str, path: str, keys: SecureTableArgs | TableIndex) -> None:
    if keys.get("range_key") == keys["hash_key"]:
        raise refused(
            name,
            path,
            "the two keys are two attributes; name another one than `hash_key`, or leave it out.",
            got=keys["hash_key"],
        )


def key_attributes(args: SecureTableArgs) -> dict[str, str]:
    """Return the keys of the table and of its indexes, in order, each with its type: S or N."""
    numbers = args.get("number_keys", [])
    return {key: "N" if key in numbers else "S" for key in _keys(args)}


def _keys(args: SecureTableArgs) -> Iterator[str]:
    for each in (args, *args.get("indexes", {}).values()):
        yield each["hash_key"]
        if "range_key" in each:
            yield each["range_key"]


def global_indexes(args: SecureTableArgs) -> list[dynamodb.TableGlobalSecondaryIndexArgsDict]:
    """Return the indexes as `aws.dynamodb.Table` takes them."""
    return [_index(name, index) for name, index in args.get("indexes", {}).items()]


def _index(name: str, index: TableIndex) -> dynamodb.TableGlobalSecondaryIndexArgsDict:
    keys: list[dynamodb.TableGlobalSecondaryIndexKeySchemaArgsDict] = [
        {"attribute_name": index["hash_key"], "key_type": "HASH"}
    ]
    if "range_key" in index:
        keys.append({"attribute_name": index["range_key"], "key_type": "RANGE"})
    made: dynamodb.TableGlobalSecondaryIndexArgsDict = {
        "name": name,
        "key_schemas": keys,
        "projection_type": "ALL",
    }
    if attributes := index.get("projection"):
        made["projection_type"], made["non_key_attributes"] = "INCLUDE", attributes
    elif attributes is not None:
        made["projection_type"] = "KEYS_ONLY"
    return made
