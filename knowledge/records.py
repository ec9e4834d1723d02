"""What curators write: facts, topics that are not stated, and small talk, as frozen values."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=64)]


class CuratedModel(BaseModel):
    """A frozen value read from a curated file; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class CuratedRecord(CuratedModel):
    """What every record has: a stable id and example questions.

    In a file `questions` is a list, or a table from a voice ("teenager", "formal") to a list; the voices
    only serve measurement. Here it is always the table; the plain list stands under the voice `""`.
    `follow_ups` are short turns that mean this record when its matter has just been talked of ("how many?");
    the same one may stand under several records. `next` are short turns after this record has been talked of,
    by the id of the record that they mean then.
    """

    id: Id
    questions: Mapping[str, tuple[str, ...]]
    follow_ups: tuple[str, ...] = ()
    next: Mapping[Id, tuple[str, ...]] = Field(default_factory=dict)

    @field_validator("questions", mode="before")
    @classmethod
    def _list_or_voices(cls, value: object) -> object:
        return {"": value} if isinstance(value, list | tuple) else value

    @property
    def examples(self) -> tuple[str, ...]:
        """The example questions of all voices."""
        return tuple(question for questions in self.questions.values() for question in questions)


class Fact(CuratedRecord):
    """A question the announcement answers, by the one sentence in which `quote` stands.

    `title` reads as a question a member would pick from a list. `also` quotes other sentences that answer the
    same questions, so that their records do not count as rivals.
    """

    title: Annotated[str, Field(min_length=1, max_length=80)]
    quote: Annotated[str, Field(min_length=1)]
    also: tuple[Annotated[str, Field(min_length=1)], ...] = ()


class NotStatedTopic(CuratedRecord):
    """Something people ask that the announcement does not answer.

    `title` completes "The announcement doesn't say …"; `nearest` is a quote of the nearest thing it does say.
    """

    title: Annotated[str, Field(min_length=1, max_length=160)]
    nearest: Annotated[str, Field(min_length=1)] | None = None


class SmallTalk(CuratedRecord):
    """A message that asks nothing of the announcement; `reply` is a key of the texts a front end shows."""

    reply: Annotated[str, Field(pattern=r"^[a-z_]+$")]


Record = Fact | NotStatedTopic | SmallTalk
type_of_table: Mapping[str, type[Record]] = {
    "fact": Fact,
    "not_stated": NotStatedTopic,
    "small_talk": SmallTalk,
}


class Theme(CuratedModel):
    """A group of facts for browsing: one file of the records."""

    id: Id
    title: str
    facts: tuple[str, ...]


class Speech(CuratedModel):
    """Which sentences of the announcement are whose words, since the source does not mark where they end.

    `introduced_by` is the source line that introduces the speaker and is never a reply itself; `first` and
    `last` are the opening words of the first and the closing words of the last sentence spoken.
    """

    name: str
    role: str
    introduced_by: str
    first: str
    last: str


class Name(CuratedModel):
    """A name of the announcement's world in all the forms people use; the first is the canonical one."""

    forms: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]


class AnnouncementFile(CuratedModel):
    """What `announcement.toml` says above its tables of speakers (`Speech`) and names (`Name`).

    `source` is the file name of the announcement's text, `starters` are the facts to offer before anything is
    asked.
    """

    source: Annotated[str, Field(min_length=1)]
    starters: tuple[Id, ...] = ()
