"""For every mapped id a stack that keeps the control and one that breaks it, as its text has it.

The pairs are made from the texts of the controls, not from our rules' fixtures: they prove that the
rule which claims an id judges what the control asks. Ids whose controls ask the same share a pair.
"""
