"""The entry: `python -m bot`."""

import os
import sys

from bot.screen import prepare_streams


def main() -> None:
    """Run the command line; whatever goes wrong is told in one sentence."""
    prepare_streams()
    try:
        from bot.cli import app  # noqa: PLC0415  (Ctrl-C while this imports ends quietly too)

        app(prog_name="python -m bot")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("VERBATIM_TRACEBACK"):
            raise
        reason = " ".join(str(error).split()) or "no reason given"
        sys.stderr.write(
            f"Something went wrong that should not have ({type(error).__name__}: {reason}). "
            "Please report it; VERBATIM_TRACEBACK=1 in the environment shows where.\n"
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
