"""A policy pack for serverless on AWS that says why, and never mistakes "unknown" for "fine".

Two ways to run the same rules: `pulumi preview --policy-pack policies` (CrossGuard), and
`rampart-policies --graph FILE` on a recorded graph, offline. The pack imports nothing else of
this repository, so that it judges independently and works on any Pulumi AWS program.
"""
