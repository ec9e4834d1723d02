"""Members ask with /ask."""

from tests.bot.conftest import Town, answer_to


async def test_answer_is_the_sentence_with_the_answering_words_in_bold(town: Town) -> None:
    asked = await town.ann.slash("ask", question="how much will it cost")
    answer = await asked.wait_response()
    print(answer.content, answer.labels)
    assert "> The building will **cost 12 million pounds** and will open in May 2031." in answer.content
    assert answer.visible_to(town.bob)
