"""How services hand events on: who lets them, and what happens when it fails."""
