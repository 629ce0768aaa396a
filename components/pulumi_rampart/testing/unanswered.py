"""Says which outputs nobody answered, when a program fails over one that is None."""

import inspect
import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pulumi_rampart.testing.synthetic import types

# What Python raises when it is given None in place of a text, a list or an object.
_OVER_NONE = (TypeError, AttributeError, ValueError, LookupError)
_MOST = 5


def note(
    error: BaseException,
    program: Path | Callable[[], object],
    resources: Iterable[tuple[str, str, Mapping[str, Any]]],
) -> str:
    """Return what to add to an error's message; nothing if no missing output can be its cause.

    Args:
        error: what the program raised, or the error that has its text.
        program: the file or the function.
        resources: type, logical name and outputs of each resource, as the program saw them.
    """
    if not isinstance(error, _OVER_NONE) and "TypeError" not in str(error):
        return ""
    missing = [
        (f"{each.name} of {type_} {name!r}", each.python_name)
        for type_, name, outputs in resources
        for each in types.of_resource(type_) or ()
        if each.required and outputs.get(each.name) is None and each.name != "urn"
    ]
    # The SDK raises an exception of an apply from several places, and its traceback gets lost: look
    # for the names of the outputs in the program too.
    lines = [str(one.line) for one in traceback.extract_tb(error.__traceback__)]
    text_ = "\n".join([*lines, _source(program), str(error)])
    meant = [text for text, name in missing if re.search(rf"\.{name}\b", text_)]
    listed = meant or [text for text, _ in missing]
    if not listed:
        return ""
    rest = f" and {len(listed) - _MOST} more" if len(listed) > _MOST else ""
    return (
        f"Outputs that the cloud did not answer were None: {'; '.join(listed[:_MOST])}{rest}. "
        "Return them from its create() or read(), or make them up in its complete()."
    )


def _source(program: Path | Callable[[], object]) -> str:
    try:
        return program.read_text() if isinstance(program, Path) else inspect.getsource(program)
    except (OSError, TypeError, UnicodeDecodeError):
        return ""
