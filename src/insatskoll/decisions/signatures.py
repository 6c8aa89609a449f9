"""Checks the signatures that lie beside decisions and records against the keys that the settings
name."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from insatskoll.catalogue import decision_ids
from insatskoll.catalogue.model import Handelse, Kommun
from insatskoll.decisions import signtools
from insatskoll.decisions.signing import frozen
from insatskoll.diff.decisions import DecisionChange
from insatskoll.diff.signers import Keys, Signed
from insatskoll.names import short
from insatskoll.reading import files
from insatskoll.values import immutable

_LARGEST = 100_000  # bytes of a signature
_KEYS = "keys"
_ID = slice(2, 10)  # where in a key or a signature of minisign its number is
_UNNAMED = "kan inte prövas: insatskoll.yaml nämner inga godkända nycklar för den"
_WRONG = "signaturen stämmer inte"


@immutable
class Accepted:
    """The keys whose signatures are believed: ``ssh`` the content of a file of allowed signers,
    and ``minisign`` the public keys by whose they are."""

    ssh: bytes | None = None
    minisign: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> bool:
        """Whether there are any."""
        return self.ssh is not None or bool(self.minisign)


@immutable
class Signature:
    """What a signature is worth, in words, and whether it ``fails``; ``about`` is the decision or
    the record that it lies beside."""

    about: str
    words: str
    fails: bool


def of(kommun: Kommun, accepted: Accepted) -> tuple[Signature, ...]:
    """The signatures of the municipality's decisions and then of its records, in order."""
    signed = [(b.id, b.document.path, decision_ids.day(b.id)) for b in kommun.beslut]
    signed += [(h.id, h.document.path, h.facts["datum"]) for h in kommun.handelser]
    return tuple(
        Signature(name, *_judged(tool, path, place, accepted, day))
        for name, path, day in signed
        for tool, place in _beside(path)
    )


def come(signed: Sequence[Signed], keys: Keys | None) -> Iterator[DecisionChange]:
    """What to tell of signatures that have come in a change, by the ``keys`` of the side that it is
    compared with."""
    accepted = Accepted(keys.ssh, keys.minisign) if keys is not None else Accepted()
    tools = {ending: tool for tool, ending in signtools.ENDINGS.items()}
    for one in signed:
        record = isinstance(one.of, Handelse)
        named = f"händelsen {one.of.id}" if record else f"beslutet {one.of.id}"
        day = one.of.facts["datum"] if isinstance(one.of, Handelse) else decision_ids.day(one.of.id)
        words, fails = judged(tools[one.ending], one.signature, one.text, accepted, day)
        problems, more = ((words,), "") if fails else ((), f": {words}")
        yield DecisionChange(one.of.id, named, "signed", problems, record=record, more=more)


def _beside(path: Path) -> Iterator[tuple[str, Path]]:
    for tool, ending in signtools.ENDINGS.items():
        place = path.with_name(f"{path.name}{ending}")
        if files.there(place):
            yield tool, place


def _judged(tool: str, path: Path, place: Path, accepted: Accepted, day: str) -> tuple[str, bool]:
    """What to say of the signature in ``place``, and whether it fails. One that cannot be checked
    fails where keys are named: they are there to be trusted."""
    try:
        return judged(tool, files.read(place, _LARGEST), frozen(path), accepted, day)
    except files.Unread as error:
        return f"signaturen kan inte läsas: {error.what}", True


def judged(
    tool: str, signature: bytes, text: bytes, accepted: Accepted, day: str
) -> tuple[str, bool]:
    """What to say of a ``signature`` of ``text``, and whether it fails, as :func:`of`."""
    try:
        if tool == signtools.SSH:
            return _ssh(signature, text, accepted, day)
        return _minisign(signature, text, accepted)
    except signtools.ToolFailed as error:
        return f"kan inte prövas: {error}", accepted.named


def _ssh(signature: bytes, text: bytes, accepted: Accepted, day: str) -> tuple[str, bool]:
    """As :func:`_judged`. The key must be good on the ``day`` of the decision: no clock is
    asked."""
    made = f"{signtools.TEXT}.sig"
    held = {made: signature, _KEYS: accepted.ssh or b""}
    with signtools.private(held) as folder:

        def ask(what: str, *more: str, given: bytes | None = text) -> signtools.Answer:
            words = ("-Y", what, "-s", made, *more)
            return signtools.run(signtools.SSH, *words, folder=folder, given=given)

        purpose = ("-n", signtools.NAMESPACE)
        if not ask("check-novalidate", *purpose).ok:
            return _WRONG, True
        if accepted.ssh is None:
            return _UNNAMED, accepted.named
        then = f"-Overify-time={day.replace('-', '')}1200"
        who = ask("find-principals", "-f", _KEYS, then, given=None)
        names = who.out.split("\n") if who.ok else [""]
        if names[0] and ask("verify", *purpose, "-f", _KEYS, "-I", names[0], then).ok:
            return f"signerat av {short(names[0])}", False
    return "okänd nyckel", True


def _minisign(signature: bytes, text: bytes, accepted: Accepted) -> tuple[str, bool]:
    """As :func:`_judged`."""
    number = _number(signature)
    if number is None:
        return _WRONG, True
    if not accepted.minisign:
        return _UNNAMED, accepted.named
    keys = {base64.b64decode(key)[_ID]: (key, who) for who, key in accepted.minisign.items()}
    if number not in keys:
        return "okänd nyckel", True
    key, who = keys[number]
    made = f"{signtools.TEXT}.minisig"
    with signtools.private({made: signature, signtools.TEXT: text}) as folder:
        words = ("-V", "-q", "-P", key, "-x", made, "-m", signtools.TEXT)
        if signtools.run(signtools.MINISIGN, *words, folder=folder).ok:
            return f"signerat av {short(who)}", False
    return _WRONG, True


def _number(signature: bytes) -> bytes | None:
    """The number of the key that a signature of minisign says that it was made with."""
    lines = signature.splitlines()
    try:
        return base64.b64decode(lines[1], validate=True)[_ID]
    except (IndexError, binascii.Error):
        return None
