"""`python -m bench.quality`: asks all questions, prints the tables and writes docs/quality.md.

The first run fetches and converts the documents, which takes some minutes; later runs convert
again only after a change of the converter.
"""

import logging
import sys
import warnings
from pathlib import Path

from bench.quality.conversion import converted
from bench.quality.documents import documents
from bench.quality.product import Product
from bench.quality.questions import questions
from bench.quality.report import failures, report
from bench.quality.stages import asked, rankings
from bench.quality.vectors import Vectors

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"


def main() -> int:
    """Run it; `--failures` lists the questions of the development half that went wrong."""
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)  # the chat logs each answer without a model
    sources = documents()
    made = [converted(source) for source in sources]
    vectors = Vectors.load()
    known = {source.name for source in sources}
    wanted = [one for one in questions() if one.document is None or one.document in known]
    with Product(made, vectors) as product:
        vectors.save()
        outcomes = [asked(product, question) for question in wanted]
        stages = rankings(product, sources, [one for one in wanted if one.document])
        vectors.save()
    text = report(made, outcomes, stages)
    PAGE.write_text(text)
    sys.stdout.write(text)
    if "--failures" in sys.argv:
        sys.stdout.write(failures([one for one in outcomes if one.question.half == "development"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
