"""What ends a command before its work is done. The messages are Swedish and for people."""

from __future__ import annotations


class Refused(Exception):
    """The command cannot be carried out as given: wrong usage, settings, rules or input (exit code 2)."""


class NothingToCheck(Exception):
    """There is nothing where the command looked; the message says where (exit code 3)."""
