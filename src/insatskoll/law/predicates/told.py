"""What each named check does, in the words of the page that those who write rules read."""

from __future__ import annotations

# By the subject of the checks, what each finds; the names of parameters in backticks.
ABOUT: dict[str, dict[str, str]] = {
    "Ord i texten": {
        "nämner": (
            "En text nämner något av orden i `ord`. Det som `utom` träffar hoppas över, och "
            "finns något av orden i `utan` i någon av texterna blir det inget fynd. Utan `fält` "
            "läses alla texter. Söks tecken i stället för ord säger {tecken} vilket det är, och "
            "{efter} ordet framför."
        ),
        "skriv-hellre": (
            "En text skriver något som det finns ett bättre sätt att skriva. `termer` är en "
            "lista med det som söks, `ord`, och det som ska stå, `skriv`, där \\1 är det som den "
            "första parentesen fann. Med `blandat_med` räknas det bara om en annan text skriver "
            "på det sättet, och med `stigande: ja` bara om de två första parenteserna är tal "
            "och det andra är större."
        ),
        "oförklarad-förkortning": (
            "En förkortning med tre stora bokstäver eller fler som ingen av kommunens texter "
            "förklarar: inom parentes, bredvid eller med de ord som bokstäverna står för. De i "
            "`kända` räknas inte, inte heller den som är namnet på en insats eller har något av "
            "orden i `namn_på` framför sig. Fyndet kommer där den först står."
        ),
        "svårläst": (
            "En mening har fler än `mening` ord, eller en text på minst `minst_ord` ord har ett "
            "läsbarhetsindex (LIX) över `lix`."
        ),
    },
    "Påståenden i texten": {
        "texten-säger-annat": (
            "Det som en text påstår om åldrar eller om hur mycket insatsen är går inte ihop med "
            "fälten i samma insats: `mot` säger vilka. Bara åldrar som gäller samma person "
            "jämförs. Med `mot: andra texter` jämförs namnet, målgruppen och villkoret med "
            "varandra, när inget fält har en ålder."
        ),
        "nivå-saknas": (
            "Ingen nivå av dokumentation är ifylld. Säger texterna en enda är den `sagd`, så att "
            "regeln kan föreslå den."
        ),
        "antal-i-en-annan-text": (
            "En text säger hur mycket insatsen är som mest, och en annan text i samma insats säger "
            "att den är mer. Bara samma sak jämförs, och inte när omfattningen har en enhet."
        ),
        "egen-text-går-isär": (
            "En egen text (egen_text) i insatsen, eller i en del av den, säger inte det som fältet "
            "har (`säger: inte`), eller något annat (`säger: annat`). Tal, namn, nivån för "
            "dokumentationen, samtycke och avgift jämförs, och ord efter hur de börjar. En text "
            "som säger samma sak på ett annat sätt släpps igenom."
        ),
        "översättning-av-annan-text": (
            "En text på ett annat språk säger inte vilken svensk text den är skriven efter "
            "(`brist: saknas`), eller är skriven efter en annan än den som står nu "
            "(`brist: annat`)."
        ),
        "gäller-skyldighet": (
            "Påståendet står i en insats som nämnden ska erbjuda, enligt något av lagrummen i "
            "`lagrum` om de anges. Typ, begrepp, namn, ord i `texter` eller lagstadgad visar "
            "det. Med `täcks: nej` är det inget fynd när en text säger att en annan insats är till "
            "för dem som insatsen inte tar emot."
        ),
        "annan-nämnd": (
            "En text säger att en annan nämnd än kommunens beslutar om insatserna eller ger dem. "
            "Förslagets nämnd och de nämnder som har beslutat tidigare räknas som kommunens."
        ),
        "lagrum-i-texten": (
            "En text hänvisar till ett nummer ur den upphävda lagen (`brist: upphävt`), till något "
            "som socialtjänstlagen inte har (`finns inte`), eller till ett lagrum som inte handlar "
            "om det som texten säger (`handlar om annat`), eller som ingen insats ges med stöd av "
            "fast texten säger det (`ger ingen insats`). Det första som stämmer räknas."
        ),
        "sägs-inte-också": (
            "Ingen text i samma fil påstår något av samma slag, om samma sak, som tar udden av "
            "det: `hur` säger vad, att det inte spelar någon roll (`oavsett`) eller att den som "
            "är utsatt skyddas (`skydd`), och `löfte` att det har undantag."
        ),
        "sägs-först": (
            "Påståendet är det första i filen av sitt slag som säger detsamma i fälten i `lika`. "
            "Då sägs det som alla frågar efter en gång. Ett som har ett fält i `helst` går före, "
            "och ett vars grund står i `inte_grund` räknas inte."
        ),
    },
    "Åldrar och deltagare": {
        "deltar": (
            "Någon som är `från`–`till` år kan delta, eller ingen kan det (`finns: nej`). Finns "
            "ingen ålder angiven avgör vilka som deltar: de i `deltagare` räknas, eller `alla`. "
            "Vet man varken ålder eller deltagare blir det bara ett fynd med `finns: inte "
            "uteslutet`. En ålder som bara står i ord räknas när inget fält har någon. Fyndet "
            "pekar på `plats`, eller på åldern."
        ),
        "ålder-utanför": (
            "En ålder som gäller den som deltar når utanför `från`–`till` år. En gräns som inte "
            "är angiven säger inget. Med `läser: ord` prövas åldern som bara står i ord, när inget "
            "fält har någon."
        ),
        "ålder-binder-vuxna": (
            "En ålder som sägs gälla deltagaren slutar så lågt att de vuxna som deltar med "
            "barnen inte kan ha den: vid högst `till` år, eller `till_vuxen` år när de vuxna "
            "bara är ”vuxna”."
        ),
        "omöjlig-ålder": (
            "En ålder över `högst` år, eller en som ingen av dem som deltar kan ha. `grupper` "
            "säger hur unga (`lägst`) och gamla (`högst`) de kan vara när alla som deltar är av "
            "de slagen. Nämner namnet eller målgruppen något i `utom` räknas inte grupperna."
        ),
        "åldrar-motsäger": (
            "Två åldrar som gäller samma person går inte ihop: i målgruppen, villkoren, "
            "innehållet, namnet, delarna, riskanalysen eller kommunens gemensamma villkor. Med "
            "`säkert: nej` det som bara kan vara en motsägelse."
        ),
    },
    "Dagar": {
        "dag-stämmer-inte": (
            "En dag kan inte stämma. `brist` säger hur: den finns inte i almanackan (`finns "
            "inte`), är före `tidigast` (`för tidig`), ligger långt före lagen eller mer än "
            "`år` år efter (`orimlig`), är efter förslagets dag (`efter förslaget`), är "
            "före det senaste beslutet fast filerna har ändrats sedan dess (`före beslutet`), före "
            "dagen då bilagan börjar gälla (`före ikraftträdandet`), eller före den dag "
            "granskningen görs per (`passerad`). "
            "Utan `fält` läses alla texter utom dem som heter något i `inte_i`."
        ),
        "texten-säger-annan-dag": (
            "En text säger att insatsen gäller till och med, eller från och med, en dag, och "
            "fältet för det säger en annan (`brist: annan`) eller finns inte (`brist: saknas`). "
            "Dagen som insatsen gäller från saknas aldrig."
        ),
        "försenad": (
            "Den första ifyllda dagen i `senast` ligger längre tillbaka än så många månader som "
            "fältet `månader` säger, räknat från den dag granskningen görs per."
        ),
    },
    "Det som ska stämma överens": {
        "skiljer": (
            "Inget av fälten i `fält` stämmer med något av fälten i `mot` på ett annat ställe, "
            "`i`: samma fil, insatsen som en riskanalys gäller, dess delar, kommun.yaml eller "
            "filens namn. `hur` säger hur de ska stämma: vara lika, ha samma ord, ha dem i "
            "en annan böjning eller med andra småord, ha något ord gemensamt, vara en del av "
            "varandra, vara början på det andra, fram till ett bindestreck, eller att det andra "
            "kan vara ett id. Med `fast` är det bara ett fynd där "
            "de ändå stämmer så. `där` är "
            "vad som sägs om det andra stället. Säger något av ställena inget jämförs de inte."
        ),
        "omvänt": (
            "Ett tal i fältet `lägre` är större än talet i fältet `högre` bredvid, eller en dag "
            "senare."
        ),
        "upprepas": (
            "Ett värde i `fält`, eller i insatsernas `insatsfält`, står där en gång till: "
            "likadant (`hur: lika`), eller med annat skiljetecken, annan ordföljd eller böjning "
            "(`nästan lika`). Med `texter` söks namnet i insatsernas löpande texter, särskrivet "
            "eller sammanskrivet. `där` är vad som sägs om det första stället."
        ),
        "lika-texter": (
            "Två insatser säger detsamma i `fält`, i texter på minst `minst_ord` ord. Det gör "
            "de när `andel` procent av den enas ordföljder om fem ord står i den andra, eller, "
            "med `mätt_i: ord`, när de har en hel mening och så många av alla ord gemensamt. "
            "Med `skiljer` är det bara ett fynd där det fältet säger olika, och då jämförs "
            "också insatsernas delar."
        ),
        "kopierat": (
            "Något står kvar från en annan kommun som mappen har kopierats från. `vad` säger "
            "vad, och `minst` på hur många ställen det ska stå när det kan vara en slump."
        ),
    },
    "Hänvisningar": {
        "okänd-referens": (
            "Ett fält nämner något som inte finns i `register`: enheter, avdelningar, insatser "
            "eller begrepp."
        ),
        "nämns-ingenstans": (
            "En post i `register` som ingen insats hänvisar till i `fält`. Med riskanalyser är "
            "det en insats som ingen riskanalys gäller, fast andra har en."
        ),
        "lagrum-stämmer-inte": (
            "Ett fält anger ett lagrum som lagen inte har (`brist: finns inte`), eller ett som "
            "handlar om något annat än insatsen (`gäller något annat`). `texter` är "
            "fälten där insatsen säger vad den är."
        ),
        "beslutshänvisning": (
            "Det är något fel med en text som ska säga vilket beslut som gäller. `brist` säger "
            "vad: den säger inget som går att slå upp, nämner en annan nämnd, eller en punkt "
            "som förslaget inte har."
        ),
    },
    "Kommunens alla insatser": {
        "insatser-utan": (
            "Någon insats eller del saknar alla fälten i `fält`, eller så många att färre än en "
            "av `färre_än_en_av` har något av dem. `nivåer` begränsar det till delar som "
            "dokumenteras så. Med `ord` ska någon av kommunens egna texter i `texter` nämna "
            "dem, och fyndet pekar dit."
        ),
        "avviker-från-övriga": (
            "En insats saknar ett fält som de andra har, och högst en av `högst_en_av` gör det. "
            "”innehåll|syfte” betyder det ena eller det andra. Med `typ` gäller det villkor av "
            "den typen, och den som anger ett skäl hoppas över. Med `åt_båda_håll: ja` räknas "
            "också den som har något som de andra saknar."
        ),
        "saknar-insatser": (
            "Kommunen har några av de insatser som nämnden ska erbjuda, men inte alla. En "
            "skyldighet känns igen på insatstyp, begrepp, lagrum eller ord i insatsens `fält`. "
            "Fyndet pekar på `plats`."
        ),
    },
    "Samtycke, område, avgift och undantag": {
        "samtycke": (
            "Någon under 15 år kan delta, och inget fält och ingen text säger något om "
            "vårdnadshavarens samtycke. `deltagare`, `utan_ålder` och `små_barn` säger vilka barn "
            "som räknas. Finns ingen ålder i fälten räknas den som texterna säger."
        ),
        "samtycke-från-15": (
            "Någon som är 15–17 år kan delta i en insats, och inget fält och ingen text säger "
            "vad som gäller om samtycke då. `deltagare` säger vilka som räknas. Fyndet kommer en "
            "gång per kommun."
        ),
        "samtycke-i-ord": (
            "En text säger något om samtycke som kan gälla någon under 15 år: att det inte behövs "
            "(`säger: behövs inte`, eller `behövs kanske inte` när fälten eller en annan text kan "
            "säga något annat), att det krävs bara under en lägre ålder (`lägre gräns`), eller det "
            "som regelns villkor säger (`annat`)."
        ),
        "annat-område": (
            "Ett fält anger ett område som bara är en del av kommunen. `hela` är ord för hela "
            "områden, `delar` ord för delar. Ett villkor som anger sitt skäl är inget fynd. "
            "I ett påstående är området det som texten säger."
        ),
        "omfattar-del": (
            "Ett fält som säger vilka något gäller nämner inte alla som deltar: säkert "
            "(`utfall: bara`) eller kanske (`utfall: oklart`). `slag` är orden för dem som kan "
            "delta, slag för slag. Övriga parametrar är orden för alla, för dem som deltar, för "
            "vad de gör och för det som begränsar."
        ),
        "samma-skäl": (
            "Texten i `fält` är densamma, ord för ord, i minst `minst` insatser. Fyndet kommer en "
            "gång per kommun, för den text som flest har."
        ),
        "skäl-i-analysen": (
            "Insatsens riskanalys argumenterar för samma dokumentation (`finns: ja`), eller "
            "ingen gör det. Den gör det om dess egen dokumentation är på samma nivå, och den "
            "säger något om att utelämna uppgifter eller har en bedömning. Fyndet pekar på "
            "`plats`, och visar var skälen står."
        ),
        "skäl-i-ord": (
            "En text i `fält` ger ett skäl av ett slag i `skäl`, och inget av ett slag i `saknar`. "
            "Slaget `inget` är en text som bara säger att det finns skäl, så som `tomma` känner "
            "igen den, och `okänt` är varje annan text utan något skäl som går att känna igen."
        ),
        "tar-ut-avgift": (
            "En avgift tas ut för själva insatsen, eller så är det oklart om den gör det "
            "(`säger: oklart`). En kostnad för mat eller material räknas inte."
        ),
        "avgift-tas-ut": (
            "En text påstår något om en insats som kostar något, enligt fältet `avgift` eller, om "
            "det saknas, enligt texterna. Bara det första påståendet av slaget räknas."
        ),
        "avgift-motsägs": (
            "Det som en text påstår om en avgift går inte ihop med fältet `avgift`, med en annan "
            "text i samma insats eller, när kommunens gemensamma text säger att inget kostar, med "
            "någon av insatserna."
        ),
    },
    "Beslut": {
        "beslutskedja": (
            "Något är fel med ett fryst beslut, med det som det ersätter eller med hur det "
            "anges. `brist` säger vad: det är ändrat, saknas, är inte det närmast före eller är "
            "inte bundet med sin kontrollsumma. Fyndet pekar på `plats`."
        ),
        "beslutar-inte": (
            "Ingen mening i `fält` beslutar om något av `föremål`. `beslutar` och `att` är "
            "verben som beslutar, `uppdrag` det som lägger det på någon annan, och `andra` dem "
            "som inte är nämnden."
        ),
    },
    "Filen": {
        "oskyddat-värde": (
            "Ett värde utan citattecken är, som helhet, som något av uttrycken i `mönster`."
        ),
        "går-inte-att-skriva-ut": (
            "En text som skrivs ut har tecken som inget typsnitt har. `inte_i` är fält som inte "
            "skrivs ut."
        ),
    },
}
