"""Lets a request into the API if its token comes from our issuer and names a tenant."""
