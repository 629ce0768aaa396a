"""The shop's own, not Rampart's."""
