"""What the texts say of the guardian's consent, in the words of officials."""

from __future__ import annotations

import inspect

import pytest

from insatskoll.law.predicates.consent import said, wording
from insatskoll.law.rules import load_rules

GIVEN = load_rules().rules["IK301"].checks[0].parameters
WORDS = wording(**{name: GIVEN[name] for name in inspect.signature(wording).parameters})


def told(text: str, own: bool) -> str:
    """What is said, in short: + needed, - not needed, with the age from which, or u and the age
    below which."""
    return ",".join(
        f"{f'u{one.until}' if one.until else ''}{'' if one.since is None else one.since}"
        f"{'+' if one.needed else '-'}"
        for one in said((), text, own, WORDS)
    )


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        ("Vårdnadshavaren samtycker först.", True, "+"),
        ("Vårdnadshavarens samtycke behövs inte.", True, "-"),
        ("Se hemsidan.", True, ""),
        ("Samtycke: se kommunens webbplats.", True, ""),
        ("Frågan om samtycke avgörs av verksamheten.", True, ""),
        ("Kravet på samtycke anges utan ålder.", True, ""),
        ("Barn mellan 8 och 12 år, med vårdnadshavares samtycke.", False, "8+"),
        ("Vårdnadshavaren ska samtycka.", False, "+"),
        ("Båda vårdnadshavarna ska ha godkänt att barnet deltar.", False, "+"),
        ("Förälders underskrift krävs.", False, "+"),
        ("Barn får inte delta utan vårdnadshavarens samtycke.", False, "+"),
        ("Utan vårdnadshavarens samtycke kan barnet inte delta.", False, "+"),
        ("Ingen under 15 år tas emot utan föräldrarnas medgivande.", False, "u15+"),
        ("Barn kan delta utan vårdnadshavares samtycke.", False, "-"),
        ("Du kan komma utan att dina föräldrar vet om det.", False, "-"),
        ("Föräldrarna behöver inte tillfrågas.", False, "-"),
        ("Vi frågar inte vårdnadshavare om lov.", False, "-"),
        ("Inget samtycke från vårdnadshavare krävs.", False, "-"),
        ("Det krävs inget samtycke från vårdnadshavaren.", False, "-"),
        ("Barn som har fyllt 15 år får delta utan vårdnadshavares samtycke.", True, "15-"),
        ("Från 15 år behövs inte vårdnadshavarens samtycke.", True, "15-"),
        ("Från 12 år behövs inte vårdnadshavarens samtycke.", True, "12-"),
        ("Den som har fyllt tretton behöver inte vårdnadshavares samtycke.", True, "13-"),
        (
            "För barn under 15 år krävs vårdnadshavares samtycke, men annars behövs det inte.",
            True,
            "u15+",
        ),
        ("För barn under 15 år samtycker båda, för barn över 15 år räcker en.", True, "u15+"),
        ("Gäller dig som har fyllt 15 år. Vårdnadshavarens samtycke behövs inte.", True, "15-"),
        ("Med vårdnadshavarens samtycke kontaktas skolan.", False, ""),
        ("Vi behöver föräldrarnas samtycke för att samverka med skolan.", False, ""),
        ("Vårdnadshavare behöver inte delta i träffarna men ska samtycka.", False, "+"),
        ("Föräldrar behöver inte vara med.", False, ""),
        ("Samtycke krävs från samtliga vårdnadshavare.", True, "+"),
        ("Oavsett om vårdnadshavaren samtycker får barnet komma.", True, "-"),
        ("Barnet får stöd även om vårdnadshavaren nekar.", True, "-"),
        ("Om vårdnadshavaren inte samtycker kan barnet inte delta.", True, "+"),
        ("Barnets eget samtycke räcker.", True, ""),
        ("Under 12 år krävs vårdnadshavarens samtycke.", True, "u12+"),
        ("Gäller stödsamtal.", True, ""),
        ("Föräldrar möter godkända behandlare.", False, ""),
        ("Vårdnadshavarens tillåtelse behövs, undantag görs inte.", False, "+"),
        ("Föräldrarna skriver under en blankett innan barnet börjar.", False, "+"),
        (
            "Nämnden får, om det bedöms lämpligt, ge barn från 15 år insatser utan "
            "behovsprövning även när "
            "vårdnadshavaren inte samtycker.",
            True,
            "15-",
        ),
        ("Grupp för femtonåringar. Samtycke från vårdnadshavare behövs ej.", False, "15-"),
        ("Vårdnadshavares samtycke är inget krav.", True, "-"),
        ("Vårdnadshavarna har sagt ja.", False, "+"),
        (
            "För barn under 15 år inhämtas vårdnadshavares samtycke innan första träffen.",
            False,
            "u15+",
        ),
        (
            (
                "Det är frivilligt att delta, men den som inte fyllt 15 behöver ha med sig "
                "målsmans underskrift."
            ),
            False,
            "u15+",
        ),
        ("Vårdnadshavaren slipper ge sitt samtycke.", True, "-"),
        ("Deltagande utan vårdnadshavares medgivande är inte möjligt.", False, "+"),
        ("Barn tas aldrig emot utan att vårdnadshavaren har samtyckt.", False, "+"),
        ("Samtycke: ja, från båda föräldrarna.", True, "+"),
        ("Vårdnadshavares samtycke inhämtas alltid.", True, "+"),
        ("Vi inhämtar inte samtycke.", True, "-"),
        ("Samtycke hämtas in av verksamheten.", True, "+"),
        ("Samtycke från vårdnadshavare krävs för utredning enligt 14 kap. 2 §.", False, ""),
        ("Samtycke från vårdnadshavare krävs för att delta.", False, "+"),
        ("Vårdnadshavarens samtycke inhämtas om möjligt.", False, ""),
        ("Vårdnadshavaren ska samtycka, om möjligt skriftligt.", False, "+"),
        ("Samtycke inhämtas om möjligt från båda vårdnadshavarna.", False, "+"),
        ("Samtycke krävs inte om barnet är minst 13 år.", True, "13-"),
        ("Samtycke krävs inte om barnet är minst 13 år.", False, "13-"),
        ("Vårdnadshavares godkännande saknar betydelse.", False, "-"),
    ],
)
def test_what_is_said_of_consent(text: str, own: bool, expected: str) -> None:
    assert told(text, own) == expected


def test_in_other_fields_the_guardian_must_be_named() -> None:
    assert told("Samtycke krävs.", own=True) == "+"
    assert told("Samtycke krävs.", own=False) == ""
