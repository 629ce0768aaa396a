"""Publishes the events that the table's outbox rows hold."""
