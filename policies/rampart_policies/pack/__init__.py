"""Every rule in force, named one by one: what is in none of these tuples judges nothing."""

from rampart_policies.pack import (
    alarms,
    apis,
    buckets,
    caches,
    data_classes,
    databases,
    distributions,
    functions,
    images,
    logs,
    messaging,
    networks,
    permissions,
    search,
    secrets,
    streams,
    tables,
    users,
)
from rampart_policies.rule import Rule

RULES: tuple[Rule, ...] = (
    *functions.RULES,
    *apis.RULES,
    *messaging.RULES,
    *alarms.RULES,
    *permissions.RULES,
    *logs.RULES,
    *buckets.RULES,
    *tables.RULES,
    *secrets.RULES,
    *images.RULES,
    *networks.RULES,
    *users.RULES,
    *databases.RULES,
    *distributions.RULES,
    *caches.RULES,
    *streams.RULES,
    *search.RULES,
    *data_classes.RULES,
)
