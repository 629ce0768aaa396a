"""Deploys a stack to the laptop cloud and uses what runs there over HTTP."""

import argparse
import signal
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from demo import knowledge
from demo.client import ApiError, KnowledgeClient
from local.deploy import Deployment, deploy

ROOT = Path(__file__).parents[1]
TENANT = "acme"

# A token of the user pool is good for an hour.
_NEW_TOKEN_EVERY_SECONDS = 50 * 60

_INTERRUPTED = 128 + signal.SIGINT


class Demo:
    """One run: what is printed, and how long ago it began."""

    def __init__(self, stack: str) -> None:
        self._stack = stack
        self._console = Console()
        self._started = time.monotonic()
        self._streaming = False

    def run(self, *, stay: bool) -> int:
        """Deploy, use, perhaps stay; returns the exit code: 0 when every answer was right."""
        # A polite kill ends us as Ctrl-C does: through every `with` block.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        self._console.rule(f"[bold]Deploying[/] stack {self._stack} here", align="left")
        code = _INTERRUPTED
        with deploy(ROOT, stack=self._stack, say=self._say, log=self._log) as cloud:
            try:
                code = 0 if self._use(cloud) else 1
                self._say("done")
                if stay:
                    self._stay(cloud)
            except KeyboardInterrupt:
                self._console.print("Stopping.")
            finally:
                # Stopping is not to be stopped half-way: processes would stay behind.
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
        return code

    def _use(self, cloud: Deployment) -> bool:
        """Use each system; tells whether all of them did what they should."""
        try:
            with KnowledgeClient(cloud.exports["knowledge_api_url"], cloud.token(TENANT)) as client:
                return knowledge.show(client, self._console)
        except (ApiError, knowledge.NotReadyError) as error:
            self._console.print(f"[bold red]✗[/] {escape(str(error))}")
            return False

    def _stay(self, cloud: Deployment) -> None:
        """Say how to use the API, then let the functions' logs speak until Ctrl-C."""
        self._streaming = True
        url = cloud.exports["knowledge_api_url"].rstrip("/")
        while True:
            token = cloud.token(TENANT)
            self._console.rule("[bold]Running[/]; Ctrl-C stops everything", align="left")
            self._console.print(
                f"API    {url}\n"
                f"Token  {token}\n\n"
                f"curl -s {url}/chat -H 'Authorization: Bearer {token}' \\\n"
                "  -H 'Content-Type: application/json' \\\n"
                """  -d '{"question": "What does error code E27 mean?"}'\n""",
                soft_wrap=True,
                highlight=False,
                markup=False,
            )
            time.sleep(_NEW_TOKEN_EVERY_SECONDS)

    def _say(self, line: str) -> None:
        self._console.print(f"[dim]{time.monotonic() - self._started:5.1f} s[/]  {escape(line)}")

    def _log(self, function: str, line: str) -> None:
        if self._streaming:
            self._console.print(
                f"[cyan]{escape(function)}[/] {escape(line.rstrip())}",
                soft_wrap=True,
                highlight=False,
            )


def main(arguments: list[str] | None = None) -> int:
    """Run the demo from a command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--stack", default="dev", help="which Pulumi.STACK.yaml to deploy")
    parser.add_argument("--stay", action="store_true", help="keep running until Ctrl-C")
    chosen = parser.parse_args(arguments)
    return Demo(chosen.stack).run(stay=chosen.stay)


if __name__ == "__main__":
    sys.exit(main())
