"""AWS WAF."""

from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import (
    RECORDED_ONLY,
    Created,
    Inputs,
    creates,
    given,
    pascal,
    physical_name,
    updates,
)
from rampart_local.clients import Clients

_UNENFORCED = "requests are not judged"
# Where the API writes an acronym in capitals.
_SPELLING = {
    "Arn": "ARN",
    "IpSetReferenceStatement": "IPSetReferenceStatement",
    "IpSetForwardedIpConfig": "IPSetForwardedIPConfig",
    "ForwardedIpConfig": "ForwardedIPConfig",
    "CloudwatchMetricsEnabled": "CloudWatchMetricsEnabled",
}

RECORDED_ONLY["aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"] = (
    "the embedded AWS judges no requests, so it has nothing to log"
)


@creates("aws:wafv2/webAcl:WebAcl", unenforced=_UNENFORCED)
def _acl(aws: Clients, resource: Registration) -> Created:
    name = physical_name(resource, 128)
    scope = resource.inputs["scope"]
    answer = aws.wafv2.create_web_acl(Name=name, Scope=scope, **_acl_request(resource.inputs))
    summary = answer["Summary"]
    return summary.get("Id", ""), _outputs(summary, name)


@updates("aws:wafv2/webAcl:WebAcl", "name", "namePrefix", "scope")
def _change_acl(aws: Clients, resource: Registration, id_: str, _: Inputs) -> Created:
    place: Any = {
        "Name": physical_name(resource, 128),
        "Scope": resource.inputs["scope"],
        "Id": id_,
    }
    found = aws.wafv2.get_web_acl(**place)
    token = found.get("LockToken", "")
    aws.wafv2.update_web_acl(**place, LockToken=token, **_acl_request(resource.inputs))
    return id_, _outputs(found.get("WebACL"), place["Name"])


def _outputs(described: Any, name: str) -> dict[str, Any]:  # noqa: ANN401  # two SDK types
    return {"arn": described.get("ARN", ""), "capacity": 100, "name": name}


def _acl_request(inputs: Inputs) -> Any:  # noqa: ANN401  # the SDK's shape
    request = given(inputs, "description")
    for key in ("defaultAction", "rules", "visibilityConfig", "customResponseBodies"):
        if inputs.get(key) is not None:
            request[key[:1].upper() + key[1:]] = _spelled(pascal(inputs[key]))
    return {"Rules": [], **request}


def _spelled(value: Any) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, dict):
        entries: dict[str, Any] = dict(value)  # pyright: ignore[reportUnknownArgumentType]  # any JSON
        # The provider makes a list of every nested block, and the API negates exactly one.
        if "NotStatement" in entries:
            (negated,) = entries["NotStatement"]["Statements"]
            entries["NotStatement"] = {"Statement": negated}
        return {_SPELLING.get(key, key): _spelled(each) for key, each in entries.items()}
    if isinstance(value, list):
        items: list[Any] = list(value)  # pyright: ignore[reportUnknownArgumentType]  # any JSON
        return [_spelled(each) for each in items]
    return value


@creates("aws:wafv2/ipSet:IpSet", unenforced=_UNENFORCED)
def _ip_set(aws: Clients, resource: Registration) -> Created:
    inputs, name = resource.inputs, physical_name(resource, 128)
    summary = aws.wafv2.create_ip_set(
        Name=name,
        Scope=inputs["scope"],
        IPAddressVersion=inputs["ipAddressVersion"],
        Addresses=inputs.get("addresses", []),
        **given(inputs, "description"),
    )["Summary"]
    return summary.get("Id", ""), {"arn": summary.get("ARN", ""), "name": name}


@updates("aws:wafv2/ipSet:IpSet", "ipAddressVersion", "name", "scope")
def _change_ip_set(aws: Clients, resource: Registration, id_: str, _: Inputs) -> Created:
    place: Any = {
        "Name": physical_name(resource, 128),
        "Scope": resource.inputs["scope"],
        "Id": id_,
    }
    found = aws.wafv2.get_ip_set(**place)
    aws.wafv2.update_ip_set(
        **place,
        LockToken=found.get("LockToken", ""),
        Addresses=resource.inputs.get("addresses", []),
        **given(resource.inputs, "description"),
    )
    described: Any = found.get("IPSet", {})
    return id_, {"arn": described.get("ARN", ""), "name": place["Name"]}


@creates("aws:wafv2/webAclAssociation:WebAclAssociation", again=True, unenforced=_UNENFORCED)
def _association(aws: Clients, resource: Registration) -> Created:
    acl, target = resource.inputs["webAclArn"], resource.inputs["resourceArn"]
    aws.wafv2.associate_web_acl(WebACLArn=acl, ResourceArn=target)
    return f"{acl},{target}", {}
