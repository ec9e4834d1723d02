"""A made-up announcement with a few records, quick to fit."""

from functools import cache

from knowledge.base import KnowledgeBase
from knowledge.conversation import Conversation
from knowledge.loading import read_files
from knowledge.outcomes import Clarify, Evidence, Outcome

ANNOUNCEMENT = """# New library to open in the old harbour

- The council will build a library in the old harbour

The town council has agreed to build a new library in the old harbour, where the fish market stood.

The building will cost 12 million pounds and will open in May 2031.

## What it offers

It will hold 80,000 books, a recording studio and a roof garden, and it will be open until midnight.

Mayor Ada Quay said:

A town without a library is a harbour without a light. I cannot wait to borrow the first book.

## Next steps

Residents may vote on its name from 3 June at the town hall.

The north gate closes at eight. The south gate closes at nine.
"""

ABOUT = """
source = "harbour.md"
starters = ["opening", "cost", "books"]

[[speaker]]
name = "Ada Quay"
role = "Mayor"
introduced_by = "Mayor Ada Quay said:"
first = "A town without a library"
last = "borrow the first book."

[[name]]
forms = ["library", "the library"]
"""


def fact(id_: str, title: str, quote: str, *questions: str) -> str:
    listed = ", ".join(f'"{one}"' for one in questions)
    return f"[[fact]]\nid = {id_!r}\ntitle = {title!r}\nquote = {quote!r}\nquestions = [{listed}]\n"


def topic(id_: str, title: str, nearest: str, *questions: str) -> str:
    listed = ", ".join(f'"{one}"' for one in questions)
    near = f"nearest = {nearest!r}\n" if nearest else ""
    return f"[[not_stated]]\nid = {id_!r}\ntitle = {title!r}\n{near}questions = [{listed}]\n"


BUILDING = "\n".join(
    [
        'theme = "The building"',
        fact(
            "opening", "When does the library open?", "open in May 2031",
            "when will it open", "what is the opening date", "in which year does it open",
            "opening month of the building", "when can we go in",
        ),
        fact(
            "cost", "How much does the library cost?", "cost 12 million pounds",
            "how much will it cost", "what is the price of the building", "how many pounds are spent on it",
            "what does the building cost", "cost of the new library",
        ),
        fact(
            "place", "Where will the library be?", "in the old harbour, where the fish market stood",
            "where is it going to be built", "in which place will it stand", "what stood there before",
            "location of the library", "where is the library",
        ),
        fact(
            "books", "How many books will there be?", "80,000 books",
            "how many books does it hold", "number of books", "how big is the collection of books",
        ),
        fact(
            "hours", "How late is it open?", "open until midnight",
            "until what time is it open at night", "how late can I stay", "opening hours in the evening",
        ),
        fact(
            "studio", "What else is in the building?", "a recording studio and a roof garden",
            "is there a recording studio", "is there a garden on the roof", "what rooms does it offer",
        ),
        fact("north", "When does the north gate close?", "north gate closes at eight", "the north gate"),
        fact("south", "When does the south gate close?", "south gate closes at nine", "the south gate"),
    ]
)  # fmt: skip

PEOPLE = "\n".join(
    [
        'theme = "People"',
        fact(
            "mayor", "What does the mayor say?", "A town without a library is a harbour without a light",
            "what did the mayor say", "quote from ada quay", "opinion of the mayor", "ada quay statement",
        ),
        fact(
            "vote", "How is the name chosen?", "vote on its name from 3 June at the town hall",
            "who chooses the name", "when can residents vote on the name", "how do I vote for a name",
        ),
    ]
)  # fmt: skip

OTHER = "\n".join(
    [
        topic(
            "architect", "who designed the building", "The building will cost 12 million pounds",
            "who is the architect", "who designed it", "whose plans are they", "architect of the library",
        ),
        topic(
            "parking", "whether there is parking", "",
            "can I park there", "is there a car park", "where do I leave my car", "parking spaces",
        ),
        '[[small_talk]]\nid = "thanks"\nreply = "thanks"\nquestions = ["thanks", "thank you", "cheers"]\n',
        '[[small_talk]]\nid = "hello"\nreply = "greeting"\nquestions = ["hello", "hi there", "hiya"]\n',
    ]
)  # fmt: skip

FILES = {
    "announcement.toml": ABOUT,
    "building.toml": BUILDING,
    "people.toml": PEOPLE,
    "other.toml": OTHER,
}


def fitted(files: dict[str, str], announcement: str) -> KnowledgeBase:
    """Fit records given as text."""
    encoded = {name: text.encode() for name, text in files.items()}
    return Harbour.build(read_files(encoded, announcement))


class Harbour(KnowledgeBase):
    """Is always unsure about one question, however well the matcher matches."""

    UNSURE = "which gate"

    def ask(self, question: str, conversation: Conversation | None = None) -> Outcome:
        """Offer two gates where the question is about either."""
        found = (self.quotation("north"), self.quotation("south"))
        if question != self.UNSURE or not all(found):
            return super().ask(question, conversation)
        return Clarify(tuple(one for one in found if one), Evidence(question, question))


@cache
def harbour() -> KnowledgeBase:
    """Fit the made-up announcement, once for all tests."""
    return fitted(FILES, ANNOUNCEMENT)
