"""Changes of the draft: questions added to records, new topics, uploaded files."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot import curator_texts as texts
from bot import fitting
from bot.drafting import add_not_stated, add_questions
from bot.failures import Declined
from bot.journal import Admin, Draft, Storage
from bot.library import Library
from bot.record_files import RecordFiles
from knowledge.loading import Curation
from knowledge.problems import LoadError, Problem

TOPICS_FILE = "not-stated-by-members.toml"


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of a change: the questions added, those left out with the reason, and what is now wrong."""

    file: str
    added: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


class DraftEditor:
    """Changes the one draft all admins share.

    `bot.journal.Conflict` tells that somebody else changed it at the same moment; nothing was changed then.
    """

    def __init__(self, library: Library, storage: Storage) -> None:
        self._library = library
        self._storage = storage

    async def records(self) -> tuple[Draft, RecordFiles]:
        """Read the draft, and the files that publishing it would make live."""
        draft = await self._storage.draft.read()
        return draft, RecordFiles(draft.over((await self.live()).files))

    async def live(self) -> RecordFiles:
        """Read the files that are live."""
        version = await self._storage.versions.live()
        if version is not None:
            return RecordFiles(version.files)
        if self._library.live.records is None:
            raise Declined(texts.NO_LIVE_FILES)
        return self._library.live.records

    async def add_questions(self, record_id: str, questions: Sequence[str], *, by: Admin) -> Edited:
        """Add example questions to a record, leaving out those that stand somewhere already."""
        draft, records = await self.records()
        curation = await self._curation(draft, records)
        if record_id not in curation.places:
            raise Declined(texts.RECORD_GONE)
        file, _ = curation.places[record_id]
        new, left_out = _sorted_out(curation, questions)
        if not new:
            return Edited(file, (), left_out)
        content = add_questions(records.files[file], record_id, new)
        return await self._keep(draft, records, content, Edited(file, new, left_out), by)

    async def add_topic(
        self, record_id: str, title: str, questions: Sequence[str], nearest: str | None, *, by: Admin
    ) -> Edited:
        """Add a topic that the announcement does not state."""
        draft, records = await self.records()
        curation = await self._curation(draft, records)
        if record_id in curation.places:
            raise Declined(texts.id_taken(record_id))
        new, left_out = _sorted_out(curation, questions)
        if not new:
            return Edited(TOPICS_FILE, (), left_out)
        content = add_not_stated(records.files.get(TOPICS_FILE, b""), record_id, title, new, nearest)
        return await self._keep(draft, records, content, Edited(TOPICS_FILE, new, left_out), by)

    async def put(self, name: str, content: bytes, *, by: Admin) -> Edited:
        """Take a whole file into the draft."""
        draft, records = await self.records()
        return await self._keep(draft, records, content, Edited(name), by)

    async def _keep(
        self, draft: Draft, records: RecordFiles, content: bytes, edited: Edited, by: Admin
    ) -> Edited:
        await self._storage.draft.put(edited.file, content, revision=draft.revision, by=by)
        try:
            await fitting.check(RecordFiles({**records.files, edited.file: content}))
        except LoadError as error:
            return Edited(edited.file, edited.added, edited.left_out, error.problems)
        return edited

    async def _curation(self, draft: Draft, records: RecordFiles) -> Curation:
        """Read the drafted records; what is live, as long as they have problems."""
        if draft.files:
            try:
                return await fitting.check(records)
            except LoadError:
                pass
        return self._library.current.curation


def _sorted_out(
    curation: Curation, questions: Sequence[str]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Keep the questions that no record has yet in the same normal form; of one form the best written one."""
    taken = {form: id_ for id_, forms in curation.normalised.items() for form in forms}
    by_form: dict[str, list[str]] = {}
    for question in questions:
        by_form.setdefault(curation.language.normalise(question), []).append(question)
    new: list[str] = []
    left_out: list[tuple[str, str]] = []
    for form, same in by_form.items():
        if not form or form in taken:
            why = texts.stands_under(taken[form]) if form else texts.NO_WORDS
            left_out += [(question, why) for question in same]
            continue
        best = max(same, key=lambda question: fuzz.ratio(question.casefold(), form))
        new.append(best)
        left_out += [(question, texts.SAME_AS_ANOTHER) for question in same if question != best]
    return tuple(new), tuple(left_out)
