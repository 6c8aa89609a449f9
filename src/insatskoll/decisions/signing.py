"""Signs what has been decided or recorded with a key of the user's, in a file beside it. Writes
nothing itself."""

from __future__ import annotations

from pathlib import Path

from insatskoll.catalogue import chain
from insatskoll.catalogue.model import Kommun
from insatskoll.decisions import recall, signtools
from insatskoll.decisions.asked import DecisionRefused
from insatskoll.decisions.decide import verified
from insatskoll.names import absolute, shown
from insatskoll.reading import files
from insatskoll.values import immutable

_LARGEST = 100_000  # bytes of a key or a signature
# What a key begins with, by the program that signs with it. A public key of SSH stands for the
# private one in ssh-agent.
_BEGINNINGS = {
    signtools.SSH: (
        "-----BEGIN OPENSSH PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----", "ssh-", "ecdsa-",
        "sk-ssh-", "sk-ecdsa-",
    ),
    signtools.MINISIGN: (
        "untrusted comment: minisign encrypted secret key",
        "untrusted comment: minisign secret key", "untrusted comment: rsign encrypted secret key",
    ),
}  # fmt: skip


@immutable
class Signer:
    """A key by its whole path, and the program that signs with it."""

    key: Path
    tool: str

    def beside(self, path: Path) -> Path:
        """Where the signature of the file ``path`` is to lie. Raises :class:`DecisionRefused` if
        there is one."""
        place = path.with_name(f"{path.name}{signtools.ENDINGS[self.tool]}")
        if files.there(place):
            raise DecisionRefused(
                f"{shown(place)} finns redan. Kommandot insatskoll show med --beslut säger om "
                "signaturen stämmer. Gör den inte det: ta bort filen, och signera på nytt."
            )
        return place

    def signed(self, text: bytes) -> bytes:
        """The signature of ``text``. Raises :class:`DecisionRefused`."""
        ending = signtools.ENDINGS[self.tool]
        made = f"{signtools.TEXT}{ending}"
        arguments = {
            signtools.SSH: ("-Y", "sign", "-n", signtools.NAMESPACE, "-f", str(self.key)),
            signtools.MINISIGN: (
                "-S", "-s", str(self.key), "-t", signtools.NAMESPACE, "-x", made, "-m",
            ),
        }[self.tool]  # fmt: skip
        try:
            with signtools.private({signtools.TEXT: text}) as folder:
                answer = signtools.run(self.tool, *arguments, signtools.TEXT, folder=folder)
                if answer.ok and files.there(folder / made):
                    return files.read(folder / made, _LARGEST, given=folder)
        except signtools.ToolFailed as error:
            raise DecisionRefused(
                f"--signera: {error}. Inget är skrivet. Installera programmet, eller frys utan "
                "--signera och signera sedan."
            ) from None
        raise DecisionRefused(
            f"--signera: {self.tool} kunde inte signera med {shown(self.key)}. Inget är skrivet. "
            f"{_remedy(self.tool, answer.err)}"
        )


def signer(given: str) -> Signer:
    """The key in the file ``given``. Raises :class:`DecisionRefused`, and :class:`files.Unread`."""
    path = absolute(Path(given).expanduser())
    start = files.read(path, _LARGEST, given=path.parent).decode("utf-8", "replace")
    for tool, beginnings in _BEGINNINGS.items():
        if start.startswith(beginnings):
            return Signer(path, tool)
    raise DecisionRefused(
        f"--signera: {shown(path)} är ingen nyckel att signera med. Ange en privat nyckel från "
        "ssh-keygen eller minisign, eller den öppna till en som ligger i ssh-agent."
    )


def latest(kommun: Kommun) -> Path:
    """The file of the decision or the record that was written last, in a chain in which nothing is
    wrong. Raises :class:`DecisionRefused`."""
    for file in kommun.problems:
        raise DecisionRefused(file.told())
    verified(kommun)
    for link in chain.record_links(kommun):
        if link.problems:
            raise DecisionRefused(
                f"{shown(link.handelse.document.path)}: {', '.join(link.problems)}. Återställ "
                "filen ur versionshistoriken."
            )
    beslut, record = recall.latest(kommun)
    if beslut is not None:
        return beslut.document.path
    if record is not None:
        return record.document.path
    raise DecisionRefused(f"{kommun.id} har inget beslut att signera.")


def frozen(path: Path) -> bytes:
    """The bytes that are signed of the file ``path``: as they were written, whatever line breaks
    git has given them here. Raises :class:`files.Unread`."""
    return files.read(path).replace(b"\r\n", b"\n")


def _remedy(tool: str, said: str) -> str:
    """What to do about what the program said."""
    if tool == signtools.MINISIGN:
        return (
            "Har nyckeln ett lösenord frågas det inte efter här: använd en utan (minisign -G -W) "
            "på ett skyddat ställe, eller en ssh-nyckel i ssh-agent."
        )
    if "UNPROTECTED" in said:
        return "Andra kan läsa nyckeln. Ta bort deras behörighet (chmod 600)."
    return (
        "Har nyckeln en lösenfras frågas den inte efter här: lägg först nyckeln i ssh-agent, med "
        "kommandot ssh-add."
    )
