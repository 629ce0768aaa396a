"""Answers Pulumi's engine when a program in another language constructs a component."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from pulumi import InputPropertiesError, Output, ResourceOptions
from pulumi.output import Inputs
from pulumi.provider import ConstructResult, Provider
from pulumi.provider.experimental.analyzer import PropertyDefinition, PropertyType
from pulumi.provider.experimental.component import ComponentProvider
from pulumi.provider.experimental.schema import generate_schema
from pulumi.provider.experimental.util import camel_case
from pulumi.provider.server import ComponentInitError

from pulumi_rampart.arguments import ArgumentError, Problem
from pulumi_rampart.arguments.error import written
from pulumi_rampart.arguments.nearest import nearest
from pulumi_rampart.component import PACKAGE
from pulumi_rampart.package.analyzer import SchemaAnalyzer
from pulumi_rampart.package.components import COMPONENTS
from pulumi_rampart.packaging import PackagingError
from pulumi_rampart.version import __version__

if TYPE_CHECKING:
    from pulumi.errors import InputPropertyErrorDetails

# Which endpoints a boundary gets whose functions are constructed apart; see boundary/reach.py.
SERVICES = ("events", "kms", "lambda", "secretsmanager", "sns", "sqs", "ssm", "states")


class RampartProvider(ComponentProvider):
    """The SDK's provider of components, which names errors in the language of the caller."""

    def __init__(self) -> None:
        self._name = PACKAGE
        self.analyzer = SchemaAnalyzer(PACKAGE)
        found = self.analyzer.analyze(list(COMPONENTS))
        self._components = {one.__name__: one for one in COMPONENTS}
        self._component_defs = found["component_definitions"]
        self._type_defs = found["type_definitions"]
        self._external_enum_types = found["external_enum_types"]
        self._dependencies = sorted(found["dependencies"], key=lambda one: one.name)
        schema = generate_schema(
            PACKAGE, __version__, None, self._component_defs, self._type_defs, self._dependencies
        )
        # Past ComponentProvider, which would analyze with its own analyzer.
        Provider.__init__(self, __version__, json.dumps(schema.to_json()))

    def construct(
        self,
        name: str,
        resource_type: str,
        inputs: Inputs,
        options: ResourceOptions | None = None,
    ) -> ConstructResult:
        """Construct a component.

        Raises:
            InputPropertiesError: what is wrong with the inputs, by their names in the schema.
        """
        if resource_type.endswith(":SecurityBoundary"):
            inputs = {"interfaceServices": list(SERVICES), **cast("Mapping[str, Any]", inputs)}
        try:
            return super().construct(name, resource_type, inputs, options)
        except ComponentInitError as error:
            if isinstance(error.inner, ArgumentError):
                raise _in_their_words(error.inner) from error
            if isinstance(error.inner, PackagingError):
                raise InputPropertiesError(f"{name}: {error.inner}") from error
            raise

    def map_input_properties(
        self,
        inputs: Inputs,
        properties: dict[str, PropertyDefinition],
        mapping: dict[str, str],
        component_name: str,
        property_path: str,
    ) -> Inputs:
        """Map names from the schema to Python, and refuse those that the schema does not have."""
        given = cast("dict[str, Any]", inputs)
        for key in given:
            if key not in properties:
                raise _unknown(key, list(properties), property_path)
        opened = {
            key: self._fields(cast("Output[Any]", value), properties[key])
            if isinstance(value, Output)
            else value
            for key, value in given.items()
        }
        return super().map_input_properties(
            opened, _computed(properties, opened), mapping, component_name, property_path
        )

    def _fields(self, value: Output[Any], definition: PropertyDefinition) -> Any:  # noqa: ANN401  # any input
        """Open an object computed as a whole, as `boundary: boundary.args`, field by field."""
        described = self.get_type_definition(definition) if definition.ref else None
        if described is None:
            return value
        return {
            key: value.apply(lambda whole, key=key: whole.get(key))
            for key, each in described.properties.items()
            if not each.plain
        }


def _computed(
    properties: dict[str, PropertyDefinition], given: Mapping[str, Any]
) -> dict[str, PropertyDefinition]:
    """Describe a whole number that is computed as a number: the SDK calls `int` on whole ones."""
    return {
        key: replace(one, type=PropertyType.NUMBER)
        if one.type is PropertyType.INTEGER and isinstance(given.get(key), Output)
        else one
        for key, one in properties.items()
    }


def _in_their_words(error: ArgumentError) -> InputPropertiesError:
    message = [f"{error.component}{one}" for one in error.problems if not one.path]
    details: list[InputPropertyErrorDetails] = [
        {"property_path": _path(one), "reason": _reason(one)} for one in error.problems if one.path
    ]
    return InputPropertiesError(_in_camel_case("\n".join(message)), details)


def _path(problem: Problem) -> str:
    names = (camel_case(one) if isinstance(one, str) else one for one in problem.path)
    return written(tuple(names)).removeprefix(".")


def _reason(problem: Problem) -> str:
    return _in_camel_case(f"{problem.got}: {problem.text}" if problem.got else problem.text)


def _in_camel_case(text: str) -> str:
    """Write the arguments that a message names, which stand in backticks, as the schema does."""
    return re.sub(r"`([a-z_.]+)`", lambda found: f"`{camel_case(found[1])}`", text)


def _unknown(key: str, allowed: list[str], path: str) -> InputPropertiesError:
    near = nearest(key, allowed)
    hint = f"did you mean {near}? Allowed" if near else "allowed"
    reason = f"there is no such property; {hint} are {', '.join(allowed)}."
    return InputPropertiesError(
        "", [{"property_path": f"{path}.{key}" if path else key, "reason": reason}]
    )
