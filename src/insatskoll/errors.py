"""What ends a command before its work is done. The messages are Swedish and for people."""

from __future__ import annotations

import errno


class Refused(Exception):
    """The command cannot be carried out as given: wrong usage, settings, rules or input (exit code
    2)."""


class NothingToCheck(Exception):
    """There is nothing where the command looked; the message says where (exit code 3)."""


# What the computer says of a file, by its number: the names are the same everywhere, some are not
# on every computer.
_WHY = {
    "ENOSPC": "disken är full",
    "EDQUOT": "utrymmet som du får använda på disken är slut",
    "EFBIG": "filen blir större än vad disken eller ditt konto tillåter",
    "EIO": "disken svarar med fel",
    "EROFS": "disken är skrivskyddad",
    "EACCES": "behörighet saknas",
    "EPERM": "behörighet saknas",
    "ENOENT": "det finns inte",
    "EEXIST": "mappen finns redan som fil",
    "ENOTDIR": "en mapp i sökvägen är en fil",
    "EISDIR": "där finns en mapp med det namnet",
    "ENAMETOOLONG": "namnet är för långt",
    "ELOOP": "en länk står i vägen",
    "EINVAL": "namnet går inte att använda på den här disken",
    "EILSEQ": "namnet går inte att använda på den här disken",
    "EBUSY": "ett annat program använder filen",
    "ETXTBSY": "ett annat program använder filen",
    "EMFILE": "för många filer är öppna",
    "ENFILE": "för många filer är öppna",
    "ENOMEM": "minnet räcker inte",
    "ENXIO": "det är ingen vanlig fil",
    "ENODEV": "det är ingen vanlig fil",
    "ENOTEMPTY": "mappen är inte tom",
    "ESTALE": "disken på nätet svarar inte",
    "ETIMEDOUT": "disken på nätet svarar inte",
    "EHOSTDOWN": "disken på nätet svarar inte",
}
_IN_USE = (32, 33)  # Windows: another program, such as Word, has the file open


def why(error: OSError) -> str:
    """Why the computer could not do it, in Swedish, to stand after a colon."""
    if getattr(error, "winerror", None) in _IN_USE:
        return "filen är öppen i ett annat program"
    name = errno.errorcode.get(error.errno or 0, "okänd")
    return _WHY.get(name, f"datorn svarar med felet {name}")


class UsageError(Refused):
    """The command was given something it cannot use; the message says what and how."""
