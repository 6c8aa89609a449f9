"""Checks on areas: whether the one named is the municipality, something around it, or only a part
of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from insatskoll.law.predicates.parameters import Field, WholeWords, Words
from insatskoll.law.predicates.registry import Hit, Subject, predicate
from insatskoll.law.predicates.text import passed_over, pattern, texts
from insatskoll.reading.places import value_at

# The municipalities of Sweden: another whole municipality is no part of one's own.
_KOMMUNER = """
Ale Alingsås Alvesta Aneby Arboga Arjeplog Arvidsjaur Arvika Askersund Avesta Bengtsfors Berg
Bjurholm Bjuv Boden Bollebygd Bollnäs Borgholm Borlänge Borås Botkyrka Boxholm Bromölla Bräcke
Burlöv Båstad Dals-Ed Danderyd Degerfors Dorotea Eda Ekerö Eksjö Emmaboda Enköping Eskilstuna Eslöv
Essunga Fagersta Falkenberg Falköping Falun Filipstad Finspång Flen Forshaga Färgelanda Gagnef
Gislaved Gnesta Gnosjö Gotland Grums Grästorp Gullspång Gällivare Gävle Göteborg Götene Habo Hagfors
Hallsberg Hallstahammar Halmstad Hammarö Haninge Haparanda Heby Hedemora Helsingborg Herrljunga Hjo
Hofors Huddinge Hudiksvall Hultsfred Hylte Håbo Hällefors Härjedalen Härnösand Härryda Hässleholm
Höganäs Högsby Hörby Höör Jokkmokk Järfälla Jönköping Kalix Kalmar Karlsborg Karlshamn Karlskoga
Karlskrona Karlstad Katrineholm Kil Kinda Kiruna Klippan Knivsta Kramfors Kristianstad Kristinehamn
Krokom Kumla Kungsbacka Kungsör Kungälv Kävlinge Köping Laholm Landskrona Laxå Lekeberg Leksand
Lerum Lessebo Lidingö Lidköping Lilla_Edet Lindesberg Linköping Ljungby Ljusdal Ljusnarsberg Lomma
Ludvika Luleå Lund Lycksele Lysekil Malmö Malung-Sälen Malå Mariestad Mark Markaryd Mellerud Mjölby
Mora Motala Mullsjö Munkedal Munkfors Mölndal Mönsterås Mörbylånga Nacka Nora Norberg Nordanstig
Nordmaling Norrköping Norrtälje Norsjö Nybro Nykvarn Nyköping Nynäshamn Nässjö Ockelbo Olofström
Orsa Orust Osby Oskarshamn Ovanåker Oxelösund Pajala Partille Perstorp Piteå Ragunda Robertsfors
Ronneby Rättvik Sala Salem Sandviken Sigtuna Simrishamn Sjöbo Skara Skellefteå Skinnskatteberg
Skurup Skövde Smedjebacken Sollefteå Sollentuna Solna Sorsele Sotenäs Staffanstorp Stenungsund
Stockholm Storfors Storuman Strängnäs Strömstad Strömsund Sundbyberg Sundsvall Sunne Surahammar
Svalöv Svedala Svenljunga Säffle Säter Sävsjö Söderhamn Söderköping Södertälje Sölvesborg Tanum
Tibro Tidaholm Tierp Timrå Tingsryd Tjörn Tomelilla Torsby Torsås Tranemo Tranås Trelleborg
Trollhättan Trosa Tyresö Täby Töreboda Uddevalla Ulricehamn Umeå Upplands-Bro Upplands_Väsby Uppsala
Uppvidinge Vadstena Vaggeryd Valdemarsvik Vallentuna Vansbro Vara Varberg Vaxholm Vellinge Vetlanda
Vilhelmina Vimmerby Vindeln Vingåker Vårgårda Vänersborg Vännäs Värmdö Värnamo Västervik Västerås
Växjö Ydre Ystad Åmål Ånge Åre Årjäng Åsele Åstorp Åtvidaberg Älmhult Älvdalen Älvkarleby Älvsbyn
Ängelholm Öckerö Ödeshög Örebro Örkelljunga Örnsköldsvik Östersund Österåker Östhammar Östra_Göinge
Överkalix Övertorneå
"""
_KNOWN = frozenset(name.replace("_", " ").casefold() for name in _KOMMUNER.split())
# What is larger than a municipality: counties, regions and parts of the country.
_AROUND = """
Blekinge Dalarna Gävleborg Halland Jämtland Jämtland_Härjedalen Kronoberg Norrbotten Skåne
Södermanland Sörmland Värmland Västerbotten Västernorrland Västmanland Västra_Götaland
Östergötland Uppland Småland Hälsingland Medelpad Ångermanland Lappland Gästrikland Närke Bohuslän
Dalsland Västergötland Norrland Svealand Götaland Storstockholm Stor-Stockholm Storgöteborg
Stor-Göteborg Mälardalen Fyrbodal Skaraborg Sjuhärad Bergslagen Norden Skandinavien
"""
_LARGER = frozenset(name.replace("_", " ").casefold() for name in _AROUND.split())
_REST = re.compile(
    r"\b(?:annan|andra|annat|övriga|resten|hela)\b.*\bkommun|\bannanstans\b|\bvar som helst\b",
    re.IGNORECASE,
)
_KIND_OF_AREA = re.compile(r"^region |s?(?: (?:kommun|stad|län))?$", re.IGNORECASE)
_PREFIX = re.compile(
    (
        r"^(?:(?:endast|bara|enbart|hela|i|inom|inte|någon|en|annan|en annan|annat|ett annat"
        r"|valfri|av|de|den|antingen|både) )+"
    ),
    re.IGNORECASE,
)
_EXTENT = re.compile(
    r" (?:(?:geografiska )?(?:gränser|gräns|område|yta|invånare|upptagningsområde)"
    r"|(?:alla|samtliga) (?:\w*delar(?:na)?|områden|tätorter|orter))$",
    re.IGNORECASE,
)
# What an area holds besides, and what it is only.
_BESIDES = re.compile(
    r"(?<=\w)[,;]? ?\(?\b(?:även|också|inklusive|inkl\b\.?|inbegripet|liksom|med)\b.*$",
    re.IGNORECASE,
)
_NAME = r"[A-ZÅÄÖ][a-zåäöé]+(?:[ -][A-ZÅÄÖ][a-zåäöé]+)*"
_ONLY = re.compile(
    r"kommun\w*\b.*?\b(?:[Ee]ndast|[Bb]ara|[Ee]nbart|[Uu]tom|[Ff]örutom|[Uu]ndantaget"
    rf"|[Ee]j|[Ii]nte) (?:för |i |inom )*({_NAME})"
    rf"|kommun\w* \(({_NAME})\)$|^({_NAME}) (?:i|inom) .*kommun"
)
# A word with a capital because it comes first, and not because it is a name.
_NO_NAME = re.compile(
    r"(?:boende|bosat|bor\b|folkbokförd|skriv|hemmahörande|hemvist|invånare|personer|alla"
    r"|den\b|de\b|du\b|någon|vist|medborgare"
    r"|barn|ung|vuxn|föräld|familj|äldre|stadigvarande|permanent|inom|utanför|adress|bostad"
    r"|lägenhet|skola|arbet|stude|verksam)",
    re.IGNORECASE,
)
_PIECES = re.compile(r",|;|/|&|\boch\b|\beller\b|\bsamt\b|\balternativt\b", re.IGNORECASE)


@predicate("annat-område", gives=("område",), words="ord")
def another_area(
    subject: Subject,
    fält: list[Field],
    hela: WholeWords,
    delar: Words,
    ord: Words = (),  # noqa: A002
    utom: Words = (),
) -> Iterator[Hit]:
    """A field names an area that is not a whole: the municipality or another, or something around
    them.

    ``ord`` are regular expressions whose only group is an area named in a text; without them the
    whole field is the area. An area is a whole if all it lists is: a municipality by name, one of
    the regular expressions ``hela``, or anything that says kommun and none of ``delar``. In a text
    only what has a name or is one of ``delar`` counts, and ``utom`` is passed over. A condition
    that gives its reason (``skäl``) is, too.
    """
    for path, text in texts(subject, fält):
        if "skäl" in (value_at(subject.data, path[:-1]) or {}):
            continue
        found = _named(text, ord, delar, utom) if ord else iter([text])
        for area in found:
            if not _whole(area, subject.revision.kommun["namn"], hela, delar):
                yield Hit(path, {"område": " ".join(area.split())})
                break


def _named(text: str, words: Words, parts: Words, besides: Words) -> Iterator[str]:
    kept = passed_over(text, besides)
    for word in words:
        for match in pattern((word,)).finditer(kept):
            area = match[match.lastindex or 0]
            if re.search(r"[A-ZÅÄÖ][a-zåäö]", area) or pattern(parts).search(area):
                yield area


def _whole(area: str, kommun: str, wholes: Words, parts: Words) -> bool:
    area = area.strip(" .")
    pieces = [piece.strip() for piece in _PIECES.split(_BESIDES.sub("", area)) if piece.strip()]
    if any(_REST.search(piece) for piece in pieces):
        return True
    return all(_whole_piece(piece, kommun, wholes, parts) for piece in pieces)


def _whole_piece(piece: str, kommun: str, wholes: Words, parts: Words) -> bool:
    plain = _EXTENT.sub("", _PREFIX.sub("", " ".join(piece.split()))) or piece
    if plain.casefold() == kommun.casefold() or pattern(wholes).fullmatch(plain):
        return True
    own = _KIND_OF_AREA.sub("", kommun).casefold()
    name = re.sub(r"^kommun(?:en|erna)? | kommun(?:er|erna)?s?$", "", plain.casefold())
    # a municipality may call itself so, whatever its name is here
    name = name.removesuffix(" stad")
    if name.removesuffix("s") in _LARGER or re.fullmatch(
        r"[\w-]+regionen|(?:norra|södra|västra|östra|mellersta) sverige", name
    ):
        return True
    if {name, name.removesuffix("s")} & ({own, own.removesuffix("s")} | _KNOWN):
        return True
    if (only := _ONLY.search(plain)) and not _NO_NAME.match(
        place := next(filter(None, only.groups()))
    ):
        return _whole_piece(place, kommun, wholes, parts)
    return bool(re.search(r"kommun(?:en|er|erna)?s?\b", plain, re.IGNORECASE)) and not pattern(
        parts
    ).search(plain)
