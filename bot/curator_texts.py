"""What curators read about gaps, the draft, the history and the report."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.admin_texts import count
from bot.escaping import literal
from bot.journal import OutcomeKind

UPLOAD = "Put an edited file of records into the draft"
UPLOAD_FILE = "A TOML file; its name says which one it replaces"
EXPORT = "Get the records as a zip"
EXPORT_DRAFT = "With the draft, as publishing it would make them"
HISTORY = "See what was published, when and by whom"
ROLLBACK = "Go back to an earlier version"
ROLLBACK_VERSION = "The number of the version"
GAPS = "See what members asked and did not get answered"
GAPS_DAYS = "How many days back (30 unless told otherwise)"
REPORT = "Get a picture of what was asked and how it ended"
REPORT_DAYS = "How many days back (30 unless told otherwise)"
NEWEST = "Newest"
OLDER = "Older"
NEXT = "Next"
PREVIOUS = "Back"
GO_BACK_TO = "Go back to a version"
CHOOSE_GAP = "Look at one of them"
ADD_TO_RECORD = "Add these questions to a record"
MAKE_TOPIC = "Make a topic that is not stated"
BACK_TO_GAPS = "All of them"
GAPS_CSV = "As a file"
TOPIC_FORM = "A topic that is not stated"
TOPIC_TITLE = "The announcement doesn't say …"
TOPIC_TITLE_HINT = "Complete the sentence, such as: when the next meeting is"
TOPIC_ID = "Id"
TOPIC_ID_HINT = "Lower-case letters and figures joined by hyphens"
TOPIC_NEAREST = "The nearest it does say"
TOPIC_NEAREST_HINT = "Words of the announcement, exactly as they stand there; may be left empty"
VERSIONS = "**Published versions**"
NO_VERSIONS = "Nothing has been published yet."
TAKEN_AT_START = "Taken from the folder of records."
NO_RECORD_CHANGED = "No record changed."
NO_LIVE_FILES = "The files of what is live are not at hand. Publish with /facts reload first."
RECORD_GONE = "That record is not there any more. Run /facts gaps again."
GAPS_GONE = "That list is no longer there. Run /facts gaps for a new one."
GAPS_FILE = "All of them, for a spreadsheet. They are members' words: please don't pass them on."
AUDITED_CSV = "took the list of what was not answered as a file"
NOTHING_CLOSE = "No record comes close."
NO_LONGER_THERE = "(no longer there)"
NO_WORDS = "no word in it that counts"
SAME_AS_ANOTHER = "means the same as another of them"
NOT_TOML = "That is no TOML file. Upload one of the files that /facts export gives, edited, or a new one."
DRAFT_IS_FINE = "The draft has no problems. /facts reload shows what it would change and publishes it."
NOTHING_ADDED = "The draft stays as it was."
SMALL_TALK = "Small talk"
NO_PICTURES = (
    "Pictures need an extra that is not installed here: pip install 'verbatim-bot[report]'. "
    "/facts gaps tells the most important in words."
)
NOTHING_ASKED = "Nothing was asked in that time that was kept."
# How a question ended, for a list and, in fewer kinds, for a picture.
ENDINGS: Mapping[OutcomeKind, str] = MappingProxyType(
    {
        OutcomeKind.ANSWER: "answered",
        OutcomeKind.CHOSEN: "answered by choice",
        OutcomeKind.CLARIFY: "asked back",
        OutcomeKind.NONE_OF_THESE: "with none of the choices meant",
        OutcomeKind.NOT_STATED: "not stated",
        OutcomeKind.OUT_OF_SCOPE: "with nothing found",
        OutcomeKind.SMALL_TALK: "small talk",
        OutcomeKind.TOO_LONG: "too long",
        OutcomeKind.COOLDOWN: "too soon",
        OutcomeKind.FAILED: "failed",
    }
)
GROUPS: Mapping[OutcomeKind, str] = MappingProxyType(
    {
        OutcomeKind.ANSWER: "answered",
        OutcomeKind.CHOSEN: "answered",
        OutcomeKind.CLARIFY: "asked back",
        OutcomeKind.NONE_OF_THESE: "asked back",
        OutcomeKind.NOT_STATED: "not stated",
        OutcomeKind.OUT_OF_SCOPE: "nothing found",
        OutcomeKind.SMALL_TALK: "other",
        OutcomeKind.TOO_LONG: "other",
        OutcomeKind.COOLDOWN: "other",
        OutcomeKind.FAILED: "other",
    }
)


def id_taken(record_id: str) -> str:
    """Say that a record has this id already."""
    return f"There is a record `{literal(record_id)}` already. Choose another id."


def stands_under(record_id: str) -> str:
    """Say why a question is not added."""
    return f"stands under {record_id} already"


def too_large(size: int, most: int) -> str:
    """Say that a file is too large."""
    return f"That file has {size:,} bytes and may have {most:,}. Records are never so large."


def same_as_live(name: str) -> str:
    """Say that an upload changes nothing."""
    return f"`{literal(name)}` is the same as what is live. The draft stays as it was."


def uploaded(name: str, *, known: bool) -> str:
    """Say that a file is in the draft."""
    return f"`{literal(name)}` is in the draft{'' if known else ', as a new file'}."


def audited_upload(name: str, *, known: bool) -> str:
    """Say what somebody uploaded, after their name."""
    return f"put {'' if known else 'the new file '}`{literal(name)}` into the draft"


def audited_questions(number: int, record_id: str) -> str:
    """Say what somebody added, after their name."""
    return f"added {count(number, 'question')} to `{record_id}` in the draft"


def audited_topic(record_id: str) -> str:
    """Say what somebody added, after their name."""
    return f"added the topic `{literal(record_id)}` to the draft"


def exported(files: int, *, with_draft: bool) -> str:
    """Say what is in the zip."""
    how = "as publishing the draft would make them" if with_draft else "as they are live"
    return f"{count(files, 'file')}, {how}."


def draft_has_problems(number: int) -> str:
    """Say that the draft cannot be published as it is."""
    return f"**The draft has {count(number, 'problem')} now**, so it can't be published as it is."


def questions_added(number: int, record_id: str, file: str) -> str:
    """Say where questions were added."""
    return f"{count(number, 'question')} added to `{record_id}` in `{file}`."


def topic_added(record_id: str, number: int, file: str) -> str:
    """Say where a topic was added."""
    if not number:
        return f"The topic `{literal(record_id)}` was not added."
    return f"The topic `{literal(record_id)}` with {count(number, 'question')} was added to `{file}`."


def add_to(record_id: str) -> str:
    """Label the button that adds to the closest record."""
    return f"Add to {record_id}"


def same_version(number: int) -> str:
    """Say that a rollback would change nothing."""
    return f"Version {number} is the same as what is live."


def no_gaps(since: str) -> str:
    """Say that nothing was missed."""
    return f"Since {since}, every question that was kept has been answered and nothing was voted down."


def gaps(questions: str, since: str, groups: int, page: int, last: int) -> str:
    """Head a page of gaps."""
    where = f", page {page} of {last}" if last > 1 else ""
    return f"**Not answered since {since}:** {questions} of {count(groups, 'kind')}{where}."


def report(questions: int, days: int) -> str:
    """Stand beside the picture."""
    asked = f"{count(questions, 'question')} in the last {count(days, 'day')}"
    return f"{asked}. The picture has a description in words."


def described_total(questions: int, days: int, shares: str) -> str:
    """Describe the first chart."""
    return f"{count(questions, 'question')} on {count(days, 'day')}: {shares}."


def described_sentences(said: str) -> str:
    """Describe the second chart."""
    return f"The sentences that answered most: {said}."


def described_unused(never: int, sentences: int) -> str:
    """Describe what the second chart lacks."""
    return f"{never} of {count(sentences, 'sentence')} never answered."


def described_gaps(said: str) -> str:
    """Describe the third chart."""
    return f"Not answered: {said}."
