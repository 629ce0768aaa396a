"""`python -m rampart_policies`: the same as the command `rampart-policies`."""

from rampart_policies.command import run

run()
