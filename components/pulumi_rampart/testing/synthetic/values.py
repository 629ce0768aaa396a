"""Plausible values for outputs that nobody answers, by their type and their name."""

import enum
import json
import re
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_rampart.testing.cloud import ACCOUNT
from pulumi_rampart.testing.synthetic import types

EMPTY_POLICY = json.dumps({"Version": "2012-10-17", "Statement": []})
_HOST = "{name}.{service}.{region}.amazonaws.com"
_LISTED = 3  # of texts: zones, subnets and the like, of which programs take the first few
_DEEPEST = 6  # types may contain themselves

# Names of outputs whose form a program may rely on, first match first.
_TEXTS: tuple[tuple[str, str], ...] = (
    (r"arn", "{arn}"),
    (r".*Arn", "{arn}/{part}"),
    (r"id", "{name}"),
    (r"name", "{name}"),
    (r"region|.*Region", "{region}"),
    (r"partition", "aws"),
    (r"accountId|ownerId|registryId|awsAccountId|owner", ACCOUNT),
    (r"availabilityZone", "{region}a"),
    (r"json|minifiedJson|policy|policyDocument|assumeRolePolicy|.*Policy", EMPTY_POLICY),
    (r".*[cC]idrBlock|.*[cC]idr", "10.0.0.0/16"),
    (r".*[iI]p|.*IpAddress|ipAddress", "192.0.2.10"),
    (r".*(Url|Uri)|url|uri", "https://{name}.{service}.{region}.amazonaws.com"),
    (r".*(Endpoint|DomainName|DnsName|HostName|Address|Fqdn)", _HOST),
    (r"endpoint|domainName|dnsName|address|fqdn|hostname", _HOST),
    (r".*(Date|Time|Timestamp|At)|.*Modified", "2025-01-01T00:00:00Z"),
    (r"status|state|.*Status|.*State", "ACTIVE"),
)


@dataclass(frozen=True, kw_only=True)
class Maker:
    """Makes up values for one resource or one answer."""

    name: str
    """Physical name or id."""
    arn: str
    service: str
    region: str

    def missing(self, outputs: Sequence[types.Output], known: Mapping[str, Any]) -> dict[str, Any]:
        """Return values for the outputs that are always answered and not known."""
        return {
            each.name: self.value(each.name, each.type)
            for each in outputs
            if each.required and known.get(each.name) is None and each.name != "urn"
        }

    def value(self, name: str, type_: Any, depth: int = 0) -> Any:  # noqa: ANN401, PLR0911  # a case a kind of type
        """Return a value of a type that suits an output's name."""
        origin, inner = typing.get_origin(type_), typing.get_args(type_)
        if origin is typing.Union:
            return self.value(name, inner[0], depth)
        if type_ is str:
            return self.text(name)
        if type_ is bool:
            return False
        if type_ in {int, float}:
            return 443 if name.lower().endswith("port") else 1
        if isinstance(type_, type) and issubclass(type_, enum.Enum):
            return next(iter(type_)).value
        if origin in {Sequence, list} or type_ is list:
            return self._listed(name, inner[0] if inner else str, depth)
        if types.is_structured(type_) and depth < _DEEPEST:
            fields = types.of_class(type_)
            return {
                each.name: self.value(each.name, each.type, depth + 1)
                for each in fields
                if each.required or depth == 0
            }
        return {}

    def text(self, name: str) -> str:
        """Return a text that suits an output's name."""
        for pattern, form in _TEXTS:
            if re.fullmatch(pattern, name):
                if form == EMPTY_POLICY:
                    return form
                return form.format(
                    arn=self.arn,
                    name=self.name,
                    part=name.removesuffix("Arn"),
                    region=self.region,
                    service=self.service,
                )
        return f"{self.name}-{name}"

    def _listed(self, name: str, inner: Any, depth: int) -> list[Any]:  # noqa: ANN401  # any annotation
        if inner is not str:
            return [self.value(name, inner, depth)] if depth < _DEEPEST else []
        if name in {"availabilityZones", "names"} and self.service in {"ec2", "index"}:
            return [f"{self.region}{zone}" for zone in "abc"]
        if name.lower().endswith(("cidrblocks", "cidrs")):
            return [f"10.0.{n}.0/24" for n in range(_LISTED)]
        stem = re.sub(r"s$", "", self.text(re.sub(r"s$", "", name)))
        return [f"{stem}-{n}" for n in range(_LISTED)]
