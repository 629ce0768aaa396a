"""The definition of a workflow, in Amazon States Language, checked before AWS would refuse it.

https://states-language.net and
https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from pulumi_rampart.arguments import refused
from pulumi_rampart.arguments.nearest import nearest
from pulumi_rampart.messaging.definition_scopes import Scope, scopes, transitions
from pulumi_rampart.messaging.expressions import JSONATA, JSONPATH, problem_of_state

TYPES = ("Choice", "Fail", "Map", "Parallel", "Pass", "Succeed", "Task", "Wait")
# What ends an execution by itself, and what says where it goes on by other fields than Next.
_ENDS, _BRANCHES = ("Fail", "Succeed"), ("Choice",)
# https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
MAX_CHARACTERS = 1_048_576
# https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
_NOT_EXPRESS = (".waitForTaskToken", ".sync", ".sync:2")


def parsed(name: str, text: str, *, express: bool, on_failure: str | None) -> dict[str, Any]:
    """Return a definition that Step Functions would take, as far as can be told from the text.

    Args:
        name: logical name of the workflow, for messages.
        text: the definition as JSON.
        express: whether it is an express workflow, which waits for nobody.
        on_failure: state to which failures go that nobody catches.

    Raises:
        ArgumentError: says what is wrong, and in which state.
    """
    document = _document(name, text)
    found = list(scopes(document))
    if on_failure is not None and on_failure not in found[0].states:
        hint = _meant(on_failure, found[0].states)
        raise refused(name, "on_failure", f"there is no state {on_failure!r}{hint}")
    problem = next(_problems(found, express=express, on_failure=on_failure), None)
    if problem:
        raise refused(name, "definition", problem)
    return document


def _document(name: str, text: str) -> dict[str, Any]:
    if len(text) > MAX_CHARACTERS:
        problem = f"{len(text)} characters, and Step Functions allows {MAX_CHARACTERS}; split it."
        raise refused(name, "definition", problem)
    try:
        document: object = json.loads(text)
    except ValueError as error:
        problem = f"no JSON: {error}; give the definition in Amazon States Language."
        raise refused(name, "definition", problem) from error
    if not isinstance(document, dict):
        raise refused(name, "definition", "a JSON object is wanted, with `StartAt` and `States`.")
    return cast("dict[str, Any]", document)


def _problems(found: list[Scope], *, express: bool, on_failure: str | None) -> Iterator[str]:
    if twice := _named_twice(found):
        yield f"two states are named {twice!r}, and names are unique in the whole definition."
    for scope in found:
        yield from _of_scope(scope, on_failure)
        for name, state in scope.states.items():
            for problem in _of_state(state, scope, express=express):
                yield f"state {name!r} {problem}"


def _named_twice(found: list[Scope]) -> str | None:
    seen: set[str] = set()
    for scope in found:
        for name in scope.states:
            if name in seen:
                return name
            seen.add(name)
    return None


def _of_scope(scope: Scope, on_failure: str | None) -> Iterator[str]:
    where = f"{scope.place} " if scope.place else ""
    if not scope.states:
        yield f"{where}has no `States`, an object of at least one state."
        return
    if scope.start not in scope.states:
        hint = _meant(str(scope.start), scope.states)
        yield f"{where}starts at {scope.start!r}, and there is no such state{hint}"
        return
    for name, state in scope.states.items():
        for field, target in transitions(state):
            if target not in scope.states:
                hint = _meant(str(target), scope.states)
                yield f"state {name!r} goes to {target!r} by {field}, and there is no such{hint}"
                return
    reached = scope.reached(scope.start, caught=on_failure)
    if lost := [name for name in scope.states if name not in reached]:
        yield f"state {lost[0]!r} is never reached from {scope.start!r}; name it, or delete it."
    if not any(_is_end(scope.states[name]) for name in reached):
        yield f"{where}never ends: no state that is reached is the last; set `End` of one."


def _of_state(state: Mapping[str, Any], scope: Scope, *, express: bool) -> Iterator[str]:
    kind = state.get("Type")
    if kind not in TYPES:
        hint = _meant(str(kind), TYPES)
        yield f"has the type {kind!r}{hint} There are {', '.join(TYPES)}."
    if kind in _ENDS and ("Next" in state or "End" in state):
        yield f"is a {kind}, which is the last by itself; leave `Next` and `End` out."
    if kind not in (*_ENDS, *_BRANCHES) and ("Next" in state) == (state.get("End") is True):
        yield "has either a `Next` or `End` true, and not both."
    if kind == "Choice" and not state.get("Choices"):
        yield "is a Choice without `Choices`."
    if kind == "Task" and not isinstance(state.get("Resource"), str):
        yield "is a Task without `Resource`: what it does."
    if express and str(state.get("Resource", "")).endswith(_NOT_EXPRESS):
        yield f"waits for {state['Resource']}, and an express workflow cannot; see `express`."
    language = state.get("QueryLanguage", scope.language)
    if language not in {JSONATA, JSONPATH}:
        yield f"has the query language {language!r}; there are {JSONATA} and {JSONPATH}."
    elif problem := problem_of_state(state, language):
        yield problem


def _is_end(state: Mapping[str, Any]) -> bool:
    return state.get("Type") in _ENDS or state.get("End") is True


def _meant(word: str, known: Mapping[str, Any] | tuple[str, ...]) -> str:
    near = nearest(word, list(known))
    return f"; did you mean {near!r}?" if near else "."
