"""The rules, one a file; `rampart_policies.pack` lists those that are in force."""
