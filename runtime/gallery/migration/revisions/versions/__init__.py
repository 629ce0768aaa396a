"""One file per revision; a revision that was deployed is never edited."""
