"""Makes the documents again when a file changes, and shows them in a browser that follows along.

The pages are served to this computer only, with a script that the written files do not have.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote, unquote, urlsplit

from insatskoll.bilaga import beside
from insatskoll.errors import Refused, why
from insatskoll.lint.findings import Finding
from insatskoll.names import shown
from insatskoll.patterns import later
from insatskoll.reading import files

Times = Mapping[Path, tuple[int, int]]
Look = Callable[[], Iterable[Finding]]

_LARGEST = 200_000_000  # bytes, of a document that has been made
INTERVAL = 0.3  # seconds between two looks at the files
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_STATE = "/_insatskoll"
_SCRIPT = """
(async () => {
  let nummer = null;
  const fynden = (text) => {
    const panel = document.getElementById("insatskoll-fynd");
    const nya = new DOMParser().parseFromString(text, "text/html").querySelector("aside");
    if (nya && panel) panel.replaceWith(nya);
  };
  const rutan = () => {
    let ruta = document.getElementById("insatskoll-fel");
    if (!ruta) {
      ruta = document.createElement("pre");
      ruta.id = "insatskoll-fel";
      ruta.setAttribute("role", "alert");
      const panel = document.getElementById("insatskoll-fynd");
      ruta.style.cssText = (panel ? "" : "position:fixed;inset:auto 0 0 0;z-index:99;") +
        "margin:0;padding:1rem;max-height:50vh;overflow:auto;" +
        "white-space:pre-wrap;font:1rem/1.5 monospace;color:#fff;background:#8a1f1f";
      (panel ?? document.body).prepend(ruta);
    }
    return ruta;
  };
  for (;;) {
    try {
      const svar = await (await fetch("/_insatskoll")).json();
      if (nummer !== null && svar.nummer !== nummer && !svar.fel) { location.reload(); return; }
      if (svar.nummer !== nummer && svar.fel) {
        fynden(svar.fynd);
        rutan().textContent = svar.fel;
      }
      nummer = svar.nummer;
    } catch (fel) {
      // The program has ended, or is about to start again.
    }
    await new Promise((klar) => setTimeout(klar, 400));
  }
})();
"""
_ALLOWED = (
    f"script-src 'sha256-{b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()}'; "
    "connect-src 'self'"
)
_POLICY = later(r'(<meta http-equiv="Content-Security-Policy" content="[^"]*)(")')


class Board:
    """What is shown now: the files by name, what went wrong if anything did, what has been found
    in the sources, and the number of the change."""

    def __init__(self) -> None:
        self.files: dict[str, Path] = {}
        self.error = ""
        self.findings: tuple[Finding, ...] | None = None
        self.number = 0

    def put(
        self,
        files: Iterable[Path] | None,
        error: str = "",
        findings: tuple[Finding, ...] | None = None,
    ) -> None:
        """Shows ``files``, or what went wrong and the files from before; and the ``findings``."""
        if files is not None:
            self.files = {path.name: path for path in files}
        self.error = error
        self.findings = findings
        self.number += 1

    @property
    def state(self) -> dict[str, object]:
        """What the browser asks for again and again."""
        told = beside.panel(self.findings) if self.findings is not None and self.error else ""
        return {"nummer": self.number, "fel": self.error, "fynd": told}

    def page(self, text: str) -> str:
        """A page as it is shown: with the findings, if they are known, and the script."""
        return followed(text if self.findings is None else beside.linked(text, self.findings))


def times(roots: Iterable[Path]) -> Times:
    """When each file in ``roots`` was last changed, and its size. Links are not followed."""
    found: dict[Path, tuple[int, int]] = {}
    for root in roots:
        for path in (root, *root.rglob("*")) if root.is_dir() else (root,):
            with suppress(OSError):
                seen = path.lstat()
                if not path.is_dir():
                    found[path] = (seen.st_mtime_ns, seen.st_size)
    return found


def watch(
    build: Callable[[], Iterable[Path]],
    roots: Callable[[], Iterable[Path]],
    told: Callable[[str], None],
    stop: Event,
    look: Look | None = None,
) -> None:
    """Builds, serves what was built on 127.0.0.1, and builds again when a file in ``roots``
    changes, until ``stop`` is set.

    ``build`` gives the files it has written, and what it raises as :class:`Refused` is shown
    instead. ``told`` hears what happens, in Swedish. ``look`` gives the findings that are shown
    beside the pages. Ends as well when the user interrupts.
    """
    board = Board()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(board))
    server.daemon_threads = True
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    serving.start()
    try:
        before = times(roots())
        _build(build, board, told, look)
        told(f"Visas på {address} och följer ändringarna. Avsluta med Ctrl+C.")
        while not stop.wait(INTERVAL):
            now = times(roots())
            if now == before:
                continue
            # An editor may write several files, or one in several steps: wait until they stand
            # still.
            while not stop.wait(INTERVAL) and (later := times(roots())) != now:
                now = later
            changed = sorted(
                path.name for path in {*before, *now} if before.get(path) != now.get(path)
            )
            before = now
            told(
                "Ändrat: "
                f"{', '.join(map(shown, changed[:5]))}{' med flera' if len(changed) > 5 else ''}."
            )
            _build(build, board, told, look)
    except KeyboardInterrupt:
        told("Avslutat.")
    finally:
        server.shutdown()
        server.server_close()


def _build(
    build: Callable[[], Iterable[Path]],
    board: Board,
    told: Callable[[str], None],
    look: Look | None,
) -> None:
    findings = _found(look) if look is not None else None
    try:
        files = list(build())
    except Refused as error:
        board.put(None, str(error), findings)
        told(f"Fel: {error}")
    except OSError as error:
        said = f"{shown(error.filename or 'filen')}: {why(error)}."
        board.put(None, said, findings)
        told(f"Fel: {said}")
    else:
        board.put(files, findings=findings)
        told(f"Skrivet: {', '.join(shown(path.name) for path in files)}.")


def _found(look: Look) -> tuple[Finding, ...] | None:
    """What is found; None where nothing can be said, as when the rules themselves are wrong."""
    with suppress(Refused, OSError):
        return tuple(look())
    return None


def followed(page: str) -> str:
    """A page with the script that reloads it, which its policy then allows."""
    page = _POLICY.sub(lambda m: f"{m[1]}; {_ALLOWED}{m[2]}", page, count=1)
    script = f"<script>{_SCRIPT}</script>"
    return page.replace("</body>", f"{script}</body>") if "</body>" in page else page + script


def _index(board: Board) -> str:
    links = "".join(f'<li><a href="/{quote(name)}">{escape(name)}</a></li>' for name in board.files)
    return (
        '<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Bilagor</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'\">"
        "<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem "
        "auto;padding:0 1rem}</style></head>"
        f"<body><main><h1>Bilagor</h1><ul>{links}</ul></main></body></html>"
    )


_HEADERS = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    # No other page shows these in a frame, where a click could be led astray.
    ("X-Frame-Options", "DENY"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
)


def _handler(board: Board) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers this computer's browser, and serves nothing but the files on the board."""

        def do_GET(self) -> None:
            # Another site's page must not read this one through a name that it has pointed at
            # 127.0.0.1.
            host = (self.headers.get("Host") or "").rpartition(":")[0]
            if host not in ("127.0.0.1", "localhost"):
                self.answer("text/plain; charset=utf-8", b"", HTTPStatus.FORBIDDEN)
                return
            path = urlsplit(self.path).path
            name = unquote(path)[1:]
            if path == _STATE:
                state = json.dumps(board.state, ensure_ascii=False)
                self.answer(_TYPES[".json"], state.encode())
            elif not name:
                self.answer(_TYPES[".html"], board.page(_index(board)).encode())
            elif name in board.files:
                self.file(board.files[name])
            else:
                self.answer("text/plain; charset=utf-8", b"Sidan finns inte.", HTTPStatus.NOT_FOUND)

        def file(self, path: Path) -> None:
            try:
                data = files.read(path, _LARGEST, given=path.parent)
            except files.Unread:
                gone = "Filen finns inte längre.".encode()
                self.answer("text/plain; charset=utf-8", gone, HTTPStatus.NOT_FOUND)
                return
            if path.suffix == ".html":
                data = board.page(data.decode("utf-8", errors="replace")).encode()
            self.answer(_TYPES.get(path.suffix, "application/octet-stream"), data)

        def answer(self, kind: str, data: bytes, status: HTTPStatus = HTTPStatus.OK) -> None:
            with suppress(ConnectionError):
                self.send_response(status)
                sized = (("Content-Type", kind), ("Content-Length", str(len(data))))
                for key, value in (*sized, *_HEADERS):
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name in the class above)
            """Says nothing: only the command line prints."""

    return Handler
