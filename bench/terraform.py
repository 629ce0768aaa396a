"""Recorded resources as Terraform, for tools that read nothing else.

Only as far as the pairs of tests/policies/mapped go: the bridge that made pulumi-aws from the
Terraform provider renamed properties by rule (snake case, plural where a block repeats), and the
exceptions among those used here are listed.
"""

import json
import re
from typing import Any

from rampart_policies.values import SECRET
from tests.policies.fixture import Recorded

TYPES = {
    "apigateway/domainName": "api_gateway_domain_name",
    "apigateway/integration": "api_gateway_integration",
    "apigateway/method": "api_gateway_method",
    "apigateway/methodSettings": "api_gateway_method_settings",
    "apigateway/requestValidator": "api_gateway_request_validator",
    "apigateway/restApi": "api_gateway_rest_api",
    "apigateway/stage": "api_gateway_stage",
    "appautoscaling/policy": "appautoscaling_policy",
    "appautoscaling/target": "appautoscaling_target",
    "appsync/graphQLApi": "appsync_graphql_api",
    "cloudwatch/logGroup": "cloudwatch_log_group",
    "cognito/identityPool": "cognito_identity_pool",
    "ec2/defaultSecurityGroup": "default_security_group",
    "ec2/defaultVpc": "default_vpc",
    "ec2/flowLog": "flow_log",
    "ec2/networkAclRule": "network_acl_rule",
    "ec2/securityGroup": "security_group",
    "ec2/subnet": "subnet",
    "ec2/vpc": "vpc",
    "kinesis/firehoseDeliveryStream": "kinesis_firehose_delivery_stream",
    "lambda/functionEventInvokeConfig": "lambda_function_event_invoke_config",
    "rds/instance": "db_instance",
    "rds/parameterGroup": "db_parameter_group",
}
"""Module and file of a token -> type, where it is not simply both in snake case."""

NAMES = {
    "encryptionConfigurations": "encryption_configuration",
    "function": "function_name",
    "grants": "grant",
    "origins": "origin",
    "orderedCacheBehaviors": "ordered_cache_behavior",
    "parameters": "parameter",
    "restApi": "rest_api_id",
    "rules": "rule",
}
MAPS = {"variables", "tags"}
"""Properties that are maps of one's own keys, and no blocks."""


def to_terraform(resources: list[Recorded]) -> str:
    """Write resources as one Terraform file; values that name another one become references."""
    references = {
        value: f"{type_of(one)}.{label_of(one)}.{_snake(key)}"
        for one in resources
        for key, value in (*one["outputs"].items(), ("id", one["id"]))
        if value
    }
    return "\n".join(_resource(one, references) for one in resources)


def type_of(resource: Recorded) -> str:
    """Return the Terraform type of a resource."""
    token = resource["type"].split(":")[1]
    module, name = token.split("/")
    return f"aws_{TYPES.get(token) or f'{module}_{_snake(name)}'}"


def label_of(resource: Recorded) -> str:
    """Return the name of a resource as Terraform allows it."""
    return re.sub(r"\W", "_", resource["name"]).strip("_") or "one"


def _resource(resource: Recorded, references: dict[str, str]) -> str:
    own = f"{type_of(resource)}.{label_of(resource)}."
    others = {value: to for value, to in references.items() if not to.startswith(own)}
    body = "".join(_property(key, value, others) for key, value in resource["inputs"].items())
    return f'resource "{type_of(resource)}" "{label_of(resource)}" {{\n{body}}}\n'


def _property(key: str, value: Any, references: dict[str, str]) -> str:  # noqa: ANN401  # any JSON
    if value is None:
        return ""
    name = NAMES.get(key) or _snake(key)
    if key not in MAPS and isinstance(value, dict):
        body = "".join(_property(inner, one, references) for inner, one in value.items())
        return f"{name} {{\n{body}}}\n"
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return "".join(_property(key, one, references) for one in value)
    if value == []:
        return ""  # no block at all
    return f"{name} = {_value(value, references)}\n"


def _value(value: Any, references: dict[str, str]) -> str:  # noqa: ANN401  # as above
    if isinstance(value, str):
        if value in references:
            return references[value]
        if value.startswith(("{", "[")) and value != SECRET:
            return f"jsonencode({_value(json.loads(value), references)})"
        return json.dumps(value)
    if isinstance(value, list):
        return f"[{', '.join(_value(one, references) for one in value)}]"
    if isinstance(value, dict):
        inner = ", ".join(
            f"{json.dumps(key)} = {_value(one, references)}" for key, one in value.items()
        )
        return f"{{ {inner} }}"
    return json.dumps(value)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
