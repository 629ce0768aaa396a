"""Keeps what can be found of a document equal to the document's object in S3."""
