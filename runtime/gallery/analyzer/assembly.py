"""The analyzer with its real parts."""

from collections.abc import Callable
from functools import partial

from runtime.gallery.analyzer.analyses import AnalysisRows
from runtime.gallery.analyzer.core import AnalysisStep
from runtime.gallery.analyzer.providers import Providers, VisionSettings
from runtime.gallery.shared.clients import parameters_client
from runtime.gallery.shared.connection import connected
from runtime.gallery.shared.database import DatabaseSettings
from runtime.gallery.shared.events import SOURCE
from runtime.gallery.shared.originals import open_original
from runtime.gallery.shared.parameters import Parameters
from runtime.shared.clients import events_client, lambda_client, s3_client
from runtime.shared.events import Bus
from runtime.shared.library import Library
from runtime.shared.queue import QueueSettings
from runtime.shared.work_folder import UrlSigner

PATIENCE_SECONDS = 125
"""For the text of an image; two attempts fit into the function's 300 s."""


class AnalyzerSettings(DatabaseSettings, VisionSettings, QueueSettings):
    """Who analyses, where analyses go on to, and what queue they come from."""

    bus_name: str


def assembled(settings: AnalyzerSettings, correlation_id: Callable[[], str | None]) -> AnalysisStep:
    """Return a step that works on AWS."""
    s3 = s3_client()
    client = lambda_client(PATIENCE_SECONDS)
    library = Library(client, attempts=2, correlation_id=correlation_id)
    signer = UrlSigner(s3, PATIENCE_SECONDS)
    providers = Providers(settings, Parameters(parameters_client()), library, signer)
    return AnalysisStep(
        AnalysisRows(connected(settings)),
        partial(open_original, s3),
        providers.chosen,
        Bus(events_client(), settings.bus_name, SOURCE),
    )
