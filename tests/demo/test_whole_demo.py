"""`make up` and `make demo` as a newcomer types them, in a fresh copy of the project."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from demo import gallery
from demo.gallery_client import GalleryClient
from demo.knowledge import SAMPLES, sample_documents
from demo.knowledge_client import KnowledgeClient
from demo.knowledge_questions import Question, read_questions

ROOT = Path(__file__).parents[2]
QUESTIONS = read_questions(SAMPLES / "questions.yaml")
LONGEST_SECONDS = 900
ENVIRONMENT = os.environ | {"COLUMNS": "160"}
IMAGES = [file.name for file in gallery.sample_images()]
IMAGE_QUESTIONS = gallery.read_questions(gallery.SAMPLES / "questions.yaml")
SAMPLES_OF_ALL = [*(file.name for file in sample_documents()), *IMAGES]
LINES = len(SAMPLES_OF_ALL)
SYSTEMS = 3


@dataclass(frozen=True)
class Stay:
    """A demo that stays: what it printed until then, and how to use it."""

    process: subprocess.Popen[bytes]
    folder: Path
    printed: str
    api_url: str
    gallery_url: str
    token: str


@pytest.fixture(scope="module")
def checkout() -> Generator[Path]:
    # Not pytest's folder: each of its sessions closes that to others, and as root the database
    # runs as somebody else.
    with tempfile.TemporaryDirectory(prefix="rampart-checkout-") as name:
        folder = Path(name) / "rampart"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        yield folder


@pytest.fixture(scope="module")
def staying(checkout: Path) -> Generator[Stay]:
    # Into a file: a pipe that nobody reads would fill with logs and stop the functions.
    with (checkout / "printed.txt").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "demo", "--stay"],
            cwd=checkout,
            stdout=output,
            stderr=output,
            env=ENVIRONMENT,
        )
    try:
        yield _staying(process, checkout)
    finally:
        process.kill()
        process.wait()


def _staying(process: subprocess.Popen[bytes], folder: Path) -> Stay:
    deadline = time.monotonic() + LONGEST_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.2)
        printed = (folder / "printed.txt").read_text()
        if (
            "Ctrl-C stops everything" in printed
            and printed.count("Authorization: Bearer") == SYSTEMS
        ):
            return Stay(
                process,
                folder,
                printed,
                api_url=_told("Knowledge", printed),
                gallery_url=_told("Gallery", printed),
                token=_told("Token", printed),
            )
    process.kill()
    raise AssertionError((folder / "printed.txt").read_text())


def _told(name: str, printed: str) -> str:
    """Return what stands behind a name at the beginning of a line."""
    told = re.search(rf"^{name} +(\S+)$", printed, re.MULTILINE)
    assert told, printed
    return told[1]


def test_every_sample_becomes_ready_and_every_answer_is_right(staying: Stay) -> None:
    ready = [name for name in SAMPLES_OF_ALL if f"{name}: ready\n" in staying.printed]
    assert sorted(ready) == sorted(set(SAMPLES_OF_ALL) - gallery.BROKEN.keys())
    assert "5 of 5 answers are right and cite their document." in staying.printed
    assert "3 of 3 searches find the right image first." in staying.printed


def test_the_sums_of_the_orders_agree(staying: Stay) -> None:
    assert "40 were duplicates" in staying.printed
    assert "All sums agree." in staying.printed


@pytest.mark.parametrize("name", gallery.BROKEN)
def test_a_broken_image_fails_with_its_reason(staying: Stay, name: str) -> None:
    assert f"{name}: failed\n" in staying.printed
    assert gallery.BROKEN[name] in staying.printed


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.fact for one in QUESTIONS])
def test_the_printed_address_and_token_answer_questions(staying: Stay, question: Question) -> None:
    with KnowledgeClient(staying.api_url, staying.token) as client:
        assert question.faults(client.ask(question.question)) == []


@pytest.mark.parametrize("question", IMAGE_QUESTIONS, ids=[one.image for one in IMAGE_QUESTIONS])
def test_the_printed_address_and_token_find_images(
    staying: Stay, question: gallery.Question
) -> None:
    with GalleryClient(staying.gallery_url, staying.token) as client:
        assert question.faults(client.search(question.question)) == []


def test_ctrl_c_leaves_no_process_and_no_port(staying: Stay) -> None:
    # when
    staying.process.send_signal(signal.SIGINT)
    code = staying.process.wait(timeout=60)

    # then
    assert code == 0
    assert "Stopping." in (staying.folder / "printed.txt").read_text()
    assert _processes_of(staying.folder) == []
    address = urlsplit(staying.api_url)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname or "", address.port or 0), timeout=5)


def test_a_second_run_finds_everything_as_it_was(staying: Stay) -> None:
    # given
    assert staying.process.poll() == 0

    # when
    again = subprocess.run(
        [sys.executable, "-m", "demo"],
        cwd=staying.folder,
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        timeout=LONGEST_SECONDS,
        check=False,
    )

    # then
    assert again.returncode == 0, again.stdout + again.stderr
    assert " 0 resources created, 0 changed" in again.stdout
    assert again.stdout.count("unchanged, not uploaded again") == LINES
    assert "All sums agree." in again.stdout


def _processes_of(folder: Path) -> list[str]:
    """Command lines of the processes that were started for this folder."""
    found: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if str(folder) in words or (process / "cwd").readlink().is_relative_to(folder):
                found.append(words)
        except OSError:  # it ended meanwhile
            continue
    return found
