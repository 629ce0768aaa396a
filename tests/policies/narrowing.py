"""Which conditions narrow everybody down to somebody, and which do not.

The first table is for `"Principal": "*"`, the second for a service's principal. A condition
narrows only where it names accounts, ARNs, organisations, networks or addresses whole.
"""

from typing import Any

from rampart_policies.values import UNKNOWN
from tests.policies.stacks import ACCOUNT

Shapes = dict[str, dict[str, Any]]

ROLE = f"arn:aws:iam::{ACCOUNT}:role/reader"
TOPIC = f"arn:aws:sns:eu-west-1:{ACCOUNT}:news"
ORGANIZATION, UNIT = "o-a1b2c3d4e5", "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"


def equals(key: str, value: Any, operator: str = "StringEquals") -> dict[str, Any]:  # noqa: ANN401  # wire values are any JSON
    return {operator: {key: value}}


def like(key: str, value: Any) -> dict[str, Any]:  # noqa: ANN401  # as above
    return equals(key, value, "StringLike")


def arn(key: str, value: Any) -> dict[str, Any]:  # noqa: ANN401  # as above
    return equals(key, value, "ArnLike")


def address(*ranges: str, operator: str = "IpAddress") -> dict[str, Any]:
    return equals("aws:SourceIp", list(ranges), operator)


NARROW: Shapes = {
    "an account": equals("aws:PrincipalAccount", ACCOUNT),
    "several accounts": equals("aws:PrincipalAccount", [ACCOUNT, "444455556666"]),
    "the account of the resource": equals("aws:PrincipalAccount", "${aws:ResourceAccount}"),
    "a key in any case": equals("AWS:PRINCIPALACCOUNT", ACCOUNT),
    "a role": equals("aws:PrincipalArn", ROLE, "ArnEquals"),
    "roles of an account": arn("aws:PrincipalArn", ROLE.replace("reader", "*")),
    "roles of an account, as text": like("aws:PrincipalArn", ROLE.replace("reader", "*")),
    "an organisation": equals("aws:PrincipalOrgID", ORGANIZATION),
    "a unit of an organisation": equals("aws:PrincipalOrgPaths", [UNIT], "ForAnyValue:StringLike"),
    "a user's unique id": equals("aws:userid", "AIDAEXAMPLEID"),
    "sessions of a role": like("aws:userid", "AROAEXAMPLEID:*"),
    "the owner, as SNS says": equals("AWS:SourceOwner", ACCOUNT),
    "callers of a key": equals("kms:CallerAccount", ACCOUNT),
    "a VPC": equals("aws:SourceVpc", "vpc-0a1b2c3d"),
    "VPC endpoints": equals("aws:SourceVpce", ["vpce-1", "vpce-2"]),
    "endpoints of an account": equals("aws:VpceAccount", ACCOUNT),
    "endpoints of an organisation": equals("aws:VpceOrgID", ORGANIZATION),
    "an office": address("203.0.113.0/24"),
    "an address": address("203.0.113.9"),
    "private addresses": address("10.0.0.0/8"),
    "two offices, one of IPv6": address("203.0.113.0/24", "2001:db8:1234::/48"),
    "one resource that a service acts for": arn("aws:SourceArn", TOPIC),
    "an account that a service acts for": equals("aws:SourceAccount", ACCOUNT),
    "a whole bucket": arn("aws:SourceArn", "arn:aws:s3:::papers"),
    "a bucket, as older policies write it": arn("aws:SourceArn", "arn:aws:s3:*:*:papers"),
    "one function's code": arn(
        "lambda:SourceFunctionArn", f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:x"
    ),
    "an account and something that all have": equals("aws:PrincipalAccount", ACCOUNT)
    | arn("aws:PrincipalArn", "*"),
    "an account, and not one of its roles": equals("aws:PrincipalAccount", ACCOUNT)
    | equals("aws:PrincipalArn", ROLE, "ArnNotEquals"),
    "a star that is a star": equals("aws:PrincipalAccount", [ACCOUNT, "*"]),
    "what nobody can meet": equals("aws:PrincipalOrgID", ORGANIZATION)
    | {"Null": {"aws:PrincipalOrgID": "true"}},
}

WIDE: Shapes = {
    "nothing": {},
    "any account": like("aws:PrincipalAccount", "*"),
    "any account of twelve digits": like("aws:PrincipalAccount", "?" * 12),
    "accounts that begin so": like("aws:PrincipalAccount", "1111*"),
    "an account or any": like("aws:PrincipalAccount", [ACCOUNT, "*"]),
    "not one account": equals("aws:PrincipalAccount", ACCOUNT, "StringNotEquals"),
    "any principal": like("aws:PrincipalArn", "*"),
    "a role of any account": arn("aws:PrincipalArn", "arn:aws:iam::*:role/*"),
    "a role's name in any account": arn("aws:PrincipalArn", "arn:aws:iam::*:role/deploy"),
    "a role of one's own account": arn(
        "aws:PrincipalArn", "arn:aws:iam::${aws:PrincipalAccount}:role/x"
    ),
    "an account's number as a role's name": arn(
        "aws:PrincipalArn", f"arn:aws:iam::*:role/{ACCOUNT}"
    ),
    "a role, if there is one": equals("aws:PrincipalArn", ROLE, "ArnEqualsIfExists"),
    "not one role": equals("aws:PrincipalArn", ROLE, "ArnNotLike"),
    "an organisation, if there is one": equals(
        "aws:PrincipalOrgID", ORGANIZATION, "StringEqualsIfExists"
    ),
    "an organisation, for all values": equals(
        "aws:PrincipalOrgID", ORGANIZATION, "ForAllValues:StringEquals"
    ),
    "any value but an organisation": equals(
        "aws:PrincipalOrgID", ORGANIZATION, "ForAnyValue:StringNotEquals"
    ),
    "any organisation": like("aws:PrincipalOrgID", "o-*"),
    "organisations that begin so": like("aws:PrincipalOrgID", "o-a1b2*"),
    "some organisation": {"Null": {"aws:PrincipalOrgID": "false"}},
    "no organisation": {"Null": {"aws:PrincipalOrgID": "true"}},
    "a unit of any organisation": equals(
        "aws:PrincipalOrgPaths", "o-*/r-ab12/*", "ForAnyValue:StringLike"
    ),
    "units, for all values": equals("aws:PrincipalOrgPaths", UNIT, "ForAllValues:StringLike"),
    "sessions called so": like("aws:userid", "*:deploy"),
    "any caller of a key": like("kms:CallerAccount", "*"),
    "any resource that a service acts for": arn("aws:SourceArn", "*"),
    "a topic of any account": arn("aws:SourceArn", "arn:aws:sns:*:*:news"),
    "any bucket": arn("aws:SourceArn", "arn:aws:s3:::*"),
    "buckets that begin so": arn("aws:SourceArn", "arn:aws:s3:::papers*"),
    "any account that a service acts for": like("aws:SourceAccount", "*"),
    "any VPC": like("aws:SourceVpc", "vpc-*"),
    "not one VPC": equals("aws:SourceVpc", "vpc-0a1b2c3d", "StringNotEquals"),
    "a VPC, if there is one": equals("aws:SourceVpc", "vpc-0a1b2c3d", "StringEqualsIfExists"),
    "endpoints of any account": like("aws:VpceAccount", "*"),
    "every address": address("0.0.0.0/0"),
    "every address of IPv6": address("203.0.113.0/24", "::/0"),
    "half of all addresses": address("0.0.0.0/1"),
    "all addresses in two halves": address("0.0.0.0/1", "128.0.0.0/1"),
    "not one office": address("203.0.113.0/24", operator="NotIpAddress"),
    "an office, if there is an address": address("203.0.113.0/24", operator="IpAddressIfExists"),
    "an address of some VPC": equals("aws:VpcSourceIp", "10.0.0.0/8", "IpAddress"),
    "an encrypted connection": equals("aws:SecureTransport", "true", "Bool"),
    "somebody signed in": equals("aws:PrincipalType", ["User", "AssumedRole"]),
    "any AWS service": equals("aws:PrincipalIsAWSService", "true", "Bool"),
    "a second factor": equals("aws:MultiFactorAuthPresent", "true", "Bool"),
    "a tag that anybody sets": equals("aws:PrincipalTag/team", "shop"),
    "a browser": like("aws:UserAgent", "Mozilla*"),
    "a page that links here": like("aws:Referer", "https://example.com/*"),
    "a time": equals("aws:CurrentTime", "2030-01-01T00:00:00Z", "DateLessThan"),
    "a prefix": like("s3:prefix", "public/*"),
    "a service between": equals("kms:ViaService", "s3.eu-west-1.amazonaws.com"),
    "the account of the resource, which is always so": equals("aws:ResourceAccount", ACCOUNT),
    "anything but a key nobody knows": equals("made-up:key", "x", "StringNotEquals"),
}

UNCLEAR: Shapes = {
    "a key nobody knows": equals("made-up:key", "x"),
    "an operator nobody knows": equals("aws:PrincipalAccount", ACCOUNT, "StringResembles"),
    "an account that is not known yet": equals("aws:PrincipalAccount", UNKNOWN),
    "an organisation that is not known yet": equals("aws:PrincipalOrgID", [UNKNOWN]),
    "an address that is none": address("the office"),
}

NARROW_FOR_SERVICES: Shapes = {
    "an account": equals("aws:SourceAccount", ACCOUNT),
    "a resource": arn("aws:SourceArn", TOPIC),
    "resources of an account": arn("aws:SourceArn", f"arn:aws:sns:*:{ACCOUNT}:*"),
    "resources of an account, as text": like("aws:SourceArn", f"arn:aws:sns:*:{ACCOUNT}:*"),
    "an organisation": equals("aws:SourceOrgID", ORGANIZATION),
    "a unit of it": equals("aws:SourceOrgPaths", [UNIT], "ForAnyValue:StringLike"),
    "a bucket": arn("aws:SourceArn", "arn:aws:s3:::papers"),
    "an API": arn("aws:SourceArn", "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3/*"),
}

WIDE_FOR_SERVICES: Shapes = {
    "nothing": {},
    "any account": like("aws:SourceAccount", "*"),
    "an account, if one is said": equals("aws:SourceAccount", ACCOUNT, "StringEqualsIfExists"),
    "all accounts but one": equals("aws:SourceAccount", ACCOUNT, "StringNotEquals"),
    "an account, for all values": equals("aws:SourceAccount", ACCOUNT, "ForAllValues:StringEquals"),
    "any resource": arn("aws:SourceArn", "*"),
    "resources of any account": arn("aws:SourceArn", "arn:aws:sns:eu-west-1:*:news"),
    "not one resource": equals("aws:SourceArn", TOPIC, "ArnNotEquals"),
    "some resource": {"Null": {"aws:SourceArn": "false"}},
    "any API": arn("aws:SourceArn", "arn:aws:apigateway:eu-west-1::/restapis/*"),
    "buckets that begin so": arn("aws:SourceArn", "arn:aws:s3:::papers*"),
    "any organisation": like("aws:SourceOrgID", "o-*"),
    "an encrypted connection": equals("aws:SecureTransport", "true", "Bool"),
}
