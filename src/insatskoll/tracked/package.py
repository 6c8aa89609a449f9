"""What the parts of a DOCX refer to in others: styles, lists and relations."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from copy import deepcopy
from typing import Any

from insatskoll.tracked.blocks import COLOPHON, W, canonical

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def parse(data: bytes) -> Any:
    """The root of an XML part."""
    from lxml import etree

    return etree.fromstring(
        data,
        etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        ),
    )


def xml(root: Any) -> bytes:
    """An XML part as bytes."""
    from lxml import etree

    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def heading_levels(styles: bytes) -> dict[str, int]:
    """The level of each style that is one of Word's headings, and of the colophon's, by its id."""
    names = {
        style.get(f"{W}styleId"): style.find(f"{W}name")
        for style in parse(styles).iter(f"{W}style")
    }
    found = {
        key: re.fullmatch(r"heading ([1-9])", name.get(f"{W}val"), re.I)
        for key, name in names.items()
        if name is not None
    }
    return {key: int(match[1]) for key, match in found.items() if match} | {"Kolofon": COLOPHON}


def list_kinds(numbering: bytes) -> dict[str, Hashable]:
    """What each list (w:num) looks like, by its number."""
    root = parse(numbering)
    kinds = {kind.get(f"{W}abstractNumId"): _look(kind) for kind in root.iter(f"{W}abstractNum")}
    return {
        number.get(f"{W}numId"): (
            kinds.get(number.find(f"{W}abstractNumId").get(f"{W}val")),
            *(canonical(override) for override in number.iter(f"{W}lvlOverride")),
        )
        for number in root.iter(f"{W}num")
    }


def _look(kind: Any) -> Hashable:
    return tuple(canonical(child) for child in kind if child.tag not in (f"{W}nsid", f"{W}tmpl"))


def add_lists(
    name: str, before: Mapping[str, bytes], after: Mapping[str, bytes], missing: list[Any]
) -> dict[str, bytes]:
    """The new package's numbering with the lists that only the old has, whose w:numId are
    ``missing`` and get new numbers."""
    if not missing:
        return {}
    old, new = parse(before[name]), parse(after[name])
    taken = {int(number.get(f"{W}numId")) for number in new.iter(f"{W}num")}
    numbers: dict[str, str] = {}
    for element in missing:
        was = element.get(f"{W}val")
        if was not in numbers:
            source = old.find(f"{W}num[@{W}numId='{was}']")
            if source is None:  # number 0 means no list
                numbers[was] = was
                continue
            numbers[was] = str(max(taken, default=0) + 1)
            taken.add(int(numbers[was]))
            number = deepcopy(source)
            number.set(f"{W}numId", numbers[was])
            kind = number.find(f"{W}abstractNumId")
            kind.set(f"{W}val", _kind(old, new, kind.get(f"{W}val")))
            last = [child for child in new if child.tag in (f"{W}abstractNum", f"{W}num")][-1]
            last.addnext(number)
        element.set(f"{W}val", numbers[was])
    return {name: xml(new)}


def _kind(old: Any, new: Any, was: str) -> str:
    """The number in the new numbering of a kind of list in the old; it is added if it is not
    there."""
    source = next(
        kind for kind in old.iter(f"{W}abstractNum") if kind.get(f"{W}abstractNumId") == was
    )
    kinds = list(new.iter(f"{W}abstractNum"))
    for kind in kinds:
        if _look(kind) == _look(source):
            return str(kind.get(f"{W}abstractNumId"))
    number = str(max((int(kind.get(f"{W}abstractNumId")) for kind in kinds), default=0) + 1)
    made = deepcopy(source)
    made.set(f"{W}abstractNumId", number)
    for kind in made.findall(f"{W}nsid"):  # Word takes kinds with the same for the same
        made.remove(kind)
    new.insert(new.index(kinds[-1]) + 1 if kinds else 0, made)
    return number


def with_new_ids(
    name: str, before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> tuple[Any, dict[str, bytes]]:
    """The old part's root with the relation ids of the new package; and the relations, if links had
    to be added.

    What refers to a file that the new package lacks, such as a picture, is left out.
    """
    from lxml import etree

    path = re.sub(r"(\w+\.xml)$", r"_rels/\1.rels", name)
    empty = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
    root, new = parse(before[name]), parse(after.get(path, empty))
    known = {_target(relation): relation.get("Id") for relation in new}
    ids: dict[str, str | None] = {}
    added = False
    for relation in parse(before.get(path, empty)):
        ids[relation.get("Id")] = known.get(_target(relation))
        if relation.get("TargetMode") == "External" and _target(relation) not in known:
            number = next(
                i for i in range(1, len(new) + 2) if f"rIdGammal{i}" not in known.values()
            )
            ids[relation.get("Id")] = known[_target(relation)] = f"rIdGammal{number}"
            etree.SubElement(
                new, relation.tag, dict(relation.attrib) | {"Id": f"rIdGammal{number}"}
            )
            added = True
    for element in root.xpath("//*[@*[namespace-uri() = $r]]", r=_R[1:-1]):
        for key in [key for key in element.attrib if key.startswith(_R)]:
            if target := ids.get(element.get(key)):
                element.set(key, target)
            else:
                lost = next(
                    (e for e in (element, *element.iterancestors()) if e.tag == f"{W}r"), element
                )
                if lost.getparent() is not None:
                    lost.getparent().remove(lost)
    return root, {path: xml(new)} if added else {}


def _target(relation: Any) -> tuple[str | None, ...]:
    return tuple(relation.get(key) for key in ("Type", "Target", "TargetMode"))
