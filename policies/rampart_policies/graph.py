"""The resources of a stack and the references between them, indexed once.

References count whether they are recorded by the engine (a property depends on a URN) or visible
in the value (an ARN, an identifier, a name). Where neither can tell, the answer is undecided.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rampart_policies.positions import Place, innermost, inside, nearest
from rampart_policies.references import IDENTITIES, names_in, plain
from rampart_policies.tokens import canonical
from rampart_policies.values import (
    Block,
    UndecidedError,
    Value,
    contains_unknown,
    is_unknown,
)

Types = str | tuple[str, ...]

# A value computed from another resource may name what that one names (an alias's function name).
_HOPS = 2


class Resource(Block):
    """One resource: its properties (computed ones too, where known) and its place in the stack."""

    def __init__(
        self,
        urn: str,
        kind: str,
        fields: Mapping[str, Value],
        *,
        parent: str = "",
        dependencies: Iterable[str] = (),
        property_dependencies: Mapping[str, Iterable[str]] | None = None,
        custom: bool = True,
        external: bool = False,
        positions: Iterable[str] = (),
    ) -> None:
        super().__init__(fields)
        self.place = innermost(positions)
        self.custom = custom  # made by a provider; a component only groups others
        self.external = external  # only read: somebody else's, perhaps
        self.urn, self.type, self.parent = urn, canonical(kind), parent
        self.name = urn.rpartition("::")[2]
        self.property_dependencies = property_dependencies or {}
        self.dependencies = tuple(dependencies)

    def declares(self, key: str, default: float) -> bool:
        """Whether the program gives the property another value than the provider does by default.

        The provider fills its default in before the engine shows the resource to a policy, so that
        a program which writes the very default cannot be told from one that writes nothing.
        """
        return self.number(key) not in {None, default}

    @cached_property
    def identities(self) -> frozenset[str]:
        """What other resources may call this one by, as far as it is known."""
        values = (self.fields.get(key) for key in IDENTITIES)
        return frozenset(v for v in values if isinstance(v, str) and v and not is_unknown(v))


@dataclass
class _Links:
    """The references of one property of one type: target URN -> sources, and what is unclear."""

    definite: dict[str, list[Resource]] = field(default_factory=lambda: defaultdict(list))
    possible: dict[str, list[Resource]] = field(default_factory=lambda: defaultdict(list))
    opaque: list[Resource] = field(default_factory=list[Resource])


class Graph:
    """All resources of one stack."""

    def __init__(self, resources: Iterable[Resource], folder: str = "") -> None:
        """Index the resources.

        Args:
            resources: in any order.
            folder: where Pulumi.yaml lies in the repository; comes before each file's name.
        """
        self._folder = folder
        self.resources = {resource.urn: resource for resource in resources}
        self._by_type: dict[str, list[Resource]] = defaultdict(list)
        self._by_identity: dict[str, list[Resource]] = defaultdict(list)
        for resource in self.resources.values():
            self._by_type[resource.type].append(resource)
            for identity in resource.identities:
                self._by_identity[identity].append(resource)
        self._links: dict[tuple[str, str], _Links] = {}

    def of(self, types: Types) -> list[Resource]:
        """All resources of a type, or of any of several."""
        if isinstance(types, str):
            return self._by_type.get(types, [])
        return [resource for one in types for resource in self._by_type.get(one, [])]

    def declared_at(self, resource: Resource) -> Place | None:
        """Return where the program's own files declare a resource; see `positions.nearest`."""
        return inside(self._folder, nearest(resource, self.resources))

    def targets(self, source: Resource, path: str, types: Types) -> list[Resource]:
        """Return the resources of these types that a property refers to; none if it names others.

        Raises:
            UndecidedError: the value is unknown and no dependency says where it comes from.
        """
        wanted = {types} if isinstance(types, str) else set(types)
        value = plain(source.fields, path)
        named = {
            found.urn: found
            for name in names_in(value)
            for found in self._by_identity.get(name, ())
            if found.type in wanted
        }
        if named and not contains_unknown(value):
            return list(named.values())
        key = path.partition(".")[0]
        urns = list(source.property_dependencies.get(key, ()))
        for urn in urns:
            if (found := self.resources.get(urn)) and found.type in wanted:
                named[urn] = found
        if not named and contains_unknown(value):
            further = (self.resources[urn].type for urn in self._beyond(urns))
            if not urns or not wanted.isdisjoint(further):
                raise UndecidedError(path)
        return list(named.values())

    def target(self, source: Resource, path: str, types: Types) -> Resource | None:
        """Return the one resource of these types that a property refers to, or None.

        Raises:
            UndecidedError: several are possible, or see `targets`.
        """
        found = self.targets(source, path, types)
        if len(found) > 1:
            raise UndecidedError(path, f"may be any of {', '.join(r.name for r in found)}")
        return found[0] if found else None

    def referrers(self, target: Resource, types: Types, path: str) -> list[Resource]:
        """Return the resources of these types whose property refers to the target.

        Raises:
            UndecidedError: none does for certain, but one has an unknown value that may.
        """
        found: list[Resource] = []
        unclear: list[Resource] = []
        for one in (types,) if isinstance(types, str) else types:
            links = self._links_of(one, path)
            found += links.definite.get(target.urn, ())
            unclear += links.possible.get(target.urn, ()) or links.opaque
        if not found and unclear:
            raise UndecidedError(f"{path} of {unclear[0].name}")
        return found

    def every_referrer(self, target: Resource, types: Types, path: str) -> list[Resource]:
        """Return the same where one missed is a mistake: "nobody but these refers to it".

        Raises:
            UndecidedError: a resource of these types has an unknown value that may refer to it.
        """
        for one in (types,) if isinstance(types, str) else types:
            links = self._links_of(one, path)
            known = links.definite.get(target.urn, ())
            for source in [*links.possible.get(target.urn, ()), *links.opaque]:
                if source not in known:
                    raise UndecidedError(f"{path} of {source.name}")
        return self.referrers(target, types, path)

    def named(self, text: str, types: Types) -> list[Resource]:
        """Return the resources of these types that a text names, such as an ARN in a policy.

        Raises:
            UndecidedError: none does for certain, but the name of one is not known yet.
        """
        wanted = {types} if isinstance(types, str) else set(types)
        found = {
            resource.urn: resource
            for name in names_in(text)
            for resource in self._by_identity.get(name, ())
            if resource.type in wanted
        }
        if not found:
            key = "arn" if text.startswith("arn:") else "name"
            for resource in self.of(types):
                if not resource.identities or is_unknown(resource.fields.get(key)):
                    raise UndecidedError(f"the name of {resource.name}")
        return list(found.values())

    def waits_for(self, resource: Resource, other: Resource) -> bool:
        """Whether the engine makes `resource` after `other`, through whatever is between them."""
        seen: set[str] = set()
        ahead = [resource]
        while ahead:
            for urn in _depended_on(ahead.pop()):
                if urn == other.urn:
                    return True
                if urn not in seen and urn in self.resources:
                    seen.add(urn)
                    ahead.append(self.resources[urn])
        return False

    def _links_of(self, one_type: str, path: str) -> _Links:
        if (known := self._links.get((one_type, path))) is not None:
            return known
        links = self._links[one_type, path] = _Links()
        key = path.partition(".")[0]
        for source in self.of(one_type):
            value = plain(source.fields, path)
            urns = set(source.property_dependencies.get(key, ()))
            named = {
                found.urn for name in names_in(value) for found in self._by_identity.get(name, ())
            }
            for urn in named | urns:
                links.definite[urn].append(source)
            if contains_unknown(value):
                if not urns:
                    links.opaque.append(source)
                for urn in self._beyond(urns):
                    links.possible[urn].append(source)
        return links

    def _beyond(self, urns: Iterable[str]) -> Iterator[str]:
        """Return what the given resources themselves depend on, a few steps on."""
        seen = set(urns)
        edge = seen
        for _ in range(_HOPS):
            edge = {
                further
                for urn in edge
                if (resource := self.resources.get(urn))
                for further in _depended_on(resource)
                if further in self.resources
            } - seen
            yield from edge
            seen |= edge


def _depended_on(resource: Resource) -> Iterator[str]:
    yield from resource.dependencies
    for urns in resource.property_dependencies.values():
        yield from urns
