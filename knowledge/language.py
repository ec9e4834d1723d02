"""The one place where text is cleaned: normal forms, numbers, names, stems."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import Stemmer

from knowledge.english import (
    CONTRACTIONS,
    CURRENCIES,
    NOT_ISE,
    SCALES,
    SHORTHAND,
    SPELLINGS,
    SUFFIXES,
    TENS,
    UNITS,
)

MAX_CHARACTERS = 2000  # what follows is not read: no message on any front end is longer

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'"})
_TAGS = re.compile(r"<[@#:!&a-z/][^<>\s]*>|https?://\S+", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_DIGIT_GROUPS = re.compile(r"(?<=\d)[,  '](?=\d{3}(?!\d))")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?![a-z0-9])|\b(?:[a-z]\.)+[a-z]\b", re.IGNORECASE)
_TOKENS = re.compile(r"\d+\.\d+|\d+|[£$€]|[^\W\d_]+(?:'[^\W\d_]+)?&?(?=\W|\d|_|$)|[^\W\d_]+", re.UNICODE)
_ASCII_TOKENS = re.compile(r"\d+\.\d+|\d+|\$|[A-Za-z]+(?:'[A-Za-z]+)?")  # the same, three times as fast
_COMBINING = re.compile(r"[\u0300-\u036f\u200b-\u200f\u2060\ufeff]")
_PRONOUNS = frozenset({"us", "it"})
_REMEMBERED = 1 << 16  # words read before: members type new ones for ever
_JOINS = {"and", "or", "versus"}
_IZE = re.compile(r"iz(e|es|ed|er|ers|ing|ation|ations)$")
_SHORTEST_IZE = 5
_CODES = {"gbp", "usd", "eur"}
_AND_A_HALF = ["and", "a", "half"]
_MOST_DIGITS = 18  # what is longer is not read as a number
_LARGEST = 1e18  # nor is multiplied further
_BARE = {"hundred", "thousand", "million", "billion", "dozen"}  # a scale that needs no figure before it
_SCALED = set(SCALES) - {"m", "b", "k", "bill", "mill", "grand"}

_stemmer = Stemmer.Stemmer("english")


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """Find the stem of a word by Porter's second algorithm (Snowball English)."""
    return str(_stemmer.stemWord(word))


class Language:
    """Turns text into normal form, the same for example questions and for what members type.

    `names` are groups of forms of one name ("NPL", "National Physical Laboratory"): each form becomes the
    group's first, marked with "@" ("@npl"). A short form in capitals that is also a pronoun ("US") counts as
    the name when it is typed in capitals, follows "the" or stands beside a name ("us and uk").
    """

    def __init__(self, names: Iterable[Sequence[str]] = ()) -> None:
        self.names = tuple(tuple(forms) for forms in names)
        self._forms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._pronouns: dict[str, str] = {}
        for forms in self.names:
            canonical = "@" + "".join(self.plain_words(forms[0])).lower()
            for form in forms:
                words = tuple(self.plain_words(form))
                if len(words) == 1 and words[0].lower() in _PRONOUNS:
                    self._pronouns[words[0].lower()] = canonical
                elif words:
                    self._forms.setdefault(words[0], []).append((words, canonical))
        for group in self._forms.values():
            group.sort(key=lambda entry: -len(entry[0]))
        self._beginnings = frozenset(self._forms) | _PRONOUNS | {pronoun.upper() for pronoun in _PRONOUNS}
        self.name_words = frozenset(
            word for group in self._forms.values() for form, _ in group for word in form
        )

    def normalise(self, text: str) -> str:
        """Give the normal form of a text: "" when it has no word in it."""
        return " ".join(self.words(text))

    def words(self, text: str) -> list[str]:
        """List the words of the normal form, unstemmed, in order."""
        return self.with_names(self.plain_words(text))

    def plain_words(self, text: str) -> list[str]:
        """List the words before names are told: a possible name that looks like a pronoun is in capitals."""
        text = text[:MAX_CHARACTERS].replace("`", "'")
        if not text.isascii():
            text = _COMBINING.sub("", unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)))
        if "<" in text or "://" in text:
            text = _TAGS.sub(" ", text)
        if "." in text:
            text = _DOTTED.sub(lambda match: match[0].replace(".", "").upper(), text)
        text = text.replace("&", " and ")
        if _DIGIT.search(text):
            text = _DIGIT_GROUPS.sub("", text)
        tokens = (_ASCII_TOKENS if text.isascii() else _TOKENS).findall(text)
        shouted = text.isupper() and len(tokens) > 1
        words: list[str] = []
        numeric = False
        for token in tokens:
            read, counts = _read(token, shouted)
            words += read
            numeric = numeric or counts
        return _with_numbers(words) if numeric else words

    def with_names(self, words: list[str]) -> list[str]:
        """Replace every form of a name by the name."""
        if self._beginnings.isdisjoint(words):
            return words
        named: list[str] = []
        position = 0
        while position < len(words):
            word = words[position]
            for form, canonical in self._forms.get(word, ()):
                if tuple(words[position : position + len(form)]) == form:
                    named.append(canonical)
                    position += len(form)
                    break
            else:
                named.append(word)
                position += 1
        lower = [word.lower() for word in named]
        if self._pronouns.keys().isdisjoint(lower):
            return lower
        return [
            self._pronoun_or_name(named, place, self._pronouns[word]) if word in self._pronouns else word
            for place, word in enumerate(lower)
        ]

    def _pronoun_or_name(self, words: Sequence[str], position: int, name: str) -> str:
        word = words[position]
        before, after = words[max(0, position - 3) : position], words[position + 1 : position + 4]
        if word.isupper() or before[-1:] == ["the"]:
            return name
        beside = (_joined(before[::-1]), _joined(after))
        return name if any(other.startswith("@") for other in beside) else word


def _joined(words: Sequence[str]) -> str:
    """Find the word next to one, or the one it is joined with by an "and"; "" when there is none."""
    skipped = 1 if words[:1] and words[0] in _JOINS else 0
    if skipped and words[1:2] == ["the"]:
        skipped = 2
    return words[skipped] if skipped < len(words) else ""


@lru_cache(_REMEMBERED)
def _read(token: str, shouted: bool) -> tuple[tuple[str, ...], bool]:
    """Read one token as words, and tell whether it may be part of a number."""
    word = token.casefold()
    if word in _PRONOUNS and token.isupper() and not shouted:
        return (word.upper(),), False
    counts = not word[0].isalpha() or word in UNITS or word in TENS or word in _SCALED
    if "'" in word or word in CONTRACTIONS:
        return tuple(_expanded(word)), counts
    return (_british(SHORTHAND.get(word, word)),), counts


def _british(word: str) -> str:
    """Spell a word the British way where it is also spelt otherwise."""
    if word in SPELLINGS:
        return SPELLINGS[word]
    found = _IZE.search(word) if len(word) > _SHORTEST_IZE and word not in NOT_ISE else None
    return f"{word[: found.start()]}is{found[1]}" if found else word


def _expanded(word: str) -> list[str]:
    if word in CONTRACTIONS:
        return CONTRACTIONS[word].split()
    for suffix, full in SUFFIXES.items():
        if word.endswith(suffix):
            return [part for part in (word.removesuffix(suffix), full) if part]
    stem_, _, ending = word.partition("'")
    if ending != "s":
        return [part for part in (stem_, ending) if part]
    return (
        [stem_, "is"]
        if stem_ in {"what", "who", "where", "when", "why", "how", "it", "that", "there"}
        else [stem_]
    )


def _with_numbers(words: list[str]) -> list[str]:
    """Write every run of number words, digits, scales and currencies as a currency word and a figure."""
    result: list[str] = []
    position = 0
    while position < len(words):
        value, currency, end = _number_at(words, position)
        if value is None:
            result.append(words[position])
            position += 1
            continue
        if currency:
            result.append(currency)
        result.append(f"{value:.10g}" if value < 10**10 else f"{value:.0f}")
        position = end
    return result


def _number_at(words: list[str], start: int) -> tuple[float | None, str, int]:
    """Read the number that starts at a word (None for none), its currency ("" for none) and where it ends."""
    position = start
    currency = ""
    half = words[position : position + 2] == ["half", "a"]
    position += 2 if half else words[position] in ("a", "an")
    if position > start and words[position : position + 1] != [] and words[position] not in _BARE:
        return None, "", start
    if position >= len(words):
        return None, "", start
    if (words[position] in CURRENCIES and not words[position].isalpha()) or words[position] in _CODES:
        currency = CURRENCIES[words[position]]
        position += 1
    value, position = _magnitude(words, position)
    if value is None:
        return None, "", start
    if words[position : position + 1] == ["of"] and words[position + 1 : position + 2] == ["pounds"]:
        position += 1
    if not currency and position < len(words) and words[position] in CURRENCIES:
        currency = CURRENCIES[words[position]]
        position += 1
        if position < len(words) and words[position] == "sterling":
            position += 1
    return value / 2 if half else value, currency, position


def _magnitude(words: list[str], start: int) -> tuple[float | None, int]:
    total, current, position, seen = 0.0, 0.0, start, False
    while position < len(words):
        word = words[position]
        if word[0].isdecimal() and len(word) <= _MOST_DIGITS:
            if seen:
                break
            current, seen = float(word), True
        elif word in UNITS or word in TENS:
            current += UNITS.get(word, 0) + TENS.get(word, 0)
            seen = True
        elif word in SCALES and (seen or word in _BARE) and current < _LARGEST:
            current = (current or 1) * SCALES[word]
            if SCALES[word] > 100:  # noqa: PLR2004 - hundreds stay open for tens and units
                total, current = total + current, 0.0
            seen = True
        elif seen and words[position - 1] not in SCALES and words[position : position + 3] == _AND_A_HALF:
            current += 0.5
            position += 2
        elif not (seen and _is_and_within(words, position)):
            break
        position += 1
    if not seen or (position == start + 1 and words[start] == "one"):
        return None, start
    return total + current, position


def _is_and_within(words: list[str], position: int) -> bool:
    """Tell whether a word is the "and" of "a hundred and seventy"."""
    following = words[position + 1] if position + 1 < len(words) else ""
    return (
        words[position] == "and"
        and words[position - 1] in SCALES
        and (following in UNITS or following in TENS)
    )
