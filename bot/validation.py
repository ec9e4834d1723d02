"""The command `check`: what is wrong with the records, or what they cover."""

import sys

from rich.text import Text

from bot import texts
from bot.machine import print_json
from bot.opening import Sources
from bot.reports import coverage
from bot.screen import screen, visible
from knowledge.loading import Curation, read_folder
from knowledge.problems import LoadError, Problem, nearest
from knowledge.records import Fact, SmallTalk


def check_folder(found: Sources, *, as_json: bool) -> bool:
    """Print every problem of the records, or their coverage; whether they can be used."""
    out = screen(sys.stdout)
    try:
        curation = read_folder(found.facts, found.announcement)
        problems = tuple(unknown_replies(curation))
    except LoadError as error:
        curation, problems = None, error.problems
    if as_json:
        print_json(_data(curation, problems))
    elif problems or curation is None:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        out.print(f"{count}:")
        for problem in problems:
            out.print(Text(visible(str(problem))))
    else:
        coverage(curation, out)
    return not problems


def unknown_replies(curation: Curation) -> list[Problem]:
    """Tell each small-talk record whose reply has no words here."""
    problems = []
    for id_, record in curation.records.items():
        if isinstance(record, SmallTalk) and record.reply not in texts.SMALL_TALK:
            file, line = curation.places[id_]
            message = f"The reply “{record.reply}” has no text. {nearest(record.reply, texts.SMALL_TALK)}"
            problems.append(Problem(file, line, id_, message))
    return problems


def _data(curation: Curation | None, problems: tuple[Problem, ...]) -> dict[str, object]:
    rows = [
        {"file": problem.file, "line": problem.line, "record": problem.record, "message": problem.message}
        for problem in problems
    ]
    if curation is None:
        return {"problems": rows}
    sentences = [
        {
            "sentence": sentence.text,
            "facts": [
                id_
                for id_, place in curation.quoted.items()
                if isinstance(curation.records[id_], Fact)
                and sentence in [one.sentence for one in (place, *curation.also.get(id_, ()))]
            ],
        }
        for sentence in curation.announcement.sentences
    ]
    return {"problems": rows, "version": curation.version, "sentences": sentences}
