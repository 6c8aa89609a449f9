"""What the words do that stand in a sentence in place of others, or have come or gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from insatskoll.diff import amounted, conjuncts, context, lexicon, measures, worded
from insatskoll.diff.context import Place
from insatskoll.diff.elements import COMMA, Element, Elements, kinds_of
from insatskoll.diff.ways import SAME, Moves

_AND, _OR = "och", "eller"
_WHO = frozenset({"den som", "de som", "dig som", "er som"})
_WITHOUT = frozenset({"saknar", "sakna", "utan", "slipper", "saknat"})
_BUT = frozenset({"utom", "förutom"})
_TIMES = frozenset({"dagar i veckan", "klockslag"})
_OFTEN = _TIMES | {"tal"}  # what may be said of when somebody is or does something, or of what
_AND_ON = frozenset({"och", "även", "på", "också", "samt"})
# What somebody who takes part gets if it can be done.
_OFFERED = frozenset({"bokas", "erbjudas", "ges", "lånas", "ordnas", "användas"})
_BOTH = "båda"
_WHEN = frozenset({"efter", "innan", "före"})
_MAY_GET, _GETS = ["kan", "få"], ["får"]
_JOINED = {"både": _AND, "antingen": _OR}
_ONE_OF = ("en av ", "minst en ", "en ", "någon av ", "ena ", "minst en av ")
_ONE_OF_THEM = frozenset({"en av", "minst en av", "någon av"})
_STEM = 6  # letters that förälder and föräldrarna have in common
_NOT_OF_ALL = frozenset({"nekar", "ska", "bör", "kräver", "utesluter"})
_TURNING = frozenset({"nekar", "begränsar", "mjukar upp", "belastar"})


def told(here: Place) -> Moves | None:
    """What a difference between two sentences does; None where the words do not tell."""
    if here.role == "ges" and (_burdens(here.old) or _burdens(here.new)):
        return _forms(here) or _permits(here)
    for reader in _READERS:
        found = reader(here)
        if found is not None:
            return found
    return None


def _burdens(words: Elements) -> bool:
    """Whether a sentence is about what those who take part bear; not efter avslutade samtal."""
    before = [None, *words]
    return any(
        "belastar" in one.kinds and not (was is not None and was.form in _WHEN)
        for was, one in zip(before, words, strict=False)
    )


def _forms(here: Place) -> Moves | None:
    """Other forms of the same words."""
    lost, gained = here.lost, here.gained
    if len(lost) != len(gained) or not all(one.plain for one in (*lost, *gained)):
        return None
    pairs = zip(lost, gained, strict=True)
    return SAME if all(lexicon.of_one_word(a.said, b.said) for a, b in pairs) else None


def _of_kind(here: Place, kind: str) -> int:
    """Whether all that has come (1), or all that has gone (-1), is of a kind; 0 otherwise."""
    words, sign = here.on_one_side
    return sign if words and all(kind in one.kinds for one in words) else 0


def _limits(here: Place) -> Moves | None:
    """Only: endast, i mån av plats."""
    sign = _of_kind(here, "begränsar")
    if not sign or here.kinds & (context.ABOUT_OTHERS | {"nekar", "kräver"}):
        return None
    short = max(len(here.old), len(here.new)) <= context.FRAGMENT
    return {"effekt": -sign} if here.role == "krävs" or short or context.gives(here.kinds) else None


def _widens(here: Place) -> Moves | None:
    """Also: även, dessutom."""
    sign = _of_kind(here, "vidgar")
    if not sign or here.kinds & (context.ABOUT_OTHERS | {"nekar", "kräver", "ska"}):
        return None
    after = [s[at] for s, at in ((here.old, here.end), (here.new, here.last)) if at < len(s)]
    known = context.gives(here.kinds) if here.role == "ges" else all(one.person for one in after)
    return {"effekt": sign} if known else None


def _softens(here: Place) -> Moves | None:
    """In the first place: what is asked for is no longer asked of all, or those to whom something
    is given are no longer alone in it."""
    sign = _of_kind(here, "mjukar upp")
    if not sign or here.kinds & (context.ABOUT_OTHERS | {"nekar"}):
        return None
    side, at = (here.new, here.last) if here.gained else (here.old, here.end)
    to_somebody = [one.said for one in side[at : at + 1]] in (["till"], ["för"]) and any(
        one.person or "vem" in one.kinds or one.form in _WHO for one in side[at + 1 : at + 2]
    )
    return {"effekt": sign} if here.asked or to_somebody else None


def _sharpens(here: Place) -> Moves | None:
    """Long-lasting, grave: what is asked for must be so to such a degree."""
    sign = _of_kind(here, "skärper")
    around = {one.form for one in here.old} | {one.form for one in here.new}
    if not sign or here.role != "krävs" or around & _WITHOUT or "nekar" in here.kinds:
        return None
    return {"effekt": -sign}


def _excepts(here: Place) -> Moves | None:
    """But for those who: some are taken from all of those to whom it is given."""
    words, sign = here.on_one_side
    is_last = here.end == len(here.old) and here.last == len(here.new)
    if not words or words[0].said not in _BUT or not is_last:
        return None
    if here.kinds & {"nekar", "kräver", "ska", "anmäls"}:
        return None
    if here.kinds & context.ABOUT_OTHERS or not (here.asked or context.gives(here.kinds)):
        return None
    return {"effekt": -sign}


def _more_times(here: Place) -> Moves | None:
    """And on Saturdays: more days or hours than those on which it was given."""
    words, sign = here.on_one_side
    times = [one for one in words if one.measure is not None and one.measure.kind in _TIMES]
    if not times or words[0].said not in (_AND, "även") or here.asked:
        return None
    if not all(one in times or one.said in _AND_ON for one in words):
        return None
    known = context.gives(here.kinds) and not here.kinds & (context.ABOUT_OTHERS | _TURNING)
    return {"effekt": sign} if known else None


def _permits(here: Place) -> Moves | None:
    """May not, that was may, of what somebody who takes part does: får inte stanna."""
    words, sign = here.on_one_side
    if len(words) != 1 or "nekar" not in words[0].kinds:
        return None
    side, at = (here.new, here.last) if here.gained else (here.old, here.end)
    let = at > 1 and "får" in side[at - 2].kinds and context.is_let(side, at)
    return {"effekt": -sign} if let and "nekar" not in here.kinds else None


def _binds(here: Place) -> Moves | None:
    """Kan, bör and ska, or a verb by itself, which promises or demands as much as ska."""
    strength = [_strength(side) for side in (here.lost, here.gained)]
    old, new = strength
    if old is None or new is None or here.kinds & (context.ABOUT_OTHERS | {"nekar"}):
        return None
    if not _same_verb(here):
        return None
    if old == new:
        return SAME
    stronger = 1 if new > old else -1
    kinds = here.kinds | kinds_of(here.lost) | kinds_of(here.gained)
    if here.asked:
        known = here.role == "krävs" or kinds & {"görs", "anmäls", "kräver"}
        return {"effekt": -stronger} if known else None
    given = "ger" in kinds or _helps(here) or _gets(here)
    return {"effekt": stronger} if given else None


def _gets(here: Place) -> bool:
    """Whether what somebody bör or ska do is to get something: bör få ett samtal."""
    after = [s[at] for s, at in ((here.old, here.end), (here.new, here.last)) if at < len(s)]
    bound = kinds_of([*here.lost, *here.gained]) >= {"bör", "ska"}
    return here.role == "ges" and bound and all(one.form == "få" for one in after)


def _helps(here: Place) -> bool:
    """Whether those who give an insats are said to do what helps: rådgivaren följer med."""
    found = [*here.lost, *here.gained, *here.old[here.end : here.end + 1]]
    helping = any("bistår" in one.kinds for one in found)
    return here.role == "ges" and "givare" in here.old[0].kinds and helping


def _strength(words: Elements) -> int | None:
    scale = ("kan", "bör", "ska")
    found = [scale.index(kind) for one in words for kind in one.kinds if kind in scale]
    if not found:
        return len(scale) - 1 if len(words) <= 1 else None
    return found[0] if len(found) == 1 and len(words) <= 2 else None


def _same_verb(here: Place) -> bool:
    """Whether what differs is but a word that binds, and the form of the verb after it."""
    rest = [
        [one for one in side if not one.kinds & {"kan", "bör", "ska"}]
        for side in (here.lost, here.gained)
    ]
    bound = [
        len(side) - len(left) for side, left in zip((here.lost, here.gained), rest, strict=True)
    ]
    if not any(bound):
        return False
    if not rest[0] and not rest[1]:
        verb, now = (
            side[at].form if at < len(side) else ""
            for side, at in ((here.old, here.end), (here.new, here.last))
        )
        return bound == [1, 1] or verb.endswith("s") or verb != now  # kan ges, ges; kan hjälpa
    if len(rest[0]) != len(rest[1]):
        return False
    return all(_of_one_verb(a, b) for a, b in zip(*rest, strict=True))


def _of_one_verb(one: Element, other: Element) -> bool:
    if one.said == other.said:
        return True
    first, second = sorted((one.form, other.form), key=len)
    stem = first.rstrip("as")
    return len(stem) >= 2 and second.startswith(stem) and len(second) - len(stem) <= 3


def _comma(here: Place) -> Moves | None:
    """A comma before a relative clause: with it all are so, without it those who are so."""
    said = [one.said for one in (*here.lost, *here.gained)]
    if said != [COMMA] or here.role != "krävs" or "nekar" in here.kinds:
        return None
    return {"effekt": 1 if here.gained else -1}


def _larger_group(here: Place) -> Moves | None:
    """Others who come, of whom all those who came are: föräldrar for mammor."""
    if len(here.lost) != 1 or len(here.gained) != 1 or here.role != "krävs":
        return None
    if here.kinds & (context.ABOUT_OTHERS | _NOT_OF_ALL) or here.i:
        return None
    old, new = (side[0].form.removesuffix(" som") for side in (here.lost, here.gained))
    known = lexicon.shipped()
    sign = int(known.holds(new, old)) - int(known.holds(old, new))
    return {"effekt": sign} if sign else None


def _one_of_both(here: Place) -> Moves | None:
    """One of two who must do something, or both: båda föräldrarna, minst en förälder."""
    if not here.asked or here.kinds & (context.ABOUT_OTHERS | {"nekar", "kan", "får"}):
        return None
    sides = [[one.form for one in side] for side in (here.lost, here.gained)]
    both = [side[:1] == [_BOTH] for side in sides]
    if both[0] == both[1]:
        return None
    rest = [" ".join(side) for side in sides]
    one, other = (rest[1], rest[0]) if both[0] else (rest[0], rest[1])
    sign = 1 if both[0] else -1
    if other == _BOTH:  # of those who stand after it
        return {"effekt": sign} if one in _ONE_OF_THEM else None
    is_one = any(one.startswith(beginning) for beginning in _ONE_OF)
    same = other.split()[-1][:_STEM] == one.split()[-1][:_STEM] and len(other.split()) == 2
    return {"effekt": sign} if is_one and same else None


def _joins(here: Place) -> Moves | None:
    """Och for eller: what is asked for is both, or one of them."""
    words = [side[0].said if len(side) == 1 else "" for side in (here.lost, here.gained)]
    if {*words} != {_AND, _OR}:
        return None
    sign = 1 if words[1] == _OR else -1
    if here.kinds & context.ABOUT_OTHERS or ("nekar" in here.kinds and not _each_by_itself(here)):
        return None
    if here.asked:
        beside = [here.old[at] for at in (here.i - 1, here.end) if 0 <= at < len(here.old)]
        return None if all(one.person for one in beside) else {"effekt": sign}
    beside = [here.old[at] for at in (here.i - 1, here.end) if 0 <= at < len(here.old)]
    if any(one.person or "vem" in one.kinds for one in beside) or "kan" in here.kinds:
        return {"effekt": -sign} if "ger" in here.kinds else None
    return {"effekt": -sign} if here.kinds & {"ger", "får"} else None


def _each_by_itself(here: Place) -> bool:
    """Whether what is denied is one of two things that each have a verb of their own: saknar arbete
    och studerar inte."""
    following = here.old[here.end : here.end + 1]
    if here.role != "krävs" or not following or not conjuncts.is_verb(following[0].form.split(), 0):
        return False
    sides = (here.old[: here.end], here.old[here.end :])
    denied = [[one.form for one in side if "nekar" in one.kinds] for side in sides]
    return denied == [[], ["inte"]]


def _denies(here: Place) -> Moves | None:
    """Inte, that comes or goes: it turns what is asked for, or given, into its opposite."""
    lost, gained = (
        [one for one in side if "någon" not in one.kinds] for side in (here.lost, here.gained)
    )
    denied = [any("nekar" in one.kinds for one in side) for side in (lost, gained)]
    if denied[0] == denied[1] or len(lost) + len(gained) != 1:
        return None
    around = here.kinds
    if around & (context.ABOUT_OTHERS | {"nekar", "begränsar", "mjukar upp", "vidgar"}):
        return None
    sign = -1 if denied[1] else 1
    if "kräver" in around:
        before = kinds_of([*here.old[: here.i], *here.new[: here.j]])
        return {"effekt": -sign} if not before & {"kan", "får"} else None
    beside = [here.old[at] for at in (here.i - 1, here.end) if 0 <= at < len(here.old)]
    if [one.form for one in beside][:1] == ["kan"] and beside[-1].form in _OFFERED:
        return {"effekt": sign} if here.role == "ges" else None
    if any(one.form.endswith("as") for one in beside):  # får inte tas
        return {"effekt": sign} if here.role == "ges" and "ger" in kinds_of(beside) else None
    known = here.role == "ges" and kinds_of(beside) & {"ger", "kan", "får"}
    return {"effekt": sign} if known else None


def _turned_about(here: Place) -> Moves | None:
    """Also to those to whom it was not given: ges inte till, ges även till."""
    sides = [here.lost, here.gained]
    if any(len(side) != 1 for side in sides) or here.role != "ges" or here.asked:
        return None
    denied = ["nekar" in side[0].kinds for side in sides]
    widened = ["vidgar" in side[0].kinds for side in sides]
    if here.kinds & (context.ABOUT_OTHERS | _TURNING | {"kräver", "kan"}) or denied == widened:
        return None
    if denied != widened[::-1] or "ger" not in here.kinds:
        return None
    return {"effekt": 1 if denied[0] else -1}


def _may_get(here: Place) -> Moves | None:
    """May get, that got: får hjälp, kan få hjälp."""
    sides = [[one.form for one in side] for side in (here.lost, here.gained)]
    if sorted(sides) != [_GETS, _MAY_GET] or here.role != "ges" or here.asked:
        return None
    if here.kinds & (context.ABOUT_OTHERS | {"nekar", "begränsar", "kräver", "kan"}):
        return None
    return {"effekt": -1 if sides[0] == _GETS else 1}


def _each_or_both(here: Place) -> Moves | None:
    """Both and either, where och and eller tell that it is the one or the other."""
    sides = [[one.form for one in side] for side in (here.lost, here.gained)]
    joined = (here.old[here.end :], here.new[here.last :])
    pairs = zip(sides, joined, strict=True)
    return SAME if sides[0] != sides[1] and all(_is_told(*pair) for pair in pairs) else None


def _is_told(words: list[str], after: Elements) -> bool:
    if not words:
        return True
    said = [one.said for one in after]
    return words in (["både"], ["antingen"]) and _JOINED[words[0]] in said


def _place(words: Elements) -> int | None:
    """Where on the scale from some to all a word is."""
    kinds = words[0].kinds if len(words) == 1 else frozenset()
    return next((at for at, one in enumerate(_SOME_TO_ALL) if one in kinds), None)


_SOME_TO_ALL = ("några", "många", "alla")


def _counts(here: Place) -> Moves | None:
    """Vissa, de flesta, alla."""
    places = [_place(side) for side in (here.lost, here.gained)]
    if None in places or here.asked or here.kinds & (context.ABOUT_OTHERS | {"nekar", "kräver"}):
        return None
    old, new = places[0] or 0, places[1] or 0
    if old == new or not here.kinds & {"ger", "får"}:
        return None
    return {"effekt": 1 if new > old else -1}


def _measure_comes(here: Place) -> Moves | None:
    """A measure that comes beside what was asked for asks for more, and one that sets the most of
    what was given gives less."""
    words, sign = here.on_one_side
    found = [one.measure for one in words if one.measure is not None]
    if len(found) != 1 or not all(one.measure or "mått" in one.kinds for one in words):
        return None
    if here.kinds & (context.ABOUT_OTHERS | {"nekar"}):
        return None
    (measure,) = found
    if here.asked:
        known = here.role == "krävs" and measure.kind not in _OFTEN and not measure.about
        return {"effekt": -sign} if known else None
    if measure.days == measures.ALL_DAYS:
        return None
    if measure.low == 0 and measure.kind != "ålder" and len(words) == 1:
        return {"effekt": -sign, "omfattning": -sign}
    return None


_READERS: Sequence[Callable[[Place], Moves | None]] = (
    _forms, worded.told, amounted.told, _larger_group, _one_of_both, _limits, _widens, _softens,
    _sharpens, _excepts, _more_times, _binds, _may_get, _turned_about, _each_or_both, _comma,
    _joins, _denies, _counts, _measure_comes,
)  # fmt: skip
