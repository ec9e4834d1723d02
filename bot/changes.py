"""What one curation changes against another, record by record."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.loading import Curation


@dataclass(frozen=True, slots=True)
class Changes:
    """What would change: ids of records, how many there then are, whether anything at all differs."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    records: int
    announcement: bool
    anything: bool

    def summary(self) -> dict[str, object]:
        """Return the changes as plain data."""
        return {
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": list(self.changed),
            "announcement": self.announcement,
        }


def compare(old: Curation, new: Curation) -> Changes:
    """Tell which records were added, removed or changed, in the order of the files."""
    before, after = _told(old), _told(new)
    return Changes(
        added=tuple(id_ for id_ in after if id_ not in before),
        removed=tuple(id_ for id_ in before if id_ not in after),
        changed=tuple(id_ for id_ in after if id_ in before and after[id_] != before[id_]),
        records=len(after),
        announcement=old.announcement.source != new.announcement.source,
        anything=old.version != new.version,
    )


def _told(curation: Curation) -> Mapping[str, object]:
    """Tell what there is to each record: itself, and the sentences it leads to."""
    places = {id_: (place, *curation.also.get(id_, ())) for id_, place in curation.quoted.items()}
    return {
        id_: (record, [place.sentence.text for place in places.get(id_, ())])
        for id_, record in curation.records.items()
    }
