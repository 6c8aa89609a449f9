"""The protocol as the library speaks it, but for what an editor sends that follows no schema: a
question is answered with what is wrong with it, and the rest is passed over. Nothing of it is shown
to whoever writes."""

from __future__ import annotations

import logging
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.json_rpc import JsonRPCNotification

_LOG = logging.getLogger("insatskoll")
_NOTHING = JsonRPCNotification("", "", None)  # of no version that is known, and so passed over
_UNFIT = "Frågan följer inte protokollet: {} har fel innehåll."


class Protocol(LanguageServerProtocol):
    """Reads messages one by one, of which some cannot be read."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as the library has it; one that is passed over where it cannot be read, after
        an answer if that is asked for."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            asked = data.get("id")
            if "method" in data and isinstance(asked, int | str):
                _LOG.warning("En fråga följer inte protokollet: %r", data.get("method"))
                told = _UNFIT.format(str(data["method"])[:100])
                self._send_response(
                    asked, None, types.ResponseError(JsonRpcInvalidParams.CODE, told)
                )
            else:
                _LOG.warning("Ett meddelande följer inte protokollet")
            return _NOTHING


class Server(LanguageServer):
    """Notes in the log what it cannot answer."""

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What went wrong is in the log, and no message in the way of whoever writes."""
        _LOG.warning("Ett meddelande gick inte att ta emot: %r", error)
