"""Starts a new rule: a file that works as it stands and explains each field where it is written."""

from __future__ import annotations

import re
from pathlib import Path

from insatskoll import resources
from insatskoll.catalogue.canonical import to_yaml
from insatskoll.errors import Refused
from insatskoll.law.rule_files import BUILT_IN
from insatskoll.names import shown
from insatskoll.reading import document, hygiene, schema

_ID = re.compile(r"[A-Z]{2,8}[0-9]{3}")

_RULE = """\
# yaml-language-server: $schema=../../schema/regel.schema.json
# En ny regel. Den fungerar som den är: den finner mötesplatser utan syfte. Byt ut delarna efter
# hand och pröva ofta.
# Rader som börjar med # är kommentarer. Ta bort dem när regeln är klar.
id: {id}

# Bristen som regeln finner, i några ord.
{namn}
# fel: får inte vara så. varning: troligen fel. råd: kunde vara bättre. Det som bara ord i texten
# kan avgöra är högst en varning.
nivå: råd

# lagtext, förarbeten, vägledning, katalogkvalitet eller språk. En regel som vilar på lagtext ska ha
# raderna lagrum och gäller.
auktoritet: katalogkvalitet
# lagrum: [SoL 14 kap. 3 §]      # ska finnas i catalogue/lagrum, med innehållet i egna ord
# gäller: {{från: 2025-07-01}}     # den första dagen som regeln gäller

# Dagen då du senast jämförde regeln med källan.
kontrollerad: {datum}

# Varför bristen spelar roll, och var regeln håller tyst. Skriv själv; citera inte lagen.
förklaring: >-
  Utan ett syfte går det inte att följa upp om mötesplatsen gör nytta. Andra insatser prövas inte.

# Vad man ska skriva i stället.
åtgärd: >-
  Lägg till fältet syfte och säg vad mötesplatsen ska leda till.

# Hur bristen upptäcks. ”när” väljer ut det som prövas och ”krav” säger vad som då ska gälla: fält
# och vad de ska vara.
prövningar:
  - omfång: insats               # insats, del, kommun, beslut eller riskanalys
    när: {{insatstyp: mötesplats}}
    krav: {{syfte: finns}}
    plats: insatstyp             # fältet som fyndet pekar på
    meddelande: "”{{insats}}” är en mötesplats men har inget syfte."

# Exemplen körs vid varje test. Obligatoriska fält som inte skrivs ut fylls i. Minst två av varje
# slag.
exempel:
  träff:                         # det här ska regeln finna, på just de ställena
    - namn: mötesplats utan syfte
      insats: {{insatstyp: mötesplats}}
      platser: [insatstyp]
    - namn: ett mål är inget syfte
      insats: {{insatstyp: mötesplats, mål: Fler deltar.}}
      platser: [insatstyp]
  tyst:                          # det här liknar bristen men är som det ska
    - namn: mötesplats med syfte
      insats: {{insatstyp: mötesplats, syfte: Att bryta ensamhet.}}
    - namn: samtal utan syfte
      insats: {{insatstyp: samtal}}
"""


def new_rule(rule_id: str, namn: str, datum: str, catalogue: Path) -> tuple[Path, str]:
    """The file of a new rule and what to write in it. ``datum`` (ÅÅÅÅ-MM-DD) is the day it was
    compared with its source.

    Raises :class:`Refused` if the id is not one, the file exists or the name cannot be used.
    """
    if not _ID.fullmatch(rule_id):
        raise Refused(
            f"”{rule_id}” är inget regel-id. Skriv versaler följda av tre siffror, till "
            "exempel EX001."
        )
    if rule_id.startswith(BUILT_IN) and catalogue.resolve() != resources.CATALOGUE.resolve():
        raise Refused(
            f"Id som börjar på {BUILT_IN} är programmets egna. Välj egna bokstäver, till "
            "exempel KOM001."
        )
    path = catalogue / "regler" / f"{rule_id}.yaml"
    if path.exists():
        raise Refused(f"{shown(path)} finns redan och skrivs inte över. Välj ett annat id.")
    try:
        text = _RULE.format(id=rule_id, namn=to_yaml({"namn": namn}), datum=datum)
        errors = schema.errors(document.parse(path, text).data, "regel")
    except hygiene.UnreadableDocument as error:
        raise Refused(f"Namnet går inte att använda: {error.problems[0].message}.") from None
    if errors:
        raise Refused(f"{errors[0].message}. {errors[0].remedy}")
    return path, text
