"""The one place where questions are cleaned: normal forms, numbers, names, stems, spelling."""

import re
import unicodedata
from collections.abc import Iterable, Sequence


class Language:
    """Turns text into normal form, the same for example questions and for what members type."""

    def __init__(self, names: Iterable[Sequence[str]] = ()) -> None:
        self._names = tuple(tuple(forms) for forms in names)

    def normalise(self, text: str) -> str:
        """The normal form of a text: "" when it has no word in it."""
        return " ".join(re.findall(r"[a-z0-9£$%]+", unicodedata.normalize("NFKC", text).casefold()))
