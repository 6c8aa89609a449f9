"""Chromium without windows, told what to do and asked what it shows: keys, zoom and print."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import tools

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
_KEYS = {"Tab": 9, "Enter": 13, "ArrowRight": 39, "ArrowDown": 40, "End": 35}


class Browser:
    """A page in the browser, spoken to by its protocol on two pipes."""

    def __init__(self, said: int, told: int) -> None:
        self._said, self._told = os.fdopen(said, "rb"), os.fdopen(told, "wb")
        self._number, self._session = 0, ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self.ask("Page.enable")
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.ask("Emulation.setEmulatedMedia", features=[still])

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The answer to one command."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._told.write(json.dumps(message).encode() + b"\0")
        self._told.flush()
        while True:
            answer = self._message()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                found: dict[str, Any] = answer["result"]
                return found

    def close(self) -> None:
        """Lets go of the pipes."""
        self._said.close()
        self._told.close()

    def _message(self) -> dict[str, Any]:
        text = b""
        while not text.endswith(b"\0"):
            sign = self._said.read(1)
            assert sign, "the browser has ended"
            text += sign
        found: dict[str, Any] = json.loads(text[:-1])
        return found

    def show(self, page: Path, width: int = 1280, height: int = 800) -> None:
        """Opens a page in a window of a size, in CSS pixels."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.ask("Page.navigate", url=page.as_uri())
        self.value(
            "new Promise(done => document.readyState === 'complete'"
            " ? done(1) : addEventListener('load', () => done(1)))"
        )

    def value(self, expression: str) -> Any:
        """What an expression is in the page."""
        answer = self.ask(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Presses a key and lets it go."""
        about = {"key": key, "code": key, "windowsVirtualKeyCode": _KEYS[key]}
        text = {"text": "\r"} if key == "Enter" else {}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **about, **text)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **about)

    def printed(self) -> bytes:
        """The page as it is printed by the browser, in PDF."""
        made = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(made["data"])


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser for a while; ``folder`` gets its profile."""
    if BROWSER is None:
        tools.missing("Chromium", "installera det")
    told, tells = os.pipe()
    says, said = os.pipe()
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
        f"--user-data-dir={folder / 'profil'}", "--blink-settings=preferredColorScheme=1",
    ]  # fmt: skip

    def pipes() -> None:  # the protocol's numbers
        apart = (os.dup(told), os.dup(said))  # neither is 3 or 4
        for number, pipe in enumerate(apart, start=3):
            os.dup2(pipe, number)

    running = subprocess.Popen(
        command, preexec_fn=pipes, close_fds=False,  # noqa: PLW1509
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(told)
    os.close(said)
    found = Browser(says, tells)
    try:
        yield found
    finally:
        found.close()
        running.terminate()
        running.wait(timeout=30)
