"""Permission bits the server itself needs to know."""

ADMINISTRATOR = 1 << 3
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
ATTACH_FILES = 1 << 15
MENTION_EVERYONE = 1 << 17
USE_APPLICATION_COMMANDS = 1 << 31

ALL = (1 << 53) - 1

EVERYONE = (
    1 << 6  # add reactions
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | 1 << 14  # embed links
    | ATTACH_FILES
    | 1 << 16  # read message history
    | USE_APPLICATION_COMMANDS
)


def holds(granted: int, needed: int) -> bool:
    return bool(granted & ADMINISTRATOR) or granted & needed == needed
