"""Curators turn what was not answered into better records, on both databases."""

import tomllib
from datetime import UTC, datetime, timedelta

from bot import admin_texts, curator_texts
from bot.gap_pages import OPEN
from bot.gap_search import as_csv
from bot.gaps import Gap, Wording
from bot.journal import OutcomeKind, Storage
from tests.bot.curators import asked, home, storage, was_noted
from tests.bot.home import Home
from tests.discord_server import Message

__all__ = ["home", "storage"]

PRICE = ("what was the price of the fence", "what was the price of teh fence", "what was price of the fence")


async def opened(home: Home, gaps: Message, number: int = 0) -> Message:
    pressed = await home.ada.select(gaps, [str(number)], placeholder=curator_texts.CHOOSE_GAP)
    return await pressed.wait_response()


async def drafted(storage: Storage, name: str) -> bytes:
    content = (await storage.draft.read()).files[name].content
    assert content is not None
    return content


async def test_gaps_are_clustered_and_most_asked_first(home: Home, storage: Storage) -> None:
    await asked(storage, "do dogs have to be on a lead", record=None, outcome=OutcomeKind.OUT_OF_SCOPE)
    await asked(storage, *PRICE, PRICE[0])
    await asked(storage, "how many trees", outcome=OutcomeKind.ANSWER)
    await asked(storage, "who may pick it", outcome=OutcomeKind.ANSWER, voted_down=True)
    reply = await home.told(home.ada, "gaps")
    lines = reply.content.splitlines()
    assert lines[0].endswith("6 questions of 3 kinds.")
    assert lines[1].startswith("**1.** 4 x “what was the price of the fence” and 2 more wordings")
    assert lines[1].endswith("closest `fence-cost`")
    assert "how many trees" not in reply.content
    assert "who may pick it" in reply.content, "it was voted down"


async def test_only_the_days_asked_for_count(home: Home, storage: Storage) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=20)
    await asked(storage, "what about bees", asked_at=long_ago)
    assert "what about bees" in (await home.told(home.ada, "gaps")).content
    assert "every question that was kept" in (await home.told(home.ada, "gaps", days=10)).content


async def test_questions_of_a_gap_become_example_questions(home: Home, storage: Storage) -> None:
    await asked(storage, *PRICE)
    gap = await opened(home, await home.told(home.ada, "gaps"))
    assert "3 times" in gap.content
    assert "Closest: `fence-cost` “What did the fence cost?” (40%)" in gap.content
    added = await (await home.ada.click(gap, "Add to fence-cost")).wait_response(patience=30)
    assert "questions added to `fence-cost` in `trees.toml`" in added.content
    assert curator_texts.DRAFT_IS_FINE in added.content
    text = (await drafted(storage, "trees.toml")).decode()
    record = next(one for one in tomllib.loads(text)["fact"] if one["id"] == "fence-cost")
    assert PRICE[0] in record["questions"]
    assert "# Counted by the council." in text
    preview = await home.told(home.ada, "reload")
    assert "~ fence-cost" in preview.content
    published = await home.ada.click(preview, admin_texts.PUBLISH)
    await published.wait_response()
    fact = home.library.current.curation.records["fence-cost"]
    assert PRICE[0] in fact.examples
    await was_noted(storage, "Ada", "draft.put")


async def test_questions_can_go_to_another_record(home: Home, storage: Storage) -> None:
    await asked(storage, "may we take pears home")
    gap = await opened(home, await home.told(home.ada, "gaps"))
    chosen = await home.ada.select(gap, ["who-may-pick"], placeholder=curator_texts.ADD_TO_RECORD)
    assert "1 question added to `who-may-pick`" in (await chosen.wait_response(patience=30)).content


async def test_questions_that_stand_somewhere_are_left_out(home: Home, storage: Storage) -> None:
    taken = "how many trees are there"
    await asked(storage, taken, outcome=OutcomeKind.ANSWER, voted_down=True)
    gap = await opened(home, await home.told(home.ada, "gaps"))
    reply = await (await home.ada.click(gap, "Add to fence-cost")).wait_response(patience=30)
    assert f"left out: {taken} (stands under how-many-trees already)" in reply.content
    assert curator_texts.NOTHING_ADDED in reply.content
    assert not (await storage.draft.read()).files


async def test_gap_becomes_a_topic_that_is_not_stated(home: Home, storage: Storage) -> None:
    await asked(storage, "do dogs have to be on a lead", "must dogs be on the lead", record=None)
    gap = await opened(home, await home.told(home.ada, "gaps"))
    form = await home.ada.click(gap, curator_texts.MAKE_TOPIC)
    answers = {curator_texts.TOPIC_TITLE: "whether dogs may come", curator_texts.TOPIC_ID: "dogs"}
    sent = await home.ada.submit_modal(form, answers)
    reply = await sent.wait_response(patience=30)
    assert "The topic `dogs` with" in reply.content
    assert curator_texts.DRAFT_IS_FINE in reply.content
    preview = await home.told(home.ada, "reload")
    assert "+ dogs" in preview.content
    await (await home.ada.click(preview, admin_texts.PUBLISH)).wait_response()
    asked_again = await home.bob.slash("ask", question="do dogs have to be on a lead", where=home.channel)
    assert "whether dogs may come" in (await asked_again.wait_response()).content


async def test_topic_needs_an_id_of_its_own(home: Home, storage: Storage) -> None:
    await asked(storage, "do dogs have to be on a lead")
    gap = await opened(home, await home.told(home.ada, "gaps"))
    form = await home.ada.click(gap, curator_texts.MAKE_TOPIC)
    answers = {curator_texts.TOPIC_TITLE: "x", curator_texts.TOPIC_ID: "fence-cost"}
    sent = await home.ada.submit_modal(form, answers)
    assert "There is a record `fence-cost` already" in (await sent.wait_followup(patience=30)).content


async def test_pages_and_the_way_back(home: Home, storage: Storage) -> None:
    subjects = ("bees", "ladders", "parking", "music", "wheelchairs", "bicycles", "snow")
    await asked(storage, *(f"what about {subject}" for subject in subjects))
    first = await home.told(home.ada, "gaps")
    assert "page 1 of 2" in first.content
    second = await (await home.ada.click(first, curator_texts.NEXT)).wait_response()
    assert "page 2 of 2" in second.content
    gap = await opened(home, second, 6)
    back = await (await home.ada.click(gap, curator_texts.BACK_TO_GAPS)).wait_response()
    assert "page 2 of 2" in back.content


async def test_buttons_of_a_list_from_before_a_restart_say_so(home: Home, storage: Storage) -> None:
    await asked(storage, "what about bees")
    gaps = await home.told(home.ada, "gaps")
    async with home.restarted():
        pressed = await home.ada.click(gaps, curator_texts.GAPS_CSV)
        assert (await pressed.wait_response()).content == curator_texts.GAPS_GONE


async def test_presses_are_for_admins_alone(home: Home, storage: Storage) -> None:
    await asked(storage, "what about bees")
    gaps = await home.told(home.ada, "gaps")
    gap = await opened(home, gaps)
    ids = [part.custom_id for part in (*gaps.clickables, *gap.clickables) if part.is_button]
    assert len(ids) >= 4
    for custom_id in ids:
        pressed = await home.bob.click(gap, custom_id=custom_id, force=True)
        assert (await pressed.wait_response()).content == "You may not do that here."


async def test_members_words_are_shown_as_they_are(home: Home, storage: Storage) -> None:
    await asked(storage, "**@everyone** [x](https://example.org) `code`")
    reply = await home.told(home.ada, "gaps")
    assert "\\*\\*\\@everyone" in reply.content
    assert not reply.pinged.everyone


async def test_list_comes_as_a_file(home: Home, storage: Storage) -> None:
    await asked(storage, *PRICE)
    gaps = await home.told(home.ada, "gaps")
    reply = await (await home.ada.click(gaps, curator_texts.GAPS_CSV)).wait_response()
    rows = reply.file("gaps.csv").data.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("count,question")
    assert rows[1].startswith("3,")
    await was_noted(storage, "Ada", "gaps.csv")


def test_no_question_becomes_a_formula() -> None:
    now = datetime.now(UTC)
    gap = Gap((Wording("=1+1", 1), Wording("@x", 1)), 2, None, None, {OutcomeKind.CLARIFY: 2}, 0, now)
    assert b"2,'=1+1,'@x,,,0," in as_csv([gap])


def test_action_words_fit_a_button() -> None:
    assert len(f"v1/gapadd/{'0' * 8}/99999/{'r' * 64}") <= 100
    assert OPEN == "gap"
