"""Runs functions as separate processes through AWS's own runtime client.

- pool.py: which environment answers an invocation, and what waits
- environment.py: one execution environment, a process and its Runtime API
- runtime_api.py: the HTTP API that the runtime client polls
- launcher.py: the first code of that process, its import path and its network
- variables.py: what the process sees, declared variables and its role's credentials
- code.py: where its code lies, an unpacked zip or an image's build context
- packages.py: the runtime client and boto3, and nothing else
- functions.py: the values the parts above exchange
- requests.py, endings.py, batches.py: what Lambda refuses, and how it words what went wrong
- seam.py: the one place that reaches into ministack
"""
