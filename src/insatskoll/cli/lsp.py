"""The command lsp."""

from __future__ import annotations

from insatskoll.errors import UsageError


def lsp_command() -> None:
    """Hjälp medan du skriver, i en redigerare som talar LSP.

    Redigeraren startar kommandot själv. Hur den ställs in står i docs/redigerare.md.
    """
    try:
        from insatskoll.lsp import server
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise UsageError(
            "Hjälpen i redigerare är inte installerad. Kör pip install 'insatskoll[lsp]'."
        ) from None
    server.run()
