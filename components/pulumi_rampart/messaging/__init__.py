"""Queues, buses, routes and schedules between functions."""
