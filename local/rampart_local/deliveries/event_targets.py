"""How EventBridge delivers to the targets of a rule.

ministack delivers whatever the target's policy says, forgets what failed, and calls a function
once. Here a target needs the policy that AWS asks for; a delivery that fails is counted, and goes
to the target's dead letter queue; a function is called asynchronously, with its retries.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
"""

import json
from contextvars import ContextVar, copy_context
from importlib import import_module
from typing import Any, cast

from rampart_local.deliveries.permissions import function_lets
from rampart_local.metrics.publisher import Publisher
from rampart_local.metrics.series import Datum

_SERVICE = "events.amazonaws.com"
_rule: ContextVar[str] = ContextVar("rule", default="")
"""ARN of the rule whose target is being delivered to."""
_failures: ContextVar[list[str] | None] = ContextVar("failures", default=None)


class EventTargets:
    """Delivers in place of ministack.

    Args:
        publisher: counts invocations and failures.
    """

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        # Untyped, all of them; and ministack reads its settings at import.
        self._events, self._sqs, self._sns, self._lambda = (
            cast("Any", import_module(f"ministack.services.{name}"))
            for name in ("eventbridge", "sqs", "sns", "lambda_svc")
        )
        self._responses = cast("Any", import_module("ministack.core.responses"))
        self._evaluator = cast("Any", import_module("ministack.core.iam_evaluator"))
        self._arns = cast("Any", import_module("ministack.core.arn"))

    def install(self) -> None:
        """Replace what ministack does."""
        events = self._events
        self._invoke = events._invoke_target  # noqa: SLF001  # its only seam
        self._send = events._dispatch_to_sqs  # noqa: SLF001  # as above
        self._publish = events._dispatch_to_sns  # noqa: SLF001  # as above
        events._invoke_target = self.invoke  # noqa: SLF001  # as above
        events._dispatch_to_sqs = self.to_queue  # noqa: SLF001  # as above
        events._dispatch_to_sns = self.to_topic  # noqa: SLF001  # as above
        events._dispatch_to_lambda = self.to_function  # noqa: SLF001  # as above

    def invoke(
        self,
        target: dict[str, Any],
        event: dict[str, Any],
        rule: dict[str, Any],
        view: object = None,
    ) -> None:
        """Deliver an event to one target of a rule, as a service does: over TLS, whoever asked."""
        if not self._is_for(event, rule):
            return
        copy_context().run(self._delivered, target, event, rule, view)

    def _is_for(self, event: dict[str, Any], rule: dict[str, Any]) -> bool:
        """Tell whether a rule gets an event: of a replay, only the rules that it names do."""
        replays: dict[str, dict[str, Any]] = self._events._replays  # noqa: SLF001  # no other way
        replay = replays.get(event.get("ReplayName", "")) or {}
        rules: list[str] = replay.get("Destination", {}).get("FilterArns") or []
        return not rules or rule["Arn"] in rules

    def _delivered(
        self,
        target: dict[str, Any],
        event: dict[str, Any],
        rule: dict[str, Any],
        view: object,
    ) -> None:
        # A replay or a schedule has no request of its own that would say so.
        self._evaluator.pin_request_origin("127.0.0.1", True)  # noqa: FBT003  # ministack's
        failures: list[str] = []
        _rule.set(str(rule.get("Arn", "")))
        _failures.set(failures)
        self._invoke(target, event, rule, view)
        bus = str(rule.get("EventBusName") or "default")
        dimensions = {"RuleName": str(rule["Name"])} | (
            {} if bus == "default" else {"EventBusName": bus}
        )
        for name, value in (("Invocations", 1), ("FailedInvocations", len(failures))):
            self._publisher.put(Datum("AWS/Events", name, value, dimensions=dimensions))
        letters: dict[str, str] = target.get("DeadLetterConfig") or {}
        if failures and (queue := letters.get("Arn")):
            self._to_dead_letters(queue, target, event, rule, failures[0])

    def to_queue(self, spec: Any, payload: str, parameters: Any = None) -> None:  # noqa: ANN401  # untyped
        """Send to a queue whose policy lets EventBridge do so for this rule."""
        if self._queue_lets(str(spec)):
            self._send(spec, payload, parameters)

    def to_topic(self, arn: str, payload: str) -> None:
        """Publish to a topic whose policy lets EventBridge do so."""
        account = self._responses.get_account_id()
        if self._sns._topic_by_arn_any_scope(arn) is None:  # noqa: SLF001  # as above
            _fail(f"there is no topic {arn}")
        elif not self._sns.topic_policy_allows(arn, _SERVICE, _rule.get(), account):
            _fail(f"the policy of {arn} does not let {_SERVICE} publish for {_rule.get()}")
        else:
            self._publish(arn, payload)

    def to_function(self, arn: str, payload: str) -> None:
        """Invoke a function asynchronously, with its retries and destinations."""
        record, config, _ = self._lambda._get_func_record_for_ref(arn)  # noqa: SLF001  # as above
        if not record or not config:
            _fail(f"there is no function {arn}")
        elif not function_lets(arn, _SERVICE, _rule.get()):
            _fail(f"the policy of {arn} does not let {_SERVICE} invoke it for {_rule.get()}")
        else:
            self._lambda.invoke_async_with_retry(
                self._lambda._execution_record_for_config(record, config),  # noqa: SLF001  # as above
                json.loads(payload),
            )

    def _queue_lets(self, arn: str) -> bool:
        if self._sqs._queue_by_arn(arn) is None:  # noqa: SLF001  # as above
            return _fail(f"there is no queue {arn}")
        account = self._responses.get_account_id()
        if not self._sqs.queue_policy_allows(arn, _SERVICE, _rule.get(), account):
            return _fail(f"the policy of {arn} does not let {_SERVICE} send for {_rule.get()}")
        return True

    def _to_dead_letters(
        self,
        queue: str,
        target: dict[str, Any],
        event: dict[str, Any],
        rule: dict[str, Any],
        reason: str,
    ) -> None:
        account = self._responses.get_account_id()
        if not self._sqs.queue_policy_allows(queue, _SERVICE, str(rule.get("Arn")), account):
            return
        body = self._events._pattern_event_view(event).event_with_detail()  # noqa: SLF001  # as above
        self._send(self._arns.parse_arn(queue), json.dumps(body), {})
        sent = self._sqs._queue_by_arn(queue)["messages"][-1]  # noqa: SLF001  # as above
        sent["message_attributes"] = {
            name: {"DataType": "String", "StringValue": value}
            for name, value in {
                "RULE_ARN": str(rule.get("Arn")),
                "TARGET_ARN": str(target.get("Arn")),
                "ERROR_CODE": "NO_PERMISSIONS" if "policy" in reason else "SDK_CLIENT_ERROR",
                "ERROR_MESSAGE": reason,
            }.items()
        }


def _fail(reason: str) -> bool:
    failures = _failures.get()
    if failures is not None:
        failures.append(reason)
    return False
