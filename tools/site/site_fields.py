"""The pages of the fields in the files that people write, made out of the schemas."""

from __future__ import annotations

from collections.abc import Iterator

from insatskoll.law.pages import plain
from insatskoll.reading import samples
from insatskoll.reading.samples import Place

INDEX = "README.md"
# The files in the order that one meets them, with where each lies.
FILES = {
    "kommun": "catalogue/kommuner/…/kommun.yaml",
    "insats": "catalogue/kommuner/…/insatser/….yaml",
    "riskanalys": "catalogue/kommuner/…/riskanalyser/….yaml",
    "godtagna": "catalogue/kommuner/…/godtagna.yaml",
    "profil": "catalogue/kommuner/…/profil.yaml",
    "konfiguration": "insatskoll.yaml",
    "regel": "catalogue/regler/….yaml",
    "definition": "catalogue/definitioner/….yaml",
    "ordlista": "catalogue/ordlistor/….yaml",
    "lagrum": "catalogue/lagrum/….yaml",
    "begrepp": "catalogue/begrepp/….yaml",
}
_DEEPEST = 6  # headings that HTML has


def pages() -> dict[str, str]:
    """The pages by file name: all kinds of files in a table, and one for each."""
    lines = ["# Fält", "", "Vad som går att skriva i varje fil.", "",
             "| Fil | Vad den är |", "| --- | --- |"]  # fmt: skip
    whole = {}
    for kind, lies in FILES.items():
        place = _whole(kind)
        told = plain(str(place.node.get("description", "")))
        lines.append(f"| [`{lies}`]({kind}.md) | {told} |")
        head = [f"# {plain(str(place.node['title']))}", "", f"`{lies}`", "", told, ""]
        whole[f"{kind}.md"] = "\n".join([*head, *_group(kind, place, ())])
    return {INDEX: "\n".join([*lines, ""])} | whole


def _whole(kind: str) -> Place:
    place = samples.place(kind, ())
    assert place is not None, kind
    return place


def _group(
    kind: str, place: Place, way: tuple[str, ...], within: frozenset[str] = frozenset()
) -> Iterator[str]:
    """The fields of a group at ``way``; those ``within`` which it stands are not told again."""
    required = place.group.get("required", ())
    for name, field in place.group.get("properties", {}).items():
        if field.get("deprecated"):
            continue
        inner = place.at(name)
        each = inner.at(0) if inner.is_list and not inner.group else inner
        here = (*way, name)
        yield from (f"{'#' * min(len(here) + 1, _DEEPEST)} {'.'.join(here)}", "")
        yield from _told(kind, here, field, needed=name in required)
        if each.group and each.pointer not in within:
            yield from _group(kind, each, here, within | {each.pointer})


def _told(kind: str, way: tuple[str, ...], field: dict[str, object], *, needed: bool) -> list[str]:
    """What there is to say of one field."""
    lines = [plain(str(field.get("description", ""))), ""]
    if needed:
        lines += ["Krävs.", ""]
    if words := samples.words(kind, way):
        lines += [f"Det här går att skriva: {', '.join(f'`{word}`' for word in words)}.", ""]
    if examples := samples.told(kind, way)[2]:
        lines += ["```yaml", *(f"{way[-1]}: {one}" for one in examples[:2]), "```", ""]
    return lines
