"""A folder with one small file of every kind that the program reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from insatskoll import writing
from insatskoll.catalogue import canonical
from insatskoll.catalogue.loading import load_kommun
from insatskoll.law.rules import RuleSet
from insatskoll.lint import baseline
from insatskoll.lint.run import lint
from tests import decisions, looks
from tests.catalogues import INSATS, write_kommun

KOMMUN = {
    "namn": "Exempels kommun",
    "scb_kod": "0188",
    "bilaga": {
        "titel": "Insatser",
        "inledning": ["Nämnden beslutar om insatserna."],
        "gäller_från": "2025-10-01",
    },
    "information_om_ansökan": "Utförarna berättar att det går att ansöka.",
    "uppföljning": ["antalet deltagare"],
    "gemensamma_villkor": [
        {"typ": "folkbokföring", "område": "Exempels kommun", "kontroll": "folkbokföringen"}
    ],
    "förslag": {"datum": "2025-08-20", "nämnd": "Socialnämnden", "diarienummer": "SN 2025/1"},
    "riktlinjer": [{"rubrik": "Syfte", "text": "Stödet ska vara lika för alla."}],
}
INSATSER: dict[str, dict[str, Any]] = {
    "samtal": decisions.insats(
        "Samtal vid oro",
        innehåll="Samtal med en rådgivare, enskilt eller tillsammans.",
        omfattning={"högst": 5, "enhet": "samtal", "längd": "60 minuter"},
        villkor=[
            {
                "typ": "ålder",
                "ålder": {"från": 18, "avser": "deltagaren"},
                "kontroll": "legitimation",
            }
        ],
        metod={"namn": "MI"},
        avgift="nej",
        avvikelser=[
            {"regel": "IK402", "motivering": "Villkoret prövas vid besöket och dokumenteras inte."}
        ],
    ),
    "grupp": {
        "namn": "Föräldragrupp",
        "målgrupp": {
            "deltagare": ["föräldrar"],
            "ålder": {"från": 3, "till": 12, "avser": "deltagarens barn"},
        },
        "samtycke": {"under_15": "vårdnadshavare"},
        "delar": [
            {
                "namn": "Start",
                "karaktär": "rådgivning",
                "dokumentation": {"nivå": "utan personliga förhållanden"},
            },
            {
                "namn": "Fortsättning",
                "karaktär": "stöd",
                "omfattning": {"antal": 8, "enhet": "träffar"},
                "dokumentation": {
                    "nivå": "avidentifierad",
                    "särskilda_skäl": {
                        "grund": "anonymitet",
                        "motivering": "Många vågar bara komma om de är anonyma.",
                    },
                    "beslut": "Förslagets beslutspunkt 2",
                    "omfattar": "alla",
                },
            },
        ],
    },
}
RISKANALYS = {
    "namn": "Samtal vid oro",
    "insats": "samtal",
    "bedömning": "Riskerna är små.",
    "barnkonsekvensanalys": ["Bra."],
}
BEGREPP = {
    "begrepp": {
        "samtal-vid-oro": {"namn": "Samtal vid oro", "innehåll": "Samtal om något som oroar."}
    }
}
LAGRUM = {
    "lag": "Exempellagen (2020:1)",
    "förkortning": "Exempellagen",
    "länk": "https://example.org/lag",
    "bestämmelser": [
        {"lagrum": "Exempellagen 1 §", "innehåll": "Nämnden får ge stöd.", "från": "2020-01-01"}
    ],
}
REGEL = """
id: KOM001
namn: Insats utan syfte
nivå: råd
auktoritet: katalogkvalitet
kontrollerad: 2026-11-21
förklaring: Kommunen vill att varje insats säger vad den är till för.
åtgärd: Skriv syfte.
prövningar:
  - omfång: insats
    när: {namn: {nämner: [amtal]}}
    krav: {syfte: finns}
    plats: namn
    meddelande: "”{namn}” saknar {saknas}."
  - omfång: insats
    kontroll: {funktion: nämner, fält: [innehåll], ord: ["\\\\bhemligt\\\\b", {lista: egna ord}]}
    meddelande: "Här står ”{ord}”."
exempel:
  träff:
    - {namn: ett, insats: {namn: Samtal}, platser: [namn]}
    - {namn: två, insats: {namn: Samtalen}, platser: [namn]}
  tyst:
    - {namn: tre, insats: {namn: Samtal, syfte: Stöd.}}
    - {namn: fyra, insats: {namn: Grupp}}
"""
# Its word is one that the program knows the forms of: to look others up takes seconds in each
# process.
ORDLISTA = """
namn: egna ord
beskrivning: Ord som inte ska stå i en bilaga.
ord: [kontaktperson]
uttryck: ['\\\\bhemlig\\\\w{0,20}', '\\\\bintern\\\\w{0,20}']
utom: ["internat"]
exempel:
  träff: [Ett hemligt stöd.]
  tyst: [Ett öppet stöd.]
"""
SETTINGS = "underkänn_från: fel\nutmapp: ut\nregler:\n  hoppa_över: [IK8]\n  nivåer: {IK705: fel}\n"

# Each kind of file that is read, with where it lies in the folder.
FILES = {
    "insats": "catalogue/kommuner/exempel/insatser/samtal.yaml",
    "insats med delar": "catalogue/kommuner/exempel/insatser/grupp.yaml",
    "kommun": "catalogue/kommuner/exempel/kommun.yaml",
    "beslut": "catalogue/kommuner/exempel/beslut/2025-09-10.yaml",
    "riskanalys": "catalogue/kommuner/exempel/riskanalyser/samtal.yaml",
    "begrepp": "catalogue/begrepp/egna.yaml",
    "lagrum": "catalogue/lagrum/exempellagen.yaml",
    "regel": "catalogue/regler/KOM001.yaml",
    "ordlista": "catalogue/ordlistor/egna-ord.yaml",
    "profil": "catalogue/kommuner/exempel/profil.yaml",
    "konfiguration": "insatskoll.yaml",
    "baslinje": "insatskoll-baslinje.json",
    "changelog": "catalogue/kommuner/exempel/ändringslogg.md",
    "svg": "catalogue/kommuner/exempel/logotyp.svg",
    "png": "catalogue/kommuner/exempel/logotyp.png",
    "docx": "catalogue/kommuner/exempel/referens.docx",
}
YAML = tuple(kind for kind, name in FILES.items() if name.endswith(".yaml"))
LOOKS = ("profil", "svg", "png", "docx")
DECIDE = [
    *("decide", "exempel", "--datum", "2025-10-01"),
    *("--paragraf", "§ 2", "--dnr", "SN 2025/2"),
]


def make(root: Path, ruleset: RuleSet) -> Path:
    """Writes every kind of file below ``root``; gives ``root``."""
    folder = write_kommun(root / "catalogue" / "kommuner" / "exempel", INSATSER, KOMMUN)
    _write(folder / "riskanalyser" / "samtal.yaml", canonical.to_be_read(RISKANALYS))
    decided = decisions.plan(folder, "2025-09-10")
    writing.write_all(*decided.files())
    _write(
        folder / "insatser" / "samtal.yaml",
        canonical.to_be_read(INSATS | INSATSER["samtal"] | {"syfte": "Mindre oro."}),
    )
    _write(root / FILES["begrepp"], canonical.to_be_read(BEGREPP))
    _write(root / FILES["lagrum"], canonical.to_be_read(LAGRUM))
    _write(root / FILES["ordlista"], ORDLISTA)
    _write(root / FILES["regel"], REGEL)
    _write(root / FILES["konfiguration"], SETTINGS)
    looks.dress(folder, looks.PROFILE.replace("sidfot:", "referens: referens.docx\nsidfot:"))
    known = baseline.of(lint([load_kommun(folder)], ruleset))
    _write(root / FILES["baslinje"], baseline.text(known))
    return root


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
