"""Documents become text and structure: markdown, and chunks with headings, page and keywords."""
