"""Queues, topics, buses, routes, schedules and workflows between functions."""
