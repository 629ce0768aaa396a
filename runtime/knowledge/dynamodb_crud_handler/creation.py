"""Creating a record once, however often a client repeats the request."""

from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.knowledge.dynamodb_crud_handler.core import RecordKeeper
from runtime.knowledge.dynamodb_crud_handler.fields import CreateRecord, RecordView
from runtime.shared.identity import Caller
from runtime.shared.once import Once, Place


class Creation:
    """Creates records; with a key, each only once within a day."""

    def __init__(self, keeper: RecordKeeper, once: Once) -> None:
        self._keeper, self._once = keeper, once

    def create(
        self, caller: Caller, request: CreateRecord, key: str | None, context: LambdaContext
    ) -> RecordView:
        """Create the record, or return the one that the same call created before, as it is now."""
        if key is None:
            return self._keeper.create(caller, request)

        views: list[RecordView] = []

        def created() -> Place:
            views.append(self._keeper.create(caller, request))
            return {"document_id": views[0].document_id}

        place = self._once.do(caller, request, key, context, created)
        return views[0] if views else self._keeper.read(caller, place["document_id"])
