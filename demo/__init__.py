"""What a newcomer sees first: each system deployed on the laptop cloud and used over HTTP."""
