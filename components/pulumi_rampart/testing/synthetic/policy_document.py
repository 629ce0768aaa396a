"""`getPolicyDocument`, which needs no cloud: computed as the AWS provider computes it.

Source: hashicorp/terraform-provider-aws, internal/service/iam, policy_document_data_source.go and
policy_model.go: lists are sorted backwards, a list of one is a text, conditions of one test and
variable are joined, `&{` stands for `${`.
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, cast

Statement = dict[str, Any]

_OLD = "2008-10-17"
_ORDER = (
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
)


def policy_document(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the results of `aws:iam/getPolicyDocument:getPolicyDocument`.

    Raises:
        ValueError: two statements have the same Sid, or a text of the version of 2008 has `&{`.
    """
    sources = [_read(json.loads(each)) for each in _many(arguments, "sourcePolicyDocuments")]
    _check_sids(
        (each for source in sources for each in source["Statement"]), "sourcePolicyDocuments"
    )
    version = arguments.get("version") or "2012-10-17"
    own: dict[str, Any] = {
        "Version": version,
        "Id": arguments.get("policyId") or "",
        "Statement": [_statement(each, version) for each in _many(arguments, "statements")],
    }
    _check_sids(own["Statement"], "statements")
    overrides = [_read(json.loads(each)) for each in _many(arguments, "overridePolicyDocuments")]
    merged: dict[str, Any] = {}
    for each in [*sources, own, *overrides]:
        _merge(merged, each)
    ordered = {key: merged[key] for key in ("Version", "Id", "Statement") if merged.get(key)}
    indented = _escaped(json.dumps(ordered, indent=2, ensure_ascii=False))
    return {
        "id": str(zlib.crc32(indented.encode())),
        "json": indented,
        "minifiedJson": _escaped(json.dumps(ordered, separators=(",", ":"), ensure_ascii=False)),
        "version": version,
    }


def _statement(given: Mapping[str, Any], version: str) -> Statement:
    found: Statement = {"Sid": given.get("sid") or "", "Effect": given.get("effect") or "Allow"}
    for key, name in (("actions", "Action"), ("notActions", "NotAction")):
        found[name] = _texts(_many(given, key))
    for key, name in (("resources", "Resource"), ("notResources", "NotResource")):
        found[name] = _texts(_variables(_many(given, key), version))
    for key, name in (("principals", "Principal"), ("notPrincipals", "NotPrincipal")):
        found[name] = _principals(
            (each["type"], _variables(each["identifiers"], version)) for each in _many(given, key)
        )
    found["Condition"] = _conditions(
        (each["test"], each["variable"], _variables(each["values"], version))
        for each in _many(given, "conditions")
    )
    return _ordered(found)


def _read(document: Mapping[str, Any]) -> dict[str, Any]:
    """Bring a given document into the form that the provider writes."""
    statements = _list(document.get("Statement") or list[Any]())
    return {**document, "Statement": [_read_statement(each) for each in statements]}


def _read_statement(statement: Mapping[str, Any]) -> Statement:
    found: Statement = dict(statement)
    for name in ("Principal", "NotPrincipal"):
        principal = found.get(name)
        if isinstance(principal, str):
            found[name] = "*"
        elif principal:
            found[name] = _principals((key, _list(each)) for key, each in principal.items())
    found["Condition"] = _conditions(
        (test, variable, [_text(each) for each in _list(values)])
        for test, variables in _object(found, "Condition").items()
        for variable, values in variables.items()
    )
    return _ordered(found)


def _merge(into: dict[str, Any], document: Mapping[str, Any]) -> None:
    """Add a document: its id, the later version, its statements in place of those of their Sid."""
    into["Id"] = document.get("Id") or into.get("Id", "")
    into["Version"] = max(document.get("Version", ""), into.get("Version", ""))
    statements: list[Statement] = into.setdefault("Statement", [])
    for each in document["Statement"]:
        same = [n for n, one in enumerate(statements) if each.get("Sid") == one.get("Sid") != None]  # noqa: E711
        if same:
            statements[same[0]] = each
        else:
            statements.append(each)


def _principals(given: Iterable[tuple[str, list[str]]]) -> Any:  # noqa: ANN401  # text or object
    every = list(given)
    if every == [("*", ["*"])]:
        return "*"
    joined: dict[str, list[str]] = {}
    for type_, identifiers in every:
        joined.setdefault(type_, []).extend(sorted(identifiers, reverse=True))
    return {
        type_: identifiers[0] if len(identifiers) == 1 else identifiers
        for type_, identifiers in sorted(joined.items())
    }


def _conditions(given: Iterable[tuple[str, str, list[str]]]) -> dict[str, Any]:
    joined: dict[str, dict[str, list[str]]] = {}
    for test, variable, values in given:
        joined.setdefault(test, {}).setdefault(variable, []).extend(values)
    return {
        test: {
            variable: values[0] if len(values) == 1 else values
            for variable, values in sorted(variables.items())
        }
        for test, variables in sorted(joined.items())
    }


def _variables(texts: list[str], version: str) -> list[str]:
    for each in texts:
        if version == _OLD and "&{" in each:
            raise ValueError(f"{each!r}: a policy of version {_OLD} knows no variables (&{{).")
    return [each.replace("&{", "${") for each in texts]


def _texts(texts: list[str]) -> Any:  # noqa: ANN401  # one text or a list
    unique = sorted(set(texts), reverse=True)
    return unique[0] if len(unique) == 1 else unique


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _list(value: Any) -> list[Any]:  # noqa: ANN401  # one value or a list
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _object(given: Mapping[str, Any], key: str) -> dict[str, Any]:
    return dict(given.get(key) or dict[str, Any]())


def _many(given: Mapping[str, Any], key: str) -> list[Any]:
    return list(given.get(key) or list[Any]())


def _ordered(statement: Statement) -> Statement:
    return {key: statement[key] for key in _ORDER if statement.get(key)}


def _check_sids(statements: Iterable[Mapping[str, Any]], where: str) -> None:
    seen: set[str] = set()
    for each in statements:
        sid = each.get("Sid")
        if sid and sid in seen:
            raise ValueError(f"{where} has two statements with the Sid {sid!r}; they are unique.")
        seen.add(sid or "")


def _escaped(text: str) -> str:
    """Escape what Go's JSON escapes."""
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text
