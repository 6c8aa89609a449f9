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

from insatskoll.bilaga import beside, watch
from insatskoll.errors import Refused
from insatskoll.lint.findings import Finding, Suggestion
from insatskoll.reading.places import Span
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
        # A suite in the background is told to ignore it, and what it starts inherits that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
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


def number_and_error(address: str) -> tuple[int, str]:
    told = state(address)
    return told["nummer"], told["fel"]


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
    published = written.read_text("utf-8")
    assert not any(word in published for word in ("<script", "script-src", beside.ID))
    assert f'<aside id="{beside.ID}"' in page and "Gör så här:" in page
    assert f'<span class="{beside.ID}"><a href="#{beside.ID}-samtal">' in page
    assert 'href="#insats-samtal">Till insatsen' in page and f'id="{beside.ID}-samtal"' in page

    assert number_and_error(address) == (1, "")
    insats = folder / "catalogue" / "kommuner" / "exempel" / "insatser" / "samtal.yaml"
    whole = insats.read_text("utf-8")
    insats.write_text(whole.replace("Samtal ett", "Samtal två"), "utf-8")
    program.says("Ändrat: samtal.yaml")
    program.says("Skrivet: exempel-bilaga.html")
    assert number_and_error(address) == (2, "")
    assert "Samtal två" in get(f"{address}exempel-bilaga.html")

    insats.write_text(whole + "påhittat: fält\n", "utf-8")
    assert "samtal.yaml:" in program.says("Fel: ")
    broken = state(address)
    assert (
        broken["nummer"] == 3
        and "samtal.yaml:" in broken["fel"]
        and "”påhittat” finns inte här" in broken["fel"]
    )
    page = get(f"{address}exempel-bilaga.html")
    assert "Samtal två" in page
    first = page.partition(f'<aside id="{beside.ID}"')[2].partition("</li>")[0]
    assert "samtal.yaml:" in first and "<mark>påhittat</mark>" in first, "where work begins"
    assert "<mark>påhittat</mark>" in broken["fynd"] and beside.ID in get(address)

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
    panel = done.stdout.partition(f'id="{beside.ID}"')[2]
    assert "<mark>påhittat</mark>" in panel, "what the script was told replaces what was there"


HOSTILE = "<script>x()</script><img src=x onerror=x()>\u202e\x1b[2J\"'&"


def test_everything_in_the_panel_is_text(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue" / "kommuner" / "exempel" / "insatser"
    folder.mkdir(parents=True)
    file = folder / '"><script>.yaml'
    file.write_text(f"ett: 1\ntvå: {HOSTILE}\n", "utf-8")
    span = Span(2, 6, 2, 14)
    finding = Finding(
        file, span, "IK999", "fel", HOSTILE, HOSTILE, (HOSTILE,), source=HOSTILE,
        suggestion=Suggestion((), HOSTILE, ()),
    )  # fmt: skip
    page = beside.linked('<body><h3 id="insats-a">A</h3></body>', [finding])
    assert page.count("<script") == page.count("<img") == 0
    assert "\u202e" not in page and "\x1b" not in page and "onerror=x()&gt;" in page
    assert "<mark>&lt;script&gt;</mark>" in page and page.endswith("</aside></body>")


def test_findings_come_in_the_order_of_work_and_lead_to_their_insats_and_back(
    tmp_path: Path,
) -> None:
    def at(name: str, rule: str, level: str, line: int = 1) -> Finding:
        path = tmp_path / "insatser" / name
        return Finding(path, Span(line, 1, line, 2), rule, level, f"{rule}.", "Gör.", source="rad")

    found = [
        at("a.yaml", "IK704", "råd"),
        at("a.yaml", "IK204", "fel"),
        at("b.yaml", "IK903", "fel"),
        at("c.yaml", "IK701", "varning"),
    ]
    assert [f.rule for f in beside.in_order(found)] == ["IK903", "IK204", "IK701", "IK704"]
    table = '<th scope="row" id="insats-c">C</th>'
    page = beside.linked(
        f'<body><h3 id="insats-a">A</h3>{table}<h3 id="insats-d">D</h3></body>', found
    )
    assert f'<h3 id="insats-a">A <span class="{beside.ID}">' in page and ">2 fynd</a>" in page
    assert f'href="#{beside.ID}-c">1 fynd</a></span></th>' in page
    assert '<h3 id="insats-d">D</h3>' in page, "nothing where there is nothing"
    for name in "ac":
        assert page.count(f'id="{beside.ID}-{name}"') == 1
        assert f'href="#insats-{name}"' in page
    assert 'href="#insats-b"' not in page, "no heading to lead to"
    assert "2 fel, 1 varning, 1 råd" in page and "Inga fynd" in beside.panel([])
    many = beside.panel([at("a.yaml", "IK204", "fel")] * (beside.MOST + 7))
    assert "… och 7 till." in many and many.count("<li") == beside.MOST


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
