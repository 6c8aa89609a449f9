"""What is said of what an insats costs: that something is taken for it, that nothing is, or neither
for sure.

Each clause tells for itself. A sum above zero, or words that demand something, is a fee; words of
being free are none, and neither is what somebody else pays, or what food, material and travel cost.
Other words about cost decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from insatskoll.law import wordlists
from insatskoll.patterns import later

# A clause ends a sentence, or is one of several; what a comma adds about the same cost (”20 kr, för
# fika”) is no new one.
_CLAUSE = later(
    r"(?<!\bkap)(?<!\binkl)(?<!\bexkl)(?<!\bca)(?<!\bst)[.;!?]+(?:\s+|$)"
    r"|,\s+(?!(?:för|till|som|vilket|inklusive|inkl)\b)|\s+(?:men|medan|fast)\s+|\s+och "
    r"(?=(?:sedan|därefter|sen)\b)",
    re.IGNORECASE,
)
_SUM = later(r"(\d[\d\s.,]*)(?::-|\s*(?:kr\b|kron\w+|sek\b))|\bkr\s+(\d[\d.,]*)", re.IGNORECASE)
_NUMBER = later(r"\d[\d\s.,]*")
_BEGINS_WITH_SUM = later(
    r"\W*(?:(?:ca|cirka|högst|upp till|för närvarande|i dag|nu) )*\d", re.IGNORECASE
)
_COST = (
    r"\w*(?:avgift|kostnad)\w*|\bkosta\w*|\bbetala\w*|\bbekosta\w*|\w*pris(?:et|er)?\b"
    r"|\w*tax(?:a|an|or)\b|\bdebiter\w*"
)
_ABOUT_COST = later(
    rf"{_COST}|\bkr\b|\bkronor\b|\bfaktura|\bfakturera|\bersättning (?:\w+ )?tas ut", re.IGNORECASE
)
_NO = r"\b(?:ingen|inga|inget|ingenting|inte|ej|aldrig|nej|noll|varken)\b"
_FREE_WORD = (
    r"\w*kostnadsfri\w*|\w*avgiftsfri\w*|\w*avgiftsbefri\w*|\bgratis\b|\bfri(?:tt|a)? från "
    r"(?:\w+ ){0,2}?\w*(?:avgift|kostnad)\w*"
    r"|\b(?:befria|undanta)\w* från (?:\w+ ){0,2}?\w*(?:avgift|kostnad|betal)\w*"
)
_FREE = later(
    rf"{_FREE_WORD}|\bnoll kr|\butan (?:\w+ )?(?:avgift|kostnad|ersättning)"
    rf"|\b(?:ingen|inga|inget|nej)\b(?: \w+)? \w*(?:avgift|kostnad|taxa)\w*"
    r"|\b(?:kostar?|betalar?)\b(?: \w+){0,2}? (?:inget|ingenting|noll|inte (?:något"
    r"|någonting))\b(?! extra)"
    rf"|\b(?:kostar|betalar|debiteras) (?:inte|ej|aldrig)\b(?! (?:mer|över|för))"
    r"|\b(?:tas|tar)\b(?:[^\w,;]+\w+){0,8}?[^\w,;]+(?:inte|ej|aldrig|varken|ingen|inga"
    r"|inget)\b(?:[^\w,;]+\w+){0,8}? ut\b"
    rf"|\b(?:inte|ej|aldrig) betala(?: (?:något|någonting|någon avgift|för (?:\w+ ?){{1,2}}))?\W*$"
    r"|\b(?:inte|ej|aldrig) (?:\w+ )?(?:avgiftsbelagd|ta ut|få ta ut|tas ut|tar ut|kosta\b"
    r"|förena\w* med)"
    r"|\w*(?:avgift|kostnad)\w*(?: \w+)? (?:förekommer|utgår|krävs|debiteras|finns) "
    r"(?:inte|ej|aldrig)\b"
    rf"|\b(?:omfattas (?:inte|ej) av (?:\w+ )?avgift|tar (?:inte|ej|aldrig) betalt)"
    rf"|\w*(?:avgift|kostnad)\w*(?: är)?:? (?:nej|ingen|inget|noll)\b",
    re.IGNORECASE,
)
_NOT_FREE = later(rf"\b(?:inte|ej|aldrig|knappast) (?:\w+ ){{0,2}}?(?:{_FREE_WORD})", re.IGNORECASE)
_GONE = later(
    (
        r"\btas (?:inte|ej|aldrig)\b|\binte längre\b|\bslopa|\bavskaffa|\bborttag|\btagits "
        r"bort\b|\btas bort\b|\bupphör|\bupphäv"
    ),
    re.IGNORECASE,
)
_NOT_GONE = later(
    (
        r"\b(?:slopa|avskaffa|tas bort|tagits bort|upphör|upphäv)\w* (?:inte|ej)\b|\bhöj(?:s|ts"
        r"|d)\b"
    ),
    re.IGNORECASE,
)
_NOTHING = later(
    r"\s*(?:nej|ingen|inget|inga|ingenting|noll|gratis|fri(?:tt)?|[-–—])\s*", re.IGNORECASE
)
# Where something is (”hos oss”) pays nothing.
_NO_PLACE = (
    r"(?<!\bhos )(?<!\bi )(?<!\btill )(?<!\bvid )(?<!\binom )(?<!\bpå )(?<!\bför )(?<!\bav )"
)
# Who takes the fee is not who pays it.
_TAKEN_BY = later(
    r"\b(tas ut|debiteras|faktureras|tas upp|uppbärs)(?: \w+)? av (?:\w+ )?"
    r"(?:\w*kommun|\w*nämnd|\w*förvaltning|socialtjänst|stad|enhet|verksamhet|huvudman|oss)\w*",
    re.IGNORECASE,
)
# Those whom the kommun pays for, as the last words of it, are none who pay.
_PAID_FOR = later(
    r"\bför (?:(?:alla|samtliga|varje) )?(?:deltagar|dig\b|er\b|den enskild|klient|brukar"
    r"|besökar|patient)\w*\W*$"
    r"|\b(?:deltagar|klient|brukar|besökar|patient)\w*s kostnad\w*\W*$",
    re.IGNORECASE,
)
# A sum that was; in brackets after the sum that is, it tells nothing of what is.
_NOT_NOW = later(
    r"\b(?:var(?! (?:och|gång|månad|vecka|dag|termin|för|\w+[dj]e)\b)|kostade|uppgick"
    r"|(?<!som )(?:tidigare|förut|förr))\b"
    r"|\bfram till 20",
    re.IGNORECASE,
)
_ONCE = later(
    (
        r"\s*\((?=[^()]*\b(?:var|kostade|tidigare|förut|förr)\b)(?=[^()]*(?:\d\s*(?:kr|:-)"
        r"|fri\b|fritt\b|gratis))[^(),;]*\)"
    ),
    re.IGNORECASE,
)
# What it costs to call is nothing that the nämnd takes, or not for sure.
_CALL = later(
    (
        r"\bper minut\b|/min(?:ut)?\b|\btelefonsamtal\w* kostar\b|\bkostar som (?:ett "
        r")?(?:vanlig\w* )?(?:telefon|samtal)"
    ),
    re.IGNORECASE,
)
_IN_PART = later(
    (
        r"\b(?:en del|delvis|hälften|resten|återstoden|överskjutande|mellanskillnad|procent|av "
        r"kostnad\w*|av avgift\w*)|%"
    ),
    re.IGNORECASE,
)
_DEMANDED = later(
    r"\b(?:tas|tar|tagas|ta)\b(?: \w+){0,6}? ut\b|\w*avgiftsbelagd|\bkostar\b"
    r"|\w*(?:avgift|kostnad|pris)\w* (?:är|uppgår|krävs|gäller)\b"
    r"|\benligt (?:\w+ ){0,3}?\w*tax(?:a|an|or)\b|\w*självkostnad|\bdebiteras\b|\bfaktureras\b"
    r"|\b(?:avgift|kostnad)\w* betalas (?!inte|ej|tillbaka)|\bmot (?:en )?avgift",
    re.IGNORECASE,
)
_PAYS = later(r"\bbetala[rs]?\b|\bbekosta[rs]?\b|\bstår för\b", re.IGNORECASE)

# The program's word lists that a fee is read by.
LISTS = _OTHER, _PARTICIPANT, _PAYER, _ANOTHER, _GIVEN = (
    "kostar utöver insatsen",
    "betalar själv",
    "betalar i stället",
    "någon annan än kommunen",
    "det som ges",
)


@cache
def _words(name: str) -> str:
    """The words of the program's list called ``name``, as one expression."""
    return f"(?:{'|'.join(wordlists.program(name).expressions)})"


@cache
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _other() -> re.Pattern[str]:
    """What is paid for besides the insats: food, things, travel, and what it costs to call."""
    return _compiled(_words(_OTHER))


def _participant() -> re.Pattern[str]:
    """One who takes part."""
    return _compiled(_words(_PARTICIPANT))


@cache
def _paid_by_other() -> re.Pattern[str]:
    """Somebody pays instead of the one who takes part."""
    payer = _words(_PAYER)
    return _compiled(
        rf"\b{_NO_PLACE}{payer}(?: \w+){{0,2}}?"
        r" (?:betalar|bekostar|står för|står(?: \w+)? för|bär"
        r"|tar (?:på sig )?(?:hela |alla )?kostnad\w*"
        r"|ersätter|svarar för|finansierar|bestrider|täcker)\b"
        r"|\b(?:betalas|bekostas|finansieras|bärs|ersätts|täcks|bestrids|tas ut)(?: \w+)? av "
        rf"(?:\w+ )?{payer}"
        rf"|\b{_NO_PLACE}{payer}(?<!s) (?:debiteras|faktureras)\b"
        rf"|\b(?:faller|ligger|vilar|stannar) (?:helt )?på (?:\w+ )?{payer}"
        rf"|\bkostnad\w* står (?:\w+ )?{payer} för\b"
        rf"|\b(?:kostar|debiteras|faktureras|belastar) (?:(?!av\b)\w+ )?{payer}"
        r"|\b\w*(?:förening|förbund|klubb|organisation|stiftelse)\w*(?: \w+)? tar(?: \w+)? ut\b"
        r"|\w*avgift\w* (?:till|i) (?:\w+ )?(?:förening|klubb|organisation|förbund)\w*"
    )


@cache
def _between() -> re.Pattern[str]:
    """What one body pays another, said with words for it."""
    payer = _words(_PAYER)
    return _compiled(
        rf"\bmellan (?:\w+ )?{payer}|\bfrån (?:\w+ )?{payer} till\b"
        r"|\b(?:\w*bidrag|anslag|medel|pengar|ersättning|utbetal)\w*(?: (?!sök)\w+){0,6}? "
        rf"(?:från|av|till) (?:\w+ )?{payer}"
    )


@cache
def _sum_of_others() -> re.Pattern[str]:
    """A sum that goes between others than the one who takes part and the nämnd.

    After a verb of asking the kommun is asked (”Regionen fakturerar kommunen”), unless what begins
    the clause puts it there (”För samtal debiterar kommunen”).
    """
    payer, another = _words(_PAYER), _words(_ANOTHER)
    return _compiled(
        rf"\b(?:utförar|leverantör|värde|motsvara|ersättning)|\b{_NO_PLACE}{payer}(?: \w+){{0,3}}? "
        r"(?:betala\b|betalat|betalade|bekosta\b|bekosta[td]|ersätta|ersatt|erlägg|utbetala"
        r"|finansiera|stå för|stått för|bära|täck[at]|svara för|köp|upphandla|avsätt|avsatt|anslå"
        r"|anslag|budgeter|subventionera|satsa|skjut|bidra)"
        rf"|\b{payer} (?:ger|ge|gav|lämnar?|beviljar?) (?:{payer}|\w*bidrag|\d)"
        rf"|\b{payer}(?<=s) (?:\w+ )?(?:\w*kostnad|utgift|bekostnad)"
        rf"|\w*(?:kostnad|utgift)\w* för (?:\w+ )?{payer}"
        rf"|\b(?:betal|bekost|finansier|ersätt|ersatt|erl[äa]g)\w* (?:\w+ ){{0,4}}?av "
        rf"(?:\w+ )?{payer}"
        r"|^(?!\W*(?:för|efter|därefter|sedan|då|vid|per|i|på|från)\b).*\b(?:fakturerar"
        rf"|debiterar) (?:\w+ )?(?!vi\b){payer}"
        rf"|\bfår\b(?: \w+){{0,6}}? (?:från|av) (?:\w+ )?{payer}"
        rf"|\b{another}(?: \w+){{0,2}}? (?:tar|debiterar|fakturerar)\b|\b(?:till|från|av) "
        rf"(?:\w+ )?{another}"
    )


@cache
def _besides() -> re.Pattern[str]:
    """What goes with the fee, or comes on top of it, does not tell what the fee is for."""
    other = _words(_OTHER)
    given = rf"\b{_words(_GIVEN)}(?:en|et|n|t|ar|er|or|na|arna|erna|orna|men)?\b"
    return _compiled(
        r"\b(?:inklusive|inkl|exklusive|exkl|utöver|förutom|plus|inkluderar|innefattar"
        r"|omfattar|täcker (?:även|också|dessutom))\b\.?"
        rf"(?: \w+){{0,2}}? {other}(?: och {other})?"
        rf"|(?:\b\w+ och )?{other}(?: och \w+)? (?:\w+ )?(?:ingår|medföljer)|\bingår "
        rf"(?:\w+ )?{other}"
        rf"|\b(?:även|också|dessutom) {other}(?: (?:och|samt) {other})*"
        rf"|{given} (?:och|samt|plus|med|jämte|liksom|som) (?:\w+ )?{other}"
        rf"(?: (?:och|samt) {other})*"
        rf"|{other} (?:och|samt|plus) (?:\w+ )?{given}"
    )


@cache
def _means_other() -> re.Pattern[str]:
    """The fee is for something besides the insats."""
    other = _words(_OTHER)
    return _compiled(
        r"\b(?:gäller|avser|täcker|går till|är(?: bara| endast)? för)\b"
        rf"(?! (?:inte|ej) (?:\w+ )?{other})"
        rf"(?:(?!\b(?:även|också|dessutom)\b).)*{other}"
        rf"|^\W*(?:(?:kostnad\w*|avgift\w*|bara|endast) )?(?:för )?{other}(?: och {other})?\W*$"
    )


# No word, number or gap that says something of a fee is as long, and each expression would go
# through the rest from every sign.
_OVERLONG = later(r"([^\W\d]{60})\w+|((?:\d[\s.,]?){30})[\d\s.,]+|(\s)\s+")


def _within_reason(text: object) -> str:
    return _OVERLONG.sub(lambda run: run[1] or run[2] or run[3], str(text))


def is_free(fee: object) -> bool | None:
    """Whether ``fee``, the field avgift of an insats, says that nothing is taken for the insats
    itself.

    True: it says so (a fee for food or material is none for the insats); False: a sum above zero or
    a demand; None: it says nothing of it, or not for sure. A sum in ``belopp`` counts whatever
    ``beskrivning`` says, unless that tells what else it is for.
    """
    if fee == "nej":
        return True
    if not isinstance(fee, dict):
        return None
    amount, described = (_within_reason(fee.get(name, "")) for name in ("belopp", "beskrivning"))
    if not amount and not described:
        return True if _FREE.search(_within_reason(fee.get("grund", ""))) else None
    judged = list(_judged(described))
    asked = _sum_is_free(amount) if amount else True
    if asked is False and any(
        _means_other().search(_besides().sub(" ", clause)) for clause, _ in judged
    ):
        return True
    if asked is False:
        return (
            None
            if any(one in ("payer", "gone") or _is_between(clause) for clause, one in judged)
            else False
        )
    if any(one == "fee" and (not amount or _positive(clause)) for clause, one in judged):
        return False
    if amount:
        return asked
    kinds = {one for _, one in judged} - {""}
    return True if kinds and "unclear" not in kinds else None


def _sum_is_free(amount: str) -> bool | None:
    """Whether a text that is to be a sum says that nothing is to be paid."""
    if _NOTHING.fullmatch(amount):
        return True
    kinds = {one for _, one in _judged(amount)} - {""}
    if "fee" in kinds:
        return False
    if "unclear" in kinds:
        return None
    if kinds:
        return True
    number = _NUMBER.search(amount)
    return None if number is None else not _above_zero(number[0])


def _judged(text: str) -> Iterator[tuple[str, str]]:
    """The clauses of ``text``, each a ”fee”, ”free”, ”gone” (a fee that was), what a ”payer” pays
    instead, about something ”other” that costs, ”unclear”, or none of them (””)."""
    before = ""
    for clause in _clauses(_ONCE.sub("", text)):
        one = _kind(clause)
        if one == "fee" and before == "other" and not re.search(_COST, clause, re.IGNORECASE):
            one = "other"  # ”Du betalar för fika, 20 kr”
        if one == "fee" and before == "payer" and _BEGINS_WITH_SUM.match(clause):
            one = "payer"  # ”Hemkommunen ersätter kostnaden, 1 200 kr per dygn”
        before = one or before
        yield clause, one


def _kind(clause: str) -> str:
    plain = _TAKEN_BY.sub(r"\1", _besides().sub(" ", clause))
    positive = _positive(plain)
    if _other().search(plain):
        return "other"
    if _NOT_FREE.search(plain):
        return "fee"
    if _paid_by_other().search(plain):
        shared = _participant().search(_PAID_FOR.sub("", plain)) or _IN_PART.search(plain)
        return "unclear" if shared else "payer"
    if _CALL.search(plain):
        return "unclear"
    if positive:
        return _kind_with_sum(plain)
    if _FREE.search(plain) or _SUM.search(plain):
        return "free"
    if _GONE.search(plain):
        return "unclear" if _NOT_GONE.search(plain) else "gone"
    return _kind_without_sum(plain)


def _kind_with_sum(plain: str) -> str:
    if _GONE.search(plain):
        return "unclear" if _NOT_GONE.search(plain) else "gone"
    others = _is_between(plain) or (_sum_of_others().search(plain) and not _is_charged(plain))
    return "unclear" if _FREE.search(plain) or _NOT_NOW.search(plain) or others else "fee"


def _is_between(clause: str) -> bool:
    """Whether ``clause`` tells of what one body pays another."""
    return bool(_between().search(clause)) and not _is_charged(clause)


def _is_charged(clause: str) -> bool:
    """Whether ``clause`` names a fee, or one who takes part otherwise than as what a sum is for
    each of."""
    return bool(
        re.search("avgift", clause, re.IGNORECASE)
        or _participant().search(re.sub(r"\bper \w+", "", clause))
    )


def _kind_without_sum(plain: str) -> str:
    if not _ABOUT_COST.search(plain):
        return ""
    denied = re.search(_NO, plain, re.IGNORECASE)
    paid = _PAYS.search(plain) and _participant().search(plain)
    return "fee" if (_DEMANDED.search(plain) or paid) and not denied else "unclear"


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(" ".join(text.split())) if clause]


def _positive(text: str) -> bool:
    return any(_above_zero(found[1] or found[2]) for found in _SUM.finditer(text))


def _above_zero(digits: str) -> bool:
    return bool(re.search("[1-9]", digits))
