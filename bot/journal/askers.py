"""A mark in a public answer's buttons by which only the one who asked can use them."""

import hashlib
import hmac


class AskerMarks:
    """Makes and checks the marks.

    A mark is a keyed hash of the question's handle and the asker's id. It is put into the custom id of the
    buttons under a reply everyone can see, so that Discord keeps it with the message, and is checked when a
    button is pressed, after a restart as well. It is never stored: whoever holds the database has no mark,
    and whoever reads a mark in Discord already sees who asked. `secret` never goes into the database either;
    the bot's token, or anything else long and kept, will do.
    """

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(b"verbatim asker marks\0" + secret.encode()).digest()

    def mark(self, handle: str, user_id: int) -> str:
        """Make the mark for one question and its asker: 16 characters."""
        digest = hmac.new(self._key, f"{handle}\0{user_id}".encode(), hashlib.sha256)
        return digest.hexdigest()[:16]

    def is_asker(self, mark: str, handle: str, user_id: int) -> bool:
        """Whether the member who pressed the button is the one who asked."""
        return hmac.compare_digest(mark.encode(), self.mark(handle, user_id).encode())
