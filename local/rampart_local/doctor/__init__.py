"""A deployment's dress rehearsal: what it would stumble over, as far as that is known before.

- documents.py: policy documents by a second evaluator, AWS's list of actions, resources and keys
- quotas.py: what the stack needs of a new account
- examination.py: all of it for a stack, and what could not be checked
"""
