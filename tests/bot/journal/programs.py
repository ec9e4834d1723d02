"""What tests run in processes of their own, to kill them.

Called as `python -m tests.bot.journal.programs <what> <url>`. Each prints what it did, one line each, as soon
as it did it.
"""

import asyncio
import itertools
import sys
import time

from bot.journal import Admin, Database, Publication, Versions, open_storage
from tests.bot.journal.asking import question


async def upgrade(url: str) -> None:
    """Make the tables."""
    database = Database(url)
    await database.upgrade()
    await database.aclose()


async def record(url: str) -> None:
    """Record 500 questions a second for ever, printing when and which."""
    async with open_storage(url) as storage:
        begun = time.monotonic()
        for number in itertools.count():
            asked = question(f"question {number}")
            storage.recorder.record(asked)
            print(time.monotonic(), asked.handle, flush=True)  # noqa: T201 - read by the test
            await asyncio.sleep(max(0.0, begun + number / 500 - time.monotonic()))


async def publish(url: str) -> None:
    """Publish version after version for ever, printing the number of each."""
    database = Database(url)
    versions = Versions(database)
    live = await versions.live_number()
    while True:
        number = (live or 0) + 1
        files = {f"{name}.toml": f"{name} of {number}\n".encode() * 200 for name in "abcdef"}
        published = await versions.publish(Publication(files=files, by=Admin(1, "Ada")), expected_live=live)
        live = published.info.number
        print(live, flush=True)  # noqa: T201 - read by the test


if __name__ == "__main__":
    asyncio.run({"upgrade": upgrade, "record": record, "publish": publish}[sys.argv[1]](sys.argv[2]))
