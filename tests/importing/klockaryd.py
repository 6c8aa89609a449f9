"""The bilaga of a municipality that does not exist, as an official has written it in Word."""

from __future__ import annotations

import io
from typing import Any

import docx

_FRONT = (
    ("Beteckning", "Bilaga 2"),
    ("Nämnd", "Socialnämnden"),
    ("Status", "Förslag 2026-02-10"),
    ("Diarienummer", "SN 2026/41"),
    ("Gäller från och med", "den 1 maj 2026"),
)
_AROUND = (
    ("Inledning", (
        "I Klockaryds kommun kan du få vissa insatser utan att behovet prövas. Insatserna ges med "
        "stöd av 11 kap. 5 § socialtjänstlagen.",
        "När du får en insats informeras du om att insatsen ges utan behovsprövning och om rätten "
        "att ansöka om bistånd.",
    )),
    ("Samtycke från vårdnadshavare", (
        "För barn under 15 år krävs samtycke från vårdnadshavare. Barn som har fyllt 15 år kan ta "
        "emot insatserna utan vårdnadshavarens samtycke om det är lämpligt.",
    )),
)  # fmt: skip
_INDIVIDUAL = "Insatsen dokumenteras på individnivå."
_ADVICE = "Samtalen är rådgivande och dokumenteras utan uppgifter om personliga förhållanden."
_OPEN = "Dokumenteras avidentifierat. Särskilda skäl: verksamheten är en öppen mötesplats."
Insats = tuple[str, str, str, str, str, str]  # name, for whom, what, how much, by whom, documented
_CHILDREN: tuple[Insats, ...] = (
    ("Öppen förskola Lyktan", "Föräldrar med barn 0–5 år.",
     "Lek, sång och samtal om föräldraskap i en öppen mötesplats.", "", "Familjecentralen", _OPEN),
    ("Ungdomssamtal", "Unga 13–20 år som vill prata med någon.",
     "Enskilda samtal med en kurator.", "Högst fem samtal.", "Ungdomsmottagningen", _ADVICE),
    ("Trygga föräldrar", "Föräldrar till barn 3–12 år.",
     "Föräldrautbildning i grupp.", "Sju träffar om två timmar.", "Familjecentralen", _INDIVIDUAL),
    ("Samarbetssamtal", "Föräldrar som inte är överens om vårdnad, boende eller umgänge.",
     "Medlande samtal.", "Fyra till sex samtal.", "Familjerätten", _INDIVIDUAL),
    ("Barngruppen Vindarna", "Barn 7–12 år som lever med beroende i familjen.",
     "Stödgrupp med andra barn.", "15 träffar under en termin.", "Familjecentralen", _INDIVIDUAL),
)  # fmt: skip
_ADULTS: tuple[Insats, ...] = (
    ("Budget- och skuldrådgivning", "Vuxna med skulder.", "Rådgivning om budget och skulder.", "",
     "Medborgarkontoret", _ADVICE),
    ("Anhörigstöd", "Den som vårdar eller stödjer en närstående.", "Samtal en gång i månaden.", "",
     "Anhörigcentrum", _INDIVIDUAL),
    ("Råd om alkohol och droger", "Personer som har fyllt 18 år.", "Motiverande samtal.",
     "Upp till sex samtal.", "Öppenvården", _INDIVIDUAL),
    ("Stöd till våldsutsatta", "Vuxna som är eller har varit utsatta för våld.",
     "Stöd- och krissamtal.", "Högst tio samtal.", "Öppenvården", _INDIVIDUAL),
    ("Träffpunkten Kvarnen", "Vuxna med psykisk ohälsa.", "Lunch, skapande och utflykter.", "",
     "Socialpsykiatrin", _OPEN),
)  # fmt: skip
NAMES = [one[0] for one in (*_CHILDREN, *_ADULTS)]
_LABELS = ("Målgrupp", "Innehåll", "Omfattning", "Utförare", "Dokumentation")
_RISKS = (
    ("Insats", "Konsekvenser av att inte dokumentera", "Bedömning"),
    ("Öppen förskola Lyktan", "Det går inte att följa upp en enskild familj.",
     "Vinsten av att fler vågar komma väger tyngre."),
    ("Träffpunkten Kvarnen", "Behov av mer stöd kan missas.",
     "Personalen hänvisar vidare när någon behöver mer stöd."),
)  # fmt: skip


def document() -> bytes:
    """The Word file."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Socialförvaltningen, Klockaryds kommun"
    made.add_heading("Öppna insatser enligt socialtjänstlagen", 0)
    for label, words in _FRONT:
        line = made.add_paragraph()
        line.add_run(f"{label}:").bold = True
        line.add_run(f" {words}")
    for heading, paragraphs in _AROUND:
        made.add_heading(heading, 1)
        for words in paragraphs:
            made.add_paragraph(words)
    for heading, insatser in (("Insatser för barn och unga", _CHILDREN),
                              ("Insatser för vuxna", _ADULTS)):  # fmt: skip
        made.add_heading(heading, 1)
        for name, *said in insatser:
            made.add_heading(name, 2)
            _fields(made, said)
    made.add_heading("Risk- och konsekvensanalys", 1)
    table = made.add_table(0, 3)
    for row in _RISKS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _fields(made: Any, said: list[str]) -> None:
    for label, words in zip(_LABELS, said, strict=True):
        if words:
            made.add_heading(label, 3)
            made.add_paragraph(words)
