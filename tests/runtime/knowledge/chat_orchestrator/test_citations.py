from hypothesis import given
from hypothesis import strategies as st

from runtime.knowledge.chat_orchestrator.citations import verified
from runtime.knowledge.chat_orchestrator.ports import Passage, Quotation
from tests.runtime.knowledge.chat_orchestrator.parts import hit

WORDS = st.text(alphabet=st.sampled_from("ab .\n"), min_size=1, max_size=20)


@given(text=WORDS, quote=WORDS)
def test_a_verified_quotation_always_stands_in_its_passage(text: str, quote: str) -> None:
    # given
    passage = Passage(hit(text), "manual.md")
    # when
    citations = verified([Quotation(passage_id=passage.hit.chunk_id, quote=quote)], [passage])
    # then
    words = " ".join(quote.split())
    assert all(words and words in " ".join(text.split()) for _ in citations)
