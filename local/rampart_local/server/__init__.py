"""The embedded AWS: ministack in a process of its own, with our executor in it.

- process.py: starts, steers and stops it
- __main__.py: what runs in it
"""

from rampart_local.server.process import AwsServer

__all__ = ["AwsServer"]
