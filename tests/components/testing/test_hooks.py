"""Hooks run around a resource's creation, where the program runs; messages reach the graph."""

from typing import Any

import pulumi
import pytest
from pulumi import (
    ErrorHook,
    ResourceHook,
    ResourceHookBinding,
    ResourceHookOptions,
    ResourceOptions,
)
from pulumi_aws import sqs

from pulumi_rampart.testing import LogLine, Registration, SyntheticCloud, record


def noting(log: list[str], name: str, **options: bool) -> ResourceHook:
    return ResourceHook(
        name,
        lambda args: log.append(f"{name} {args.name} {bool(args.new_outputs)}"),
        ResourceHookOptions(**options),
    )


def test_hooks_run_before_and_after_the_creation_and_in_a_preview_if_they_ask() -> None:
    # given
    log: list[str] = []

    def program() -> None:
        before = noting(log, "before")
        after = noting(log, "after", on_dry_run=True)
        hooks = ResourceHookBinding(before_create=[before], after_create=[after])
        sqs.Queue("jobs", opts=ResourceOptions(hooks=hooks))

    # when
    record(program)
    made = list(log)
    log.clear()
    record(program, preview=True)

    # then
    assert made == ["before jobs False", "after jobs True"]
    assert [line.split()[0] for line in log] == ["after"]


def test_the_hook_after_a_component_runs_when_its_parts_are_made() -> None:
    # given
    log: list[str] = []

    class Shelf(pulumi.ComponentResource):
        def __init__(self, opts: ResourceOptions) -> None:
            super().__init__("shop:index:Shelf", "shelf", None, opts)
            hooks = ResourceHookBinding(after_create=[noting(log, "inside")])
            part = sqs.Queue("part", opts=ResourceOptions(parent=self, hooks=hooks))
            self.register_outputs({"url": part.url})

    # when
    def program() -> None:
        hooks = ResourceHookBinding(after_create=[noting(log, "around")])
        Shelf(ResourceOptions(hooks=hooks))

    record(program)

    # then
    assert log == ["inside part True", "around shelf True"]


def test_a_hook_that_raises_fails_the_resource_or_is_a_warning_if_it_asks() -> None:
    # given
    def program(**options: bool) -> None:
        def refuse(_: object) -> None:
            raise ValueError("on a Sunday")

        hook = ResourceHook("never", refuse, ResourceHookOptions(**options))
        sqs.Queue("jobs", opts=ResourceOptions(hooks=ResourceHookBinding(before_create=[hook])))

    # then
    with pytest.raises(Exception, match=r"Hook 'never' of urn:.*::jobs failed: on a Sunday"):
        record(program)
    (line,) = record(lambda: program(ignore_errors=True)).logs
    assert (line.severity, line.urn.split("::")[-1]) == ("warning", "jobs")
    assert "on a Sunday" in line.message


def test_an_error_hook_may_ask_to_try_again() -> None:
    # given
    class Flaky(SyntheticCloud):
        def __init__(self) -> None:
            super().__init__()
            self.tries = 0

        def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
            self.tries += 1
            if self.tries < 3:
                raise TimeoutError("busy")
            return super().create(resource)

    def program(*, again: bool) -> None:
        hook = ErrorHook("again", lambda args: again and "busy" in args.errors[0])
        sqs.Queue("jobs", opts=ResourceOptions(hooks=ResourceHookBinding(on_error=[hook])))

    # when
    cloud = Flaky()
    record(lambda: program(again=True), cloud=cloud)

    # then
    assert cloud.tries == 3
    with pytest.raises(TimeoutError, match="busy"):
        record(lambda: program(again=False), cloud=Flaky())


def test_messages_are_in_the_graph_with_severity_and_resource_and_debugging_is_not() -> None:
    # given
    def program() -> None:
        jobs = sqs.Queue("jobs")
        pulumi.log.debug("a debug line")
        pulumi.log.info("an info")
        pulumi.log.warn("a warning", resource=jobs)

    # when
    graph = record(program)

    # then
    assert LogLine(severity="info", message="an info") in graph.logs
    assert (
        LogLine(severity="warning", message="a warning", urn=graph.resources[0].urn) in graph.logs
    )
    assert len(graph.logs) == 2
