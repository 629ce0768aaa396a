"""What runs inside the functions. Never imports the infrastructure that deploys it."""
