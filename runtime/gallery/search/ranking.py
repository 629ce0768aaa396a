"""The one query of the search: nearest in meaning and best in words, fused by their ranks.

Reciprocal rank fusion (Cormack, Clarke and Buettcher, 2009): an item's score is the sum of
1 / (60 + rank) over the two lists. Ranks need no common scale, which distances and word scores do
not have. Equals share a rank, as one word in common makes many equals; among items with the same
score, meaning decides. Row level security keeps both lists within the tenant.

The approximate index is shared by all tenants, and a scan of it gives up after 20,000 rows of
others (`hnsw.max_scan_tuples`): a small tenant among many would find nothing. So a small tenant's
rows are compared one by one, which is exact and takes milliseconds; a large tenant's share of the
index is large enough for its iterative scan.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

DEPTH = 50
"""How many of each list take part."""
EXACT_UP_TO = 5_000
"""Rows of a tenant that are compared one by one."""

_ITERATIVE_SCAN = select(func.set_config("hnsw.iterative_scan", "strict_order", True))  # noqa: FBT003  SQL has no keywords

# The words of a question are joined by OR: the rank, not the filter, decides how many must match.
_RANKING = """
WITH nearest AS (
  SELECT item_id, vector <=> CAST(:vector AS vector) AS distance
  FROM {source}
  WHERE CAST(:vector AS vector) IS NOT NULL
  ORDER BY vector <=> CAST(:vector AS vector)
  LIMIT :depth
), semantic AS (
  SELECT item_id, rank() OVER (ORDER BY distance) AS rank FROM nearest
), question AS (
  SELECT replace(plainto_tsquery('english', :q)::text, '&', '|')::tsquery AS words
), latest AS (
  SELECT DISTINCT ON (item_id) item_id, search_vector
  FROM analyses
  ORDER BY item_id, version DESC
), matching AS (
  SELECT item_id, ts_rank_cd(search_vector, words) AS weight
  FROM latest CROSS JOIN question
  WHERE search_vector @@ words
  ORDER BY weight DESC, item_id
  LIMIT :depth
), lexical AS (
  SELECT item_id, rank() OVER (ORDER BY weight DESC) AS rank FROM matching
)
SELECT item_id,
  coalesce(1.0 / (60 + semantic.rank), 0) + coalesce(1.0 / (60 + lexical.rank), 0) AS score,
  semantic.rank AS semantic_rank,
  lexical.rank AS text_rank
FROM semantic FULL JOIN lexical USING (item_id)
ORDER BY score DESC, semantic.rank, item_id
LIMIT :limit
"""
# OFFSET keeps the planner from looking into the subquery, and so from the approximate index.
_EXACT = text(_RANKING.format(source="(SELECT item_id, vector FROM embeddings OFFSET 0) AS mine"))
_APPROXIMATE = text(_RANKING.format(source="embeddings"))
_COUNT = text("SELECT count(*) FROM (SELECT 1 FROM embeddings LIMIT :most) AS counted")


@dataclass(frozen=True)
class Rank:
    """An item's place in the answer."""

    item_id: UUID
    score: float
    semantic_rank: int | None
    text_rank: int | None


def ranked(session: Session, question: str, vector: list[float] | None, limit: int) -> list[Rank]:
    """Return the best items; without a vector, by words alone."""
    few = session.execute(_COUNT, {"most": EXACT_UP_TO + 1}).scalar_one() <= EXACT_UP_TO
    if not few:
        session.execute(_ITERATIVE_SCAN)
    literal = None if vector is None else str(vector)
    values = {"q": question, "vector": literal, "depth": DEPTH, "limit": limit}
    return [
        Rank(row.item_id, float(row.score), row.semantic_rank, row.text_rank)
        for row in session.execute(_EXACT if few else _APPROXIMATE, values)
    ]
