"""What files state beside what holds, in sentences: the reasons for how something is documented,
how a condition is checked, and why no consent is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from insatskoll.bilaga import phrases
from insatskoll.catalogue.documentation import denies_reasons, documentation_level
from insatskoll.diff import phrasebook
from insatskoll.diff.happenings.seen import quoted
from insatskoll.diff.naming import in_sentence
from insatskoll.patterns import later

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import Dokumentation, Samtycke, Villkor

_BOOK = "insats.angivet"
# Why a condition is asked for, and how it is checked.
REASONS = ("skäl", "kontroll")
_WHOM = "gäller"  # whom a condition is for
_ALREADY = later(r"(?:det |undantaget )?gäller ", 2)  # as a text about whom it holds for may begin


def documentation(data: Dokumentation, other: Dokumentation, *, earlier: bool = False) -> str:
    """What is said of how something is documented besides the level, in sentences, but what
    ``other`` says too; as it has been if ``earlier``."""
    reasons, others = (
        cast("dict[str, str]", one.get("särskilda_skäl", {})) for one in (data, other)
    )
    said: list[tuple[str, Mapping[str, str]]] = []
    if denies_reasons(data) and not denies_reasons(other):
        said.append(("åberopas inte", {}))
    ground, why = (_new(name, reasons, others) for name in ("grund", "motivering"))
    if ground == "annat":
        ground = ""
    if name := " och ".join([*["grund"] * bool(ground), *["skäl"] * bool(why)]):
        said.append((name, {"grund": ground, "skäl": why}))
    exempt = documentation_level(data) == "avidentifierad"
    texts, had = (cast("dict[str, str]", one) for one in (data, other))
    found = ((key, _new(key, texts, had)) for key in ("beskrivning", "omfattar", "beslut"))
    said += (_told(key, text, exempt=exempt) for key, text in found if text)
    if "uppföljning" in data and data["uppföljning"] != other.get("uppföljning"):
        listed = phrases.lista(phrases.antecknat(quoted(one)) for one in data["uppföljning"])
        said.append(("uppföljning", {"efter": listed}))
    return " ".join(_sentence(f"hittills {name}" if earlier else name, of) for name, of in said)


def _new(key: str, data: Mapping[str, str], other: Mapping[str, str]) -> str:
    return quoted(data[key]) if key in data and data[key] != other.get(key) else ""


def _told(key: str, text: str, *, exempt: bool) -> tuple[str, Mapping[str, str]]:
    if key == "beskrivning":
        return key, {"efter": text}
    if key == "beslut":
        return key, {"efter": in_sentence(text)}
    return "undantaget gäller" if exempt else "gäller", {"efter": whom_exempt(text)}


def whom_exempt(text: str) -> str:
    """Whom an exemption is for, as it stands after ”gäller”."""
    return in_sentence(phrases.antecknat(_ALREADY.sub("", quoted(text))))


def condition(data: Villkor, *, check: bool = True) -> str:
    """A condition in sentences: what is asked for, why, and with ``check`` how that is checked."""
    if not check:
        data = cast("Villkor", _without(data, "kontroll"))
    if not (what := asked(data)):
        return phrases.mening(phrases.på_en_rad(phrases.villkor(data)))
    told = [phrases.mening(phrases.på_en_rad(what)), whom(data), reasons(data)]
    return " ".join(filter(None, told))


def asked(data: Villkor) -> str:
    """What a condition asks for, without for whom, why and how that is checked."""
    return phrases.villkor(cast("Villkor", _without(data, *REASONS, _WHOM)))


def reasons(data: Villkor) -> str:
    """Why a condition is asked for and how it is checked, in sentences; empty if neither is
    said."""
    return " ".join(filter(None, [why(data["skäl"]) if "skäl" in data else "", checked(data)]))


def whom(data: Villkor, *, earlier: bool = False) -> str:
    """Whom a condition is for, as a sentence, where that is not in what it asks for; as it has been
    if ``earlier``."""
    if phrases.villkor(cast("Villkor", _without(data, *REASONS))) == asked(data):
        return ""
    name = "hittills gäller" if earlier else "gäller"
    return _sentence(name, {"efter": in_sentence(data["gäller"])})


def why(text: str, *, earlier: bool = False) -> str:
    """A reason as a sentence of its own; as it has been if ``earlier``."""
    return _sentence("hittills skäl" if earlier else "skäl", {"skäl": quoted(text)})


def checked(data: Villkor) -> str:
    """How a condition is checked, as a sentence; empty if nothing is said."""
    return _sentence("kontroll", {"efter": quoted(data["kontroll"])}) if "kontroll" in data else ""


def consent(data: Samtycke) -> str:
    """Whose consent is asked for, in sentences, and why none is where that is so."""
    return " ".join(_consent(data))


def _consent(data: Samtycke) -> Iterator[str]:
    reason = quoted(data.get("lämplighet", ""))
    if "under_15" in data and data["under_15"] == data.get("från_15"):
        rule = phrases.samtycke({"under_15": data["under_15"]})
        yield phrases.mening(phrasebook.of(_BOOK).filled("också äldre", {"vad": rule})[0])
        data = cast("Samtycke", _without(data, "under_15", "från_15"))
    if "under_15" in data:
        yield phrases.mening(phrases.samtycke({"under_15": data["under_15"]}))
    if "från_15" in data:
        needed = phrases.samtycke({"från_15": data["från_15"]})
        if reason and data["från_15"] == "utan vårdnadshavare":
            needed, _ = phrasebook.of(_BOOK).filled(
                "krävs av skäl", {"vad": needed, "skäl": reason}
            )
            reason = ""
        yield phrases.mening(needed)
    if "åldrar" in data:
        yield _sentence("åldrar", {"efter": quoted(data["åldrar"])})
    if reason:
        yield _sentence("lämplighet", {"efter": reason})
    if described := data.get("beskrivning", ""):
        yield phrases.mening(phrases.på_en_rad(described))


def _without(data: Mapping[str, object], *keys: str) -> Mapping[str, object]:
    return {key: value for key, value in data.items() if key not in keys}


def _sentence(name: str, slots: Mapping[str, str]) -> str:
    return phrases.mening(phrasebook.of(_BOOK).filled(name, slots)[0])
