"""Records go into the draft and out as files, on both databases."""

import io
import zipfile

from bot import admin_texts, curator_texts
from bot.journal import Storage
from tests.bot.curators import home, noted, storage
from tests.bot.home import Home
from tests.bot.orchard import PLANTING, TREES
from tests.discord_server import Message

__all__ = ["home", "storage"]

EDITED = TREES.replace("who may pick the fruit", "who is allowed to pick the fruit")


async def upload(home: Home, name: str, text: str) -> Message:
    file = home.ada.upload(name, text.encode())
    return await home.told(home.ada, "upload", file=file)


async def test_uploaded_file_is_shown_and_published_by_reload(home: Home, storage: Storage) -> None:
    reply = await upload(home, "trees.toml", EDITED)
    assert "`trees.toml` is in the draft." in reply.content
    assert curator_texts.DRAFT_IS_FINE in reply.content
    assert "The draft changes `trees.toml`, by Ada." in (await home.told(home.ben, "status")).content
    preview = await home.told(home.ben, "reload")
    assert "From the draft: `trees.toml`." in preview.content
    assert "~ who-may-pick" in preview.content
    pressed = await home.ben.click(preview, admin_texts.PUBLISH)
    assert "**Published.**" in (await pressed.wait_response()).content
    assert not (await storage.draft.read()).files
    live = await storage.versions.live()
    assert live is not None
    assert live.files["trees.toml"] == EDITED.encode(), "comments and order are kept"
    assert (await home.told(home.ada, "reload")).content == admin_texts.NOTHING_NEW, (
        "the folder, which has not changed, does not take it back"
    )


async def test_upload_with_problems_is_kept_and_told(home: Home) -> None:
    reply = await upload(home, "trees.toml", TREES.replace("40 apple trees", "50 apple trees"))
    assert "**The draft has 1 problem now**" in reply.content
    assert "trees.toml:" in reply.content
    refused = await home.told(home.ada, "reload")
    assert admin_texts.OLD_FACTS_LIVE in refused.content
    assert refused.labels == [admin_texts.DISCARD]
    gone = await (await home.ada.click(refused, admin_texts.DISCARD)).wait_response()
    assert gone.content == admin_texts.DISCARDED
    assert (await home.told(home.ada, "reload")).content == admin_texts.NOTHING_NEW


async def test_draft_changed_since_is_not_thrown_away(home: Home, storage: Storage) -> None:
    await upload(home, "trees.toml", EDITED)
    preview = await home.told(home.ada, "reload")
    await upload(home, "planting.toml", PLANTING)
    pressed = await home.ada.click(preview, admin_texts.DISCARD)
    assert "Another admin changed the draft" in (await pressed.wait_followup()).content
    assert set((await storage.draft.read()).files) == {"trees.toml", "planting.toml"}
    published = await (await home.ada.click(preview, admin_texts.PUBLISH)).wait_response()
    assert "Nothing was published" in published.content


async def test_file_changed_in_the_folder_too_is_told(home: Home) -> None:
    await upload(home, "trees.toml", EDITED)
    home.orchard.change("trees.toml", "Counted by the council", "Counted by the mayor")
    preview = await home.told(home.ada, "reload")
    assert "Changed in the folder too, where the draft counts: `trees.toml`." in preview.content


async def test_new_file_says_so(home: Home, storage: Storage) -> None:
    reply = await upload(home, "planting.toml", PLANTING)
    assert "as a new file" in reply.content
    assert ("Ada", "draft.put") in await noted(storage)
    assert home.audit is not None
    used = await home.audit.wait_message()
    put = await home.audit.wait_message(after=used)
    assert put.content == "**Ada** put the new file `planting.toml` into the draft"


async def test_what_cannot_be_uploaded(home: Home, storage: Storage) -> None:
    assert (await upload(home, "trees.txt", EDITED)).content == curator_texts.NOT_TOML
    assert "same as what is live" in (await upload(home, "trees.toml", TREES)).content
    assert "may have 1,048,576" in (await upload(home, "trees.toml", "#" * 2**20 + "#")).content
    assert not (await storage.draft.read()).files


async def test_export_gives_all_files_as_they_are(home: Home) -> None:
    reply = await home.told(home.ada, "export")
    assert zip_of(reply, "records.zip") == {
        path.name: path.read_bytes() for path in home.orchard.folder.iterdir()
    }
    await upload(home, "trees.toml", EDITED)
    with_draft = await home.told(home.ada, "export", draft=True)
    assert zip_of(with_draft, "records-with-draft.zip")["trees.toml"] == EDITED.encode()


def zip_of(reply: Message, name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(reply.file(name).data)) as archive:
        return {one: archive.read(one) for one in archive.namelist()}
