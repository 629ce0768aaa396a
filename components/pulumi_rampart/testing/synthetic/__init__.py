"""Answers for a cloud that is not there: ids, ARNs and outputs of the form AWS gives them."""

from pulumi_rampart.testing.synthetic.cloud import SyntheticCloud

__all__ = ["SyntheticCloud"]
