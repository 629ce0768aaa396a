"""The systems behind the wall; each composes components and names its code by path."""
