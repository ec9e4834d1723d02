"""Clusters of near-identical questions that were not answered, most asked first."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from rapidfuzz import fuzz

from bot.journal import Missed, OutcomeKind

# Three neighbouring letters make a piece; a signature is made of the least pieces under `BANDS * ROWS` random
# orders. Wordings that share most pieces (0.6 of them: 0.91 likely, 0.8: 0.999) agree in some band.
_BANDS = 10
_ROWS = 3
_PRIME = np.uint64((1 << 31) - 1)
_MOST_LEADERS = 64


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which the question of a gap was asked, and how often."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Near-identical questions that did not satisfy those who asked.

    `record` is the one that most often came closest, with its best `score`; None when none ever did.
    `wordings` are most asked first.
    """

    wordings: tuple[Wording, ...]
    count: int
    record: str | None
    score: float | None
    outcomes: dict[OutcomeKind, int]
    voted_down: int
    last_asked: datetime


@dataclass(slots=True)
class _Cluster:
    """A gap in the making: the most asked wording leads, others join it."""

    key: str
    reading: str
    numbers: frozenset[str]
    rows: list[Missed] = field(default_factory=list)


def find_gaps(
    missed: Iterable[Missed], normalise: Callable[[str], str], *, likeness: float = 85.0
) -> tuple[Gap, ...]:
    """Cluster missed questions that mean the same to the eye, most asked first.

    `normalise` brings wordings together as far as the caller likes, for instance by mending spelling and
    leaving out filler words. What is then still spelt differently belongs together when it is at least
    `likeness` (of 100) alike in any order of its words, and names the same numbers.
    """
    by_key: defaultdict[str, list[Missed]] = defaultdict(list)
    readings: dict[str, str] = {}
    for row in missed:
        reading = normalise(row.text)
        key = " ".join(sorted(set(reading.split())))
        by_key[key].append(row)
        readings.setdefault(key, reading)
    keys = sorted(by_key, key=lambda key: (-sum(row.count for row in by_key[key]), key))
    gaps = [_gap(cluster.rows) for cluster in _clustered(keys, readings, by_key, likeness)]
    return tuple(
        sorted(gaps, key=lambda gap: (-gap.count, -gap.last_asked.timestamp(), gap.wordings[0].text))
    )


def _clustered(
    keys: Sequence[str], readings: Mapping[str, str], rows: Mapping[str, list[Missed]], likeness: float
) -> Iterable[_Cluster]:
    """Let each key join the most alike cluster led by a more asked one, else lead its own."""
    clusters: list[_Cluster] = []
    buckets: defaultdict[tuple[int, bytes], list[_Cluster]] = defaultdict(list)
    for key, signature in zip(keys, _signatures(keys), strict=True):
        numbers = frozenset(word for word in key.split() if any(map(str.isdigit, word)))
        candidate = _Cluster(key, readings[key], numbers)
        leaders = {id(leader): leader for band in signature for leader in buckets.get(band, ())}
        own = _most_alike(candidate, leaders.values(), likeness)
        if own is None:
            own = candidate
            clusters.append(own)
            for band in signature:
                if len(buckets[band]) < _MOST_LEADERS:
                    buckets[band].append(own)
        own.rows.extend(rows[key])
    return clusters


def _most_alike(one: _Cluster, leaders: Iterable[_Cluster], likeness: float) -> _Cluster | None:
    best, best_score = None, 0.0
    for leader in leaders:
        if leader.numbers != one.numbers:
            continue
        # With its words in order as well: a mistake in the first letter moves a word when they are sorted.
        least = max(likeness, best_score)
        score = max(
            fuzz.ratio(one.key, leader.key, score_cutoff=least),
            fuzz.ratio(one.reading, leader.reading, score_cutoff=least),
        )
        if score > best_score:
            best, best_score = leader, score
    return best


def _signatures(keys: Sequence[str]) -> Iterator[list[tuple[int, bytes]]]:
    """Give each key its bands: wordings much alike agree in at least one.

    This is MinHash, so that 50,000 wordings need not each be compared with all others.
    """
    random = np.random.default_rng(0)  # the same clusters every time
    factors = random.integers(1, _PRIME, (_BANDS * _ROWS, 1), dtype=np.uint64)
    offsets = random.integers(0, _PRIME, (_BANDS * _ROWS, 1), dtype=np.uint64)
    for begin in range(0, len(keys), 1000):
        yield from _signatures_of_some(keys[begin : begin + 1000], factors, offsets)


def _signatures_of_some(
    keys: Sequence[str], factors: np.ndarray, offsets: np.ndarray
) -> Iterator[list[tuple[int, bytes]]]:
    pieces = [_pieces(key) for key in keys]
    starts = np.cumsum([0, *(len(piece) for piece in pieces[:-1])])
    mixed = (factors * np.concatenate(pieces)[None, :] + offsets) % _PRIME
    least = np.minimum.reduceat(mixed, starts, axis=1).T.astype(np.uint32)
    for row in least:
        bands = row.reshape(_BANDS, _ROWS)
        yield [(number, band.tobytes()) for number, band in enumerate(bands)]


def _pieces(key: str) -> np.ndarray:
    """Turn each run of three letters into a number; there is at least one run."""
    letters = np.frombuffer(f"  {key} ".encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    runs = (letters[:-2] * np.uint64(1_000_003) + letters[1:-1]) * np.uint64(1_000_003) + letters[2:]
    return np.unique(runs % _PRIME)


def _gap(rows: Sequence[Missed]) -> Gap:
    wordings: Counter[str] = Counter()
    records: Counter[str] = Counter()
    outcomes: Counter[OutcomeKind] = Counter()
    scores: dict[str, float] = {}
    for row in rows:
        wordings[row.text] += row.count
        outcomes[row.outcome] += row.count
        if row.record is not None:
            records[row.record] += row.count
            scores[row.record] = max(row.score or 0.0, scores.get(row.record, 0.0))
    record = max(records, key=lambda name: (records[name], scores[name], name), default=None)
    return Gap(
        wordings=tuple(Wording(*one) for one in sorted(wordings.items(), key=lambda one: (-one[1], one[0]))),
        count=wordings.total(),
        record=record,
        score=None if record is None else scores[record],
        outcomes=dict(outcomes),
        voted_down=sum(row.count for row in rows if row.voted_down),
        last_asked=max(row.last_asked for row in rows),
    )
