"""An announcement and records that try every limit."""

from functools import cache

from knowledge.base import KnowledgeBase
from tests.bot.harbour import fact, fitted

_MARKS = "* _a_ **b** ||d|| ~~e~~ <@1> @everyone [f](https://g.h) \\ > <t:0> `c` -# "
MARKED = f"# So {_MARKS * 9}is how it ends."
FULL_OF_MARKS = f"1) So {'*_|' * 450} is another end."
LONGEST = "word " * 900 + "ends here."
THINGS, THEMES = 40, 30


@cache
def crowded() -> KnowledgeBase:
    """Fit forty facts in one theme and thirty other themes, with everything as long as can be."""
    count = THINGS + THEMES
    sentences = [
        f"Thing number {number} is called item{number}zz in the big book." for number in range(count)
    ]
    # In a span of code, marks are characters like any other.
    hostile = [
        f"`` {MARKED} ``",
        f"`` {FULL_OF_MARKS} ``",
        LONGEST,
        "After that there is little more to say.",
    ]
    text = "# " + "A headline that is long " * 12 + "\n\n" + "\n\n".join([*sentences, *hostile])
    title = "Which question about the long long thing that is called by the number"
    many = [
        fact(
            f"thing-{n}",
            f"{title} {n:03}?",
            f"is called item{n}zz",
            f"item{n}zz",
            f"what is thing {n} called",
        )
        for n in range(THINGS)
    ]
    many.append(fact("marked", "What is the *marked* <@1> sentence?", "is how it ends", "marked sentence"))
    many.append(fact("full", "Which sentence is full of marks?", "is another end", "sentence full of marks"))
    many.append(fact("after", "What comes after the longest?", "there is little more", "after the longest"))
    files = {
        "announcement.toml": 'source = "x.md"\n',
        "many.toml": f"theme = {'A theme with a long title ' * 8!r}\n" + "\n".join(many),
    }
    for n in range(THINGS, count):
        record = fact(f"{'long-id-' * 7}{n}", f"Thing {n}?", f"is called item{n}zz", f"item{n}zz")
        files[f"theme-{n}.toml"] = f"theme = {f'Theme {n} ' + 'x' * 150!r}\n" + record
    return fitted(files, text)
