"""A program with one resource of every type that the laptop cloud creates."""

from tests.local.every_type.edge import apis, firewall, people
from tests.local.every_type.foundations import identities, keys, messages, network
from tests.local.every_type.stores import buckets, images, secrets, tables
from tests.local.every_type.work import events, functions, observability


def program() -> None:
    key = keys()
    vpc, subnet, group = network()
    topic = messages(key)
    role = identities()
    bucket = buckets(key)
    table = tables(key)
    secrets(key, role)
    function = functions(role, bucket, subnet, group, table)
    stage = apis(function, role)
    firewall(stage)
    people()
    images(key)
    events(function, role)
    observability(topic, vpc, role)
