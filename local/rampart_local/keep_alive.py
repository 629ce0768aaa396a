"""How long servers of the laptop cloud keep a connection that nobody uses."""

KEEP_ALIVE_SECONDS = 3600
"""Servers close after 5 s by default. A client that sends on a connection just as it is closed gets
no answer, and must not send twice: an invocation has effects. So clients close first."""
