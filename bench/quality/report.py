"""The tables of docs/quality.md."""

from collections.abc import Mapping, Sequence

from bench.quality.conversion import Converted
from bench.quality.measures import Ranks, share
from bench.quality.questions import Half
from bench.quality.stages import HALVES, Outcome

TITLES: dict[Half, str] = {"development": "Development half", "held_out": "Held-out half"}


def report(
    made: Sequence[Converted],
    outcomes: Sequence[Outcome],
    stages: Mapping[str, Mapping[Half, Ranks]],
) -> str:
    """Return the page."""
    parts = [_introduction(made, outcomes)]
    for half in HALVES:
        of_half = [one for one in outcomes if one.question.half == half]
        parts.append(_half(half, of_half, {name: ranks[half] for name, ranks in stages.items()}))
    parts.append(_documents(made))
    return "\n".join(parts)


def failures(outcomes: Sequence[Outcome]) -> str:
    """Return what went wrong, for whoever improves it."""
    lines = ["", "Failures:"]
    for one in outcomes:
        asked = one.question
        if asked.document is None:
            if not one.declined:
                lines.append(f"- not declined: {asked.text} -> {one.reply.answer[:160]!r}")
        elif one.declined:
            lines.append(f"- declined: {asked.text}")
        elif one.rank != 1 or not one.has_fact:
            fact = "" if one.has_fact else f"; extract lacks {asked.fact!r}: {one.reply.answer!r}"
            lines.append(f"- rank {one.rank}: {asked.text} ({asked.document}){fact}")
    return "\n".join([*lines, ""])


def _introduction(made: Sequence[Converted], outcomes: Sequence[Outcome]) -> str:
    answerable = sum(one.question.document is not None for one in outcomes)
    return f"""# Quality of Knowledge's answers

Written by `make quality` (`python -m bench.quality`): {answerable} questions that {len(made)}
public documents answer and {len(outcomes) - answerable} that none does, asked of Knowledge's own
code in one process, from conversion to the extract, with the Pinecone stand-in for the vector
service and without an answering model. A passage is right when it is of the right document and
contains the fact that answers. Numbers in the program were chosen on the development half. The sums
of the held-out half were seen while choosing between settings that were equal there, so it is not
quite blind.
"""


def _half(half: Half, outcomes: Sequence[Outcome], stages: Mapping[str, Ranks]) -> str:
    answerable = [one for one in outcomes if one.question.document]
    others = [one for one in outcomes if not one.question.document]
    product = Ranks([one.rank for one in answerable])
    seconds = sorted(one.seconds for one in outcomes)
    rows = [f"| {name} | {ranks.row} |" for name, ranks in stages.items()]
    rows.append(
        f"| **the chat's sources: with neighbours, less what it declines** | {product.row} |"
    )
    return "\n".join(
        [
            f"## {TITLES[half]}: {len(answerable)} answerable questions, {len(others)} others",
            "",
            "| Ranking | recall@1 | recall@5 | MRR |",
            "| - | - | - | - |",
            *rows,
            "",
            "| Answers | |",
            "| - | - |",
            f"| unanswerable declined | {share([one.declined for one in others]):.2f} |",
            f"| answerable declined | {share([one.declined for one in answerable]):.2f} |",
            f"| fact in the extract | {share([one.has_fact for one in answerable]):.2f} |",
            f"| quotes that are not verbatim | {sum(one.made_up for one in outcomes)} |",
            f"| slowest of 20 questions, seconds | {seconds[int(len(seconds) * 0.95)]:.2f} |",
            "",
        ]
    )


def _documents(made: Sequence[Converted]) -> str:
    rows = [
        f"| {one.name} | {one.pages or ''} | {len(one.chunks)} | {one.seconds:.1f} |"
        for one in made
    ]
    return "\n".join(
        [
            "## Documents",
            "",
            "| Document | pages | passages | seconds to convert, one core |",
            "| - | - | - | - |",
            *rows,
            "",
        ]
    )
