"""The laptop cloud: runs a Pulumi program and deploys what it registers to an embedded AWS."""
