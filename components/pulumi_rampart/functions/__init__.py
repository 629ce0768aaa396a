"""Functions and their parts: code, role, logs, failure queue, alarms."""
