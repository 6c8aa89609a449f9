"""Revisions to compare: small ones written out, and random ones out of the values that the real
catalogue has."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from insatskoll.catalogue import loading
from insatskoll.catalogue.model import Insats, Revision, make_revision
from tests.catalogues import CATALOGUE, INSATS, KOMMUN

IDS = ("a", "b", "c", "d", "e")


def revision(
    kommun: dict[str, Any] | None = None,
    beslut: Any = None,
    riskanalyser: dict[str, Any] | None = None,
    **insatser: dict[str, Any],
) -> Revision:
    """A revision of the example municipality; each insats is the example one with what is given put
    in."""
    made = [
        Insats(i.replace("_", "-"), INSATS | {"namn": i} | data) for i, data in insatser.items()
    ]
    return make_revision("k", KOMMUN | (kommun or {}), made, beslut, riskanalyser)


@cache
def _pools() -> dict[str, dict[str, list[Any]]]:
    """For each kind of file and each of its fields, every value that the catalogue has."""
    pools: dict[str, dict[str, dict[str, Any]]] = {"kommun": {}, "insats": {}, "riskanalys": {}}
    for folder in loading.kommun_folders(CATALOGUE):
        found = loading.load_kommun(folder).revision
        assert found is not None
        files: list[tuple[str, Mapping[str, Any]]] = [
            ("kommun", found.kommun),
            *(("insats", i.data) for i in found.insatser),
        ]
        files += [("riskanalys", data) for data in found.riskanalyser.values()]
        for kind, data in files:
            for field, value in data.items():
                pools[kind].setdefault(field, {})[json.dumps(value, sort_keys=True)] = value
    return {
        kind: {field: list(values.values()) for field, values in fields.items()}
        for kind, fields in pools.items()
    }


def values(kind: str) -> dict[str, list[Any]]:
    """Every value that the catalogue has of each field in files of a ``kind``."""
    return _pools()[kind]


@cache
def real_revisions() -> tuple[Revision, ...]:
    """The municipalities of the catalogue as their files are."""
    found = (loading.load_kommun(folder).revision for folder in loading.kommun_folders(CATALOGUE))
    return tuple(one for one in found if one is not None)


def edited(whole: Revision, chance: Random) -> Revision:
    """A revision in which a few insatser have been changed by hand, in ways that people do."""
    kommun: Any = copy.deepcopy(dict(whole.kommun))
    insatser: dict[str, Any] = {one.id: copy.deepcopy(dict(one.data)) for one in whole.insatser}
    for _ in range(chance.randint(1, 8)):
        name = chance.choice(list(insatser))
        _edit(name, insatser, kommun, chance)
    made = [Insats(name, data) for name, data in insatser.items()]
    return make_revision(whole.kommun_id, kommun, made, None, dict(whole.riskanalyser))


def _edit(
    name: str, insatser: dict[str, dict[str, Any]], kommun: dict[str, Any], chance: Random
) -> None:
    data = insatser[name]
    free = [field for field in data if field not in ("namn", "avdelning")]
    how = chance.choice(
        ("gone", "value", "lost", "renamed", "split", "merged", "common", "shuffled")
    )
    if how == "gone" and len(insatser) > 1:
        del insatser[name]
    elif how == "value":
        field = chance.choice(
            [one for one in _pools()["insats"] if one not in ("namn", "avdelning")]
        )
        data[field] = chance.choice(_pools()["insats"][field])
    elif how == "lost" and free:
        del data[chance.choice(free)]
    elif how == "renamed":
        insatser[f"{name}-ny"] = insatser.pop(name) | {"tidigare_id": [name]}
        insatser[f"{name}-ny"]["namn"] = chance.choice(_pools()["insats"]["namn"])
    elif how == "split":
        for word in ("ett", "två"):
            insatser[f"{name}-{word}"] = data | {
                "namn": f"{data['namn']} {word}",
                "tidigare_id": name,
            }
        del insatser[name]
    elif how == "merged" and (other := chance.choice(list(insatser))) != name:
        insatser[f"{name}-ihop"] = insatser.pop(other) | insatser.pop(name)
        insatser[f"{name}-ihop"]["tidigare_id"] = [name, other]
    elif how == "common" and "villkor" in data:
        kommun["gemensamma_villkor"] = [*kommun.get("gemensamma_villkor", ()), *data.pop("villkor")]
    elif how == "shuffled":
        for value in data.values():
            if isinstance(value, list):
                chance.shuffle(value)


def _file(
    kind: str, needed: tuple[str, ...], **fixed: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    fields = {field: st.sampled_from(values) for field, values in _pools()[kind].items()} | fixed
    lists = {"delar", "villkor", "riktlinjer", "enheter", "avvikelser", "avdelningar"}
    for field in lists & fields.keys():
        fields[field] = fields[field].flatmap(
            lambda v: st.lists(st.sampled_from(v), min_size=1, max_size=len(v) + 1)
        )
    return st.fixed_dictionaries(
        {field: fields[field] for field in needed},
        optional={f: s for f, s in fields.items() if f not in needed},
    )


def revisions() -> st.SearchStrategy[Revision]:
    """Random revisions of one municipality, in which insatser come, go, split, merge and change."""
    ids = st.sampled_from(IDS)
    former = ids | st.lists(ids, min_size=1, max_size=3, unique=True)
    insats = _file("insats", ("namn", "avdelning"), tidigare_id=former)
    analysis = _file("riskanalys", ("namn", "insats"), insats=ids)
    return st.builds(
        lambda kommun, insatser, analyser: make_revision(
            "k", kommun, [Insats(i, data) for i, data in insatser.items()], None, analyser
        ),
        _file("kommun", ("namn", "nämnd", "bilaga", "avdelningar")),
        st.dictionaries(ids, insats, max_size=4),
        st.dictionaries(ids, analysis, max_size=2),
    )


def every_kind_of_change() -> tuple[Revision, Revision]:
    """Two revisions between which there is a change of every kind that can be told."""
    old_common: dict[str, Any] = {
        "avdelningar": [
            {"id": "vuxen", "namn": "Avdelning vuxen"},
            {"id": "barn", "namn": "Avdelning barn"},
        ],
        "enheter": [{"id": "a", "namn": "Almen"}, {"id": "b", "namn": "Björken"}],
        "riktlinjer": [
            {"rubrik": "Syfte", "text": "Riktlinjen ska göra stödet lika för alla."},
            {"rubrik": "Ansvar", "text": "Nämnden ansvarar för insatserna."},
        ],
        "gemensamma_villkor": [{"typ": "folkbokföring", "område": "Exempels kommun"}],
        "gemensam_dokumentation": [
            {"gäller": "insatser i grupp", "dokumentation": {"nivå": "avidentifierad"}}
        ],
        "bilaga": {"titel": "Insatser", "gäller_från": "2025-07-01", "inledning": ["Ett stycke."]},
    }
    new_common: dict[str, Any] = {
        "avdelningar": old_common["avdelningar"],
        "enheter": [{"id": "b", "namn": "Björkens mottagning"}, {"id": "c", "namn": "Cedern"}],
        "riktlinjer": [
            {"rubrik": "Ansvar och roller", "text": "Nämnden ansvarar för insatserna."},
            {
                "rubrik": "Syfte",
                "text": (
                    "Riktlinjen ska göra stödet likvärdigt för alla i hela kommunen, oavsett "
                    "vem som ger det och var."
                ),
            },
            {"rubrik": "Avgifter", "text": "Inga."},
        ],
        "gemensamma_villkor": [
            {"typ": "folkbokföring", "område": "Exempels kommun eller Grannkommunen"}
        ],
        "gemensam_dokumentation": [
            {"gäller": "insatser i grupp", "dokumentation": {"nivå": "individnivå"}}
        ],
        "bilaga": {
            "titel": "Insatser",
            "gäller_från": "2026-01-01",
            "inledning": ["Ett stycke till."],
            "beteckning": "Bilaga 1",
        },
        "information_om_ansökan": (
            "Den som vänder sig till oss får veta att det går att ansöka om andra insatser också."
        ),
        "uppföljning": ["antal deltagare"],
    }
    adult = {"avdelning": "vuxen"}
    five, seven = ({"omfattning": {"högst": n, "enhet": "samtal"}} for n in (5, 7))
    old = revision(
        old_common,
        None,
        {"samtal": {"namn": "Samtal", "insats": "samtal", "bedömning": "Går bra."}},
        lots=adult | {"namn": "Lots"},
        samtal=adult
        | {
            "namn": "Samtal",
            "kortnamn": "S",
            "utförare": {
                "enheter": ["a"],
                "samverkan": ["Region X"],
                "platser": [{"namn": "Torget"}],
            },
            "villkor": [
                {"typ": "ålder", "ålder": {"från": 18, "avser": "deltagaren"}},
                {"typ": "annat", "beskrivning": "Den som vill."},
            ],
            "målgrupp": {
                "beskrivning": "Vuxna.",
                "deltagare": ["vuxna"],
                "ålder": {"från": 18, "avser": "deltagaren"},
            },
            "form": ["individuell"],
            "ingång": "öppen",
            "avgift": "nej",
            "syfte": "Må bra.",
            "innehåll": (
                "Vi samtalar om det som känns viktigt just nu, och den som vill kan komma "
                "tillbaka hur ofta som helst."
            ),
            "metod": {"namn": "MI"},
        },
        grupp=adult
        | {
            "namn": "Grupp",
            "delar": [
                {
                    "namn": "Start",
                    "karaktär": "rådgivning",
                    "omfattning": {"högst": 3, "enhet": "samtal"},
                },
                {
                    "namn": "Fortsättning",
                    "karaktär": "stöd",
                    "dokumentation": {"nivå": "individnivå"},
                    "målgrupp": {"beskrivning": "Alla."},
                },
            ],
        },
        delad=adult | {"namn": "Delad", "innehåll": "En sak."},
        ett=adult | {"namn": "Ett"},
        tva=adult | {"namn": "Två"},
        flyttad=adult | {"namn": "Flyttad"},
        gammal=adult | {"namn": "Gammalt namn"},
        x=adult | {"namn": "X-samtal"} | five,
        y=adult | {"namn": "Y-samtal"} | five,
    )
    new = revision(
        new_common,
        None,
        {
            "samtal": {
                "namn": "Samtal",
                "insats": "samtal",
                "bedömning": "Går mycket bra.",
                "barnkonsekvensanalys": ["Bra för barn."],
            },
            "kurs": {"namn": "Kurs", "insats": "kurs"},
        },
        kurs=adult | {"namn": "Kurs", "innehåll": "En kurs.", "målgrupp": {"deltagare": ["unga"]}},
        samtal=adult
        | {
            "namn": "Samtal",
            "utförare": {
                "enheter": ["b"],
                "samverkan": ["Region X", "Skolan"],
                "platser": [{"namn": "Torget", "för": "män"}, {"namn": "Parken"}],
            },
            "villkor": [
                {
                    "typ": "ålder",
                    "ålder": {"från": 16, "avser": "deltagaren"},
                    "kontroll": "legitimation",
                },
                {"typ": "folkbokföring", "område": "Exempels kommun"},
            ],
            "målgrupp": {
                "beskrivning": "Vuxna och unga.",
                "deltagare": ["unga", "vuxna"],
                "ålder": {"från": 16, "avser": "deltagaren"},
            },
            "form": ["individuell", "grupp"],
            "ingång": "öppen och remiss",
            "remiss_från": ["BVC"],
            "avgift": {"belopp": "100 kronor per samtal"},
            "innehåll": (
                "Vi samtalar om det som är viktigt just nu, och den som vill får komma "
                "tillbaka högst två gånger."
            ),
            "metod": {"namn": "KBT"},
            "samtycke": {"från_15": "utan vårdnadshavare", "lämplighet": "Den unge vet själv."},
            "lagstadgad": "SoL 13 kap. 4 §",
            "avgränsning": "Inte behandling.",
        },
        grupp=adult
        | {
            "namn": "Grupp",
            "delar": [
                {
                    "namn": "Fortsättning",
                    "karaktär": "behandling",
                    "dokumentation": {
                        "nivå": "avidentifierad",
                        "särskilda_skäl": {
                            "grund": "anonymitet",
                            "motivering": "Annars kommer ingen, och gruppen blir inte av.",
                        },
                    },
                    "målgrupp": {"beskrivning": "Alla som vill."},
                },
                {
                    "namn": "Start",
                    "karaktär": "rådgivning",
                    "omfattning": {"högst": 2, "enhet": "samtal"},
                },
                {"namn": "Avslut", "karaktär": "stöd"},
            ],
        },
        d1=adult | {"namn": "Delad för unga", "tidigare_id": "delad", "innehåll": "En annan sak."},
        d2=adult | {"namn": "Delad för vuxna", "tidigare_id": "delad", "innehåll": "En sak."},
        bada=adult | {"namn": "Båda", "tidigare_id": ["ett", "tva"], "syfte": "X"},
        flyttad={"avdelning": "barn", "namn": "Flyttad"},
        ny=adult | {"namn": "Nytt namn", "tidigare_id": "gammal"},
        x=adult | {"namn": "X-samtal"} | seven,
        y=adult | {"namn": "Y-samtal"} | seven,
    )
    return old, new
