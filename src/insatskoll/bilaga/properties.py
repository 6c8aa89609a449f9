"""What a published document says of itself beside its text: in the head of the page, in Word's
properties, and in the PDF's."""

from __future__ import annotations

from insatskoll.bilaga import phrases
from insatskoll.catalogue.model import Revision
from insatskoll.values import immutable


@immutable
class Properties:
    """Who publishes a document, and which decision it is; what is not known is empty."""

    kommun: str
    board: str
    status: str
    paragraph: str = ""
    diary_number: str = ""

    @property
    def keywords(self) -> tuple[str, ...]:
        """What it is found by in an archive, beside its title."""
        known = (self.kommun, self.board, self.paragraph, self.diary_number)
        return ("insatser utan behovsprövning", *filter(None, known))

    @property
    def named(self) -> dict[str, str]:
        """What a decision is registered by, under Swedish names."""
        named = {
            "Nämnd": self.board,
            "Paragraf": self.paragraph,
            "Diarienummer": self.diary_number,
        }
        return {name: value for name, value in named.items() if value}

    def about(self, title: str) -> str:
        """One line that says which document it is."""
        return f"{title}, {self.kommun}. {self.status}."


def of(revision: Revision) -> Properties:
    """Those of ``revision``: of the decision, or of what is proposed."""
    kommun, beslut = revision.kommun, revision.beslut
    facts = beslut if beslut is not None else kommun.get("förslag", {})
    return Properties(
        kommun=kommun["namn"],
        board=(beslut or {}).get("nämnd") or kommun["nämnd"],
        status=phrases.status(revision),
        paragraph=(beslut or {}).get("paragraf", ""),
        diary_number=facts.get("diarienummer", ""),
    )
