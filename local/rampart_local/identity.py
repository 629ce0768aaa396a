"""Users of a recorded Cognito pool, for whoever tries an API on this machine."""

import secrets
from typing import TYPE_CHECKING

from pulumi_rampart.testing import Graph, Resource
from rampart_local.clients import Clients

if TYPE_CHECKING:
    from types_boto3_cognito_idp.type_defs import AttributeTypeTypeDef


def token(clients: Clients, graph: Graph, tenant: str) -> str:
    """Create a user of this tenant, or give the one there is a new password, and sign in.

    Args:
        clients: of the embedded AWS.
        graph: with one user pool that has a custom attribute for the tenant, and a client.
        tenant: value of that attribute.

    Returns:
        An ID token, which carries the attribute as `custom:<name>`.

    Raises:
        LookupError: the graph has no pool, or none with a tenant.
    """
    pool, client = _pool(graph)
    attribute = _tenant_attribute(pool)
    user, password = f"demo@{tenant}.example", f"Aa1!{secrets.token_urlsafe(24)}"
    attributes: list[AttributeTypeTypeDef] = [
        {"Name": "email", "Value": user},
        {"Name": f"custom:{attribute}", "Value": tenant},
    ]
    try:
        clients.cognito.admin_create_user(
            UserPoolId=pool.id,
            Username=user,
            UserAttributes=attributes,
            MessageAction="SUPPRESS",
            TemporaryPassword=password,
        )
    except clients.cognito.exceptions.UsernameExistsException:
        clients.cognito.admin_update_user_attributes(
            UserPoolId=pool.id, Username=user, UserAttributes=attributes
        )
    clients.cognito.admin_set_user_password(
        UserPoolId=pool.id, Username=user, Password=password, Permanent=True
    )
    answer = clients.cognito.admin_initiate_auth(
        UserPoolId=pool.id,
        ClientId=client.id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": user, "PASSWORD": password},
    )
    return answer["AuthenticationResult"].get("IdToken", "")


def _pool(graph: Graph) -> tuple[Resource, Resource]:
    """Find a pool and one of its clients."""
    for client in graph.of("aws:cognito/userPoolClient:UserPoolClient"):
        for pool in graph.of("aws:cognito/userPool:UserPool"):
            if client.inputs["userPoolId"] == pool.id:
                return pool, client
    raise LookupError("this program has no Cognito user pool with a client: bring your own token")


def _tenant_attribute(pool: Resource) -> str:
    names = [each["name"] for each in pool.inputs.get("schemas") or ()]
    for name in names:
        if "tenant" in name:
            return name
    raise LookupError(f"user pool {pool.name} has no attribute for a tenant, only {names}")
