"""Derives the schema of the components; the SDK's own analyzer, with what it does not know yet.

Rules in annotations (`Annotated[int, Between(1, 900)]`) are for Python and left out of the schema;
descriptions are found where an inherited property is declared.
"""

import ast
import inspect
import sys
import textwrap
from typing import Annotated, get_args, get_origin

from pulumi.provider.experimental.analyzer import (
    Analyzer,
    ComponentDefinition,
    PropertyDefinition,
)
from pulumi.resource import ComponentResource


class SchemaAnalyzer(Analyzer):
    """Analyzes components whose arguments carry rules and inherit from each other."""

    def analyze_component(self, component: type[ComponentResource]) -> ComponentDefinition:
        """Describe a component without its example, which is in Python."""
        definition = super().analyze_component(component)
        text = (definition.description or "").partition("Example:")[0]
        definition.description = inspect.cleandoc(text) or None
        return definition

    def analyze_property(
        self,
        arg: type,
        typ: type,
        name: str,
        *,
        can_be_plain: bool,
        is_component_output: bool,
        optional: bool | None = None,
    ) -> PropertyDefinition:
        """Describe a property by its type alone."""
        if get_origin(arg) is Annotated:
            arg = get_args(arg)[0]
        if get_origin(arg) is dict and get_origin(get_args(arg)[0]) is Annotated:
            arg = dict[str, get_args(arg)[1]]
        return super().analyze_property(
            arg,
            typ,
            name,
            can_be_plain=can_be_plain,
            is_component_output=is_component_output,
            optional=optional,
        )

    def get_docstring(self, typ: type, name: str) -> str | None:
        """Return the text below a property, in the class or the one it inherits it from."""
        text = super().get_docstring(typ, name)
        if text:
            return " ".join(text.split())
        for base in _bases(typ):
            if text := self.get_docstring(base, name):
                return text
        return None


def _bases(typ: type) -> list[type]:
    """Return the classes that `typ` names as its bases, which a TypedDict drops (Python 3.11)."""
    module = sys.modules[typ.__module__]
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(typ))).body
    if not isinstance(definition, ast.ClassDef):
        return []
    named = [base.id for base in definition.bases if isinstance(base, ast.Name)]
    found: list[object] = [getattr(module, name, None) for name in named]
    return [one for one in found if isinstance(one, type) and one is not ComponentResource]
