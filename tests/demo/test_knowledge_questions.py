"""The samples and what is asked about them belong together."""

from demo.knowledge import SAMPLES, sample_documents
from demo.knowledge_client import CONTENT_TYPES, Answer, Citation
from demo.knowledge_questions import Question, read_questions

QUESTIONS = read_questions(SAMPLES / "questions.yaml")


def _answer(text: str, cited: str) -> Answer:
    citation = Citation(document_id="d", filename=cited, headings=[], quote=text)
    return Answer(
        answer=text,
        citations=[citation],
        session_id="s",
        provider="extractive",
        model="none",
        degraded=True,
    )


def test_every_question_is_about_a_sample() -> None:
    # given
    samples = {file.name for file in sample_documents()}

    # then
    assert {question.document for question in QUESTIONS} == samples


def test_every_format_of_the_demo_has_a_sample() -> None:
    assert {file.suffix for file in sample_documents()} == set(CONTENT_TYPES)


def test_the_demo_asks_at_least_four_questions_about_different_documents() -> None:
    # given
    asked = [question for question in QUESTIONS if question.ask == "demo"]

    # then
    assert len({question.document for question in asked}) >= 4


def test_a_fact_counts_whatever_its_case_and_line_breaks() -> None:
    # given
    question = Question(question="?", document="guide.md", fact="every 15 minutes")

    # when
    faults = question.faults(_answer("It reports Every\n15 minutes.", cited="guide.md"))

    # then
    assert faults == []


def test_a_missing_fact_and_a_foreign_source_are_both_faults() -> None:
    # given
    question = Question(question="?", document="guide.md", fact="every 15 minutes")

    # when
    faults = question.faults(_answer("Now and then.", cited="policy.docx"))

    # then
    assert faults == ["the answer does not say “every 15 minutes”", "guide.md is not cited"]
