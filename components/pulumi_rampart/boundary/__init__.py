"""What every component shares: key, network, egress, alarm topic, signing, the limit of roles."""
