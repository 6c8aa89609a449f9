"""Documents of an invented municipality, written in as many manners as officials have, as blocks.

The first five are in the manners of documents that nämnder have decided; the others in none of
theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count

from insatskoll.importing.blocks import Block, Cell, Source, Spot, Style, Table, Text


def lines(text: str) -> Source:
    """Plain text as its reader gives it: a paragraph for each line with words, which goes on in
    those that are indented."""
    found: list[Block] = []
    whole = re.sub(r"\n  +(?=\S)", " ", text.strip("\n"))
    for number, line in enumerate(whole.split("\n"), 1):
        words = " ".join(line.split())
        item = words.startswith(("● ", "- "))
        if words:
            style = Style.ITEM if item else Style.BODY
            level = 0 if item else None
            found.append(Text(words[2:] if item else words, Spot(number), style, level))
    return Source("underlag.txt", tuple(found))


def styled(*parts: tuple[str, str] | Table) -> Source:
    """A document with styles: each part is what it is (h1, h2, p, b, li) and its words, where what
    stands before ``|`` is bold."""
    found: list[Block] = []
    at = count(1)
    for part in parts:
        if isinstance(part, Table):
            found.append(part)
            continue
        kind, words = part
        lead, _, rest = words.partition("|")
        whole = f"{lead} {rest}".strip() if rest else words
        spot = Spot(next(at), page=1)
        if kind[0] == "h":
            found.append(Text(whole, spot, Style.HEADING, int(kind[1])))
        elif kind == "li":
            found.append(Text(whole, spot, Style.ITEM, 0))
        else:
            bold = kind == "b"
            found.append(Text(whole, spot, bold=bold, lead=whole if bold else lead if rest else ""))
    return Source("underlag.docx", tuple(found))


def table(rows: Sequence[Sequence[str]], heads: int = 1, at: int = 1000) -> Table:
    """A table of words; a line break in a cell parts paragraphs."""
    numbers = count(at)
    made = tuple(tuple(_cell(words, numbers) for words in row) for row in rows)
    return Table(made, Spot(at), heads)


def _cell(words: str, numbers: Iterable[int]) -> Cell:
    spots = iter(numbers)
    return Cell(tuple(Text(line, Spot(next(spots))) for line in words.split("\n") if line))


AVSNITT = lines("""
Insatser utan behovsprövning i Granåker

Inledning
Bilagan visar vilka insatser som Omsorgsnämnden ger utan behovsprövning från och med den 1 mars
  2026.

Insatser som ges av avdelning familj

Kompassen
Målgrupp
Ungdomar som funderar över sina vanor kring alkohol eller droger.
Villkor: Ungdomar i åldrarna 14–19 år.
Innehåll och genomförande
Ungdomsteamet håller i insatsen. Upp till sex samtal ges på mottagningen.
Dokumentation
Samtalen är av rådgivande karaktär och dokumentationen ska inte innehålla uppgifter om enskildas
  personliga förhållanden.

Föräldrakaféet
Målgrupp
Föräldrar som vill träffa andra föräldrar.
Villkor: Föräldrar med barn i åldrarna 0–6 år.
Innehåll och genomförande
Kaféet hålls i biblioteket en gång i veckan.
Dokumentation
Det här är en stödinsats och dokumentation ska ske på individnivå.

Insatser som ges av avdelning vuxen

Stödlinjen
Målgrupp
Vuxna som är oroliga för någon i sin närhet.
Villkor: Personer som har fyllt 18 år.
Innehåll och genomförande
De första samtalen ges av stödteamet. Därefter kan ytterligare upp till fyra samtal ges.
Dokumentation
De första samtalen är av rådgivande karaktär och dokumentation ska inte innehålla uppgifter om
  enskildas personliga förhållanden.
Det fortsatta stödet är av stödjande karaktär och ska dokumenteras på individnivå.
""")

RIKTLINJE = lines("""
Inledning
Syfte
Riktlinjen ger ramar för insatserna.
Lagstiftning
Enligt 11 kap. 5 § SoL får socialnämnden ge insatser utan individuell behovsprövning.

Generella krav på insatserna
Dokumentation
Huvudregeln är att insatser dokumenteras på personnivå.

Insatser i grupp
Lugna stunden
Beskrivning av insats
En kurs i avslappning som ges av kommunen.
Mål med insats
Att deltagarna ska sova bättre.
Villkor för att få insats
Personer över 20 år som är folkbokförda i Granåkers kommun.
Omfattning på insats
Åtta träffar om en och en halv timme.
Dokumentation
Insatsen dokumenteras inte på personnivå. Särskilda skäl till detta bedöms vara att deltagarna
  annars avstår.

Insatser för enskilda
Ekonomihjälpen
Beskrivning av insats
Råd om hushållets ekonomi.
Mål med insats
Att fler ska få ordning på sin ekonomi.
Villkor för att få insats
Personer som vistas i Granåkers kommun.
Omfattning på insats
Ett samtal om en timme.
Dokumentation
Insatsen dokumenteras på personnivå i personakt.
""")

LISTA = lines("""
Insatser utan behovsprövning

Insatser till unga och föräldrar

Parkens ungdomssamtal
Innehåll: Samtal om sådant som känns svårt. Insatsen består av fem samtal.
Målgrupp: Unga 13-19 år.
● Insatsen bedöms lämplig att ge till barn 15-17 år utan vårdnadshavares samtycke.
● Då möjligheten att vara anonym är avgörande för deltagare i insatsen bedöms det föreligga
  särskilda skäl att göra undantag från att dokumentera personliga förhållanden.

Lekgruppen
Innehåll: Sång och lek.
Babymassage
Målgrupp: Föräldrar med barn i åldern 2-10 månader.

Insatser till vuxna

Parsamtal
Målgrupp: Par som vill tala om sin relation.
Innehåll: Samtal för par.
""")

TABELL = lines("""
Bilaga 2. Öppna insatser

Insats Beskrivning av insats Invånarens ingång till insatsen
(öppen eller remiss)

Omfattas av dokumentation på individnivå?

Beskrivning av eventuella särskilda skäl

Fyren Öppen träffpunkt för vuxna från 18 år med fika och spel.

öppen ingång Nej Den som kommer ska inte behöva skriva in sig.

Stegvis

Stöd till personer i åldern 20-64 år som söker arbete.

Både öppen ingång och på remiss från vården.

Ja Insatsen dokumenteras redan.

Tidigt stöd (TS) Samtal om föräldraskap under graviditeten.

remiss från MVC Ja
""")

UTFÖRLIG = lines("""
4 INSATSER I GRANÅKER

Insats: Målgrupp och villkor Innehåll Arbetssätt och vetenskapligt stöd Utförare Dokumentation

Trygg hemma Målgrupp: Föräldrar med barn i åldern 4-9 år.

Kurs som hålls vid sju tillfällen.

Programmet bygger på forskning om anknytning.

Familjecentrum Granåkers kommun

Undantag från dokumentation av personlig information enligt 14 kap 5 § då det inte är behövligt.

Öppen rådgivning

(ungdomar)

Målgrupp: Ungdomar 12-18 år.

Villkor: Barn under 15 år kan delta efter samtycke från båda vårdnadshavarna.

Rådgivande samtal. Max 4 samtal.

Samtalen utgår från metoden MI.

Familjecentrum Granåkers kommun

Undantag från dokumentation av personlig information enligt 14 kap 4 § då insatsen är rådgivande.

Skuldhjälpen Målgrupp: Personer över 18 år med skulder.

En stödinsats.

Familjecentrum Granåkers kommun

Full dokumentation enligt SoL 14 kap 3 §
""")

NUMRERAD = styled(
    ("h1", "Öppet stöd i Granåker"),
    ("h2", "1 Bakgrund"),
    ("p", "Socialnämnden i Granåker beslutar om insatserna."),
    ("h2", "2 Insatser"),
    ("h3", "2.1 Samtalsrummet"),
    ("h4", "Vem kan få insatsen?"),
    ("p", "Den som har fyllt 16 år."),
    ("h4", "Vad innebär insatsen?"),
    ("p", "Du får högst tre samtal."),
    ("h4", "Vad kostar det?"),
    ("p", "Insatsen är avgiftsfri."),
    ("h4", "Hur dokumenteras insatsen?"),
    ("p", "Samtalen dokumenteras på individnivå."),
    ("h3", "2.2 Brobyggarna"),
    ("h4", "Vem kan få insatsen?"),
    ("p", "Familjer med barn i åldern 6–12 år."),
    ("h4", "Vad innebär insatsen?"),
    ("p", "Ni möts vid tio tillfällen om två timmar."),
    ("h4", "Hur kommer man i kontakt med oss?"),
    ("p", "Remiss från skolan."),
    ("h4", "Hur dokumenteras insatsen?"),
    ("p", "Mötena dokumenteras på individnivå."),
)

STYCKEN = styled(
    ("b", "Våra insatser"),
    ("b", "Kvällskaféet"),
    ("p", "Till för:| Vuxna som vill ha sällskap."),
    ("p", "Innehåll:| Fika och samtal varje torsdag."),
    ("p", "Dokumentation:| Dokumentationen är avidentifierad."),
    ("b", "Pappaprat"),
    ("p", "Målgrupp:| Pappor med barn 0–3 år."),
    ("p", "Innehåll:| Grupp om åtta pappor som ses vid sex tillfällen."),
    ("p", "Dokumentation:| Gruppen dokumenteras på individnivå."),
    ("b", "Lotsen"),
    ("p", "Målgrupp:| Anhöriga till personer med demenssjukdom."),
    ("p", "Innehåll:| Vägledning i kontakten med vården."),
    ("p", "Dokumentation:| Insatsen dokumenteras på individnivå."),
)

TABELL_PER_INSATS = styled(
    ("h1", "Insatser utan behovsprövning"),
    ("h2", "Barn och unga"),
    table(
        [
            ["Insats", "Sommargruppen"],
            ["Målgrupp", "Barn 7–12 år"],
            ["Innehåll", "Utflykter vid fyra tillfällen."],
            ["Samtycke", "För barn under 15 år krävs samtycke från vårdnadshavare."],
            ["Utförare", "Fritidsenheten"],
            ["Dokumentation", "Insatsen dokumenteras på individnivå."],
        ],
        heads=0,
        at=100,
    ),
    ("h2", "Vuxna"),
    table(
        [
            ["Insats", "Nattvilan"],
            ["Målgrupp", "Vuxna utan någonstans att sova"],
            ["Villkor", "Personer som har fyllt 18 år"],
            ["Innehåll", "En sovplats i högst tre nätter."],
            ["Dokumentation", "Dokumentation ska ske på individnivå."],
        ],
        heads=0,
        at=200,
    ),
    ("h2", "Insatser per verksamhet"),
    table(
        [
            ["Insats", "Fritidsenheten", "Boendeenheten"],
            ["Sommargruppen", "x", ""],
            ["Nattvilan", "", "x"],
        ],
        at=300,
    ),
)  # fmt: skip

# A matrix that has been taken out as lines: under which units the crosses stand is lost.
MATRIS_I_RADER = lines("""
Insatser utan behovsprövning

Kursen
Målgrupp
Föräldrar som vill lära sig mer.
Innehåll
Kursen ges av familjeenheterna.
Dokumentation
Kursen dokumenteras på individnivå.

Samtalet
Målgrupp
Vuxna som vill prata.
Innehåll
Samtalet hålls på Vintergatan.
Dokumentation
Samtalet dokumenteras på individnivå.

Vandringen
Målgrupp
Vuxna som vill röra på sig.
Innehåll
En promenad varje vecka.
Dokumentation
Promenaden dokumenteras på individnivå.

Insatser per verksamhet

Insats/Verksamhet Norra familjeenheten

Södra familjeenheten

Vintergatan

Kursen x x
Samtalet x
Vandringen x
""")
