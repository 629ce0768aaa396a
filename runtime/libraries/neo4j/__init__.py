"""Documents as a graph in Neo4j: sections, chunks in order, and what they mention."""
