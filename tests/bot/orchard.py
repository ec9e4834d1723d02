"""A made-up announcement with a few records, written to a folder: quick to fit."""

from dataclasses import dataclass
from pathlib import Path

ANNOUNCEMENT = """# The village opens an orchard

The village of Little Wickham opened a community orchard on Saturday.

It has 40 apple trees and 12 pear trees. The council paid £3,000 for the fence.

Mayor Ada Green said:

Everybody may pick what they can eat. I planted the first tree myself.
"""

ABOUT = """# What these records are about.
source = "orchard.md"
starters = ["what-opened", "how-many-trees"]

[[speaker]]
name = "Ada Green"
role = "Mayor"
introduced_by = "Mayor Ada Green said:"
first = "Everybody may"
last = "myself."
"""

OPENING = """# The day itself.
theme = "The opening"

[[fact]]
id = "what-opened"
title = "What was opened?"
quote = "a community orchard"
questions = ["what did the village open", "what was opened on saturday", "tell me about the opening"]

[[fact]]
id = "which-village"
title = "Which village is it?"
quote = "The village of Little Wickham"
questions = ["which village is this about", "what is the village called", "name of the village"]

[[not_stated]]
id = "opening-hours"
title = "when the orchard is open"
questions = ["what are the opening hours", "when does the gate close", "how late is it open"]
"""

TREES = """theme = "The trees"

# Counted by the council.
[[fact]]
id = "how-many-trees"
title = "How many trees are there?"
quote = "40 apple trees and 12 pear trees"
questions = ["how many trees are there", "number of apple trees", "how many pears grow there"]

[[fact]]
id = "fence-cost"
title = "What did the fence cost?"
quote = "£3,000"
questions = ["what did the fence cost", "how much was the fence", "who paid for the fence"]

[[fact]]
id = "who-may-pick"
title = "Who may pick the fruit?"
quote = "Everybody may pick"
questions = ["who may pick the fruit", "can anybody take apples", "am i allowed to pick"]

[[small_talk]]
id = "thanks"
reply = "thanks"
questions = ["thank you", "thanks a lot", "cheers"]
"""

PLANTING = """theme = "Planting"

[[fact]]
id = "first-tree"
title = "Who planted the first tree?"
quote = "I planted the first tree"
questions = ["who planted the first tree", "which tree came first"]
"""

GOLDEN = """{"id": "g1", "q": "what did they open", "gold": ["S1"], "type": "plain", "split": "development"}
{"id": "g2", "q": "who planted the first tree", "gold": ["S5"], "type": "plain", "split": "development"}
{"id": "g3", "q": "what does an apple weigh", "gold": [], "type": "not_stated", "split": "held-out"}
"""

SENTENCES = """{
  "S1": "The village of Little Wickham opened a community orchard on Saturday.",
  "S5": "I planted the first tree myself."
}
"""


@dataclass(frozen=True)
class Orchard:
    """The folder of records, and one of golden questions."""

    folder: Path
    golden: Path

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Replace a text that is there once."""
        text = (self.folder / name).read_text("utf-8")
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))


def plant(place: Path) -> Orchard:
    """Write the announcement, its records and the golden questions."""
    orchard = Orchard(place / "records", place / "golden")
    orchard.folder.mkdir()
    orchard.golden.mkdir()
    orchard.write("orchard.md", ANNOUNCEMENT)
    orchard.write("announcement.toml", ABOUT)
    orchard.write("opening.toml", OPENING)
    orchard.write("trees.toml", TREES)
    (orchard.golden / "plain.jsonl").write_text(GOLDEN, "utf-8")
    (orchard.golden / "sentences.json").write_text(SENTENCES, "utf-8")
    return orchard
