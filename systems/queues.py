"""What the queues of all systems have in common."""

RECEIVES = 12
"""Deliveries before a message is dead. With the pauses of `runtime/shared/redelivery.py` a service
may be down for an hour before work is given up."""
