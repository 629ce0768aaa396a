"""APIs: routes behind a firewall and an authorizer."""
