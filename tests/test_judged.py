"""Texts as officials write them, judged by hand before the rules saw them: half of them lawful
look-alikes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from insatskoll.catalogue import canonical
from insatskoll.catalogue.model import Insats, Revision
from insatskoll.law.predicates import Subject
from insatskoll.law.rules import load_rules
from insatskoll.lint import claimed
from insatskoll.reading import accepted, document
from insatskoll.reading.places import DataPath
from tests.catalogues import INSATS, KOMMUN

RULES = load_rules()

# The rule, fields of the insats, fields of kommun.yaml, and whether the rule should find something.
JUDGED: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    (
        "IK206",
        {
            "målgrupp": {"deltagare": ["föräldrar"]},
            "dokumentation": {
                "nivå": "avidentifierad",
                "omfattar": "Samtliga som nyttjar öppna förskolan",
            },
        },
        {},
        False,
    ),
    (
        "IK206",
        {
            "målgrupp": {"deltagare": ["familjer"]},
            "dokumentation": {
                "nivå": "avidentifierad",
                "omfattar": "alla familjer som besöker familjecentralen",
            },
        },
        {},
        False,
    ),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {
                "nivå": "avidentifierad",
                "omfattar": "Alla, både de som är med en gång och de som kommer regelbundet",
            },
        },
        {},
        False,
    ),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {
                "nivå": "avidentifierad",
                "omfattar": "envar som anlitar verksamheten",
            },
        },
        {},
        False,
    ),
    (
        "IK206",
        {
            "målgrupp": {"deltagare": ["unga", "föräldrar"]},
            "dokumentation": {
                "nivå": "avidentifierad",
                "omfattar": "alla ungdomar och deras föräldrar",
            },
        },
        {},
        False,
    ),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {"nivå": "avidentifierad", "omfattar": "ungdomar som fyllt 16"},
        },
        {},
        True,
    ),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {
                "nivå": "avidentifierad",
                "omfattar": "alla besökare som inte är inskrivna i någon annan insats",
            },
        },
        {},
        True,
    ),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {"nivå": "avidentifierad", "omfattar": "den som så begär"},
        },
        {},
        True,
    ),
    (
        "IK206",
        {
            "målgrupp": {"deltagare": ["vuxna"]},
            "dokumentation": {"nivå": "avidentifierad", "omfattar": "samtliga kvinnor"},
        },
        {},
        True,
    ),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {
                "nivå": "avidentifierad",
                "omfattar": "deltagarna på fredagsträffarna i Folkets hus",
            },
        },
        {},
        True,
    ),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "innehåll": (
                "Innan barnet börjar i gruppen fyller båda vårdnadshavarna i en samtyckesblankett."
            ),
        },
        {},
        False,
    ),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["föräldrar", "barn"],
                "ålder": {"från": 0, "till": 18, "avser": "deltagarens barn", "enhet": "månader"},
            }
        },
        {},
        False,
    ),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "villkor": [{"typ": "annat", "beskrivning": "Målsmans godkännande."}],
        },
        {},
        False,
    ),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "avgränsning": "Insatsen ges inte om någon av vårdnadshavarna motsätter sig den.",
        },
        {},
        True,
    ),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            }
        },
        {
            "bilaga": {
                "titel": "X",
                "inledning": [
                    (
                        "För barn som är yngre än 15 år gäller att vårdnadshavarna måste ha gett "
                        "sitt samtycke."
                    )
                ],
            }
        },
        False,
    ),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "samtycke": {"beskrivning": "Enligt gällande lagstiftning."},
        },
        {},
        True,
    ),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "innehåll": "Föräldrarna bjuds in till en träff där de får information.",
        },
        {},
        True,
    ),
    ("IK301", {"målgrupp": {"ålder": {"till": 11, "avser": "deltagaren"}}}, {}, True),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "innehåll": "Vid behov kontaktas skolan, om vårdnadshavaren samtycker till det.",
        },
        {},
        True,
    ),
    (
        "IK302",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "samtycke": {
                "beskrivning": (
                    "Det är barnet självt som bestämmer, vårdnadshavare behöver alltså inte ha "
                    "sagt ja."
                )
            },
        },
        {},
        True,
    ),
    (
        "IK302",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 17, "avser": "deltagaren"},
            },
            "samtycke": {
                "beskrivning": "Ungdomar över 13 år bestämmer själva utan föräldrarnas tillstånd."
            },
        },
        {},
        True,
    ),
    (
        "IK302",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "innehåll": "Barnen får komma utan målsmans medgivande.",
        },
        {},
        True,
    ),
    (
        "IK302",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 17, "avser": "deltagaren"},
            },
            "samtycke": {
                "beskrivning": (
                    "Vårdnadshavare ska samtycka. När den unge har fyllt 15 år behövs inte det."
                )
            },
        },
        {},
        False,
    ),
    (
        "IK302",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "innehåll": "Ingen förälder behöver följa med till träffarna.",
        },
        {},
        False,
    ),
    (
        "IK302",
        {
            "målgrupp": {"deltagare": ["vuxna"]},
            "innehåll": "Du kan söka stöd utan att dina föräldrar vet om det.",
        },
        {},
        False,
    ),
    (
        "IK105",
        {
            "insatstyp": "hem för vård eller boende",
            "målgrupp": {
                "beskrivning": "Föräldrar som har fyllt 21 år tillsammans med sina barn.",
                "ålder": {"från": 21, "avser": "deltagaren"},
            },
        },
        {},
        True,
    ),
    (
        "IK105",
        {
            "insatstyp": "skyddat boende",
            "målgrupp": {
                "beskrivning": "Våldsutsatta vuxna.",
                "ålder": {"från": 21, "avser": "deltagaren"},
            },
            "innehåll": "Barn kan tyvärr inte följa med.",
        },
        {},
        False,
    ),
    (
        "IK114",
        {
            "insatstyp": "stödboende",
            "målgrupp": {"ålder": {"från": 17, "till": 21, "avser": "deltagaren"}},
        },
        {},
        True,
    ),
    (
        "IK403",
        {"villkor": [{"typ": "folkbokföring", "område": "Vikby, Torsby och Filipstad"}]},
        {},
        False,
    ),
    (
        "IK403",
        {
            "villkor": [
                {"typ": "vistelse", "område": "Vikby kommun eller annan kommun i Värmlands län"}
            ]
        },
        {},
        False,
    ),
    ("IK403", {"målgrupp": {"beskrivning": "För dig som bor eller vistas i Vikby."}}, {}, False),
    (
        "IK403",
        {"målgrupp": {"beskrivning": "Äldre som bor ensamma i egen bostad i Vikby kommun."}},
        {},
        False,
    ),
    (
        "IK403",
        {"villkor": [{"typ": "vistelse", "område": "upptagningsområdet för Lillsjöskolan"}]},
        {},
        True,
    ),
    ("IK403", {"villkor": [{"typ": "folkbokföring", "område": "Vikby kyrkby"}]}, {}, True),
    (
        "IK403",
        {
            "målgrupp": {
                "beskrivning": "Gruppen är till för föräldrar som är bosatta i Nordvik med omnejd."
            }
        },
        {},
        True,
    ),
    (
        "IK403",
        {"målgrupp": {"beskrivning": "Du ska vara skriven på någon av öarna i skärgården."}},
        {},
        True,
    ),
    (
        "IK607",
        {},
        {
            "förslag": {
                "datum": "2025-09-18",
                "beslutssats": [
                    (
                        "Socialnämnden beslutar att fr.o.m. 1 januari 2026 erbjuda de insatser "
                        "som framgår av bilagan utan prövning."
                    )
                ],
            }
        },
        False,
    ),
    (
        "IK607",
        {},
        {
            "förslag": {
                "datum": "2025-09-18",
                "beslutssats": [
                    "Förslag till förteckning över insatser utan behovsprövning godkänns."
                ],
            }
        },
        False,
    ),
    (
        "IK607",
        {},
        {
            "förslag": {
                "datum": "2025-09-18",
                "beslutssats": [
                    (
                        "Nämnden beslutar i enlighet med förvaltningens förslag om insatser "
                        "utan behovsprövning."
                    ),
                    "Paragrafen förklaras omedelbart justerad.",
                ],
            }
        },
        False,
    ),
    (
        "IK607",
        {},
        {
            "förslag": {
                "datum": "2025-09-18",
                "beslutssats": [
                    "Socialnämnden tar del av informationen om insatser utan behovsprövning."
                ],
            }
        },
        True,
    ),
    (
        "IK607",
        {},
        {
            "förslag": {
                "datum": "2025-09-18",
                "beslutssats": [
                    (
                        "Socialnämnden uppdrar åt socialchefen att fastställa vilka insatser "
                        "som ska ges utan behovsprövning."
                    )
                ],
            }
        },
        True,
    ),
    (
        "IK607",
        {},
        {
            "förslag": {
                "datum": "2025-09-18",
                "beslutssats": [
                    "Ärendet om insatser utan behovsprövning bordläggs till nästa sammanträde."
                ],
            }
        },
        True,
    ),
    (
        "IK607",
        {},
        {
            "förslag": {
                "datum": "2025-09-18",
                "beslutssats": ["Individ- och familjeutskottet fastställer bilaga 1."],
            }
        },
        True,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "annat",
                    "motivering": (
                        "Den som har en våldsam partner söker inte hjälp om det finns en risk "
                        "att hen får veta det."
                    ),
                },
            }
        },
        {},
        False,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "mötesplats",
                    "motivering": "Besökarna kommer och går som de vill och ingen registreras.",
                },
            },
            "insatstyp": "mötesplats",
        },
        {},
        False,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "anonymitet",
                    "motivering": (
                        "Många unga hbtqi-personer är inte öppna hemma och skulle utebli om "
                        "deras namn skrevs ned."
                    ),
                },
            }
        },
        {},
        False,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "anonymitet",
                    "motivering": (
                        "Det är för krångligt att lägga upp alla i verksamhetssystemet och tar "
                        "tid från samtalen."
                    ),
                },
            }
        },
        {},
        True,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {"grund": "anonymitet", "motivering": "Enligt nämndens beslut."},
            }
        },
        {},
        True,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "annat",
                    "motivering": "Insatsen är kortvarig och behöver därför inte dokumenteras.",
                },
            }
        },
        {},
        True,
    ),
    (
        "IK503",
        {
            "namn": "Fixartjänst",
            "insatstyp": "praktiskt stöd",
            "avgift": {
                "belopp": "150 kronor per timme",
                "grund": "Annan liknande insats, jämför hemtjänst.",
            },
        },
        {},
        False,
    ),
    (
        "IK503",
        {
            "namn": "Kurs i stresshantering",
            "insatstyp": "utbildning",
            "målgrupp": {"deltagare": ["anhöriga"]},
            "avgift": {"belopp": "300 kronor"},
        },
        {},
        True,
    ),
    (
        "IK207",
        {"karaktär": ["information"], "dokumentation": {"nivå": "avidentifierad"}},
        {},
        False,
    ),
    ("IK207", {"karaktär": ["rådgivning"], "dokumentation": {"nivå": "avidentifierad"}}, {}, True),
    (
        "IK406",
        {"villkor": [{"typ": "annat", "beskrivning": "Du är kvinna och har fyllt 18 år."}]},
        {},
        True,
    ),
    (
        "IK406",
        {
            "villkor": [
                {"typ": "föräldraskap", "beskrivning": "Mamma eller pappa till barn under 6 år."}
            ]
        },
        {},
        False,
    ),
    ("IK406", {"målgrupp": {"beskrivning": "Grupp enbart för svenskspråkiga."}}, {}, True),
    (
        "IK401",
        {
            "villkor": [
                {
                    "typ": "situation",
                    "beskrivning": (
                        "Socialtjänsten ska först ha utrett om du är i behov av boendestöd."
                    ),
                    "kontroll": "utredningen",
                }
            ]
        },
        {},
        True,
    ),
    (
        "IK401",
        {
            "villkor": [
                {
                    "typ": "annat",
                    "beskrivning": "Du har deltagit i introduktionskursen.",
                    "kontroll": "kursintyg",
                }
            ]
        },
        {},
        False,
    ),
    ("IK801", {"innehåll": "Samverkan sker med Länkarnas riksförbund mot missbruk."}, {}, False),
    ("IK801", {"syfte": "Att förebygga återfall i missbruk."}, {}, True),
    ("IK801", {"innehåll": "Vi talar om vuxna som missbrukar barns tillit."}, {}, False),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {
                "nivå": "avidentifierad",
                "omfattar": "alla som anlitar budgetrådgivningen",
            },
        },
        {},
        False,
    ),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {"nivå": "avidentifierad", "omfattar": "gruppens alla medlemmar"},
        },
        {},
        False,
    ),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {"nivå": "avidentifierad", "omfattar": "Besökarna på Fyren"},
        },
        {},
        True,
    ),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {"nivå": "avidentifierad", "omfattar": "alla hemlösa män"},
        },
        {},
        True,
    ),
    (
        "IK206",
        {
            "målgrupp": {"deltagare": ["vuxna", "par"]},
            "dokumentation": {"nivå": "avidentifierad", "omfattar": "alla vuxna"},
        },
        {},
        True,
    ),
    (
        "IK206",
        {
            "målgrupp": {"deltagare": ["barn", "vuxna"]},
            "dokumentation": {"nivå": "avidentifierad", "omfattar": "alla som deltar, även barn"},
        },
        {},
        False,
    ),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {
                "nivå": "avidentifierad",
                "omfattar": "varje person som ringer jourtelefonen",
            },
        },
        {},
        False,
    ),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {"nivå": "avidentifierad", "omfattar": "alla som vill vara anonyma"},
        },
        {},
        True,
    ),
    (
        "IK206",
        {
            "målgrupp": {"beskrivning": "X"},
            "dokumentation": {
                "nivå": "avidentifierad",
                "omfattar": "samtliga i insatsen utom unga under 18",
            },
        },
        {},
        True,
    ),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "innehåll": (
                "Barnet anmäls av sina vårdnadshavare, som samtidigt lämnar sitt medgivande."
            ),
        },
        {},
        False,
    ),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "samtycke": {
                "beskrivning": "Båda vårdnadshavarna måste vara överens om att barnet ska delta."
            },
        },
        {},
        False,
    ),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "villkor": [
                {
                    "typ": "annat",
                    "beskrivning": "Skriftligt samtycke från den som har vårdnaden om barnet.",
                }
            ],
        },
        {},
        False,
    ),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 12, "avser": "deltagaren"},
            },
            "samtycke": {"beskrivning": "Samtycke ska finnas."},
        },
        {},
        False,
    ),
    (
        "IK301",
        {
            "målgrupp": {
                "deltagare": ["unga"],
                "ålder": {"från": 13, "till": 19, "avser": "deltagaren"},
            },
            "innehåll": "Föräldrarna får veta det som ungdomen samtycker till.",
        },
        {},
        True,
    ),
    (
        "IK302",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 14, "avser": "deltagaren"},
            },
            "samtycke": {
                "beskrivning": "Barn från tio år kan delta utan att vårdnadshavaren har sagt ja."
            },
        },
        {},
        True,
    ),
    (
        "IK302",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 18, "avser": "deltagaren"},
            },
            "samtycke": {
                "beskrivning": (
                    "Barn under 15 år: vårdnadshavares samtycke. Barn 15–17 år: inget samtycke "
                    "behövs."
                )
            },
        },
        {},
        False,
    ),
    (
        "IK302",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 18, "avser": "deltagaren"},
            },
            "samtycke": {
                "beskrivning": (
                    "Vårdnadshavarens samtycke behövs, men det behöver inte vara skriftligt."
                )
            },
        },
        {},
        False,
    ),
    (
        "IK302",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "beskrivning": "Barn 7–14 år. Inget krav på föräldrars godkännande.",
                "ålder": {"från": 7, "till": 14, "avser": "deltagaren"},
            }
        },
        {},
        True,
    ),
    (
        "IK302",
        {
            "målgrupp": {
                "deltagare": ["barn"],
                "ålder": {"från": 7, "till": 14, "avser": "deltagaren"},
            },
            "innehåll": "Det är inte tillåtet för föräldrar att sitta med i gruppen.",
        },
        {},
        False,
    ),
    ("IK403", {"villkor": [{"typ": "folkbokföring", "område": "Vikbys kommun"}]}, {}, False),
    ("IK403", {"villkor": [{"typ": "vistelse", "område": "Vikby kommun med omnejd"}]}, {}, False),
    ("IK403", {"villkor": [{"typ": "vistelse", "område": "Björkängens bostadsområde"}]}, {}, True),
    (
        "IK403",
        {"målgrupp": {"beskrivning": "Barn som bor i Sverige utan sina föräldrar."}},
        {},
        False,
    ),
    (
        "IK403",
        {"målgrupp": {"beskrivning": "Personer bosatta inom Norra Vikby församling."}},
        {},
        True,
    ),
    (
        "IK403",
        {"målgrupp": {"beskrivning": "Den som bor i en våldsam relation eller i skyddat boende."}},
        {},
        False,
    ),
    (
        "IK607",
        {},
        {
            "förslag": {
                "datum": "2025-09-18",
                "beslutssats": [
                    "Nämnden beslutar att inte anta bilagan utan återremitterar ärendet."
                ],
            }
        },
        True,
    ),
    (
        "IK607",
        {},
        {
            "förslag": {
                "datum": "2025-09-18",
                "beslutssats": ["Bilaga 1 och 2 fastställs att gälla från den 1 mars 2026."],
            }
        },
        False,
    ),
    (
        "IK607",
        {},
        {
            "förslag": {
                "datum": "2025-09-18",
                "beslutssats": [
                    (
                        "Ordföranden får i uppdrag att tillsammans med förvaltningen ta fram "
                        "förslag till insatser."
                    )
                ],
            }
        },
        True,
    ),
    (
        "IK607",
        {},
        {
            "förslag": {
                "datum": "2025-09-18",
                "beslutssats": [
                    "Socialnämnden antar reviderad förteckning över öppna insatser.",
                    "Förvaltningschefen får i uppdrag att ta fram rutiner.",
                ],
            }
        },
        False,
    ),
    (
        "IK607",
        {},
        {
            "förslag": {
                "datum": "2025-09-18",
                "beslutssats": ["Socialnämnden ställer sig bakom redovisningen av insatser."],
            }
        },
        True,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "annat",
                    "motivering": (
                        "Om det antecknas att någon har varit här kan en före detta partner ta "
                        "reda på var hon finns."
                    ),
                },
            }
        },
        {},
        False,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "anonymitet",
                    "motivering": "Deltagarna i gruppen vågar berätta mer om inget skrivs ner.",
                },
            }
        },
        {},
        False,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "mötesplats",
                    "motivering": "Vi har inte personal för att föra journal.",
                },
            },
            "insatstyp": "mötesplats",
        },
        {},
        True,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {"grund": "mötesplats", "motivering": "-"},
            }
        },
        {},
        True,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "anonymitet",
                    "motivering": (
                        "Rutinen med anonyma samtal är känd bland unga, som annars inte hör av sig."
                    ),
                },
            }
        },
        {},
        False,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "anonymitet",
                    "motivering": (
                        "Att uppge namn är förenat med kostnader i form av social utstötning."
                    ),
                },
            }
        },
        {},
        False,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "annat",
                    "motivering": "Papperslösa håller sig undan av oro för att gripas.",
                },
            }
        },
        {},
        False,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "annat",
                    "motivering": "Personer med suicidtankar hör inte av sig om de registreras.",
                },
            }
        },
        {},
        False,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "annat",
                    "motivering": (
                        "Den som lever under tvång riskerar att familjen får veta och straffar "
                        "henne."
                    ),
                },
            }
        },
        {},
        False,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "anonymitet",
                    "motivering": (
                        "Unga vågar inte komma om de måste uppge sitt namn för personalen."
                    ),
                },
            }
        },
        {},
        False,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "anonymitet",
                    "motivering": "Personalen vågar inte dokumentera.",
                },
            }
        },
        {},
        True,
    ),
    (
        "IK209",
        {
            "dokumentation": {
                "nivå": "avidentifierad",
                "särskilda_skäl": {
                    "grund": "mötesplats",
                    "motivering": "Systemet saknar stöd för att registrera besökare.",
                },
            }
        },
        {},
        True,
    ),
    ("IK406", {"målgrupp": {"beskrivning": "Stödgrupp för tjejer."}}, {}, False),
    (
        "IK406",
        {"villkor": [{"typ": "situation", "beskrivning": "Du har lämnat en man som slagit dig."}]},
        {},
        False,
    ),
    ("IK406", {"målgrupp": {"beskrivning": "Endast män som har utövat våld."}}, {}, True),
    (
        "IK401",
        {
            "villkor": [
                {
                    "typ": "situation",
                    "beskrivning": "Du har en biståndsbedömd plats på boendet.",
                    "kontroll": "beslut",
                }
            ]
        },
        {},
        True,
    ),
    ("IK801", {"namn": "Missbruksmottagningen", "innehåll": "Samtal."}, {}, True),
    ("IK801", {"målgrupp": {"beskrivning": "Den som har utsatts för maktmissbruk."}}, {}, False),
    (
        "IK105",
        {
            "insatstyp": "hem för vård eller boende",
            "målgrupp": {
                "beskrivning": "Vuxna från 21 år med beroende.",
                "ålder": {"från": 21, "avser": "deltagaren"},
            },
            "innehåll": "Barnfamiljer hänvisas till öppenvården och tas inte emot.",
        },
        {},
        False,
    ),
    (
        "IK105",
        {
            "insatstyp": "skyddat boende",
            "målgrupp": {
                "beskrivning": "Vuxna från 21 år.",
                "ålder": {"från": 21, "avser": "deltagaren"},
            },
            "innehåll": "Du och dina barn får ett eget rum.",
        },
        {},
        True,
    ),
]


def judged(rule: str, insats: dict[str, Any], kommun: dict[str, Any]) -> list[str]:
    """The messages of the rule about a municipality with one insats."""
    read = {
        name: document.parse(Path(f"{name}.yaml"), canonical.to_yaml(data))
        for name, data in (
            ("kommun", KOMMUN | {"namn": "Vikby kommun"} | kommun),
            ("insats", INSATS | insats),
        )
    }
    one = Insats("insats", accepted.insats(read["insats"]), read["insats"])
    of = Revision("vikby", accepted.kommun(read["kommun"]), (one,))
    wholes = {
        "insats": Subject(read["insats"].data, of, one, document=read["insats"]),
        "kommun": Subject(read["kommun"].data, of, None, document=read["kommun"]),
    }
    holders: dict[DataPath, Mapping[str, object]] = {(): one.data}
    for at, part in enumerate(one.data.get("delar", ())):
        holders["delar", at] = part
    subjects = {name: [whole] for name, whole in wholes.items()}
    subjects["del"] = subjects["insats"]
    subjects[claimed.SCOPE] = [
        *claimed.subjects(wholes["insats"], holders), *claimed.subjects(wholes["kommun"], {}),
    ]  # fmt: skip
    return [
        message
        for check in RULES.rules[rule].checks
        if check.selects_kommun(of.kommun)
        for subject in subjects.get(check.scope, ())
        for _, message in check.hits(subject)
    ]


@pytest.mark.parametrize(
    ("rule", "insats", "kommun", "expected"),
    JUDGED,
    ids=[f"{n}-{case[0]}" for n, case in enumerate(JUDGED)],
)
def test_the_rule_judges_as_a_reader_does(
    rule: str, insats: dict[str, Any], kommun: dict[str, Any], expected: bool
) -> None:
    assert bool(judged(rule, insats, kommun)) is expected
