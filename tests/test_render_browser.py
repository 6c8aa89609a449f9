"""The HTML in a real browser: nothing runs off the side of a phone or a desktop."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path

import pytest

from insatskoll.model import load_kommun
from insatskoll.render import render_html
from insatskoll.resources import CATALOGUE

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

# The page in a frame of the given width; what is measured ends up in <pre>.
MEASURE = """<!DOCTYPE html><meta charset="utf-8"><pre id="svar"></pre>
<iframe id="ram" style="border:0;width:{width}px;height:800px" srcdoc="{page}"></iframe>
<script>
document.getElementById("ram").addEventListener("load", (event) => {{
  const doc = event.target.contentDocument, root = doc.documentElement, box = doc.querySelector(".rulla");
  box.focus();
  const wide = [...doc.querySelectorAll("main *")]
    .filter((e) => !e.closest(".rulla") && e.getBoundingClientRect().right > root.clientWidth + 1)
    .map((e) => e.tagName + ": " + e.textContent.slice(0, 40));
  document.getElementById("svar").textContent = JSON.stringify({{
    view: root.clientWidth, page: root.scrollWidth, wide, matrix: box.scrollWidth, box: box.clientWidth,
    focused: doc.activeElement === box, label: box.getAttribute("aria-label"),
    size: parseFloat(getComputedStyle(doc.body).fontSize),
  }});
}});
</script>"""


@pytest.fixture(scope="module")
def page() -> str:
    if BROWSER is None:
        if os.environ.get("INSATSKOLL_KRAV_ALLT") == "1":
            pytest.fail("Chromium saknas, men INSATSKOLL_KRAV_ALLT=1 kräver att alla prov körs.")
        pytest.skip("Chromium saknas: provet av sidan i en webbläsare körs inte.")
    loaded = load_kommun(CATALOGUE / "kommuner" / "uppsala").revision
    assert loaded is not None
    return render_html(loaded)


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_horizontal_overflow(page: str, width: int, tmp_path: Path) -> None:
    (tmp_path / "prov.html").write_text(MEASURE.format(width=width, page=escape(page)), "utf-8")
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profil'}",
               "--virtual-time-budget=5000", "--dump-dom", (tmp_path / "prov.html").as_uri()]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)
    found = re.search(r'<pre id="svar">(.+?)</pre>', done.stdout)
    assert found, done.stderr[-2000:]
    measured = json.loads(unescape(found[1]))
    assert abs(measured["view"] - width) <= 20, measured
    assert measured["page"] <= measured["view"], measured
    assert measured["wide"] == []
    assert measured["focused"] and "Insatser per verksamhet" in measured["label"]
    assert measured["size"] >= 16
    if width <= 390:
        assert measured["matrix"] > measured["box"]
