"""Lets the program be started with ``python -m insatskoll``."""

from insatskoll.cli import main

if __name__ == "__main__":
    main()
