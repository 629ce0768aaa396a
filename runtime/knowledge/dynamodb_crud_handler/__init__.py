"""Lets a tenant's users read, describe and delete the records of their documents."""
