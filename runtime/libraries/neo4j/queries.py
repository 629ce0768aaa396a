"""All Cypher there is, in the part of the language that Neo4j 5 and ArcadeDB share.

    (:Document {tenant, id, version, title, filename})
      -[:HAS_SECTION]-> (:Section {tenant, id, document_id, version, headings})
      -[:HAS_CHUNK]->   (:Chunk {tenant, id, document_id, version, index, text, headings, page})
    (:Chunk)-[:NEXT]->(:Chunk)            in the order of the document
    (:Chunk)-[:MENTIONS]->(:Entity {tenant, name})

Every node carries its tenant, and every pattern names it: no traversal leaves a tenant.
"""

from typing import Final, LiteralString

SCHEMA: Final[tuple[LiteralString, ...]] = (
    """CREATE CONSTRAINT document_key IF NOT EXISTS
       FOR (d:Document) REQUIRE (d.tenant, d.id, d.version) IS UNIQUE""",
    """CREATE CONSTRAINT section_key IF NOT EXISTS
       FOR (s:Section) REQUIRE (s.tenant, s.id) IS UNIQUE""",
    """CREATE CONSTRAINT chunk_key IF NOT EXISTS
       FOR (c:Chunk) REQUIRE (c.tenant, c.id) IS UNIQUE""",
    """CREATE CONSTRAINT entity_key IF NOT EXISTS
       FOR (e:Entity) REQUIRE (e.tenant, e.name) IS UNIQUE""",
    """CREATE INDEX chunk_document IF NOT EXISTS
       FOR (c:Chunk) ON (c.tenant, c.document_id)""",
    """CREATE INDEX section_document IF NOT EXISTS
       FOR (s:Section) ON (s.tenant, s.document_id)""",
)

CREATE_DOCUMENT: Final[LiteralString] = """
MERGE (d:Document {tenant: $tenant, id: $document_id, version: $version})
SET d.title = $title, d.filename = $filename
"""

CREATE_SECTIONS: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (d:Document {tenant: $tenant, id: $document_id, version: $version})
CREATE (d)-[:HAS_SECTION]->(:Section {
  tenant: $tenant, id: row.id, document_id: $document_id, version: $version, headings: row.headings
})
"""

CREATE_CHUNKS: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (s:Section {tenant: $tenant, id: row.section})
CREATE (s)-[:HAS_CHUNK]->(:Chunk {
  tenant: $tenant, id: row.id, document_id: $document_id, version: $version, index: row.index,
  text: row.text, headings: row.headings, page: row.page
})
"""

CREATE_ORDER: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (a:Chunk {tenant: $tenant, id: row.id})
MATCH (b:Chunk {tenant: $tenant, id: row.next})
CREATE (a)-[:NEXT]->(b)
"""

CREATE_MENTIONS: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (c:Chunk {tenant: $tenant, id: row.id})
MERGE (e:Entity {tenant: $tenant, name: row.name})
CREATE (c)-[:MENTIONS]->(e)
"""

COUNT: Final[LiteralString] = """
MATCH (:Document {tenant: $tenant, id: $document_id, version: $version})
  -[:HAS_SECTION]->(:Section {tenant: $tenant})-[:HAS_CHUNK]->(c:Chunk {tenant: $tenant})
RETURN count(c) AS count
"""

COUNT_ALL: Final[LiteralString] = """
MATCH (c:Chunk {tenant: $tenant, document_id: $document_id})
RETURN count(c) AS count
"""

# A document's versions: all, or only $version, or all but $keep_version.
MENTIONED: Final[LiteralString] = """
MATCH (c:Chunk {tenant: $tenant, document_id: $document_id})
  -[:MENTIONS]->(e:Entity {tenant: $tenant})
WHERE ($version IS NULL OR c.version = $version)
  AND ($keep_version IS NULL OR c.version <> $keep_version)
RETURN DISTINCT e.name AS name
"""

DELETE_CHUNKS: Final[LiteralString] = """
MATCH (c:Chunk {tenant: $tenant, document_id: $document_id})
WHERE ($version IS NULL OR c.version = $version)
  AND ($keep_version IS NULL OR c.version <> $keep_version)
DETACH DELETE c
RETURN count(c) AS count
"""

DELETE_SECTIONS: Final[LiteralString] = """
MATCH (s:Section {tenant: $tenant, document_id: $document_id})
WHERE ($version IS NULL OR s.version = $version)
  AND ($keep_version IS NULL OR s.version <> $keep_version)
DETACH DELETE s
"""

DELETE_DOCUMENTS: Final[LiteralString] = """
MATCH (d:Document {tenant: $tenant, id: $document_id})
WHERE ($version IS NULL OR d.version = $version)
  AND ($keep_version IS NULL OR d.version <> $keep_version)
DETACH DELETE d
"""

DELETE_UNMENTIONED: Final[LiteralString] = """
UNWIND $names AS name
MATCH (e:Entity {tenant: $tenant, name: name})
OPTIONAL MATCH (:Chunk)-[mention:MENTIONS]->(e)
WITH e, count(mention) AS mentions
WHERE mentions = 0
DETACH DELETE e
"""

NEIGHBOURS: Final[LiteralString] = """
MATCH (c:Chunk {tenant: $tenant})-[:NEXT]->(o:Chunk {tenant: $tenant})
WHERE c.id IN $ids AND NOT o.id IN $ids
RETURN o.id AS chunk_id, o.document_id AS document_id, o.version AS version, o.text AS text,
       o.headings AS headings, o.page AS page, 'next' AS relation
UNION
MATCH (c:Chunk {tenant: $tenant})<-[:NEXT]-(o:Chunk {tenant: $tenant})
WHERE c.id IN $ids AND NOT o.id IN $ids
RETURN o.id AS chunk_id, o.document_id AS document_id, o.version AS version, o.text AS text,
       o.headings AS headings, o.page AS page, 'previous' AS relation
"""

# What few chunks mention says more than what all mention: each entity weighs 1 / its mentions.
SHARING: Final[LiteralString] = """
MATCH (c:Chunk {tenant: $tenant})-[:MENTIONS]->(e:Entity {tenant: $tenant})
WHERE c.id IN $ids
WITH DISTINCT e
MATCH (m:Chunk {tenant: $tenant})-[:MENTIONS]->(e)
WITH e, count(m) AS mentions
MATCH (o:Chunk {tenant: $tenant})-[:MENTIONS]->(e)
WHERE NOT o.id IN $ids
WITH o, collect(e.name) AS entities, sum(1.0 / mentions) AS weight
RETURN o.id AS chunk_id, o.document_id AS document_id, o.version AS version, o.text AS text,
       o.headings AS headings, o.page AS page, 'shared_entity' AS relation, entities
ORDER BY weight DESC, chunk_id
LIMIT $limit
"""

# The same from the other side: which chunks mention what a question names.
MENTIONING: Final[LiteralString] = """
MATCH (e:Entity {tenant: $tenant})
WHERE e.name IN $terms
MATCH (m:Chunk {tenant: $tenant})-[:MENTIONS]->(e)
WITH e, count(m) AS mentions
MATCH (o:Chunk {tenant: $tenant})-[:MENTIONS]->(e)
WITH o, collect(e.name) AS entities, sum(1.0 / mentions) AS weight
RETURN o.id AS chunk_id, o.document_id AS document_id, o.version AS version, o.text AS text,
       o.headings AS headings, o.page AS page, 'mentions' AS relation, entities
ORDER BY weight DESC, chunk_id
LIMIT $limit
"""

ENTITIES: Final[LiteralString] = """
MATCH (c:Chunk {tenant: $tenant})-[:MENTIONS]->(e:Entity {tenant: $tenant})
WHERE c.id IN $ids
RETURN e.name AS name, count(c) AS mentions
ORDER BY mentions DESC, name
LIMIT $limit
"""
