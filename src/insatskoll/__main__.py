"""Where the program starts: as ``insatskoll``, or with ``python -P -m insatskoll``.

Nothing is imported before there is someone to answer an interruption.
"""

import gc
import sys


def main() -> None:
    """Runs the command line. Whoever interrupts while it is loading gets a word and no
    traceback."""
    gc.set_threshold(100_000)  # nearly all that a start reads stays until the end
    try:
        from insatskoll import cli
    except KeyboardInterrupt:
        print("Avbrutet.", file=sys.stderr)
        sys.exit(2)
    try:
        cli.main()
    finally:
        gc.freeze()  # what is left goes with the process, and need not be gone through first


def _leave_working_folder() -> None:
    """Keeps Python from looking in the working folder, which is anyone's, for the modules that are
    imported from now on, where it has been started without ``-P``."""
    ours = __file__.rpartition("insatskoll")[0].rstrip("/\\")  # as it is run from its source
    if not sys.flags.safe_path and sys.path[0] != ours:
        del sys.path[0]


if __name__ == "__main__":
    _leave_working_folder()
    main()
