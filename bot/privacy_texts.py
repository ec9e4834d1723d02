"""What /privacy says; it has to be true."""

STOP_RECORDING = "Stop recording my questions"
RECORD_AGAIN = "Record my questions again"
DELETE = "Delete"

STOPPED = "**Done: your questions are not recorded from now on.**"
RECORDING = "**Done: your questions are recorded again, and your user id is deleted.**"
OPTED_OUT = (
    "You have asked me not to record your questions. For that alone I keep your user id and the date; the "
    "button below deletes them."
)


def notice(minutes: int, seconds: int, days: int | None, *, opted_out: bool = False) -> str:
    """Tell what is kept of what people ask; no `days` when nothing is."""
    parts = [_kept(days) if days else _NOTHING_KEPT, _memory(minutes, seconds), _ADDRESSED]
    if opted_out:
        parts.append(OPTED_OUT)
    return "\n".join(parts)


def deletion(days: int | None, *, opted_out: bool) -> str:
    """Tell what was deleted just now, what can be, and what goes by itself."""
    parts = ["What I remembered of our conversation is gone."]
    if days:
        parts.append(
            "Nothing that is kept of a question says who asked it: no name, no id and no message. So nobody, "
            "the people who run me included, can look up what you asked, and I can't delete it by your name. "
            "What can be found is the question behind each of my private replies: “Forget this question” "
            f"below it deletes that one for good. All others are deleted {_days(days)} after they were asked."
        )
    if opted_out:
        parts.append(OPTED_OUT)
    elif not days:
        parts.append("Nothing else is kept of you.")
    return "\n".join(parts)


_NOTHING_KEPT = (
    "I keep nothing of what you ask, and nothing about you: no question, name or id is written down or "
    "passed on."
)
_ADDRESSED = (
    "I read only what is addressed to me: commands, direct messages, mentions, and messages that somebody "
    "points me to. Please don't write anything confidential or about your health or money. "
    "Only what those who run me do as administrators is noted with their names."
)


def _kept(days: int) -> str:
    return (
        "So that those who run me can see what people ask and don't find, I keep your questions: the words, "
        "the time, my reply and how long it took, your language setting, whether it was in a server, a "
        "direct message or the like, and whether you found the answer right. Never your name or id, nor "
        "which server, channel or message it was: unless your words tell it, nobody can look up who asked.\n"
        f"Each is deleted after {_days(days)}, or at once by “Forget this question” below a private reply. "
        "Those who run me may add a wording to the examples I learn from; nothing is passed on to anybody "
        "else."
    )


def _memory(minutes: int, seconds: int) -> str:
    return (
        f"So that you can ask follow-up questions I remember your last few for about {minutes} minutes, and "
        f"for the limit on questions in a row that you asked, for about {seconds} seconds. Recent wordings, "
        "without who used them, help me to answer the same question sooner. All this is only in memory and "
        "gone when I restart."
    )


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"
