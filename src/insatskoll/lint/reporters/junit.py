"""The JUnit report: a suite for each file, a case for each finding. Those that fail the run are the
failures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from insatskoll.lint.report import Report
from insatskoll.lint.reporters import summary
from insatskoll.lint.reporters.listing import Listed, listed
from insatskoll.names import COMMAND, FIRST, in_repository
from insatskoll.patterns import later

_NOT_XML = later("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """All findings as XML. A run that found nothing has one case, that passes."""
    return told(listed(report), summary(report))


def told(listing: Sequence[Listed], clean: str) -> str:
    """All of a ``listing`` as XML; where there is nothing in it one case, that passes, which is
    called what ``clean`` says."""
    suites = ET.Element("testsuites", name="insatskoll")
    for path, held in groupby(listing, key=lambda one: one.finding.path):
        suite = ET.SubElement(suites, "testsuite", name=_text(in_repository(path)))
        for one in held:
            _case(suite, one)
    if not listing:
        suite = ET.SubElement(suites, "testsuite", name="insatskoll")
        ET.SubElement(suite, "testcase", name=_text(clean))
    for element in (suites, *suites):
        element.set("tests", str(len(list(element.iter("testcase")))))
        element.set("failures", str(len(list(element.iter("failure")))))
        element.set("skipped", str(len(list(element.iter("skipped")))))
        element.set("errors", "0")
    ET.indent(suites)
    # the text is the same
    written = FIRST.sub(r"\1&#58;", COMMAND.sub("&#35;", ET.tostring(suites, encoding="unicode")))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _case(suite: ET.Element, one: Listed) -> None:
    finding = one.finding
    within = _text(in_repository(finding.path))
    place = f"{finding.span.line}:{finding.span.column}"
    case = ET.SubElement(
        suite,
        "testcase",
        classname=within,
        name=_text(one.name),
        file=within,
        line=str(finding.span.line),
    )
    lagrum = f"Lagrum: {', '.join(finding.lagrum)}\n" if finding.lagrum else ""
    remedy = f"Gör så här: {finding.remedy}" if finding.remedy else ""
    text = f"{within}:{place}\n{finding.message}\n{lagrum}{remedy}"
    if finding.suggestion is not None:
        text += f"\n{finding.suggestion.lead}\n{finding.suggestion.text.rstrip()}"
    text = _text(text)
    if finding.waived is not None:
        ET.SubElement(case, "skipped", message=_text(f"Godtaget: {finding.waived}"))
    elif finding.known:
        ET.SubElement(case, "skipped", message="Känt sedan tidigare, enligt baslinjen")
    elif one.fails:
        ET.SubElement(
            case, "failure", type=finding.level, message=_text(finding.message)
        ).text = text
    else:
        ET.SubElement(case, "system-out").text = text


def _text(text: str) -> str:
    """``text`` without the characters that XML cannot hold."""
    return _NOT_XML.sub("�", text)
