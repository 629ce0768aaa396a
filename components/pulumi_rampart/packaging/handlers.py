"""Which functions Lambda could call in a zip, told from its sources before anything is built."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from pulumi_rampart.packaging.dependency_files import LOCK, read_text
from pulumi_rampart.packaging.errors import HandlerError
from pulumi_rampart.packaging.requirements import normalized, pinned
from pulumi_rampart.packaging.source import ZipSource

# https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
_LONGEST_HANDLER = 128
_COMPILED = {".so", ".pyd"}
_MODULES_NAMED = 8
_ANYTHING = "*"


def handlers(source: ZipSource) -> dict[str, frozenset[str]]:
    """Tell what could be a handler: import path of each of our modules -> the names it defines.

    A module that cannot be read for sure, such as a compiled one, has the name "*".

    Raises:
        SourceError: see `ZipSource.files`.
    """
    return {module: _names(file) for module, file in _modules(source.files()).items()}


def check_handler(source: ZipSource, handler: str) -> None:
    """Raise unless the zip will hold the handler; builds nothing.

    Args:
        source: the function's files.
        handler: `module.function` as Lambda takes it; `folder/module.function` is the same.

    Raises:
        HandlerError: it does not; the message says what the zip holds. A module of a dependency is
            taken when a locked package has its name.
        SourceError: see `ZipSource.files`.
    """
    module, _, function = handler.replace("/", ".").rpartition(".")
    if not module or not function or len(handler) > _LONGEST_HANDLER:
        raise HandlerError(
            f"{handler!r} is no handler: `module.function` of at most {_LONGEST_HANDLER} "
            "characters is allowed."
        )
    modules = _modules(source.files())
    if module in modules:
        names = _names(modules[module])
        if not names & {function, _ANYTHING}:
            raise HandlerError(
                f"{handler!r}: {module} defines no {function}. It defines {_listed(names)}."
            )
    elif normalized(module.split(".")[0]) not in _locked(source):
        raise HandlerError(
            f"{handler!r}: the zip holds no module {module}. Of ours it holds "
            f"{_offered(modules, function)}. A handler of a dependency can be imported into one."
        )


def _modules(files: Mapping[str, Path]) -> dict[str, Path]:
    """Import path -> file. The name of a compiled module ends at its first dot."""
    found: dict[str, Path] = {}
    for name, file in files.items():
        path = PurePosixPath(name)
        if path.suffix == ".py" or path.suffix in _COMPILED:
            stem = path.stem if path.suffix == ".py" else path.name.partition(".")[0]
            parts = [*path.parent.parts, *([] if stem == "__init__" else [stem])]
            found[".".join(parts)] = file
    return found


def _names(file: Path) -> frozenset[str]:
    if file.suffix in _COMPILED:
        return frozenset({_ANYTHING})
    try:
        module = ast.parse(file.read_bytes())
    except (SyntaxError, ValueError):
        # Perhaps written for a newer Python than this one.
        return frozenset({_ANYTHING})
    return frozenset(_defined(module.body))


def _defined(body: list[ast.stmt]) -> Iterator[str]:
    for statement in body:
        match statement:
            case ast.FunctionDef(name="__getattr__"):
                yield _ANYTHING
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield statement.name
            case ast.ImportFrom():
                yield from (one.asname or one.name for one in statement.names)
            case ast.Assign() | ast.AnnAssign():
                yield from _stored(statement)
            case ast.If() | ast.Try() | ast.With() | ast.For() | ast.While():
                for part in ("body", "orelse", "finalbody"):
                    yield from _defined(getattr(statement, part, []))
                for caught in getattr(statement, "handlers", []):
                    yield from _defined(caught.body)
            case _:
                pass


def _stored(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _offered(modules: Mapping[str, Path], function: str) -> str:
    """List the modules, those first that define the function: one of them was probably meant."""
    defined = {module: _names(file) for module, file in modules.items()}
    likely = sorted(defined, key=lambda module: (function not in defined[module], module))
    named = [f"{module} ({_listed(defined[module])})" for module in likely if defined[module]]
    more = f" and {len(named) - _MODULES_NAMED} more" if len(named) > _MODULES_NAMED else ""
    return f"{'; '.join(named[:_MODULES_NAMED]) or 'no module that defines anything'}{more}"


def _listed(names: frozenset[str]) -> str:
    shown = sorted(names)[:_MODULES_NAMED]
    return ", ".join([*shown, "..."] if len(names) > len(shown) else shown) or "nothing"


def _locked(source: ZipSource) -> set[str]:
    locks = (folder / LOCK for folder in source.folders)
    return {one.name for lock in locks if lock.exists() for one in pinned(read_text(lock))}
