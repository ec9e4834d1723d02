"""A made-up announcement about a lighthouse and its records: quick to fit, with all that records can have."""

from collections.abc import Sequence
from functools import cache

from knowledge.base import KnowledgeBase
from knowledge.loading import Curation, read_files

ANNOUNCEMENT = """# The lighthouse shines again

The [Harbour Trust](#) has repaired the old lighthouse with £40 million from a fund of £90 million.

The island council and the mainland council signed the agreement on Tuesday.

Keeper Mary Wick said:

I have waited 25 years for this light. Ships will find their way home again.

The tower will open to visitors in March and will employ 30 guides.

A second lamp is being built by Fresnel
and Sons, and 30 more towers may follow.
"""

ABOUT = """
source = "lighthouse.md"
starters = ["repair-cost", "opening", "signatories"]

[[speaker]]
name = "Mary Wick"
role = "Keeper"
introduced_by = "Keeper Mary Wick said:"
first = "I have waited"
last = "home again."

[[name]]
forms = ["Harbour Trust", "HT", "the trust"]
"""


def fact(
    id_: str, title: str, quote: str, questions: Sequence[str], *, also: str = "", after: Sequence[str] = ()
) -> str:
    """Write a fact as curators do; `after` are its follow-ups."""
    lines = [
        f"[[fact]]\nid = {id_!r}\ntitle = {title!r}\nquote = {quote!r}",
        f"questions = {list(questions)}",
    ]
    lines += [f"also = [{also!r}]"] if also else []
    return "\n".join([*lines, f"follow_ups = {list(after)}", ""])


MONEY = "\n".join(
    [
        'theme = "The repair"',
        fact(
            "repair-cost", "How much did the repair cost?", "£40 million",
            [
                "how much did the repair cost", "price of the repair", "what was spent on the lighthouse",
                "cost of repairing the tower",
            ],
            after=["how much", "what did it cost"],
        ),
        fact(
            "fund-size", "How big is the fund?", "a fund of £90 million",
            [
                "how big is the fund", "size of the fund", "how much money is in the fund",
                "the fund behind it",
            ],
            after=["out of what", "how big is it"],
        ),
        fact(
            "repairer", "Who repaired the lighthouse?", "The Harbour Trust",
            ["who repaired the lighthouse", "which trust did the work", "who did the repair", "who fixed it"],
            after=["who did it", "by whom"],
        ),
        fact(
            "second-lamp", "Who builds the second lamp?", "A second lamp is being built by Fresnel and Sons",
            ["who builds the second lamp", "who makes the other lamp", "what is fresnel and sons building"],
        ),
        fact(
            "more-towers", "How many more towers may follow?", "30 more towers may follow",
            ["how many towers may follow", "are more towers planned", "number of further towers"],
        ),
    ]
)  # fmt: skip

PEOPLE = "\n".join(
    [
        'theme = "The people"',
        fact(
            "signatories", "Who signed the agreement?", "The island council and the mainland council",
            [
                "who signed the agreement", "which councils signed", "signatories of the agreement",
                "who are the signatories",
            ],
            after=["who signed", "which ones"],
        ),
        fact(
            "signing-day", "When was it signed?", "signed the agreement on Tuesday",
            ["when was the agreement signed", "on which day was it signed", "day of the signing"],
            after=["when", "on what day"],
        ),
        fact(
            "waiting", "How long did the keeper wait?", "waited 25 years",
            [
                "how long did the keeper wait", "how many years did mary wick wait",
                "since when has she waited for the light",
            ],
        ),
        fact(
            "ships", "What will it do for ships?", "Ships will find their way home",
            ["what does it do for ships", "how are ships helped", "what did the keeper say of ships"],
        ),
        fact(
            "opening", "When does the tower open?", "open to visitors in March",
            ["when does the tower open", "opening month for visitors", "when can visitors come"],
            after=["when", "from when"],
        ),
        fact(
            "guides", "How many guides will there be?", "employ 30 guides",
            ["how many guides will there be", "number of guides", "what jobs does the tower bring"],
            also="Ships will find their way home",
        ),
        fact(
            "future", "What may follow?", "their way home again",
            ["what may follow", "what comes after this", "hopes for the coming years"],
            also="30 more towers may follow",
        ),
    ]
)  # fmt: skip

OTHER = """
[[not_stated]]
id = "ticket-price"
title = "what a ticket costs"
nearest = "open to visitors in March"
questions = ["what does a ticket cost", "price of admission", "entry fee", "how much is a ticket"]

[[not_stated]]
id = "height"
title = "how tall the tower is"
questions = ["how tall is the tower", "height of the lighthouse", "how many metres high is it"]

[[small_talk]]
id = "thanks"
reply = "thanks"
questions = ["thanks", "thank you", "cheers", "ta very much"]

[[small_talk]]
id = "hello"
reply = "greeting"
questions = ["hello", "hi there", "good morning"]
"""

FILES = {"announcement.toml": ABOUT, "repair.toml": MONEY, "people.toml": PEOPLE, "other.toml": OTHER}


@cache
def curation() -> Curation:
    return read_files({name: text.encode() for name, text in FILES.items()}, ANNOUNCEMENT)


@cache
def lighthouse() -> KnowledgeBase:
    """Fit the records, once for all tests."""
    return KnowledgeBase.build(curation())
