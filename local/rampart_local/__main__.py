"""`python -m rampart_local`: the same as the command `rampart`."""

from rampart_local.command import main

main()
