"""Deploys a stack to the laptop cloud and uses what runs there over HTTP."""

import argparse
import signal
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from demo.board import Board
from demo.gallery import GALLERY
from demo.knowledge import KNOWLEDGE
from demo.orders import ORDERS
from demo.story import Place, Steps, Story, StoryError
from rampart_local.deploy import Deployment, deploy

ROOT = Path(__file__).parents[1]
TENANT = "acme"

STORIES = (KNOWLEDGE, GALLERY, ORDERS)

_POLL_SECONDS = 0.5

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
        """Tell the story of each system; returns whether all ended as they should."""
        token = cloud.token(TENANT)
        told = [
            (story, Place(url, token, cloud))
            for story in STORIES
            if (url := cloud.exports.get(story.export))
        ]
        there = self._upload(told)
        endings = [len(there) == len(told) > 0]
        for story, place in there:
            self._console.rule(f"[bold]{story.system}[/]: {story.asked}", align="left")
            try:
                endings.append(story.ask(place, self._console))
            except StoryError as error:
                self._fail(story, error)
                endings.append(False)
        return all(endings)

    def _upload(self, told: list[tuple[Story, Place]]) -> list[tuple[Story, Place]]:
        """Bring all samples there, side by side; returns the stories that may go on."""
        failed: list[Story] = []
        names = " and ".join(f"[bold]{story.system}[/]" for story, _ in told)
        self._console.rule(f"{names}: samples", align="left")
        with Board(self._console) as board:
            under_way: list[tuple[Story, Steps]] = [
                (story, story.upload(place, board.add(story.what, story.columns)))
                for story, place in told
            ]
            while under_way:
                for story, steps in list(under_way):
                    try:
                        next(steps)
                    except StopIteration:
                        under_way.remove((story, steps))
                    except StoryError as error:
                        under_way.remove((story, steps))
                        failed.append(story)
                        self._fail(story, error)
                time.sleep(_POLL_SECONDS if under_way else 0)
        return [(story, place) for story, place in told if story not in failed]

    def _fail(self, story: Story, error: StoryError) -> None:
        self._console.print(f"[bold red]✗[/] {story.system}: {escape(str(error))}")

    def _stay(self, cloud: Deployment) -> None:
        """Say how to use the APIs, then let the functions' logs speak until Ctrl-C."""
        self._streaming = True
        while True:
            token = cloud.token(TENANT)
            self._console.rule("[bold]Running[/]; Ctrl-C stops everything", align="left")
            self._tell(f"Token  {token}")
            for story in STORIES:
                if url := cloud.exports.get(story.export):
                    self._tell(
                        f"\n{story.system}  {url}\n"
                        f"curl -s {url.rstrip('/')}{story.example} \\\n"
                        f"  -H 'Authorization: Bearer {token}'"
                    )
            time.sleep(_NEW_TOKEN_EVERY_SECONDS)

    def _tell(self, text: str) -> None:
        """Print something to copy: as it is, and lines as long as they are."""
        self._console.print(text, soft_wrap=True, highlight=False, markup=False)

    def _say(self, line: str) -> None:
        self._console.print(f"[dim]{time.monotonic() - self._started:5.1f} s[/]  {escape(line)}")

    def _log(self, function: str, line: str) -> None:
        if self._streaming:
            self._tell(f"{function} {line.rstrip()}")


def main(arguments: list[str] | None = None) -> int:
    """Run the demo from a command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--stack", default="dev", help="which Pulumi.STACK.yaml to deploy")
    parser.add_argument("--stay", action="store_true", help="keep running until Ctrl-C")
    chosen = parser.parse_args(arguments)
    return Demo(chosen.stack).run(stay=chosen.stay)


if __name__ == "__main__":
    sys.exit(main())
