"""IAM by meaning: what a policy document allows, to whom, and what that adds up to."""
