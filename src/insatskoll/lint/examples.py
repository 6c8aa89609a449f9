"""The examples of rules, run: each becomes a municipality on disk, linted with the rules that can
have a say in what the rule finds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from insatskoll.catalogue import canonical, modelines
from insatskoll.catalogue.loading import load_kommun
from insatskoll.catalogue.model import resolved
from insatskoll.law import condition_guard, definitions, rule_fields, shapes
from insatskoll.law.definitions import Definition
from insatskoll.law.rule_files import RuleError
from insatskoll.law.rule_form import CLAIM as CLAIMED
from insatskoll.law.rule_form import EXAMPLES, Kind
from insatskoll.law.rules import Rule, RuleSet
from insatskoll.lint.findings import Finding
from insatskoll.lint.run import lint
from insatskoll.names import shown
from insatskoll.reading import schema
from insatskoll.reading.hygiene import MAX_BYTES
from insatskoll.reading.places import DataPath, path_text, value_at

if TYPE_CHECKING:
    from insatskoll.reading.schema_types import (
        BeslutData,
        Beslutsinnehåll,
        Beslutsuppgifter,
        InsatsData,
        KommunData,
        RegelExempel,
        RiskanalysData,
    )

# What is obligatory in a file, filled in where an example does not say.
KOMMUN: KommunData = {
    "namn": "Exempels kommun",
    "nämnd": "Socialnämnden",
    "bilaga": {"titel": "Insatser"},
    "avdelningar": [{"id": "exempel", "namn": "Exempel"}],
    "enheter": [{"id": "exempelenhet", "namn": "Exempelenheten"}],
}
INSATS: InsatsData = {"namn": "Exempel", "insatstyp": "samtal", "avdelning": "exempel"}
CLAIM = {"slag": "antal", "nekad": "nej", "ord": "fem samtal", "fält": "innehåll"}
RISKANALYS: RiskanalysData = {"namn": "Exempel", "insats": "exempel"}


def write_kommun(
    folder: Path,
    insatser: Mapping[str, Mapping[str, object] | bytes] | None = None,
    kommun: Mapping[str, object] | None = None,
    beslut: Mapping[str, BeslutData] | None = None,
) -> Path:
    """A municipality's folder, with what is obligatory filled in. A file given as bytes is written
    as it is."""
    (folder / "insatser").mkdir(parents=True)
    common = canonical.to_be_read({**KOMMUN, **kommun}) if kommun else _least()
    (folder / "kommun.yaml").write_text(common, "utf-8")
    for name, insats in (insatser or {}).items():
        content = (
            insats
            if isinstance(insats, bytes)
            else canonical.to_be_read({**INSATS, **insats}).encode()
        )
        (folder / "insatser" / f"{name}.yaml").write_bytes(content)
    for date, frozen in (beslut or {}).items():
        (folder / "beslut").mkdir(exist_ok=True)
        (folder / "beslut" / f"{date}.yaml").write_text(canonical.frozen_text(frozen), "utf-8")
    return folder


@cache
def _least() -> str:
    """The file of a municipality that nothing is said of, as most examples have it."""
    return canonical.to_be_read(KOMMUN)


def of(rule: Rule) -> Iterator[tuple[Kind, RegelExempel]]:
    """The rule's examples, each with its kind: ``träff`` or ``tyst``."""
    for kind, _, example in numbered(rule):
        yield kind, example


def numbered(rule: Rule) -> Iterator[tuple[Kind, int, RegelExempel]]:
    """As :func:`of`, with the number that each has among those of its kind, from 0."""
    for kind in EXAMPLES:
        for index, example in enumerate(rule.examples[kind]):
            yield kind, index, example


def wrong(
    kind: Kind, example: RegelExempel, rule: Rule, ruleset: RuleSet, folder: Path
) -> Iterator[str]:
    """What does not come out as the example of ``kind`` has it, in words. The municipality is
    written in ``folder``."""
    found = linted(example, _with_a_say(rule, ruleset), folder)
    for finding in found:
        if finding.rule == "IK903" and rule.id != "IK903" and "text" not in example:
            yield f"Exemplet följer inte schemat. {finding.message} {finding.remedy}"
    own = [finding for finding in found if finding.rule == rule.id]
    expected = sorted(example["platser"]) if kind == "träff" else []
    if (hit := places(example, own, folder)) != expected:
        said = f"Regeln ska finna {_listed(expected)} men finner {_listed(hit)}"
        yield f"{said}. Ändra regeln, eller exemplet."
    for finding in own:
        if "{" in finding.message:
            yield f"Meddelandet har ett fält som inte finns: {finding.message}"


def _with_a_say(rule: Rule, ruleset: RuleSet) -> RuleSet:
    """``ruleset`` with no more of one's own rules put than what ``rule`` finds depends on: itself
    and those that it waits for. The reader's findings are put by no rule."""
    named = {rule.id, *rule.data.get("tystas_av", ())}
    put: dict[str, Rule] = {}
    left_out = dict(ruleset.left_out)
    for name, one in ruleset.rules.items():
        (put if one.own is None or name in named else left_out)[name] = one
    return replace(ruleset, rules=put, left_out=left_out)


def wrong_of(definition: Definition, ruleset: RuleSet) -> Iterator[str]:
    """What does not come out as the definition's examples have it, in words, each with its place.
    Raises :class:`RuleError`."""
    holds = condition_guard.validator(
        definitions.compiled(definition, ruleset.definitions, ruleset.ordlistor)
    )
    told_of = definition.data["exempel"]
    for kind, given in (
        ("stämmer", told_of["stämmer"]), ("stämmer_inte", told_of["stämmer_inte"])
    ):  # fmt: skip
        expected = kind == "stämmer"
        for number, example in enumerate(given, start=1):
            at = definition.at(("definitioner", definition.name, "exempel", kind, number - 1))
            told = f"{at}: ”{definition.name}”: Exempel {number} under {kind}"
            whole = _filled(definition, example)
            for error in schema.errors(whole, _KINDS[definition.scope])[:1]:
                yield f"{told} följer inte schemat. {error.message}. {error.remedy}"
            if holds(_spoken_of(resolved(whole), definition.target)) is not expected:
                holds_or_not = "stämmer inte" if expected else "stämmer"
                yield f"{told} {holds_or_not} med definitionen. Ändra villkoret, eller exemplet."


_KINDS = {
    "insats": "insats",
    "del": "insats",
    "kommun": "kommun",
    "riskanalys": "riskanalys",
    "påstående": "pastaende",
}


def _filled(definition: Definition, example: Mapping[str, object]) -> Mapping[str, object]:
    """The file of which ``example`` is what the definition speaks of."""
    kinds: dict[str, Mapping[str, object]] = {
        "insats": INSATS,
        "kommun": KOMMUN,
        "riskanalys": RISKANALYS,
        "pastaende": CLAIM,
    }
    least = kinds[_KINDS[definition.scope]]
    if "insats" in example and definition.scope == CLAIMED:
        example = {**example, "insats": {**INSATS, **cast("InsatsData", example["insats"])}}
    if not definition.target:
        return {**least, **example}
    inner: object = (
        [example] if rule_fields.lists(shapes.of(definition.scope), definition.target) else example
    )
    first, *rest = definition.target
    for step in reversed(rest):
        inner = {str(step): inner}
    return {**least, str(first): inner}


def _spoken_of(whole: Mapping[str, object], target: DataPath) -> object:
    found = value_at(whole, target)
    return found[0] if isinstance(found, list) else found


def places(example: RegelExempel, found: list[Finding], folder: Path) -> list[str]:
    """Where the findings in the municipality's ``folder`` are, in the form that examples are
    written."""
    if "text" in example:
        return sorted(f"{f.span.line}:{f.span.column}" for f in found)
    if "filer" in example:  # where the files lie is what such a rule is about
        paths = ("/".join(f.path.parts[len(folder.parts) :]) for f in found)
        return sorted(unicodedata.normalize("NFC", path) for path in paths)
    return sorted(path_text(f.data_path) for f in found)


def linted(example: RegelExempel, ruleset: RuleSet, folder: Path) -> tuple[Finding, ...]:
    """All findings in ``example``, waived or not. The municipality is written in ``folder``, which
    must be new."""
    write(example, folder)
    return lint([modelines.checked(load_kommun(folder))], ruleset).findings


def write(example: RegelExempel, folder: Path) -> None:
    """Writes the municipality that ``example`` is about in ``folder``, which must be new."""
    date = str(example.get("beslut", {}).get("datum", ""))
    earlier = example.get("tidigare_beslut", {})
    for name in (*example.get("insatser", ()), *earlier, example.get("filnamn", ""), date):
        if {"/", "\\", "\0"} & set(
            name
        ):  # the example may be anyone's, and must not be written outside its folder
            raise RuleError(f"Exemplet ”{example['namn']}”: ”{name}” kan inte vara ett filnamn")
    for path in example.get("filer", ()):
        if {"", ".", ".."} & set(path.split("/")) or {"\\", "\0"} & set(path):
            raise RuleError(
                f"Exemplet ”{example['namn']}”: ”{shown(path)}” kan inte vara en fil i "
                "kommunens mapp"
            )
    if len(example.get("text", "")) * example.get("upprepa", 1) > 2 * MAX_BYTES:
        raise RuleError(
            f"Exemplet ”{example['namn']}”: upprepa ger en större fil än vad som behövs"
        )
    insats: Mapping[str, object] | bytes = example.get("insats", {})
    if "text" in example:
        text = example["text"] * example.get("upprepa", 1)
        coding = example.get("kodning", "utf-8")
        insats = (
            unicodedata.normalize("NFD", text).encode() if coding == "nfd" else text.encode(coding)
        )
    beslut = {day: _frozen({"datum": day, **facts}, {}, {}) for day, facts in earlier.items()}
    if "beslut" in example:
        frozen = _frozen(example["beslut"], example.get("kommun", {}), example.get("insats", {}))
        frozen["kontrollsumma"] = example.get("kontrollsumma", frozen["kontrollsumma"])
        beslut[example.get("filnamn", date)] = frozen
    insats_id = (
        "exempel" if beslut or "riskanalys" in example else example.get("filnamn", "exempel")
    )
    insatser = {insats_id: insats, **example.get("insatser", {}), **_alike(example)}
    write_kommun(folder, insatser, example.get("kommun"), beslut)
    if "riskanalys" in example:
        (folder / "riskanalyser").mkdir()
        analys = {**RISKANALYS, **example["riskanalys"]}
        (folder / "riskanalyser" / f"{example.get('filnamn', 'exempel')}.yaml").write_text(
            canonical.to_be_read(analys), "utf-8"
        )
    for name, text in example.get("filer", {}).items():
        path = unicodedata.normalize("NFD", name) if example.get("kodning") == "nfd" else name
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def _alike(example: RegelExempel) -> dict[str, dict[str, object]]:
    """The insatser that an example only has many of."""
    if "likadana" not in example:
        return {}
    alike = example["likadana"]
    return {f"likadan-{number}": alike["insats"] for number in range(1, alike["antal"] + 1)}


def _frozen(
    beslut: Mapping[str, object], kommun: Mapping[str, object], insats: Mapping[str, object]
) -> BeslutData:
    """The decision that an example has; it may be one that the schema refuses."""
    facts = cast("Beslutsuppgifter", beslut)
    content = cast(
        "Beslutsinnehåll",
        {"kommun": {**KOMMUN, **kommun}, "insatser": {"exempel": {**INSATS, **insats}}},
    )
    return {
        "beslut": facts,
        "innehåll": content,
        "kontrollsumma": canonical.checksum(facts, content),
    }


def _listed(places: list[str]) -> str:
    return ", ".join(place or "hela filen" for place in places) or "inget"
