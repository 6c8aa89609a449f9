"""Who owns the file of accepted changes, as the forges read their lists of owners."""

from __future__ import annotations

import pytest

from insatskoll.diff.owners import owners_in

FILE = "catalogue/kommuner/ale/godtagna.yaml"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("* @alla", ("@alla",)),
        ("* @alla\ngodtagna.yaml jurister", ()),  # the @ is forgotten: nobody
        ("* @alla\r\ngodtagna.yaml @j\r\n", ("@j",)),
        ("* @x\n/catalogue/kommuner/*/godtagna.yaml @k/j a@b.se # vi", ("@k/j", "a@b.se")),
        ("/catalogue/kommuner/*/godtagna.yaml @jurister\n* @alla", ("@alla",)),  # the last
        ("godtagna.yaml @j", ("@j",)),
        ("*.yaml @j", ("@j",)),
        ("catalogue/ @j", ("@j",)),
        ("/catalogue @j", ("@j",)),
        ("**/godtagna.yaml @j", ("@j",)),
        ("/catalogue/**/godtagna.yaml @j", ("@j",)),
        ("catalogue/kommuner/al?/ @j", ("@j",)),
        ("/catalogue/* @j", ()),  # right in the folder only
        ("/kommuner/ @j", ()),
        ("kommuner/ale/godtagna.yaml @j", ()),  # from the top, since it has a slash
        ("/catalogue/kommuner/ale/godtagna @j", ()),
        ("* @alla\n/catalogue/kommuner/ @ingen\n/catalogue/kommuner/ale/", ()),  # nobody
        ("# * @alla\n#/catalogue @x", ()),
        ("[Jurister][2] @j\n/catalogue/\n^[Övrigt]\n* @alla", ("@j", "@alla")),
        ("/cat\\ alogue/ @j\n* @alla", ("@alla",)),
        (f"/{'*a' * 150} @j\n{'**/' * 100}x @j\n* @alla", ("@alla",)),
    ],
)  # fmt: skip
def test_the_last_line_that_matches_says_who(text: str, found: tuple[str, ...]) -> None:
    assert owners_in(text, FILE) == found
