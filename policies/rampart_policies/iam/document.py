"""Policy documents as statements, given as JSON text or as a value."""

from rampart_policies.iam.statement import Principal, Statement
from rampart_policies.values import SECRET, Block, UndecidedError, Value, parse_json

__all__ = ["Principal", "Statement", "document_statements", "statements"]


def statements(properties: Block, path: str) -> tuple[Statement, ...]:
    """Return the statements of the document at a path, given as JSON text or as a value.

    Raises:
        UndecidedError: the document, or its list of statements, is not known.
    """
    return document_statements(properties.value(path), path)


def document_statements(value: Value, path: str) -> tuple[Statement, ...]:
    """Return the statements of one document; none when there is no document."""
    if isinstance(value, str):
        if value == SECRET:
            raise UndecidedError(path, "is a secret")
        value = parse_json(value, path) if value else None
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise UndecidedError(path, "is not a policy document")
    elements = {name.lower(): one for name, one in value.items()}
    listed = elements.get("statement", elements.get("statements", []))
    items = listed if isinstance(listed, list) else [listed]
    found: list[Statement] = []
    for index, item in enumerate(items):
        if not isinstance(item, dict):
            raise UndecidedError(f"{path}.Statement[{index}]")
        at = f"{path}.Statement[{index}]"
        found.append(Statement(item, at, index, elements.get("version")))
    return tuple(found)
