"""Stand-ins on this machine for the services that functions reach besides AWS."""
