"""What is found is ordered by all that speaks for it, and judged."""

from runtime.knowledge.chat_orchestrator.abstention import judged
from runtime.knowledge.chat_orchestrator.ports import Hit
from runtime.knowledge.chat_orchestrator.ranking import rank
from tests.runtime.knowledge.chat_orchestrator.parts import hit


def texts(question: str, hits: list[Hit]) -> list[str]:
    return [one.hit.text for one in rank(question, hits).found]


def verdict(question: str, *hits: Hit) -> str:
    return judged(rank(question, hits))


def test_an_exact_code_comes_before_a_neighbour_that_is_closer_in_meaning() -> None:
    right = hit("| PX-00123 | 17.50 |", index=1, score=0.3)
    neighbour = hit("| PX-00124 | 18.20 | price of a part |", index=2, score=0.5)
    assert texts("What is the price of part PX-00123?", [neighbour, right])[0] == right.text


def test_a_paraphrase_comes_before_a_passage_that_shares_a_common_word() -> None:
    right = hit("Remove lime from the boiler every quarter.", index=1, score=0.7)
    other = hit("The machine weighs nine kilograms.", index=2, score=0.2)
    assert texts("How often is the machine descaled?", [other, right])[0] == right.text


def test_a_word_that_all_passages_have_tells_little() -> None:
    common = [hit(f"Debian package {n} package package", index=n, score=0.4) for n in range(5)]
    right = hit("The package changelog.", index=9, score=0.4)
    assert texts("package changelog", [*common, right])[0] == right.text


def test_a_passage_that_repeats_a_better_one_is_left_out() -> None:
    twice = [hit("Descale the machine every month.", index=n, score=0.5 - n / 10) for n in (0, 1)]
    other = hit("Descale the grinder every year.", index=2, score=0.3)
    assert texts("descale machine", [*twice, other]) == [twice[0].text, other.text]


def test_nothing_found_answers_nothing() -> None:
    assert verdict("How often is the machine descaled?") == "none"


def test_a_passage_with_the_words_of_the_question_answers_it() -> None:
    found = hit("The machine is descaled every three months.", score=0.6)
    assert verdict("How often is the machine descaled?", found) == "strong"


def test_a_code_that_is_in_no_passage_is_not_answered_by_its_neighbour() -> None:
    found = hit("Error E31 of the machine: the pump is blocked.", score=0.7)
    assert verdict("What is error E32 of the machine?", found) == "none"


def test_a_name_that_is_in_no_passage_is_not_answered() -> None:
    found = hit("Configure the proxy in the browser's settings.", score=0.6)
    assert verdict("How do I configure it on a Blackberry?", found) == "none"


def test_a_close_meaning_answers_in_other_words() -> None:
    found = hit("Die Maschine wird alle drei Monate entkalkt.", score=0.8)
    assert verdict("How often is the machine descaled?", found) == "strong"


def test_little_in_common_is_weak() -> None:
    found = [hit("The machine is cleaned with water.", score=0.45), hit("Descale it.", score=0.1)]
    assert verdict("When is the machine descaled with water?", *found) == "weak"
