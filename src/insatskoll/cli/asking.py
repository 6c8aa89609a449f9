"""Asks in a terminal for what a command has not been told. Where nobody can answer, nothing is
asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from insatskoll.cli.common import say
from insatskoll.errors import Refused

Answer = TypeVar("Answer")


def can_ask() -> bool:
    """Whether somebody sits at the terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, default: str | None = None) -> str:
    """What is answered, or ``default`` if nothing is. Raises ``click.Abort`` if the question is
    broken off."""
    answer: str = click.prompt(question, default=default or "", show_default=bool(default))
    return answer.strip()


def ask_for(question: str, read: Callable[[str], Answer], default: str | None = None) -> Answer:
    """The answer as ``read`` makes it of what is written; asked again with what is wrong for as
    long as that raises :class:`Refused`."""
    while True:
        try:
            return read(ask(question, default))
        except Refused as error:
            say(str(error))


def show_choices(known: Sequence[str]) -> None:
    """Shows what there is to choose from."""
    say(f"Det finns: {', '.join(known)}.")
