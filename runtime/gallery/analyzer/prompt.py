"""The prompt of the vision models; every version stays, because analyses name theirs."""

from pathlib import Path

VERSION = "v1"
INSTRUCTIONS = (Path(__file__).parent / "prompts" / f"{VERSION}.md").read_text()
QUESTION = "Describe this image."
