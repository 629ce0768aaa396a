"""Who a policy must not let in, as sets of the requests they can make.

Each kind is described by its request context: for every condition key the values that an unknown
requester can have there. Such a value is never one that the policy names: an account,
an organisation, a network or an address that it names is known, and whatever it leaves to a
wildcard is not. A policy is open where such a request passes.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rampart_policies.iam.domains import ABSENT, FREE, UNKNOWN, Domain, Presence, fixed, own
from rampart_policies.iam.known import Shape
from rampart_policies.iam.service_keys import FAMILIES, GLOBAL, SERVICE
from rampart_policies.iam.statement import Principal


@dataclass(frozen=True)
class Requester:
    """One kind of requester: an anonymous one, a principal of another account, a service."""

    domains: Mapping[str, Domain] = field(default_factory=dict[str, Domain])
    """By key in lower case; a name that ends in `/` or `:` is for all keys below it."""
    caller: frozenset[Principal] = frozenset()
    """The principals that a policy may name them by; empty for those no policy names."""
    actions: tuple[str, ...] = ("*",)
    resources: Shape | None = None
    """The shape of resources that are theirs alone; None for any resource."""
    everything_free: bool = False
    """Whether keys without a domain may have any value, known to us or not."""

    def domain(self, key: str) -> Domain:
        """Return what stands under a key."""
        if (found := self.domains.get(key)) is not None:
            return found
        for family, found in self.domains.items():
            if family.endswith(("/", ":")) and key.startswith(family):
                return found
        if self.everything_free or key in GLOBAL or key in SERVICE or key.startswith(FAMILIES):
            return FREE
        return UNKNOWN


_NETWORKS = {
    "aws:sourceip": own(Shape.ADDRESS),
    "aws:sourcevpc": own(Shape.VPC),
    "aws:sourcevpcarn": own(Shape.ARN),
    "aws:sourcevpce": own(Shape.ENDPOINT),
    "aws:vpceaccount": own(Shape.ACCOUNT),
    "aws:vpceorgid": own(Shape.ORGANIZATION),
    "aws:vpceorgpaths": own(Shape.ORGANIZATION_PATH),
    "aws:ec2instancesourcevpc": own(Shape.VPC),
    "elasticfilesystem:accessedviamounttarget": fixed("false", presence=Presence.MAYBE),
    "elasticfilesystem:accesspointarn": own(Shape.ARN),
    "execute-api:viadomainarn": own(Shape.ARN),
    "s3:dataaccesspointaccount": own(Shape.ACCOUNT),
    "s3:dataaccesspointarn": own(Shape.ARN),
    "s3:accessgrantsinstancearn": own(Shape.ARN),
    # A customer managed key that the policy names: only its users can store with it.
    "s3:x-amz-server-side-encryption-aws-kms-key-id": own(Shape.ARN),
    "vpc-lattice-svcs:sourcevpc": own(Shape.VPC),
    "vpc-lattice-svcs:sourcevpcowneraccount": own(Shape.ACCOUNT),
}

_NO_SOURCE = {
    "aws:sourcearn": ABSENT,
    "aws:sourceaccount": ABSENT,
    "aws:sourceorgid": ABSENT,
    "aws:sourceorgpaths": ABSENT,
    "aws:principalservicename": ABSENT,
    "aws:principalservicenameslist": ABSENT,
    "lambda:eventsourcetoken": ABSENT,
}

_NO_IDENTITY = {
    "aws:principalarn": ABSENT,
    "aws:principalorgid": ABSENT,
    "aws:principalorgpaths": ABSENT,
    "aws:principaltag/": ABSENT,
    "aws:username": ABSENT,
    "aws:federatedprovider": ABSENT,
    "aws:sourceowner": ABSENT,
    "kms:calleraccount": ABSENT,
    "lambda:sourcefunctionarn": ABSENT,
    "ec2:sourceinstancearn": ABSENT,
    "ssm:sourceinstancearn": ABSENT,
}

ANONYMOUS = Requester(
    _NETWORKS
    | _NO_SOURCE
    | _NO_IDENTITY
    | {
        "aws:principalaccount": fixed("anonymous"),
        "aws:principaltype": fixed("Anonymous"),
        "aws:userid": fixed("anonymous"),
        "aws:principalisawsservice": ABSENT,
    }
)
"""A request without a signature."""

_IDENTITY = {
    "aws:principalaccount": own(Shape.ACCOUNT, Presence.ALWAYS),
    "aws:principalarn": own(Shape.ARN, Presence.ALWAYS),
    "aws:principalorgid": own(Shape.ORGANIZATION),
    "aws:principalorgpaths": own(Shape.ORGANIZATION_PATH),
    "aws:userid": own(Shape.UNIQUE_ID, Presence.ALWAYS),
    "aws:federatedprovider": own(Shape.ARN),
    # Older than the keys above; it is in the policy that SNS gives every topic.
    # https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
    "aws:sourceowner": own(Shape.ACCOUNT),
    "kms:calleraccount": own(Shape.ACCOUNT, Presence.ALWAYS),
    "lambda:sourcefunctionarn": own(Shape.ARN),
    "ec2:sourceinstancearn": own(Shape.ARN),
    "ssm:sourceinstancearn": own(Shape.ARN),
}

SIGNED_IN = Requester(
    _NETWORKS | _NO_SOURCE | _IDENTITY | {"aws:principalisawsservice": fixed("false")}
)
"""Someone with credentials of an AWS account that the policy does not name."""

_ON_BEHALF_OF_OTHERS = (
    _NETWORKS
    | _NO_IDENTITY
    | {
        "aws:principalaccount": ABSENT,
        "aws:principalisawsservice": fixed("true"),
        "aws:sourcearn": own(Shape.ARN),
        "aws:sourceaccount": own(Shape.ACCOUNT),
        "aws:sourceorgid": own(Shape.ORGANIZATION),
        "aws:sourceorgpaths": own(Shape.ORGANIZATION_PATH),
        "aws:sourceowner": own(Shape.ACCOUNT),
        "aws:userid": own(Shape.UNIQUE_ID),
        "aws:principalservicename": FREE,
        "aws:principalservicenameslist": FREE,
        # Names the resource that a service encrypts for.
        "kms:encryptioncontext:": own(Shape.ARN),
        "lambda:eventsourcetoken": own(Shape.NAME),
        # EKS Pod Identity and Roles Anywhere say for whom they ask by the tags of the session.
        "aws:requesttag/": own(Shape.NAME),
        "aws:principaltag/": own(Shape.NAME),
    }
)
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html"""

ANY_SERVICE = Requester(_ON_BEHALF_OF_OTHERS, caller=frozenset({("Service", "any service")}))
"""Some AWS service, sent by a resource of an account that the policy does not name."""

EVERYONE = (ANONYMOUS, SIGNED_IN, ANY_SERVICE)

THROUGH_ACCESS_POINT = tuple(
    replace(
        one,
        domains={
            **one.domains,
            "s3:dataaccesspointaccount": FREE,
            "s3:dataaccesspointarn": FREE,
        },
    )
    for one in EVERYONE
)
"""The same through an access point of ours, whose ARN then says nothing about who asks.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"""


def service(name: str) -> Requester:
    """Return one AWS service, sent by a resource of an account that the policy does not name."""
    return Requester(_ON_BEHALF_OF_OTHERS, caller=frozenset({("Service", name)}))


def account(number: str) -> Requester:
    """Return someone in an account the policy names, who has not agreed on anything with us."""
    domains = {
        **SIGNED_IN.domains,
        **dict.fromkeys(_NETWORKS, FREE),
        "aws:principalaccount": fixed(number),
        "aws:principalarn": FREE,
        "aws:userid": FREE,
        "kms:calleraccount": fixed(number),
        "aws:sourceowner": fixed(number, presence=Presence.MAYBE),
        "sts:externalid": own(Shape.NAME),
    }
    return Requester(domains)


def federated(provider: str, claims: Mapping[str, Domain]) -> Requester:
    """Return somebody whom an identity provider vouches for, with these claims."""
    return Requester(
        _NETWORKS | _NO_SOURCE | _NO_IDENTITY | dict(claims),
        caller=frozenset({("Federated", provider)}),
    )


ON_FOREIGN_RESOURCES = Requester(
    {
        "aws:resourceaccount": own(Shape.ACCOUNT, Presence.ALWAYS),
        "aws:resourceorgid": own(Shape.ORGANIZATION),
        "aws:resourceorgpaths": own(Shape.ORGANIZATION_PATH),
        "s3:resourceaccount": own(Shape.ACCOUNT),
        "s3:dataaccesspointaccount": own(Shape.ACCOUNT),
        "s3:dataaccesspointarn": own(Shape.ARN),
    },
    resources=Shape.ARN,
    everything_free=True,
)
"""One of us, on a resource of an account that the policy does not name."""

OURSELVES = Requester(everything_free=True)
"""An identity of ours under whatever condition the policy sets."""

OURSELVES_DIRECTLY = Requester({"kms:viaservice": ABSENT}, everything_free=True)
"""An identity of ours that asks KMS itself, not through another service."""

TO_ANY_SERVICE = Requester({"iam:passedtoservice": own(Shape.NAME)}, everything_free=True)
"""An identity of ours that passes a role to a service that the policy does not name."""

ANY_ROLE = Requester(resources=Shape.ARN, everything_free=True)
"""An identity of ours that passes a role that the policy does not name."""
