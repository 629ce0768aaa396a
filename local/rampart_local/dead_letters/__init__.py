"""Dead letters: why they died, and how they go back to where they failed.

services.py    what is asked of AWS, here or there
letters.py     a letter and its cause
queues.py      the dead letter queues of a stack
targets.py     where a letter goes back to
replaying.py   sending letters back
commands.py    `rampart dlq`
"""
