"""How the states of a workflow read their input: JSONPath or JSONata, one of them in each state.

https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

JSONATA, JSONPATH = "JSONata", "JSONPath"
# Fields that the other language does not have.
_JSONPATH_ONLY = (
    "InputPath",
    "ItemsPath",
    "OutputPath",
    "Parameters",
    "ResultPath",
    "ResultSelector",
)
_PAYLOADS = ("Assign.", "ItemSelector.", "Parameters.", "Result.", "ResultSelector.")
_JSONATA_ONLY = ("Arguments", "Items", "Output")
# A path from the input, the context ($$) or a variable ($name): names, indexes, slices, filters.
# https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
_NAME, _INDEX = r"\.\.?(?:[\w-]+|\*)", r"[\d,\s]+|-\d+|\*|-?\d*:-?\d*"
_STEP = rf"""(?:{_NAME}|\.?\[(?:{_INDEX}|\?\(.+?\)|'[^']*'|"[^"]*")\])"""
_PATH = re.compile(rf"\$(?:\$|\w+)?{_STEP}*")
_INTRINSIC = re.compile(r"States\.[A-Z]\w+\(.*\)", re.DOTALL)
# States of their own, judged where they stand.
_STATES = ("Branches", "ItemProcessor", "Iterator")


def problem_of_state(state: Mapping[str, Any], language: str) -> str | None:
    """Return what is wrong with the expressions of a state, or None."""
    foreign = _JSONPATH_ONLY if language == JSONATA else _JSONATA_ONLY
    if field := next((one for one in foreign if one in state), None):
        other = JSONPATH if language == JSONATA else JSONATA
        return f"has {field}, which is of {other}, and speaks {language}; see `QueryLanguage`."
    problems = _of_jsonata(state) if language == JSONATA else _of_jsonpath(state)
    return next(problems, None)


def _of_jsonpath(state: Mapping[str, Any]) -> Iterator[str]:
    for place, key, value in _leaves(state):
        # In what is handed on, a key may be called anything; only its ending says what it is.
        of_state = not place.startswith(_PAYLOADS) and (key.endswith("Path") or key == "Variable")
        is_path = key.endswith(".$") or (of_state and value is not None)
        if is_path and not _reads(value):
            yield f"has {value!r} in {place}, and no JSONPath: $.order.id, or States.Format(...)."
        elif isinstance(value, str) and value.startswith("{%"):
            yield f"has JSONata in {place} and speaks JSONPath; set `QueryLanguage`."


def _reads(value: object) -> bool:
    if not isinstance(value, str):
        return False
    if value.startswith("States."):
        return bool(_INTRINSIC.fullmatch(value)) and value.count("(") == value.count(")")
    return bool(_PATH.fullmatch(value))


def _of_jsonata(state: Mapping[str, Any]) -> Iterator[str]:
    for place, key, value in _leaves(state):
        if key.endswith(".$"):
            yield f"has {place} as JSONPath writes it, and speaks JSONata; write {{% ... %}}."
        elif isinstance(value, str) and (value.startswith("{%") or value.endswith("%}")):
            if not (value.startswith("{%") and value.endswith("%}") and len(value) >= len("{%%}")):
                yield f"has {value!r} in {place}, and JSONata stands between {{% and %}}."
            elif problem := _of_expression(value[2:-2]):
                yield f"has {value!r} in {place}, which JSONata cannot read: {problem}."


def _of_expression(text: str) -> str | None:
    import jsonata  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]  # has none

    try:
        jsonata.Jsonata(text)
    except jsonata.JException as error:
        return str(error).strip()
    return None


def _leaves(value: object, place: str = "") -> Iterator[tuple[str, str, object]]:
    """Yield (where it stands, its key, value) of everything in a state that holds nothing more."""
    if isinstance(value, dict):
        for key, each in cast("dict[str, object]", value).items():
            if place or key not in _STATES:
                here = f"{place}.{key}" if place else key
                if isinstance(each, dict | list):
                    yield from _leaves(cast("object", each), here)
                else:
                    yield here, key, each
    elif isinstance(value, list):
        for index, each in enumerate(cast("list[object]", value)):
            here = f"{place}[{index}]"
            if isinstance(each, dict | list):
                yield from _leaves(cast("object", each), here)
            else:
                yield here, "", each
