"""The systems behind the boundary: a folder for each, and what they share.

- table.py: the systems by name; a new one is a folder and a line there
- settings.py: what a stack's configuration decides; each system reads its own keys
- system.py: what every system is made of: its functions and its API
- identity.py, libraries.py: what several systems use
"""
