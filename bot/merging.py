"""What publishing would make live: the live version, what changed in the folder since, and the draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.journal import Draft
from bot.record_files import RecordFiles


@dataclass(frozen=True, slots=True)
class Merged:
    """The files, and those changed both in the folder and from Discord.

    Of such a file the draft counts, or without one the live version (`kept`): somebody has to look at it.
    `seen` are the digests of the folder's files that count as looked at.
    """

    records: RecordFiles
    from_folder: tuple[str, ...]
    overridden: tuple[str, ...]
    kept: tuple[str, ...]
    seen: Mapping[str, str]


def merge(live: RecordFiles, folder: RecordFiles, seen: Mapping[str, str], draft: Draft) -> Merged:
    """Take from the folder what changed there since it was last `seen`, and the draft over everything.

    A file that is the same in the folder as when last seen stays as it is live, however different: that is
    how what was published from Discord outlives a reload.
    """
    on_disk, now = folder.digests(), live.digests()
    merged = dict(live.files)
    taken: list[str] = []
    overridden: list[str] = []
    kept: list[str] = []
    for name in sorted(on_disk.keys() | seen.keys()):
        disk, before = on_disk.get(name), seen.get(name)
        if disk in (before, now.get(name)):
            continue
        if name in draft.files:
            overridden.append(name)
        elif now.get(name) != before:
            kept.append(name)
        else:
            taken.append(name)
            if disk is None:
                merged.pop(name, None)
            else:
                merged[name] = folder.files[name]
    looked_at = {name: digest for name, digest in on_disk.items() if name not in kept}
    looked_at |= {name: seen[name] for name in kept if name in seen}
    records = RecordFiles(MappingProxyType(draft.over(merged)))
    return Merged(records, tuple(taken), tuple(overridden), tuple(kept), MappingProxyType(looked_at))
