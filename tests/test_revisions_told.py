"""The thirty revisions are told as a secretary wants them and judged as a jurist does, but for what
``tests/data/revideringar/läget.yaml`` owns up to: none gets worse, and what gets better is taken
off the list."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests import golden, revised

STATE = yaml.safe_load((revised.DATA / "läget.yaml").read_text("utf-8"))


@pytest.mark.parametrize("folder", revised.FOLDERS, ids=lambda path: path.name)
def test_a_revision_has_what_is_owned_up_to_and_nothing_else(folder: Path) -> None:
    assert revised.told(folder).state == STATE["revideringar"].get(folder.name, {})


def test_as_many_can_stand_as_is_said() -> None:
    told = list(map(revised.told, revised.FOLDERS))
    assert sum(one.stands for one in told) == STATE["kan_stå"]
    golden.check("trettio-revideringar.md", revised.table(told))


def test_the_words_asked_for_are_known_in_other_forms_and_no_other_words() -> None:
    assert revised._has("Den nedre åldersgränsen höjs", "nedre åldersgräns")
    assert revised._has("från högst 10 till 8", "från högst tio till åtta")
    assert revised._has("risk- och konsekvensanalysen av X", "analys")
    assert not revised._has("Målgruppen höjs", "målgruppen sänks")
    assert not revised._has("från 13 till 15 år", "från 13 till 16 år")
    assert not revised._has("kursen är för män > 18 år", "< 18 år")
