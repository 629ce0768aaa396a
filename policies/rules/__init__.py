"""The rules, one a file; `policies.pack` lists those that are in force."""
