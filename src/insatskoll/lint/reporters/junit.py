"""The JUnit report: a suite for each file, a case for each finding. Those that fail the run are the
failures."""

from __future__ import annotations

from itertools import groupby
from xml.etree import ElementTree as ET

from insatskoll.lint.findings import Finding
from insatskoll.lint.report import Report
from insatskoll.lint.reporters import summary
from insatskoll.names import COMMAND, FIRST, in_repository
from insatskoll.patterns import later

_NOT_XML = later("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """All findings as XML. A run that found nothing has one case, that passes."""
    suites = ET.Element("testsuites", name="insatskoll")
    for path, findings in groupby(report.findings, key=lambda f: f.path):
        suite = ET.SubElement(suites, "testsuite", name=_text(in_repository(path)))
        for finding in findings:
            _case(suite, finding, report)
    if not report.findings:
        ET.SubElement(
            ET.SubElement(suites, "testsuite", name="insatskoll"), "testcase", name=summary(report)
        )
    for element in (suites, *suites):
        element.set("tests", str(len(list(element.iter("testcase")))))
        element.set("failures", str(len(list(element.iter("failure")))))
        element.set("skipped", str(len(list(element.iter("skipped")))))
        element.set("errors", "0")
    ET.indent(suites)
    # the text is the same
    written = FIRST.sub(r"\1&#58;", COMMAND.sub("&#35;", ET.tostring(suites, encoding="unicode")))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _case(suite: ET.Element, finding: Finding, report: Report) -> None:
    within = _text(in_repository(finding.path))
    place = f"{finding.span.line}:{finding.span.column}"
    case = ET.SubElement(
        suite,
        "testcase",
        classname=within,
        name=f"{finding.rule} {place}",
        file=within,
        line=str(finding.span.line),
    )
    lagrum = f"Lagrum: {', '.join(finding.lagrum)}\n" if finding.lagrum else ""
    told = f"{within}:{place}\n{finding.message}\n{lagrum}Gör så här: {finding.remedy}"
    if finding.suggestion is not None:
        told += f"\n{finding.suggestion.lead}\n{finding.suggestion.text.rstrip()}"
    told = _text(told)
    if finding.waived is not None:
        ET.SubElement(case, "skipped", message=_text(f"Godtaget: {finding.waived}"))
    elif finding.known:
        ET.SubElement(case, "skipped", message="Känt sedan tidigare, enligt baslinjen")
    elif report.fails(finding):
        ET.SubElement(
            case, "failure", type=finding.level, message=_text(finding.message)
        ).text = told
    else:
        ET.SubElement(case, "system-out").text = told


def _text(text: str) -> str:
    """``text`` without the characters that XML cannot hold."""
    return _NOT_XML.sub("�", text)
