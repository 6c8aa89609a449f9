"""Where the program starts: as ``insatskoll``, or with ``python -m insatskoll``.

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
    cli.main()


if __name__ == "__main__":
    main()
