"""The browser that follows along: the real program, a real server, and files that change."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from insatskoll.bilaga import watch
from insatskoll.errors import Refused
from tests.catalogues import write_kommun
from tests.test_render_browser import BROWSER

PATIENCE = 60


class Program:
    """``insatskoll render --watch`` in a process of its own, and what it says, line by line."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [
            sys.executable,
            "-u",
            "-m",
            "insatskoll",
            "render",
            "exempel",
            "--watch",
            *arguments,
        ]
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env=os.environ | {"TERM": "dumb"},
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            for line in said:
                self.lines.put(line.rstrip("\n"))

    def says(self, words: str) -> str:
        """The next line that has ``words`` in it."""
        heard = []
        try:
            while words not in (line := self.lines.get(timeout=PATIENCE)):
                heard.append(line)
        except queue.Empty:
            raise AssertionError(f"{words} not said, but: {heard}") from None
        return line


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return str(answer.read().decode())


def state(address: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(get(f"{address}_insatskoll"))
    return answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_kommun(
        tmp_path / "catalogue" / "kommuner" / "exempel",
        {"samtal": {"namn": "Samtal ett", "innehåll": "Samtal."}},
    )
    return tmp_path


@pytest.fixture
def program(folder: Path) -> Iterator[Program]:
    running = Program(folder)
    yield running
    running.process.kill()
    running.process.wait()
    running.reader.join(PATIENCE)


def test_page_follows_the_files_and_survives_errors(folder: Path, program: Program) -> None:
    match = re.search(r"http://127\.0\.0\.1:\d+/", program.says("Visas på"))
    assert match is not None
    address = match[0]
    assert 'href="/exempel-bilaga.html"' in get(address)
    page = get(f"{address}exempel-bilaga.html")
    assert (
        "Samtal ett" in page
        and "<script>" in page
        and "script-src 'sha256-" in page
        and "connect-src 'self'" in page
    )
    written = folder / "ut" / "exempel-bilaga.html"
    assert [path.name for path in (folder / "ut").iterdir()] == [written.name]
    assert "<script" not in written.read_text("utf-8") and "script-src" not in written.read_text(
        "utf-8"
    )

    assert state(address) == {"nummer": 1, "fel": ""}
    insats = folder / "catalogue" / "kommuner" / "exempel" / "insatser" / "samtal.yaml"
    whole = insats.read_text("utf-8")
    insats.write_text(whole.replace("Samtal ett", "Samtal två"), "utf-8")
    program.says("Ändrat: samtal.yaml")
    program.says("Skrivet: exempel-bilaga.html")
    assert state(address) == {"nummer": 2, "fel": ""}
    assert "Samtal två" in get(f"{address}exempel-bilaga.html")

    insats.write_text(whole + "påhittat: fält\n", "utf-8")
    assert "samtal.yaml:" in program.says("Fel: ")
    broken = state(address)
    assert (
        broken["nummer"] == 3
        and "samtal.yaml:" in broken["fel"]
        and "”påhittat” finns inte här" in broken["fel"]
    )
    assert "Samtal två" in get(f"{address}exempel-bilaga.html")

    mallar = folder / "catalogue" / "mallar"
    insats.write_text(whole, "utf-8")
    program.says("Skrivet: exempel-bilaga.html")
    assert state(address)["fel"] == "" and "Samtal ett" in get(f"{address}exempel-bilaga.html")
    mallar.mkdir()
    (mallar / "_kolofon.html.j2").write_text("{{ inget }}", "utf-8")
    program.says("_kolofon.html.j2, rad 1")
    assert "_kolofon.html.j2, rad 1" in state(address)["fel"]

    program.process.send_signal(signal.SIGINT)
    assert program.process.wait(PATIENCE) == 0
    program.says("Avslutat.")


def test_server_serves_nothing_else(folder: Path, program: Program) -> None:
    (folder / "hemligt.txt").write_text("hemligt", "utf-8")
    match = re.search(r"http://127\.0\.0\.1:(\d+)/", program.says("Visas på"))
    assert match is not None
    for path in (
        "../hemligt.txt",
        "..%2fhemligt.txt",
        "hemligt.txt",
        "catalogue/",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "ut/",
    ):
        with pytest.raises(urllib.error.HTTPError, match="404") as caught:
            get(match[0] + path)
        caught.value.close()
    for host, status in (
        ("evil.example", 403),
        (f"evil.example:{match[1]}", 403),
        (f"localhost:{match[1]}", 200),
    ):
        connection = HTTPConnection("127.0.0.1", int(match[1]), timeout=PATIENCE)
        connection.request("GET", "/", headers={"Host": host})
        with connection.getresponse() as answer:
            assert answer.status == status
            assert answer.getheader("X-Frame-Options") == "DENY"
            assert answer.getheader("Content-Security-Policy") == "frame-ancestors 'none'"
        connection.close()


@pytest.mark.skipif(
    BROWSER is None and os.environ.get("INSATSKOLL_KRAV_ALLT") != "1", reason="Chromium saknas"
)
def test_script_runs_under_the_policy_of_the_page(
    folder: Path, program: Program, tmp_path: Path
) -> None:
    match = re.search(r"http://127\.0\.0\.1:\d+/", program.says("Visas på"))
    assert match is not None and BROWSER is not None, "Chromium saknas"
    insats = folder / "catalogue" / "kommuner" / "exempel" / "insatser" / "samtal.yaml"
    insats.write_text(insats.read_text("utf-8") + "påhittat: fält\n", "utf-8")
    program.says("Fel: ")
    command = [
        BROWSER,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'p'}",
        "--virtual-time-budget=3000",
        "--dump-dom",
        f"{match[0]}exempel-bilaga.html",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (
        'id="insatskoll-fel"' in done.stdout
        and "finns inte här" in done.stdout.partition('id="insatskoll-fel"')[2]
    )


def test_a_build_that_fails_is_told_and_links_are_not_followed(tmp_path: Path) -> None:
    root, other = tmp_path / "a", tmp_path / "b"
    root.mkdir()
    other.mkdir()
    (other / "x").write_text("")
    (root / "länk").symlink_to(other)
    (root / "borta").symlink_to(tmp_path / "inget")
    (root / "y").write_text("ett")
    seen = watch.times([root, tmp_path / "finns-inte"])
    assert root / "y" in seen and not any("x" in path.name for path in seen)

    builds: list[str] = []
    said: list[str] = []
    stop, built = threading.Event(), threading.Semaphore(0)

    def build() -> list[Path]:
        builds.append((root / "y").read_text())
        built.release()
        if len(builds) == 2:
            raise Refused("så gick det inte")
        return [root / "y"]

    thread = threading.Thread(target=watch.watch, args=(build, lambda: [root], said.append, stop))
    thread.start()
    assert built.acquire(timeout=PATIENCE)
    (root / "y").write_text("fyra fyra")
    assert built.acquire(timeout=PATIENCE)
    stop.set()
    thread.join(PATIENCE)
    assert not thread.is_alive() and builds == ["ett", "fyra fyra"]
    assert said[-2:] == ["Ändrat: y.", "Fel: så gick det inte"]


def test_page_without_body_or_policy_gets_the_script_too() -> None:
    assert watch.followed("<p>x</p>").startswith("<p>x</p><script>")
    page = watch.followed(
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><body></body>'
    )
    assert page.count("script-src") == 1 and page.endswith("</script></body>")
