"""A client for language servers, the programs that check and explain the catalogue's files in
editors: yaml-language-server and our own."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

TIMEOUT = 60  # seconds; an answer takes some milliseconds
# the store is on the network
SETTINGS = {"yaml": {"validate": True, "hover": True, "schemaStore": {"enable": False}}}


class LanguageServer:
    """A running server. Use as a context manager."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        schemas: Mapping[str, object] | None = None,
        able: Mapping[str, object] | None = None,
    ) -> None:
        """Starts ``command`` as an editor that has opened ``folder`` does; ``schemas`` are its
        settings of which files have which, and ``able`` is what it can do."""
        self.settings = {"yaml": {**SETTINGS["yaml"], "schemas": schemas or {}}}
        self.diagnostics: dict[str, list[Any]] = {}
        self.messages: list[str] = []  # shown in the way of whoever writes
        self._answers: dict[int, Any] = {}
        self._last_id = 0
        self._inbox: queue.Queue[Any] = queue.Queue()
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        threading.Thread(target=self._listen, daemon=True).start()
        self.refreshed = 0
        about = {"processId": None, "rootUri": folder.as_uri(), "capabilities": able or {}}
        self.told_able = self.ask("initialize", about)["capabilities"]
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": self.settings})

    def __enter__(self) -> LanguageServer:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()

    def check(self, files: dict[Path, str]) -> dict[Path, list[str]]:
        """What an editor would underline in each of ``files``, opened with the text given."""
        for path, text in files.items():
            document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
            self.notify("textDocument/didOpen", {"textDocument": document})
        while not all(path.as_uri() in self.diagnostics for path in files):
            self._take()
        return {
            path: [diagnostic["message"] for diagnostic in self.diagnostics[path.as_uri()]]
            for path in files
        }

    def hover(self, path: Path, line: int, column: int) -> str:
        """What the editor shows over a place (counted from 1) in an open file."""
        place = {"line": line - 1, "character": column - 1}
        answer = self.ask(
            "textDocument/hover", {"textDocument": {"uri": path.as_uri()}, "position": place}
        )
        return json.dumps(answer, ensure_ascii=False)

    def ask(self, method: str, params: Any) -> Any:
        """The server's answer to a request."""
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params})
        while self._last_id not in self._answers:
            self._take()
        return self._answers.pop(self._last_id)

    def notify(self, method: str, params: Any) -> None:
        """Tells the server something that it does not answer."""
        self._send({"method": method, "params": params})

    def told(self, path: Path) -> list[Any]:
        """What the server tells of a file next."""
        self.diagnostics.pop(path.as_uri(), None)
        while path.as_uri() not in self.diagnostics:
            self._take()
        return self.diagnostics[path.as_uri()]

    def until_refreshed(self) -> None:
        """Waits until the server says that there are other findings to ask for."""
        before = self.refreshed
        while self.refreshed == before:
            self._take()

    def cancelled(self, method: str, params: Any) -> Any:
        """What the server answers to a request that is taken back at once."""
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params})
        self.notify("$/cancelRequest", {"id": self._last_id})
        while self._last_id not in self._answers:
            self._take()
        return self._answers.pop(self._last_id)

    def end(self) -> int:
        """Asks the server to end; gives its exit code."""
        self.ask("shutdown", None)
        self.notify("exit", None)
        return self._process.wait(TIMEOUT)

    def _take(self) -> None:
        message = self._inbox.get(timeout=TIMEOUT)
        if message is None:
            raise ConnectionError("språkservern slutade svara")
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method == "window/showMessage":
            self.messages.append(message["params"]["message"])
        elif method == "workspace/configuration":
            asked = [item.get("section") for item in message["params"]["items"]]
            self._send(
                {"id": message["id"], "result": [self.settings.get(section) for section in asked]}
            )
        elif method and "id" in message:
            self.refreshed += method == "workspace/diagnostic/refresh"
            self._send({"id": message["id"], "result": None})
        elif "id" in message:
            self._answers[message["id"]] = message.get("result", message.get("error"))

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout
        try:
            while header := self._process.stdout.readline():
                length = int(header.split(b":")[1])
                while self._process.stdout.readline().strip():
                    pass
                self._inbox.put(json.loads(self._process.stdout.read(length)))
        except ValueError:  # closed, or no longer the protocol
            pass
        self._inbox.put(None)
