"""What an image shows: the second step."""
