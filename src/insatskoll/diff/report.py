"""The diff in words, for the terminal and for Markdown: one sentence for each change, the same change told once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from insatskoll import phrases, schema
from insatskoll.diff.facts import Comparison, Fact, Item
from insatskoll.diff.judgement import Judgement, judge

_LONG = 90


@dataclass(frozen=True)
class Change:
    """A change as it is told: what it concerns, the sentence, its meaning, and long texts as they were and are."""

    heading: str
    insatser: tuple[str, ...]
    sentence: str
    judgement: Judgement
    before: str = ""
    after: str = ""


def changes(comparison: Comparison) -> list[Change]:
    """The comparison's facts as changes, in order; facts that say the same of several insatser become one."""
    grouped: dict[tuple[str, str, str, Judgement], list[Fact]] = {}
    for fact in comparison.facts:
        whole = fact.namn if not fact.path else ""
        key = (_label(fact), _said(fact, fact.before) + whole, _said(fact, fact.after) + whole, judge(fact))
        grouped.setdefault(key, []).append(fact)
    return [_change(facts, judgement) for (*_, judgement), facts in grouped.items()]


def _change(facts: list[Fact], judgement: Judgement) -> Change:
    first = facts[0]
    names = tuple(dict.fromkeys(fact.namn for fact in facts if fact.insats))
    if not first.path:
        verb = "har lagts till" if first.kind == "added" else "har tagits bort"
        return Change(first.namn, names, f"Insatsen {verb}.", judgement)
    before, after = _said(first, first.before), _said(first, first.after)
    label = _label(first)
    heading = phrases.lista(names) if names else "Bilagan"
    if max(len(before), len(after)) > _LONG:
        return Change(heading, names, f"{label} har {_verb(first)}.", judgement, before, after)
    if first.kind == "added":
        sentence = f"{label}: {after}. Angavs inte tidigare."
    elif first.kind == "removed":
        sentence = f"{label} anges inte längre. Var tidigare: {before}."
    else:
        sentence = f"{label}: {after}. Var tidigare: {before}."
    return Change(heading, names, sentence.replace("..", "."), judgement)


def _verb(fact: Fact) -> str:
    return {"added": "lagts till", "removed": "tagits bort", "changed": "skrivits om"}[fact.kind]


def _label(fact: Fact) -> str:
    """What the fact is about, in the words of the schema: ”Stödsamtal, dokumentation”."""
    steps: list[str] = []
    fields: list[str] = []
    kind = "insats" if fact.insats else "kommun"
    for step in fact.path:
        if step == "bilaga":
            fields.append(step)
        elif isinstance(step, Item):
            steps[-1:] = [f"”{step.name}”"] if fields[-1] in ("delar", "enheter", "avdelningar") else steps[-1:]
        else:
            fields.append(step)
            steps.append(schema.title(kind, fields))
    text = ", ".join(step if index == 0 or step[0] == "”" else step[0].lower() + step[1:] for index, step in enumerate(steps))
    return text[:1].upper() + text[1:]


def _said(fact: Fact, value: Any) -> str:
    return "" if value is None else phrases.say(fact.field, value)


def meaning(judgement: Judgement) -> str:
    """A judgement in words, or nothing if there is nothing to say."""
    parts = []
    if judgement.editorial:
        parts.append("redaktionell ändring")
    elif judgement.effect != "oförändrad":
        parts.append(
            {"öppnare": "öppnare för den enskilde", "snävare": "snävare för den enskilde"}.get(
                judgement.effect, "effekten får läsas ur texten"
            )
        )
    if judgement.documentation:
        parts.append(
            {"mer": "mer dokumentation", "mindre": "mindre dokumentation"}.get(
                judgement.documentation, "annan grund för dokumentationen"
            )
        )
    if judgement.lagrum and parts:
        parts.append(judgement.lagrum)
    return ", ".join(parts)


def title(comparison: Comparison) -> str:
    """What is compared, e.g. ”Uppsala kommun: från beslutet 2025-05-19 § 103 till förslaget 2025-09-18”."""
    return f"{comparison.new.kommun['namn']}: från {comparison.old.beteckning} till {comparison.new.beteckning}"


def closing(comparison: Comparison, told: Iterable[Change]) -> str:
    """The summary line."""
    number = len(list(told))
    changed = "Inga ändringar" if number == 0 else "1 ändring" if number == 1 else f"{number} ändringar"
    return f"{changed}. {comparison.unchanged} insatser är oförändrade."


def markdown(comparison: Comparison) -> str:
    """The diff as Markdown, for a pull request."""
    told = changes(comparison)
    lines = [f"## {_escape(title(comparison))}", ""]
    lines += [_markdown_change(change) for change in told]
    lines += ["", _escape(closing(comparison, told)), ""]
    return "\n".join(lines)


def summary(comparison: Comparison) -> list[str]:
    """The changes as plain sentences, one for each, with what it concerns first."""
    return [f"{change.heading}. {change.sentence}" for change in changes(comparison)]


def about(comparison: Comparison, insats_id: str) -> list[str]:
    """The sentences about one insats, by its id in the new revision, or in the old one if it was removed."""
    only = replace(comparison, facts=tuple(fact for fact in comparison.facts if fact.insats == insats_id))
    return [change.sentence for change in changes(only)]


def _markdown_change(change: Change) -> str:
    text = f"- **{_escape(change.heading)}.** {_escape(change.sentence)}"
    if said := meaning(change.judgement):
        text += f" *({_escape(said)})*"
    for word, side in (("Tidigare", change.before), ("Nu", change.after)):
        if side:
            text += f"\n  > {word}: {_escape(' '.join(side.split()))}\n"
    return text


def _escape(text: str) -> str:
    """Text that a forge shows as it is: no markup, and no one mentioned."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text).replace("@", "@\u200b")
