"""Checks constructor arguments, in one way for all components, before the first child is made."""

from pulumi_rampart.arguments.check import checked
from pulumi_rampart.arguments.error import ArgumentError, Problem, refused
from pulumi_rampart.arguments.iam_actions import Action
from pulumi_rampart.arguments.names import Names, check_names
from pulumi_rampart.arguments.rules import (
    Address,
    AlsoCalled,
    Between,
    Distinct,
    Hidden,
    Json,
    Length,
    Matching,
    OneOf,
    Origin,
    Rule,
)

__all__ = [
    "Action",
    "Address",
    "AlsoCalled",
    "ArgumentError",
    "Between",
    "Distinct",
    "Hidden",
    "Json",
    "Length",
    "Matching",
    "Names",
    "OneOf",
    "Origin",
    "Problem",
    "Rule",
    "check_names",
    "checked",
    "refused",
]
