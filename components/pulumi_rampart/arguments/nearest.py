"""What somebody may have meant who wrote a word that does not exist."""

import difflib
import re
from collections.abc import Collection


def nearest(word: str, allowed: Collection[str]) -> str | None:
    """Return the allowed word that is spelt alike, or shares the most parts; None without one."""
    alike = difflib.get_close_matches(word, allowed, n=1)
    if alike:
        return alike[0]
    parts = _parts(word)
    shared = {each: len(parts & _parts(each)) for each in allowed}
    best = max(shared, key=lambda each: shared[each], default="")
    return best if shared.get(best) else None


def _parts(word: str) -> set[str]:
    """Split a name into its words, however the language joins them."""
    return {part.lower() for part in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", word)}
