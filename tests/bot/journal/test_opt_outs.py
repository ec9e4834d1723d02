"""Members who asked not to be recorded, on both databases."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.journal import Database, OptOuts, Storage, Unavailable
from bot.journal.tables import opt_outs
from tests.bot.journal.waiting import eventually

ME = 2**63 - 1


async def test_opting_out_counts_at_once_and_opting_in_forgets_the_id(
    storage: Storage, database: Database
) -> None:
    await storage.opt_outs.refresh()
    assert storage.opt_outs.may_record(ME)
    await storage.opt_outs.add(ME)
    await storage.opt_outs.add(ME)
    assert not storage.opt_outs.may_record(ME)
    assert storage.opt_outs.may_record(1)
    await storage.opt_outs.remove(ME)
    assert storage.opt_outs.may_record(ME)
    async with database.reading() as connection:
        assert (await connection.execute(sa.select(opt_outs))).all() == []


async def test_nobody_is_recorded_before_the_list_was_read(storage: Storage) -> None:
    assert not storage.opt_outs.may_record(1)
    await storage.opt_outs.add(ME)
    assert not storage.opt_outs.may_record(1)
    await storage.opt_outs.refresh()
    assert storage.opt_outs.may_record(1)


async def test_another_process_hears_of_it(database: Database, database_url: str) -> None:
    elsewhere = Database(database_url)
    here, there = OptOuts(database, interval=0.05), OptOuts(elsewhere, interval=0.05)
    await there.start()
    await here.start()
    await here.add(ME)
    await eventually(lambda: not there.may_record(ME), "the other process to hear of the opt-out")
    await there.remove(ME)
    await eventually(lambda: here.may_record(ME), "the first process to hear of the opt-in")
    await here.aclose()
    await there.aclose()
    await elsewhere.aclose()


async def test_many_may_opt_out_at_once(database: Database) -> None:
    lists = [OptOuts(database) for _ in range(5)]
    await asyncio.gather(*(one.add(ME) for one in lists))
    async with database.reading() as connection:
        assert len((await connection.execute(sa.select(opt_outs))).all()) == 1


async def test_without_a_database_nobody_is_recorded_and_opting_out_says_so() -> None:
    database = Database("postgresql://127.0.0.1:9/none")
    opt_outs = OptOuts(database, interval=60)
    await opt_outs.start()
    assert not opt_outs.may_record(1)
    with pytest.raises(Unavailable):
        await opt_outs.add(ME)
    await opt_outs.aclose()
    await database.aclose()
