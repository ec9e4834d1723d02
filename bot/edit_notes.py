"""What an admin reads after a change of the draft."""

from bot import curator_texts as texts
from bot.draft_editor import Edited
from bot.notes import Note


def edited_note(edited: Edited, said: str) -> Note:
    """Say what was changed, what was left out, and whether the draft can be published as it is."""
    lines = [f"added: {question}" for question in edited.added]
    lines += [f"left out: {question} ({why})" for question, why in edited.left_out]
    if edited.problems:
        lines += [*([""] if lines else []), *map(str, edited.problems)]
        state = texts.draft_has_problems(len(edited.problems))
    elif edited.left_out and not edited.added:
        state = texts.NOTHING_ADDED
    else:
        state = texts.DRAFT_IS_FINE
    return Note([said, state], lines, "draft.txt")
