"""What the files look like that the schemas accept, for the type checker.

Written by tools/make_types.py out of the folder ``schema``. Change nothing here."""

from __future__ import annotations

from typing import Literal, NotRequired, TypeAlias, TypedDict

BedomningLasning: TypeAlias = Literal[
    "nivån ur lagrummet",
    "om avgift tas ut",
    "om orden säger att avgift tas ut",
    "samtycket i orden",
    "åldern för samtycke i orden",
    "utförarna i orden",
    "avgiftens belopp",
    "dagen",
    "om behovet måste prövas",
    "hur ofta avgiften tas ut",
    "samtycket med det som lagen kräver",
    "antalet gånger och hur långa",
]

BedomningUtfall: TypeAlias = Literal[
    "får inte ges utan behovsprövning",
    "det som kräver behovsprövning tas bort",
    "snävare för den enskilde",
    "öppnare för den enskilde",
    "effekten får läsas ur texten",
    "färre barn kan delta",
    "fler barn kan delta",
    "samtycke krävs i färre fall",
    "samtycke krävs i fler fall",
    "betydelsen för barn får läsas ur texten",
    "mer dokumentation",
    "mindre dokumentation",
    "annan grund för dokumentationen",
    "dokumentationen får läsas ur texten",
    "högre avgift",
    "lägre avgift",
    "avgiften får läsas ur texten",
    "mindre omfattning",
    "större omfattning",
    "omfattningen får läsas ur texten",
    "färre utförare",
    "fler utförare",
    "ändrad utförare",
    "redaktionell ändring",
]

Deltagare: TypeAlias = Literal[
    "barn",
    "unga",
    "barn tillsammans med förälder",
    "vuxna",
    "äldre",
    "föräldrar",
    "blivande föräldrar",
    "par",
    "familjer",
    "anhöriga",
    "personal",
]

Dokumentationsnivå: TypeAlias = Literal[
    "individnivå", "utan personliga förhållanden", "avidentifierad"
]

Insatstyp: TypeAlias = Literal[
    "anhörigstöd",
    "arbetsrehabilitering",
    "boendestöd",
    "budget- och skuldrådgivning",
    "familjerådgivning",
    "föräldraskapsstöd",
    "gruppverksamhet",
    "hembesök",
    "hemtjänst",
    "härbärge",
    "akutboende",
    "informationssamtal",
    "konflikthantering",
    "lots",
    "medling",
    "mötesplats",
    "praktiskt stöd",
    "provtagning",
    "råd och stöd",
    "samarbetssamtal",
    "samhällsvägledning",
    "samtal",
    "screening",
    "uppsökande arbete",
    "vräkningsförebyggande stöd",
    "utbildning",
    "kontaktperson",
    "kontaktfamilj",
    "särskilt kvalificerad kontaktperson",
    "familjehem",
    "LVM-hem",
    "särskilt ungdomshem",
    "jourhem",
    "stödboende",
    "skyddat boende",
    "hem för vård eller boende",
    "särskilt boende för äldre",
    "bostad med särskilt stöd",
    "hem för viss annan heldygnsvård",
    "ekonomiskt bistånd",
    "annan",
]

JaNej: TypeAlias = Literal["ja", "nej"]

Karaktarsord: TypeAlias = Literal[
    "rådgivning", "information", "stöd", "behandling", "mötesplats", "omvårdnad", "praktisk hjälp"
]

RegelNiva: TypeAlias = Literal["fel", "varning", "råd"]

RegelOmfangsord: TypeAlias = Literal[
    "insats", "del", "kommun", "beslut", "riskanalys", "påstående", "fil", "avvikelse"
]

Samtycker: TypeAlias = Literal["vårdnadshavare", "samtliga vårdnadshavare", "utan vårdnadshavare"]

Vems: TypeAlias = Literal[
    "deltagaren", "deltagarens barn", "barnet", "den unge", "barnet eller den unge"
]


class Alder(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/alder."""

    från: NotRequired[int]
    till: NotRequired[int]
    avser: Vems
    enhet: NotRequired[Literal["år", "månader", "ej angiven"]]
    förtydligande: NotRequired[str]
    anmärkning: NotRequired[str]
    kommentar: NotRequired[str]


class Avdelning(TypedDict):
    """Se schema/kommun.schema.json#/properties/avdelningar/items."""

    id: str
    namn: str
    rubrik: NotRequired[str]
    insatser: NotRequired[list[str]]


class Avgiftsuppgifter(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/avgift/oneOf/1."""

    belopp: NotRequired[str]
    grund: NotRequired[str]
    beskrivning: NotRequired[str]


class Avvikelse(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/avvikelser/items."""

    regel: str
    motivering: str


class BaslinjeData(TypedDict):
    """Fynd som är kända sedan tidigare och inte underkänner granskningen. Filen skrivs av
    insatskoll lint --write-baseline."""

    version: Literal[1]
    findings: list[BaslinjeFindings]


class BaslinjeFindings(TypedDict):
    """Se schema/baslinje.schema.json#/properties/findings/items."""

    file: str
    rule: str
    dataPath: str
    fingerprint: str


class BedomningData(TypedDict):
    """Vad det betyder att ett fält ändras: utfallet, lagrummet eller regeln som det vilar på, och
    exempel som körs. En fil per ämne."""

    namn: str
    fält: list[str]
    läses: NotRequired[BedomningLasning]
    lagrum: NotRequired[str]
    lagrum_efter: NotRequired[BedomningLagrumEfter]
    gäller: NotRequired[BedomningTid]
    förklaring: NotRequired[str]
    tyst: NotRequired[str]
    skrivsätt: NotRequired[JaNej]
    utgångsläge: NotRequired[object]
    följer_av_lag: NotRequired[list[object]]
    borttagen: NotRequired[JaNej]
    bedömningar: NotRequired[list[BedomningFraga]]
    exempel: list[BedomningExempel]


class BedomningExempel(TypedDict):
    """Se schema/bedomning.schema.json#/$defs/exempel."""

    fält: NotRequired[str]
    från: NotRequired[object]
    till: NotRequired[object]
    datum: NotRequired[str]
    ny: NotRequired[JaNej]
    omordnas: NotRequired[JaNej]
    blir: dict[str, str]


class BedomningFraga(TypedDict):
    """Se schema/bedomning.schema.json#/$defs/fraga."""

    turordning: NotRequired[list[BedomningFraga]]
    lagrum: NotRequired[str]
    lagrum_efter: NotRequired[BedomningLagrumEfter]
    gäller: NotRequired[BedomningTid]
    när: NotRequired[
        Literal[
            "barn deltar",
            "åldern kan vara barns",
            "åldern är den då ingen är barn",
            "bara platsen är en annan",
        ]
    ]
    om: NotRequired[dict[str, list[str]]]
    läses: NotRequired[BedomningLasning]
    delfält: NotRequired[str]
    tillkommer: NotRequired[BedomningUtfall]
    skala: NotRequired[list[str | list[str]] | dict[str, list[str | list[str]]]]
    upp: NotRequired[BedomningUtfall]
    jämsides: NotRequired[BedomningUtfall]
    mängd: NotRequired[Literal["alla"] | list[str]]
    fler: NotRequired[BedomningUtfall]
    byts: NotRequired[BedomningUtfall]
    intervall: NotRequired[BedomningIntervall]
    vidare: NotRequired[BedomningUtfall]
    oförändrat: NotRequired[Literal["inget utfall"]]
    text: NotRequired[
        Literal[
            "vilka som släpps in",
            "det som ges",
            "hur mycket som ges",
            "måtten i omfattningen",
            "området",
            "barn som släpps in",
            "barn som får det",
            "barn i texten",
            "vem i namnet",
            "avgiften i texten",
            "dokumentationen i texten",
            "omfattningen i texten",
        ]
    ]
    mer: NotRequired[BedomningUtfall]
    läsaren: NotRequired[BedomningUtfall]
    blir: NotRequired[BedomningUtfall]


class BedomningIntervall(TypedDict):
    """Se schema/bedomning.schema.json#/$defs/intervall."""

    från: NotRequired[list[str]]
    till: NotRequired[list[str]]
    inom: NotRequired[list[int]]
    lika: NotRequired[list[str]]
    inte_olika: NotRequired[list[str]]
    gränser: NotRequired[JaNej]


class BedomningLagrumEfter(TypedDict):
    """Se schema/bedomning.schema.json#/$defs/lagrumEfter."""

    delfält: str
    värden: dict[str, str]


class BedomningTid(TypedDict):
    """Se schema/bedomning.schema.json#/$defs/tid."""

    från: NotRequired[str]
    till: NotRequired[str]


class Begrepp(TypedDict):
    """Se schema/begrepp.schema.json#/properties/begrepp/additionalProperties."""

    namn: str
    beskrivning: str
    även: NotRequired[list[str]]
    lagrum: NotRequired[str]


class BegreppData(TypedDict):
    """Begrepp som flera kommuner delar, så att samma insats går att hitta under sina olika namn."""

    begrepp: dict[str, Begrepp]


class BeslutData(TypedDict):
    """En beslutad revision, fryst i sin helhet. Innehållet ändras aldrig efteråt; kontrollsumman
    visar om det har gjorts."""

    beslut: Beslutsuppgifter
    innehåll: Beslutsinnehåll
    förslag: NotRequired[KommunForslag]
    kontrollsumma: str
    avvikelser: NotRequired[list[Avvikelse]]


class Beslutsinnehåll(TypedDict):
    """Kommunens uppgifter och alla insatser, så som de beslutades."""

    kommun: KommunData
    insatser: dict[str, InsatsData]
    riskanalyser: NotRequired[dict[str, RiskanalysData]]


class Beslutsuppgifter(TypedDict):
    """Uppgifter om nämndens beslut."""

    nämnd: NotRequired[str]
    datum: NotRequired[str]
    paragraf: NotRequired[str]
    diarienummer: NotRequired[str]
    händelse: NotRequired[str]
    ersätter: NotRequired[str]
    ersätter_kontrollsumma: NotRequired[str]
    senaste_händelse: NotRequired[str]
    senaste_händelse_kontrollsumma: NotRequired[str]
    på_nämndens_vägnar: NotRequired[PåNämndensVägnar]
    reservationer: NotRequired[list[str]]
    inte_antaget: NotRequired[InteAntaget]
    rekonstruerad: NotRequired[JaNej]
    rekonstruktion: NotRequired[Rekonstruktion]


class Bestammelse(TypedDict):
    """Se schema/lagrum.schema.json#/properties/bestämmelser/items."""

    lagrum: str
    innehåll: str
    från: str
    till: NotRequired[str]


class BilagaAnalysis(TypedDict):
    """Se schema/bilaga.schema.json#/properties/analyses/items."""

    id: str
    data: RiskanalysData


class BilagaChapter(TypedDict):
    """Se schema/bilaga.schema.json#/properties/chapters/items."""

    id: str
    title: str
    insatser: list[str]


class BilagaData(TypedDict):
    """Bilagan som data, från insatskoll render --format json, version 1. Nya fält kan tillkomma;
    ett fält som ändrar mening ger en ny version."""

    version: Literal[1]
    generator: BilagaGenerator
    id: str
    status: str
    checksum: str
    decision: Beslutsuppgifter | None
    kommun: KommunData
    sentences: BilagaSentences
    chapters: list[BilagaChapter]
    insatser: list[BilagaInsats]
    analyses: list[BilagaAnalysis]
    history: list[BilagaHistory]


class BilagaGenerator(TypedDict):
    """Programmet som skrev filen."""

    name: Literal["insatskoll"]
    version: str


class BilagaHistory(TypedDict):
    """Se schema/bilaga.schema.json#/properties/history/items."""

    date: str
    decision: str
    event: str


class BilagaInsats(TypedDict):
    """Se schema/bilaga.schema.json#/properties/insatser/items."""

    id: str
    data: InsatsData
    sentences: BilagaInsatsmeningar
    parts: list[BilagaPart]


class BilagaInsatsmeningar(TypedDict):
    """Se schema/bilaga.schema.json#/$defs/insatsmeningar."""

    target_group: NotRequired[str]
    conditions: NotRequired[list[str]]
    consent: NotRequired[str]
    extent: NotRequired[str]
    provider: NotRequired[str]
    fee: NotRequired[str]
    validity: NotRequired[str]
    documentation: NotRequired[str]


class BilagaPart(TypedDict):
    """Se schema/bilaga.schema.json#/properties/insatser/items/properties/parts/items."""

    name: str
    sentences: BilagaInsatsmeningar


class BilagaSentences(TypedDict):
    """Det som gäller alla insatser, i de meningar som bilagan skriver."""

    conditions: NotRequired[list[str]]
    consent: NotRequired[str]
    follow_up: NotRequired[str]
    documentation: NotRequired[list[str]]


class DefinitionData(TypedDict):
    """Villkor med namn, som regler och andra definitioner hänvisar till. En fil för varje ämne."""

    definitioner: dict[str, NamngivetVillkor]


class DefinitionDefinitionExempel(TypedDict):
    """Fält som stämmer med definitionen och fält som inte gör det. De prövas vid varje test."""

    stämmer: list[dict[str, object]]
    stämmer_inte: list[dict[str, object]]


class Del(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/del."""

    namn: str
    karaktär: NotRequired[Karaktar]
    målgrupp: NotRequired[Malgrupp]
    villkor: NotRequired[list[Villkor]]
    samtycke: NotRequired[Samtycke]
    innehåll: NotRequired[str]
    omfattning: NotRequired[Omfattning]
    gäller_från: NotRequired[str]
    gäller_till: NotRequired[str]
    dokumentation: NotRequired[Dokumentation]
    egen_text: NotRequired[EgenTextDel]


class DiariumData(TypedDict):
    """Vad en framställd bilaga är och vilka filer den består av, från insatskoll render
    --diarieuppgifter, version 1. Nya fält kan tillkomma; ett fält som ändrar mening ger en ny
    version."""

    version: Literal[1]
    generator: DiariumGenerator
    title: str
    kommun: str
    board: str
    status: str
    decided: bool
    date: NotRequired[str]
    paragraph: NotRequired[str]
    diary_number: NotRequired[str]
    applies_from: NotRequired[str]
    checksum: str
    files: list[DiariumFiles]


class DiariumFiles(TypedDict):
    """Se schema/diarium.schema.json#/properties/files/items."""

    name: str
    bytes: int
    sha256: str


class DiariumGenerator(TypedDict):
    """Programmet som skrev filerna."""

    name: Literal["insatskoll"]
    version: str


class DiffAccepted(TypedDict):
    """Se schema/diff.schema.json#/$defs/accepted."""

    reason: str
    by: str
    role: str
    until: str | None
    besides: NotRequired[list[DiffAcceptedBesides]]


class DiffAcceptedBesides(TypedDict):
    """Se schema/diff.schema.json#/$defs/accepted/properties/besides/items."""

    reason: str
    by: str
    role: str
    until: str | None


class DiffChange(TypedDict):
    """Se schema/diff.schema.json#/properties/comparisons/items/properties/changes/items."""

    id: str
    places: DiffPlaces
    lacking: NotRequired[list[DiffComparisonsChangesLacking]]
    fails: bool
    accepted: DiffAccepted | None
    section: str
    insatser: list[str]
    sentence: str
    judgements: list[DiffJudgement]
    before: str | None
    after: str | None
    facts: list[int]


class DiffComparison(TypedDict):
    """Se schema/diff.schema.json#/properties/comparisons/items."""

    kommun: str
    name: str
    old: DiffRevision
    new: DiffRevision
    unchanged: int
    regrouped: list[DiffRegrouped]
    changes: list[DiffChange]
    facts: list[DiffFact]
    decisions: NotRequired[list[DiffComparisonsDecisions]]
    unheld: NotRequired[list[RapportFinding]]
    findings: NotRequired[DiffComparisonsFindings]


class DiffComparisonsChangesLacking(TypedDict):
    """Se
    schema/diff.schema.json#/properties/comparisons/items/properties/changes/items/properties/lacking/items."""

    verdict: str
    roles: list[str]


class DiffComparisonsDecisions(TypedDict):
    """Se schema/diff.schema.json#/properties/comparisons/items/properties/decisions/items."""

    decision: str
    name: str
    kind: Literal[
        "added",
        "inserted",
        "changed",
        "removed",
        "broken",
        "unsigned",
        "rewritten",
        "schema-line",
        "signed",
    ]
    fails: bool
    sentence: str


class DiffComparisonsFindings(TypedDict):
    """Fynd som ändringen för in och tar bort, med --lint."""

    introduced: list[RapportFinding]
    removed: list[RapportFinding]
    remaining: int


class DiffData(TypedDict):
    """Ändringarna från insatskoll diff --format json, version 1. Nya fält kan tillkomma; ett fält
    som ändrar mening ger en ny version."""

    version: Literal[1]
    tool: DiffTool
    outcome: DiffOutcome
    remarks: NotRequired[list[str]]
    comparisons: list[DiffComparison]


class DiffFact(TypedDict):
    """Se schema/diff.schema.json#/properties/comparisons/items/properties/facts/items."""

    id: str
    places: DiffPlaces
    file: DiffFile
    path: list[DiffStep]
    kind: Literal["added", "removed", "changed", "moved"]
    before: object
    after: object
    judgements: list[DiffJudgement]


class DiffFile(TypedDict):
    """Filen: slag och id på vardera sidan."""

    kind: Literal["kommun", "insats", "riskanalys"]
    old: str | None
    new: str | None


class DiffItem(TypedDict):
    """Se schema/diff.schema.json#/$defs/step/anyOf/1."""

    item: str
    was: str
    old: int | None
    new: int | None


class DiffJudgement(TypedDict):
    """Se schema/diff.schema.json#/$defs/judgement."""

    axis: Literal[
        "assessment", "effect", "children", "documentation", "fee", "scope", "provider", "editorial"
    ]
    verdict: Literal[
        "needs-assessment",
        "needs-no-assessment",
        "narrower",
        "more-open",
        "fewer-children",
        "more-children",
        "less-consent",
        "more-consent",
        "more-documentation",
        "less-documentation",
        "other-basis",
        "higher-fee",
        "lower-fee",
        "less-scope",
        "more-scope",
        "fewer-providers",
        "more-providers",
        "other-provider",
        "unclear-children",
        "unclear-documentation",
        "unclear-fee",
        "unclear-scope",
        "unclear",
        "editorial",
    ]
    basis: str
    words: str


class DiffOutcome(TypedDict):
    """Vad jämförelsen kommer fram till: om något underkänns, och hur mycket en jurist behöver
    läsa."""

    fails: bool
    sentence: str
    changes: int
    failing: int
    accepted: int
    toRead: int
    verdicts: list[DiffOutcomeVerdicts]
    lacking: list[DiffOutcomeLacking]
    decisions: int
    findings: int
    signers: bool
    unread: bool


class DiffOutcomeLacking(TypedDict):
    """Se schema/diff.schema.json#/properties/outcome/properties/lacking/items."""

    roles: list[str]
    changes: int


class DiffOutcomeVerdicts(TypedDict):
    """Se schema/diff.schema.json#/properties/outcome/properties/verdicts/items."""

    verdict: str
    words: str
    changes: int


class DiffPlace(TypedDict):
    """Se schema/diff.schema.json#/$defs/place."""

    path: str
    line: int
    column: int
    endLine: int
    endColumn: int
    stands: bool


class DiffPlaces(TypedDict):
    """Se schema/diff.schema.json#/$defs/places."""

    old: DiffPlace | None
    new: DiffPlace | None


class DiffRegrouped(TypedDict):
    """Se schema/diff.schema.json#/properties/comparisons/items/properties/regrouped/items."""

    old: list[str]
    new: list[str]


class DiffRevision(TypedDict):
    """Se schema/diff.schema.json#/$defs/revision."""

    kind: Literal["decision", "proposal", "files"]
    name: str
    date: str | None
    paragraph: str | None
    diaryNumber: str | None


class DiffTool(TypedDict):
    """Programmet som jämförde."""

    name: Literal["insatskoll"]
    version: str


class Dokumentation(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/dokumentation."""

    nivå: NotRequired[Dokumentationsnivå]
    lagrum: NotRequired[str]
    särskilda_skäl: NotRequired[SarskildaSkal]
    omfattar: NotRequired[str]
    beslut: NotRequired[str]
    uppföljning: NotRequired[list[str]]
    beskrivning: NotRequired[str]


class EgenText(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/egen_text."""

    villkor: NotRequired[str]
    samtycke: NotRequired[str]
    utförare: NotRequired[str]
    omfattning: NotRequired[str]
    metod: NotRequired[str]
    ingång: NotRequired[str]
    avgift: NotRequired[str]
    lagstadgad: NotRequired[str]
    giltighetstid: NotRequired[str]
    medföljande_barn: NotRequired[str]
    karaktär: NotRequired[str]
    dokumentation: NotRequired[str]


class EgenTextDel(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/egen_text_del."""

    villkor: NotRequired[str]
    samtycke: NotRequired[str]
    omfattning: NotRequired[str]
    giltighetstid: NotRequired[str]
    medföljande_barn: NotRequired[str]
    karaktär: NotRequired[str]
    dokumentation: NotRequired[str]


class Enhet(TypedDict):
    """Se schema/kommun.schema.json#/properties/enheter/items."""

    id: str
    namn: str
    grupp: NotRequired[str]


class GemensamDokumentation(TypedDict):
    """Se schema/kommun.schema.json#/properties/gemensam_dokumentation/items."""

    gäller: str
    dokumentation: Dokumentation


class GodtagnaData(TypedDict):
    """Ändringar som insatskoll diff annars hade underkänt, och som någon har godtagit, i filen
    godtagna.yaml bredvid kommun.yaml. Filen gäller förslaget mot det som har beslutats, och fryses
    inte i beslutet."""

    godtagna_ändringar: list[GodtagnaGodtagnaÄndringar]


class GodtagnaGodtagnaÄndringar(TypedDict):
    """Se schema/godtagna.schema.json#/properties/godtagna_ändringar/items."""

    ändring: str
    beslut: NotRequired[str]
    skäl: str
    av: str
    roll: str
    giltig_till: NotRequired[str]


class HandelseAndrat(TypedDict):
    """Se schema/handelse.schema.json#/$defs/andrat."""

    från: str
    till: str


class HandelseDag(TypedDict):
    """Se schema/handelse.schema.json#/$defs/dag."""

    från: str
    till: str


class HandelseData(TypedDict):
    """Något som har hänt med ett beslut eller ett förslag, fryst för sig: en rättelse, ett
    upphävande, en återremiss, ett avslag, en reservation eller ett beslut som har förts in i
    efterhand. Innehållet ändras aldrig efteråt, och händelserna bildar en kedja."""

    händelse: Handelseuppgifter
    kontrollsumma: str


class Handelseuppgifter(TypedDict):
    """Vad som har hänt, när, och vilket beslut det gäller."""

    slag: Literal["rättelse", "upphävande", "återremiss", "avslag", "reservation", "infört"]
    datum: str
    beslut: NotRequired[str]
    beslut_kontrollsumma: NotRequired[str]
    nämnd: NotRequired[str]
    paragraf: NotRequired[str]
    diarienummer: NotRequired[str]
    text: NotRequired[str]
    rättat: NotRequired[Rattat]
    domstol: NotRequired[str]
    målnummer: NotRequired[str]
    laga_kraft: NotRequired[str]
    insatser: NotRequired[list[str]]
    förslag: NotRequired[str]
    efter: NotRequired[str]
    föregående: NotRequired[str]
    föregående_kontrollsumma: NotRequired[str]


class ImportrapportData(TypedDict):
    """Rapporten från insatskoll import --rapport FIL.json, version 1: vad varje fält är fyllt av,
    frågorna, och det som inget fält har. Nya fält kan tillkomma; ett fält som ändrar mening ger en
    ny version."""

    version: Literal[1]
    dokument: list[str]
    oläst: list[str]
    rubriker: list[ImportrapportRubriker]
    filer: list[ImportrapportFiler]


class ImportrapportFiler(TypedDict):
    """Se schema/importrapport.schema.json#/properties/filer/items."""

    fil: str
    fält: list[ImportrapportOrd]
    frågor: list[ImportrapportOrd]
    kvar: list[ImportrapportOrd]


class ImportrapportOrd(TypedDict):
    """Ord i ett dokument, och var de står."""

    fält: NotRequired[str]
    fråga: NotRequired[str]
    varför: NotRequired[str]
    ord: str
    dokument: str
    sida: NotRequired[int]
    stycke: NotRequired[int]
    blad: NotRequired[int]
    rad: NotRequired[int]
    plats: str


class ImportrapportRubriker(TypedDict):
    """Se schema/importrapport.schema.json#/properties/rubriker/items."""

    rubrik: str
    betyder: str
    antal: int


class InlasningBetydelser(TypedDict):
    """Se schema/inlasning.schema.json#/properties/betydelser/additionalProperties."""

    beskrivning: str
    ord: list[str]
    exempel: InlasningExempel


class InlasningData(TypedDict):
    """Hur ord i kommunens eget dokument känns igen när det läses in: vad rubriker och kolumner
    betyder, och vilka ord som visar ett värde. Ett ord skrivs med små bokstäver. Slutar det med *
    räcker det att ordet börjar så, * för sig är ett till fyra ord, och ** ett eller flera."""

    betydelser: NotRequired[dict[str, InlasningBetydelser]]
    omgivning: NotRequired[InlasningOmgivning]
    upprepat: NotRequired[InlasningUpprepat]
    värden: NotRequired[dict[str, list[InlasningVärden]]]


class InlasningExempel(TypedDict):
    """Se schema/inlasning.schema.json#/$defs/exempel."""

    träff: list[str]
    tyst: list[str]


class InlasningOmgivning(TypedDict):
    """Ord som får stå omkring en rubriks egna ord utan att ändra vad den betyder."""

    före: list[str]
    mellan: list[str]
    efter: list[str]


class InlasningUpprepat(TypedDict):
    """Orden i en mening som inte säger mer än fälten redan gör."""

    tomma: list[str]
    gränser: list[str]
    nivåer: dict[str, list[str]]


class InlasningVärden(TypedDict):
    """Se schema/inlasning.schema.json#/properties/värden/additionalProperties/items."""

    värde: str
    ord: list[str]
    utom: NotRequired[list[str]]
    exempel: InlasningExempel


class InsatsAndraSpråk(TypedDict):
    """Se schema/insats.schema.json#/properties/andra_språk/items."""

    språk: str
    namn: str
    text: str
    underlag: NotRequired[str]


class InsatsData(TypedDict):
    """En insats som nämnden tillhandahåller utan individuell behovsprövning. En fil per insats;
    filnamnet är insatsens id. Utelämna det som källan inte säger."""

    namn: str
    kortnamn: NotRequired[str]
    namn_i_matris: NotRequired[str]
    tidigare_id: NotRequired[str | list[str]]
    begrepp: NotRequired[str]
    insatstyp: Insatstyp
    form: NotRequired[
        list[Literal["individuell", "grupp", "öppen verksamhet", "digital", "samordning"]]
    ]
    avdelning: str
    ingång: NotRequired[Literal["öppen", "remiss", "öppen och remiss"]]
    remiss_från: NotRequired[list[str]]
    utförare: NotRequired[Utforare]
    målgrupp: NotRequired[Malgrupp]
    villkor: NotRequired[list[Villkor]]
    samtycke: NotRequired[Samtycke]
    syfte: NotRequired[str]
    mål: NotRequired[str]
    innehåll: NotRequired[str]
    ålder_i_innehåll: NotRequired[Alder]
    metod: NotRequired[Metod]
    avgift: NotRequired[Avgift]
    lagstadgad: NotRequired[str | Literal["ja"]]
    karaktär: NotRequired[Karaktar]
    omfattning: NotRequired[Omfattning]
    gäller_från: NotRequired[str]
    gäller_till: NotRequired[str]
    dokumentation: NotRequired[Dokumentation]
    delar: NotRequired[list[Del]]
    avgränsning: NotRequired[str]
    egen_text: NotRequired[EgenText]
    andra_språk: NotRequired[list[InsatsAndraSpråk]]
    källa: NotRequired[Kalla]
    avvikelser: NotRequired[list[Avvikelse]]


class InteAntaget(TypedDict):
    """Det i förslaget som nämnden inte antog."""

    följd: Literal["kvar", "avslag", "återremiss"]
    ändringar: list[str]
    skäl: NotRequired[str]


class Kalla(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/kalla."""

    handling: str
    avsnitt: str


class KommunAnalyser(TypedDict):
    """Vad avsnittet med risk-, konsekvens- och barnkonsekvensanalyserna heter, om kommunen har ett
    eget namn på det."""

    titel: str
    beteckning: NotRequired[str]


class KommunAndraSpråk(TypedDict):
    """Se schema/kommun.schema.json#/properties/andra_språk/items."""

    språk: str
    titel: str
    gäller: str


class KommunAvsändare(TypedDict):
    """Förvaltningen som skriver till nämnden, så som den står i tjänsteskrivelsen. Uppgifterna hör
    inte till det som nämnden beslutar."""

    förvaltning: NotRequired[str]
    handläggare: NotRequired[KommunAvsändareHandläggare]
    undertecknare: NotRequired[list[KommunAvsändareUndertecknare]]
    skickas_till: NotRequired[list[str]]


class KommunAvsändareHandläggare(TypedDict):
    """Den som har skrivit och kan svara på frågor."""

    namn: str
    titel: NotRequired[str]
    kontakt: NotRequired[str]


class KommunAvsändareUndertecknare(TypedDict):
    """Se schema/kommun.schema.json#/properties/avsändare/properties/undertecknare/items."""

    namn: str
    titel: NotRequired[str]


class KommunBilaga(TypedDict):
    """Bilagans titel och gemensamma texter."""

    titel: str
    beteckning: NotRequired[str]
    gäller_från: NotRequired[str]
    inledning: NotRequired[list[str]]
    ord_för_individnivå: NotRequired[Literal["individnivå", "personnivå"]]


class KommunData(TypedDict):
    """Nämnden, bilagans gemensamma texter, avdelningar och enheter, och uppgifter om det förslag
    som filerna innehåller."""

    namn: str
    scb_kod: NotRequired[str]
    nämnd: str
    layout: NotRequired[str]
    bilaga: KommunBilaga
    andra_språk: NotRequired[list[KommunAndraSpråk]]
    avdelningar: list[Avdelning]
    enheter: NotRequired[list[Enhet]]
    matris: NotRequired[KommunMatris]
    analyser: NotRequired[KommunAnalyser]
    riktlinjer: NotRequired[list[Riktlinje]]
    gemensam_dokumentation: NotRequired[list[GemensamDokumentation]]
    information_om_ansökan: NotRequired[str]
    gemensamma_villkor: NotRequired[list[Villkor]]
    samtycke: NotRequired[Samtycke]
    uppföljning: NotRequired[list[str]]
    uppföljningsintervall: NotRequired[KommunUppföljningsintervall]
    förslag: NotRequired[KommunForslag]
    avsändare: NotRequired[KommunAvsändare]
    källa: NotRequired[Kalla]
    avvikelser: NotRequired[list[Avvikelse]]


class KommunForslag(TypedDict):
    """Se schema/kommun.schema.json#/$defs/forslag."""

    nämnd: NotRequired[str]
    handling: NotRequired[str]
    datum: str
    diarienummer: NotRequired[str]
    utgår_från: NotRequired[str]
    beslutssats: NotRequired[list[str]]
    beredning: NotRequired[str]


class KommunMatris(TypedDict):
    """Översikten av insatser och enheter, om kommunen publicerar en sådan."""

    titel: str
    beteckning: NotRequired[str]


class KommunUppföljningsintervall(TypedDict):
    """Hur ofta kommunen har bestämt att insatserna ska följas upp, och när det gjordes senast."""

    månader: int
    senast: NotRequired[str]


class KonfigurationData(TypedDict):
    """Inställningar för insatskoll, i filen insatskoll.yaml där programmet körs."""

    katalog: NotRequired[str]
    underkänn_från: NotRequired[Literal["fel", "varning", "råd"]]
    underkänn_ändringar: NotRequired[list[str]]
    kräver: NotRequired[dict[str, str | list[str]]]
    utmapp: NotRequired[str]
    signaturer: NotRequired[KonfigurationSignaturer]
    regler: NotRequired[KonfigurationRegler]


class KonfigurationRegler(TypedDict):
    """Vilka regler som prövas, och hur allvarliga deras fynd är. Fel som gör att en fil inte går
    att använda visas alltid."""

    välj: NotRequired[list[str]]
    hoppa_över: NotRequired[list[str]]
    nivåer: NotRequired[dict[str, Literal["fel", "varning", "råd"]]]


class KonfigurationSignaturer(TypedDict):
    """Vilkas underskrifter på beslut och händelser som godkänns. Kommandot insatskoll show med
    --beslut prövar dem."""

    godkända: NotRequired[str]
    minisign: NotRequired[dict[str, str]]


class LagData(TypedDict):
    """Hur en lag är indelad och vad dess bestämmelser handlar om: nummer och korta namn, ingen
    lagtext."""

    lag: str
    kallas: list[str]
    sfs: str
    upphävda: list[str]
    kapitel: list[list[int]]
    med_bokstav: list[str]
    ämnen: list[LagÄmnen]
    skyldigheter: list[LagSkyldigheter]
    inga_skyldigheter: list[LagIngaSkyldigheter]


class LagIngaSkyldigheter(TypedDict):
    """Se schema/lag.schema.json#/properties/inga_skyldigheter/items."""

    lagrum: str
    om: str
    insats: NotRequired[Literal["nej"]]


class LagSkyldigheter(TypedDict):
    """Se schema/lag.schema.json#/properties/skyldigheter/items."""

    namn: str
    lagrum: str
    insatstyp: NotRequired[list[str]]
    begrepp: NotRequired[list[str]]
    ord: list[str]
    nära: list[str]
    målgrupp: NotRequired[list[str]]
    täcks_av: NotRequired[list[str]]


class LagrumData(TypedDict):
    """Bestämmelserna i en lag som reglerna vilar på, med innehållet i egna ord."""

    lag: str
    förkortning: str
    länk: str
    kontrollerad_lydelse: NotRequired[str]
    bestämmelser: list[Bestammelse]


class LagÄmnen(TypedDict):
    """Se schema/lag.schema.json#/properties/ämnen/items."""

    ämne: str
    lagrum: list[str]
    upphävda: NotRequired[list[str]]
    annan_lag: NotRequired[str]
    förväxlas_med: NotRequired[list[str]]
    insats: NotRequired[JaNej]


class Malgrupp(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/malgrupp."""

    beskrivning: NotRequired[str]
    deltagare: NotRequired[list[Deltagare]]
    ålder: NotRequired[Alder]
    medföljande_barn: NotRequired[JaNej]


class Metod(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/metod."""

    namn: NotRequired[str]
    manualbaserad: NotRequired[JaNej]
    stöd: NotRequired[str]


class MonsterData(TypedDict):
    """Hur ett slags påstående känns igen i texterna: grupper av ord, vad de betyder tillsammans,
    och meningar som prövas. En fil för varje slag; filen heter som slaget. Filen gemensamt har de
    ord och ramar som alla slag använder."""

    slag: NotRequired[str]
    beskrivning: str
    fält: NotRequired[list[str]]
    ord: NotRequired[dict[str, MonsterGrupp]]
    ramar: NotRequired[dict[str, MonsterRam]]
    mönster: NotRequired[list[MonsterMonster]]
    tillägg: NotRequired[list[MonsterMonster]]
    exempel: NotRequired[list[MonsterExempel]]


class MonsterExempel(TypedDict):
    """Se schema/monster.schema.json#/properties/exempel/items."""

    text: str
    påstår: list[dict[str, object]]


class MonsterGrupp(TypedDict):
    """Se schema/monster.schema.json#/$defs/grupp."""

    ord: NotRequired[list[str]]
    slutar_på: NotRequired[list[str]]
    börjar_på: NotRequired[list[str]]
    utom: NotRequired[list[str]]


class MonsterMonster(TypedDict):
    """Se schema/monster.schema.json#/$defs/monster."""

    led: list[MonsterElement]
    följs_av: NotRequired[list[MonsterElement]]
    mening: NotRequired[list[MonsterElement]]
    mening_före: NotRequired[list[MonsterElement]]
    mening_efter: NotRequired[list[MonsterElement]]
    utan: NotRequired[list[str]]
    utan_i_meningen: NotRequired[list[str]]
    nekad: NotRequired[Literal["ja", "nej", "båda"]]
    trots: NotRequired[list[str]]
    i_ordning: NotRequired[JaNej]
    inom: NotRequired[int]
    börjar: NotRequired[JaNej]
    huvudsats: NotRequired[JaNej]
    slutar: NotRequired[JaNej]
    högst: NotRequired[int]
    tar: NotRequired[list[str]]
    minns: NotRequired[JaNej]
    påstår: dict[str, object]


class MonsterRam(TypedDict):
    """Se schema/monster.schema.json#/$defs/ram."""

    ord: list[str]
    ram: NotRequired[str]
    inte_i: NotRequired[list[str]]
    räcker: Literal["efter", "led", "mening", "nära"]


class NamngivetVillkor(TypedDict):
    """Se schema/definition.schema.json#/$defs/definition."""

    omfång: Literal["insats", "del", "kommun", "riskanalys", "påstående"]
    för: NotRequired[str]
    lagrum: NotRequired[list[str]]
    förklaring: str
    villkor: dict[str, object] | list[object] | str
    exempel: DefinitionDefinitionExempel


class Omfattning(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/omfattning."""

    antal: NotRequired[int]
    högst: NotRequired[int]
    lägst: NotRequired[int]
    enhet: NotRequired[
        Literal[
            "samtal",
            "stödsamtal",
            "träffar",
            "gruppträffar",
            "tillfällen",
            "hembesök",
            "prov",
            "nätter",
            "dagar",
            "veckor",
            "månader",
            "timmar",
        ]
    ]
    längd: NotRequired[str]
    frekvens: NotRequired[str]
    period: NotRequired[str]
    gruppstorlek: NotRequired[str]
    gäller: NotRequired[str]
    beskrivning: NotRequired[str]


class OmskrivningData(TypedDict):
    """Ord som avgör om två texter säger samma sak med andra ord. En fil per slag av ord; filen
    heter som slaget, med små bokstäver och bindestreck."""

    namn: str
    förklaring: str
    väger: NotRequired[dict[str, list[str]]]
    personer: NotRequired[list[list[str]]]
    detsamma: NotRequired[list[list[str]]]
    lättverb: NotRequired[list[OmskrivningLattverb]]
    hjälpverb: NotRequired[dict[str, str]]
    rymmer: NotRequired[dict[str, list[str]]]
    småord: NotRequired[list[str]]
    enheter: NotRequired[dict[str, list[OmskrivningEnhet]]]
    gränser: NotRequired[
        dict[Literal["högst", "minst", "fler än", "färre än", "ungefär"], list[str]]
    ]
    ofta: NotRequired[dict[str, str]]
    veckodagar: NotRequired[
        dict[
            Literal[
                "måndag",
                "tisdag",
                "onsdag",
                "torsdag",
                "fredag",
                "lördag",
                "söndag",
                "vardagar",
                "helger",
                "alla dagar",
            ],
            list[str],
        ]
    ]
    riktning: NotRequired[dict[str, list[str]]]
    syftar: NotRequired[list[str]]
    uttryck: NotRequired[dict[str, list[str]]]
    felskrivningar: NotRequired[dict[str, list[str]]]
    exempel: list[OmskrivningExempel]


class OmskrivningEnhet(TypedDict):
    """Se schema/omskrivning.schema.json#/$defs/enhet."""

    antal: int
    ord: list[str]


class OmskrivningExempel(TypedDict):
    """Se schema/omskrivning.schema.json#/properties/exempel/items."""

    som: NotRequired[Literal["innehåll", "villkor"]]
    från: str
    till: str
    blir: Literal["bearbetning", "mer", "mindre", "läsaren"]


class OmskrivningLattverb(TypedDict):
    """Se schema/omskrivning.schema.json#/$defs/lattverb."""

    verb: list[str]
    med: list[str]
    substantiv: str


class OrdlistaData(TypedDict):
    """Ord som regler söker efter, under ett namn. En fil per lista; filen heter som listan, med små
    bokstäver och bindestreck."""

    namn: str
    beskrivning: str
    ord: NotRequired[list[str]]
    uttryck: NotRequired[list[str]]
    utom: NotRequired[list[str]]
    helt: NotRequired[JaNej]
    exempel: OrdlistaExempel


class OrdlistaExempel(TypedDict):
    """Exempel som körs vid varje test."""

    träff: list[str]
    tyst: list[str]


class PastaendeData(TypedDict):
    """Ett påstående som har lästs ur en text: vad regler med omfånget påstående prövar."""

    slag: Literal[
        "antal",
        "avgift",
        "behandling",
        "beslut",
        "delaktighet",
        "deltagande",
        "dokumentation",
        "form",
        "ingång",
        "karaktär",
        "krav",
        "kön",
        "lagrum",
        "pengar",
        "plats",
        "prövning",
        "samtycke",
        "sekretess",
        "skyldighet",
        "skäl",
        "språk",
        "status",
        "ålder",
    ]
    nämnd: NotRequired[str]
    nekad: JaNej
    ord: str
    fält: str
    insats: NotRequired[InsatsData]
    kommun: NotRequired[KommunData]
    villkor: NotRequired[Villkor]
    från: NotRequired[int]
    till: NotRequired[int]
    enhet: NotRequired[
        Literal[
            "år",
            "månader",
            "samtal",
            "träffar",
            "tillfällen",
            "gånger",
            "hembesök",
            "prov",
            "nätter",
            "dagar",
            "veckor",
            "timmar",
        ]
    ]
    antal: NotRequired[int]
    högst: NotRequired[int]
    lägst: NotRequired[int]
    sammanlagt: NotRequired[JaNej]
    per: NotRequired[
        Literal["dag", "vecka", "månad", "termin", "år", "person", "familj", "barn", "tillfälle"]
    ]
    vem: NotRequired[Literal["deltagaren", "barnet", "föräldern", "deltagarens barn", "personalen"]]
    ungefär: NotRequired[JaNej]
    om: NotRequired[Literal["deltagande", "samtycke", "avgift"]]
    ålder: NotRequired[PastaendeÅlder]
    samtycke: NotRequired[Literal["behövs inte", "krävs", "krävs först", "räknas utan svar"]]
    av: NotRequired[Literal["barnet", "båda", "en", "någon annan", "vårdnadshavaren"]]
    deltar: NotRequired[Literal["barnet"]]
    dokumenteras: NotRequired[
        Literal[
            "för var och en",
            "inte alls",
            "inte det personliga",
            "inte vem det är",
            "om deltagaren samtycker",
        ]
    ]
    identitet: NotRequired[Literal["begärs", "behövs inte", "förutsätts", "nämns"]]
    anonym: NotRequired[JaNej]
    anteckningar: NotRequired[Literal["förstörs"]]
    form: NotRequired[
        Literal[
            "LVM-hem",
            "anvisad verksamhet",
            "boende",
            "ekonomiskt bistånd utan prövning",
            "enligt annan lag",
            "familjehem",
            "heldygnsvård",
            "hem för vård eller boende",
            "jourhem",
            "kontaktperson",
            "någon annans beslut",
            "pengar",
            "skyddat boende",
            "stödboende",
            "särskilt boende",
            "särskilt ungdomshem",
        ]
    ]
    prövning: NotRequired[
        Literal[
            "avslag",
            "behov",
            "bistånd",
            "ekonomi",
            "lämplighet",
            "omfattning",
            "turordning",
            "underlag",
        ]
    ]
    ansökan: NotRequired[Literal["hindras", "förtigs"]]
    ensamt: NotRequired[JaNej]
    karaktär: NotRequired[Literal["behandling", "lång", "stöd", "utan gräns"]]
    skäl: NotRequired[Literal["olämpligt", "onödigt", "skydd", "svagt", "verksamhet", "öppet"]]
    avgift: NotRequired[
        Literal[
            "annat",
            "borttagen",
            "ingen",
            "mellan andra",
            "någon annan betalar",
            "någon annan tar ut",
            "tas ut",
            "vid frånvaro",
        ]
    ]
    behandling: NotRequired[Literal["ges"]]
    belopp: NotRequired[int]
    grund: NotRequired[
        Literal[
            "bestäms av en anställd",
            "inkomst",
            "marknadspris",
            "självkostnad",
            "taxa",
            "över självkostnad",
        ]
    ]
    tak: NotRequired[Literal["inget", "saknas"]]
    för: NotRequired[Literal["annat", "behandling", "hemtjänst", "uppehälle"]]
    gäller: NotRequired[Literal["alla", "alla insatser", "vissa"]]
    täcks: NotRequired[Literal["ja"]]
    inskränks: NotRequired[
        Literal[
            "bara dömda",
            "bara efter anmälan",
            "bara efter domstol",
            "bara efter remiss",
            "bara föräldrar",
            "bara vissa anhöriga",
            "före skuldsaneringens slut",
            "gärningspersonens ålder",
            "inte allt beroende",
            "inte av en sakkunnig",
            "inte för företagare",
            "inte hjälp med avtal",
            "om det finns plats",
            "utan hänsyn till säkerheten",
        ]
    ]
    lag: NotRequired[Literal["den upphävda socialtjänstlagen", "socialtjänstlagen"]]
    lagrum: NotRequired[str]
    saknas: NotRequired[Literal["kapitlet", "paragrafen", "punkten"]]
    utsagd: NotRequired[JaNej]
    ämnen: NotRequired[list[str]]
    vilar_på: NotRequired[Literal["ja"]]
    andra_ämnen: NotRequired[list[str]]
    hur: NotRequired[Literal["bara", "för", "krävs", "oavsett", "skydd", "utestängs"]]
    område: NotRequired[str]
    krav: NotRequired[
        Literal[
            "allvar",
            "behov",
            "förmåga",
            "inget annat",
            "lämplighet",
            "motivation",
            "ordnade förhållanden",
            "svårighetsgrad",
        ]
    ]
    skiljer_på: NotRequired[
        Literal["funktionsnedsättning", "kön", "läggning", "tro", "ursprung", "ålder"]
    ]
    status: NotRequired[
        Literal[
            "arbete",
            "bosatt länge",
            "bostad",
            "brott",
            "drogfrihet",
            "folkbokföring",
            "medborgarskap",
            "permanent uppehållstillstånd",
            "skulder",
            "tidigare beteende",
            "uppehållstillstånd",
        ]
    ]
    språk: NotRequired[Literal["svenska", "tolk"]]
    barnet: NotRequired[Literal["får inte säga sitt", "får inte veta"]]
    remiss: NotRequired[Literal["behövs inte", "krävs"]]
    löfte: NotRequired[Literal["anmäler aldrig", "har undantag", "lämnar aldrig vidare"]]
    undantag: NotRequired[Literal["inget"]]
    anmälan: NotRequired[Literal["andra avgör", "dröjer", "först vid visshet", "kräver samtycke"]]
    uppgifter: NotRequired[Literal["lämnas ut"]]


class PastaendeÅlder(TypedDict):
    """Åldern som påståendet gäller."""

    från: NotRequired[int]
    till: NotRequired[int]


class Plats(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/utforare/properties/platser/items."""

    namn: str
    enhet: NotRequired[str]
    för: NotRequired[str]


class ProfilData(TypedDict):
    """Kommunens utseende på bilagan, i filen profil.yaml bredvid kommun.yaml. Filer anges räknat
    från kommunens mapp."""

    visningsnamn: NotRequired[str]
    logotyp: NotRequired[ProfilLogotyp]
    färger: NotRequired[ProfilFärger]
    typsnitt: NotRequired[ProfilTypsnitt]
    sidfot: NotRequired[str]
    tjänsteskrivelse: NotRequired[ProfilTjänsteskrivelse]
    referens: NotRequired[str]


class ProfilFärger(TypedDict):
    """Färgerna på vitt papper och på en ljus skärm. Varje färg prövas mot den yta den trycks på."""

    huvudfärg: NotRequired[str]
    text: NotRequired[str]
    bakgrund: NotRequired[str]
    ton: NotRequired[str]
    mörkt: NotRequired[ProfilFärgerMörkt]


class ProfilFärgerMörkt(TypedDict):
    """Färgerna på en mörk skärm. Utan dem görs huvudfärgen så ljus som behövs."""

    huvudfärg: NotRequired[str]
    text: NotRequired[str]
    bakgrund: NotRequired[str]
    ton: NotRequired[str]


class ProfilLogotyp(TypedDict):
    """Kommunens logotyp, överst på första sidan."""

    fil: str
    alttext: str


class ProfilTjänsteskrivelse(TypedDict):
    """Kommunens egen blankett för tjänsteskrivelsen: rubrikerna i den ordning de står. Utan den
    används programmets."""

    rubriker: list[ProfilTjänsteskrivelseRubriker]


class ProfilTjänsteskrivelseRubriker(TypedDict):
    """Se schema/profil.schema.json#/properties/tjänsteskrivelse/properties/rubriker/items."""

    rubrik: str
    avsnitt: NotRequired[
        Literal[
            "sammanfattning",
            "beslut",
            "ärendet",
            "beredning",
            "ändringar",
            "överväganden",
            "ekonomi",
            "barn",
            "ikraftträdande",
            "underlag",
            "expediering",
            "underskrift",
        ]
    ]
    text: NotRequired[str]
    fyll_i: NotRequired[list[str]]


class ProfilTypsnitt(TypedDict):
    """Typsnitten i bilagan. Det som inte anges är programmets."""

    pdf: NotRequired[ProfilTypsnittPdf]
    webb: NotRequired[ProfilTypsnittWebb]
    word: NotRequired[str]


class ProfilTypsnittPdf(TypedDict):
    """Typsnittet i PDF:en."""

    namn: str
    filer: list[str]


class ProfilTypsnittWebb(TypedDict):
    """Typsnittet på webbsidan. Utan filer används det om läsarens dator har det."""

    namn: str
    normal: NotRequired[str]
    fet: NotRequired[str]


class PåNämndensVägnar(TypedDict):
    """Vem som beslutade i nämndens ställe, om det inte var nämnden själv."""

    vem: str
    stöd: Literal["delegation", "brådskande"]
    anmält: NotRequired[str]


class RapportData(TypedDict):
    """Rapporten från insatskoll lint --format json, version 1. Nya fält kan tillkomma; ett fält som
    ändrar mening ger en ny version."""

    version: Literal[1]
    tool: RapportTool
    summary: RapportSummary
    skipped: list[RapportSkipped]
    unneeded: list[RapportUnneeded]
    findings: list[RapportFinding]


class RapportFinding(TypedDict):
    """Se schema/rapport.schema.json#/$defs/finding."""

    rule: str
    level: Literal["error", "warning", "advice"]
    message: str
    remedy: str
    lagrum: list[str]
    path: str
    line: int
    column: int
    endLine: int
    endColumn: int
    dataPath: str
    fingerprint: str
    related: list[RapportFindingRelated]
    waived: str | None
    known: bool
    suggestion: RapportSuggestion | None


class RapportFindingRelated(TypedDict):
    """Se schema/rapport.schema.json#/$defs/finding/properties/related/items."""

    message: str
    path: str
    line: int
    column: int
    endLine: int
    endColumn: int


class RapportSkipped(TypedDict):
    """Se schema/rapport.schema.json#/properties/skipped/items."""

    rule: str
    reason: str


class RapportSuggestion(TypedDict):
    """Se schema/rapport.schema.json#/$defs/suggestion."""

    within: str
    text: str
    edits: list[RapportSuggestionEdits]


class RapportSuggestionEdits(TypedDict):
    """Se schema/rapport.schema.json#/$defs/suggestion/properties/edits/items."""

    line: int
    column: int
    endLine: int
    endColumn: int
    text: str


class RapportSummary(TypedDict):
    """Granskningen i siffror."""

    files: int
    rules: int
    error: int
    warning: int
    advice: int
    waived: int
    known: int


class RapportTool(TypedDict):
    """Programmet som skrev rapporten."""

    name: Literal["insatskoll"]
    version: str


class RapportUnneeded(TypedDict):
    """Se schema/rapport.schema.json#/properties/unneeded/items."""

    rule: str
    file: str


class Rattat(TypedDict):
    """Uppgifterna som rättas, var och en så som den står i beslutet och så som den skulle ha stått.
    Innehållet i beslutet rättas inte."""

    nämnd: NotRequired[HandelseAndrat]
    datum: NotRequired[HandelseDag]
    paragraf: NotRequired[HandelseAndrat]
    diarienummer: NotRequired[HandelseAndrat]


class RegelData(TypedDict):
    """En regel som katalogen prövas mot. En fil per regel; filnamnet är regelns id."""

    id: str
    namn: str
    nivå: RegelNiva
    auktoritet: Literal["lagtext", "förarbeten", "vägledning", "katalogkvalitet", "språk"]
    lagrum: NotRequired[list[str]]
    gäller: NotRequired[RegelGäller]
    kontrollerad: str
    förklaring: str
    åtgärd: str
    tystas_av: NotRequired[list[str]]
    kan_godtas: NotRequired[JaNej]
    för_alla: NotRequired[RegelFörAlla]
    prövningar: list[RegelProvning]
    rättning: NotRequired[RegelRattning]
    exempel: RegelExemplen


class RegelExempel(TypedDict):
    """Se schema/regel.schema.json#/$defs/exempel."""

    namn: str
    insats: NotRequired[dict[str, object]]
    likadana: NotRequired[RegelExempelLikadana]
    insatser: NotRequired[dict[str, dict[str, object]]]
    filnamn: NotRequired[str]
    kommun: NotRequired[dict[str, object]]
    beslut: NotRequired[dict[str, object]]
    tidigare_beslut: NotRequired[dict[str, dict[str, object]]]
    riskanalys: NotRequired[dict[str, object]]
    kontrollsumma: NotRequired[str]
    filer: NotRequired[dict[str, str]]
    text: NotRequired[str]
    upprepa: NotRequired[int]
    kodning: NotRequired[Literal["utf-8", "utf-8-sig", "latin-1", "utf-16", "nfd"]]
    rättat: NotRequired[dict[str, str]]
    platser: NotRequired[list[str]]


class RegelExempelLikadana(TypedDict):
    """Så många insatser till i samma kommun, med samma innehåll."""

    antal: int
    insats: dict[str, object]


class RegelExemplen(TypedDict):
    """Exempel som körs vid varje test."""

    träff: list[RegelExempel]
    tyst: list[RegelExempel]


class RegelFörAlla(TypedDict):
    """Det som alla prövningarna har gemensamt. Villkoren gäller utöver prövningens egna."""

    omfång: NotRequired[RegelOmfang]
    när: NotRequired[dict[str, object] | list[object] | str]
    när_kommun: NotRequired[dict[str, object] | list[object] | str]
    kontroll: NotRequired[dict[str, object]]


class RegelGäller(TypedDict):
    """Från och till vilken dag regeln gäller. Den prövas per beslutets eller förslagets dag."""

    från: NotRequired[str]
    till: NotRequired[str]


class RegelProvning(TypedDict):
    """Se schema/regel.schema.json#/$defs/provning."""

    omfång: NotRequired[RegelOmfang]
    för: NotRequired[str]
    när: NotRequired[dict[str, object] | list[object] | str]
    när_kommun: NotRequired[dict[str, object] | list[object] | str]
    krav: NotRequired[dict[str, object] | list[object] | str]
    kontroll: NotRequired[dict[str, object]]
    plats: NotRequired[str]
    nivå: NotRequired[RegelNiva]
    åtgärd: NotRequired[str]
    lagrum: NotRequired[list[str]]
    rättning: NotRequired[RegelRattning]
    meddelande: NotRequired[str]
    strider_mot: NotRequired[list[str]]
    förslag: NotRequired[dict[str, object]]
    ersätter: NotRequired[list[str]]


class RegelRattning(TypedDict):
    """Se schema/regel.schema.json#/$defs/rattning."""

    ersätt: list[RegelRattningErsätt]
    utom: NotRequired[list[str | RegelRattningUtom]]
    inte_i: NotRequired[list[str]]


class RegelRattningErsätt(TypedDict):
    """Se schema/regel.schema.json#/$defs/rattning/properties/ersätt/items."""

    mönster: str
    med: str


class RegelRattningUtom(TypedDict):
    """Se schema/regel.schema.json#/$defs/rattning/properties/utom/items."""

    lista: str


class Rekonstruktion(TypedDict):
    """Vad som är känt om en rekonstruerad revision och vad som inte är det."""

    underlag: str
    känt: list[str]
    antaget: NotRequired[list[str]]
    okänt: list[str]


class Riktlinje(TypedDict):
    """Se schema/kommun.schema.json#/properties/riktlinjer/items."""

    rubrik: str
    text: str


class RiskanalysData(TypedDict):
    """Kommunens risk-, konsekvens- och barnkonsekvensanalys av en insats."""

    namn: str
    insats: str
    målgrupp: NotRequired[Malgrupp]
    innehåll: NotRequired[str]
    utan_behovsprövning: NotRequired[list[str]]
    utan_personuppgifter: NotRequired[list[str]]
    barnkonsekvensanalys: NotRequired[list[str]]
    bedömning: NotRequired[str]
    dokumentation: NotRequired[Dokumentation]
    källa: NotRequired[Kalla]
    avvikelser: NotRequired[list[Avvikelse]]


class Samtycke(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/samtycke."""

    under_15: NotRequired[Samtycker]
    från_15: NotRequired[
        Literal["vårdnadshavare", "samtliga vårdnadshavare", "utan vårdnadshavare"]
    ]
    åldrar: NotRequired[str]
    lämplighet: NotRequired[str]
    beskrivning: NotRequired[str]


class SarskildaSkal(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/sarskilda_skal."""

    åberopas: NotRequired[JaNej]
    grund: NotRequired[Literal["anonymitet", "mötesplats", "annat"]]
    motivering: NotRequired[str]


class SatsData(TypedDict):
    """Hur en ändring av ett fält sägs: vad fältet kallas i löpande text, och en sats för varje sak
    som kan hända med det. En fil per ämne. Satserna står efter ”Förvaltningen föreslår att” och för
    sig själva."""

    namn: str
    läses: NotRequired[str]
    fält: dict[str, str]
    satser: dict[str, str | SatsSatserOneOf]
    ord: NotRequired[dict[str, str]]


class SatsSatserOneOf(TypedDict):
    """Se schema/sats.schema.json#/properties/satser/additionalProperties/oneOf/1."""

    sats: str
    mening: str


class UtfallData(TypedDict):
    """De utfall som en ändring kan få på en axel, till exempel för den enskilde eller för barn. En
    fil per axel; filnamnet är axelns namn."""

    axel: Literal[
        "assessment", "effect", "children", "documentation", "fee", "scope", "provider", "editorial"
    ]
    namn: str
    utfall: dict[str, UtfallUtfall]


class UtfallUtfall(TypedDict):
    """Se schema/utfall.schema.json#/properties/utfall/additionalProperties."""

    namn: str
    motsats: NotRequired[str]
    vikt: int
    skärper: NotRequired[Literal["ja"]]
    förklaring: str


class Utforare(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/utforare."""

    regi: NotRequired[Literal["egen", "extern", "annan kommun", "samverkan"]]
    enheter: NotRequired[list[str]]
    namn: NotRequired[list[str]]
    platser: NotRequired[list[Plats]]
    samverkan: NotRequired[list[str]]
    personal: NotRequired[list[str]]


class Villkor(TypedDict):
    """Se schema/gemensamt.schema.json#/$defs/villkor."""

    typ: Literal[
        "ålder",
        "folkbokföring",
        "vistelse",
        "föräldraskap",
        "anhörigskap",
        "bakgrund",
        "funktionsnedsättning",
        "situation",
        "annat",
    ]
    beskrivning: NotRequired[str]
    ålder: NotRequired[Alder]
    område: NotRequired[str]
    gäller: NotRequired[str]
    skäl: NotRequired[str]
    kontroll: NotRequired[str]


Avgift: TypeAlias = Literal["nej"] | Avgiftsuppgifter

DiffStep: TypeAlias = str | DiffItem

Karaktar: TypeAlias = Karaktarsord | list[Karaktarsord]

MonsterElement: TypeAlias = str | list[str]

RegelOmfang: TypeAlias = (
    RegelOmfangsord
    | list[RegelOmfangsord]
    | dict[Literal["insats", "del", "kommun", "beslut", "riskanalys", "påstående"], list[str]]
)
