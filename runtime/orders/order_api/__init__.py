"""Takes orders, shows them, and takes the decision on those that need one."""
