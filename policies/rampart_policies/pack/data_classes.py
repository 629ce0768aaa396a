"""Rules on what the class of stored data demands."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    data_class_deletion,
    data_class_key,
    data_class_tag,
)

RULES: tuple[Rule, ...] = (
    data_class_deletion.RULE,
    data_class_key.RULE,
    data_class_tag.RULE,
)
