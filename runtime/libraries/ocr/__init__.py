"""Images become the text that can be read in them."""
