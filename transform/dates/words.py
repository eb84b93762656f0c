"""The words by which :mod:`transform.dates.roles` tells what a date is; patterns, no grammar."""

from __future__ import annotations

import re

_A_STRATEGY = (
    r"(?:\b[\wÄÖÜäöüß-]{0,60}(?:strateg(?:ie|ien)|programm(?:e?s)?|roadmap|agenda|masterplan(?:s|es)?|fahrplan(?:s|es)?|"
    r"digitalplan(?:s|es)?|aktionsplan(?:s|es)?|leitbild(?:s|es)?|konzept(?:s|es)?|smart[- ]city[- ]konzept)|"
    r"(?<![\w-])plan(?:s|es)?)\b"
)
STRATEGY = re.compile(_A_STRATEGY, re.IGNORECASE)
"""A word for a strategy of any kind, compounds included; of plans only those that no other kind of plan shares."""
GENERAL = re.compile(
    r"(?:landes|gesamt|zukunfts|dach|digital(?:isierungs)?|e-government-)*-?"
    r"(?:strategie|programm|roadmap|agenda|masterplan|fahrplan|plan|aktionsplan|leitbild|konzept)",
    re.IGNORECASE,
)
"""A strategy without a special field: ``Strategie``, ``Landesstrategie``, ``Digitalisierungsprogramm``."""
DECIDED = re.compile(
    r"\b(?:[Bb]eschlossen|beschloss|beschließt|[Vv]erabschiedet(?:e|en)?|[Gg]ebilligt|billigte[n]?|billigt|zugestimmt|"
    r"stimmte[n]?(?=.*\bzu\b)|angenommen|Kabinettsbeschluss|beschlossene[nrs]?|verabschiedete[nrs]?|gebilligte[nrs]?|"
    r"Beschluss|Beschlusses|Senatsbeschluss|Ministerratsbeschluss|Verabschiedung(?=\s+(?:durch\b|"
    r"(?:der|des)\s+(?:[\w-]+\s+){0,2}?[\w-]*(?i:strategie|programm|plan|agenda|roadmap|konzept))))\b"
)
NOT_YET = re.compile(
    r"\b(?:soll(?:en|te)?|wird|werden|will|wollen|muss|kann|könnte|noch nicht|nicht)\b(?:[^.]|(?<=\d)\.)*"
    r"\b(?:beschl|verabschied|gebilligt|zugestimmt)",
    re.IGNORECASE,
)
OTHER_MATTER = re.compile(
    r"\b(?:das|ein|dem|einem|den|einen|eine|die|der)\s+(?:\w+\s+)?\w*(?:gesetz(?:es|entwurf)?|haushalt(?:splan)?|eckpunkte|"
    r"verordnung|vertrag|staatsvertrag|pakt|entwurf|maßnahmenpaket|nachtrag)\b|"
    r"[„“\"»](?:\w+\s+)?(?:\w*gesetz|verordnung|richtlinie)\b",
    re.IGNORECASE,
)
_EARLIER = (
    r"(?:erste[nrs]?|frühere[nrs]?|vorherige[nrs]?|vorige[nrs]?|bisherige[nrs]?|vorangegangene[nrs]?|vorhergehende[nrs]?|"
    r"alte[nrs]?|ursprüngliche[nrs]?|ehemalige[nrs]?|damalige[nrs]?)"
)
EARLIER_STRATEGY = re.compile(rf"\b{_EARLIER}\s+(?:[\wäöüß-]+\s+){{0,2}}?{_A_STRATEGY}", re.IGNORECASE)
PREDECESSOR = re.compile(r"\bVorgänger(?:in|s|strategie|programms?|version|papiers?|dokuments?|fassung)?\b")
FOLLOWS = re.compile(
    r"\b(?:löst(?=.*\bab\b)|löste(?=.*\bab\b)|ersetzte?|ablöst|abgelöst|bau(?:t|te)\s+auf|aufbauend\s+auf|knüpft(?:\s+an)?|"
    r"schreibt(?=.*\bfort\b)|Fortschreibung|Weiterentwicklung|Nachfolger(?:in)?|Nachfolgestrategie|Nachfolgeprogramm|"
    r"(?:im\s+)?Anschluss\s+an|tritt\s+an\s+die\s+Stelle|folgt\s+auf)\b"
)
"""Words of following, right before the strategy that is followed."""
FOLLOWED = re.compile(
    r"\s+(?!als\b|zum\b|zur\b|für\b)(?:(?!neue[nrms]?\b|aktuelle[nrms]?\b|ist\b|hat\b|wird\b)[\w„“»«\"-]+\s+){0,6}"
)
"""What may stand between a verb of following and the strategy that is followed; a new one follows nothing."""
FOLLOWED_BY_NOUN = re.compile(
    r"\s+(?:der|des|von|unserer|unseres|ihrer|seiner|dieser|dieses|zur|zum)\s+(?:(?!neuen\b)[\w-]+\s+){0,4}"
)
"""The same after a noun (``Fortschreibung der …``): ``die Strategie, als Fortschreibung das Programm 2025`` follows."""
RELATIVE = re.compile(r",\s*(?:die|das|den|der|welche[rs]?)\b")
SHORT_NAME = re.compile(r"(?:\s+(?!und\b|bis\b|seit\b|wird\b)[\wäöüß„“\"-]+){0,4}\s*[(„]?")
NAMED_WITH_DATE = re.compile(_A_STRATEGY + r"(?:\s+[\w.-]+){0,3}\s+(?:vom|von|aus)\s+$", re.IGNORECASE)
"""A strategy named with its date: ``das Konzept vom``."""
MADE_UNTIL = re.compile(
    r"(?:(?!\bund\b)[^.;]){0,120}?\b(?:vorliegen|vorgelegt|erarbeitet|beschlossen|verabschiedet|vorgestellt|fortgeschrieben|"
    r"überarbeitet|entwickelt|erstellt|fertig\w*|veröffentlicht|evaluiert)\b"
)
"""What follows a year until which the strategy itself is to be made: no horizon of it."""
RELATIVE_BEFORE = re.compile(r",\s*(?:die|das|der|welche[rs]?)\s+(?:im|am)\s+$")
PUBLISHED_WAS = re.compile(r"^\s+(?:veröffentlicht|publiziert|vorgelegt)\s+(?:wurde|worden)\b")
FROM_YEAR = re.compile(r"\b(?:aus\s+dem\s+Jahre?|aus|von|vom|des\s+Jahres|vom\s+Jahre?)\s+$", re.IGNORECASE)
PERIOD_WORDS = re.compile(
    r"\b(?:Laufzeit|Programmzeitraum|Zeitraum|Umsetzungszeitraum|Förderzeitraum|Förderperiode|Programmperiode|"
    r"Programmlaufzeit|Geltungsdauer|Geltungszeitraum|für die Jahre|in den Jahren|gilt (?:von|für))\b"
)
FOREIGN_PERIOD = re.compile(
    r"\b\w*(?:haushalt\w*|schuljahr\w*|semester|saison|legislatur\w*|wahlperiode|winter|ausbildungsjahr|geschäftsjahr)\s*(?:den\s+Jahren\s+)?$",
    re.IGNORECASE,
)
HORIZON_BEFORE = re.compile(
    r"\b(?:bis|bis\s+zum\s+Jahre?|bis\s+ins\s+Jahr|Zielhorizont|Zeithorizont|Horizont|Zieljahr)\s+$", re.IGNORECASE
)
VISION = re.compile(r"\b(?:Vision|Zukunftsbild|Zielbild|Leitbild|Zielvision|Horizont|Zukunftsvision)\w*\b")
FOR_THE_YEAR = re.compile(r"\bfür\s+(?:das\s+Jahr\s+)?$")
LOOKS_AHEAD = re.compile(
    r"\b(?:Ziele?n?|wollen|wird|werden|soll(?:en)?|Zielsetzung|Strategie\w*|Plan|gilt|gelten|Laufzeit|läuft|reicht)\b"
)
EVENT_NOUN = re.compile(
    r"(?:\b[\w-]{0,40}(?:tour|kongress(?:es)?|konferenz(?:en)?|veranstaltung(?:en)?|tagung(?:en)?|gipfels?|messe|forums?|workshops?|"
    r"(?-i:Treffens?)|\wtreffens?|festivals?|symposiums?|fachtags?|barcamps?|hackathons?|dialogforum|zukunftswerkstatt|werkstatt|(?<![kp])reise|conventions?|summits?|"
    r"digitaltag(?:s|es|e|en)?|strategietags?|preisverleihung|auftakts?|fachgespräch|feierstunde|delegation)\b)",
    re.IGNORECASE,
)
EVENT_LABEL = re.compile(r"^\W*(?:Wann|Termin|Veranstaltungstermin|Beginn)\s*:[^.;]{0,30}$")
"""What stands before the day of an event in its particulars: ``Wann: Donnerstag, 4. Mai 2023``."""
EVENT_PARTICULARS = re.compile(r"^\W*(?:Uhrzeit|Ort|Veranstaltungsort|Beginn|Einlass)\s*:", re.MULTILINE)
TAKES_PLACE = re.compile(
    r"\b(?:find(?:et|en)|fand(?:en)?)\b[^.;]*(?:(?<=\d)\.[^.;]*)*\bstatt\b|\bstatt(?:findet|finden|fand|fanden|gefunden)\b"
)
"""What takes place is an event, whatever its name."""
EVENT_VERB = re.compile(
    r"\b(?:fand(?:en)?|findet|finden|stattgefunden|stattfinden|traf(?:en)?|trifft|treffen|besuchte[n]?|informierte[n]?|lud(?:en)?|lädt|"
    r"eröffnete[n]?|teilgenommen|teilnahmen|nahmen|getroffen|tagte[n]?|tagt|diskutierte[n]?|reiste[n]?)\b"
)
PLACE_AFTER = re.compile(r"^\s*,?\s*(?:in|im|auf|an|am)\s+(?:der\s+|dem\s+)?[A-ZÄÖÜ]")
PUBLISHED_BEFORE = re.compile(
    r"\b(?:veröffentlicht|erschienen|publiziert|Veröffentlichung|Erscheinungsdatum|Veröffentlichungsdatum|Pressemitteilung|"
    r"Medieninformation|Presseinformation|Pressemeldung|Meldung|Medien-Info)\s*(?:Nr\.\s*\S+\s*)?:?\s*(?:am|vom|im|seit|den)?:?\s*$|"
    r"^\W*(?-i:Meldung|Nachricht|Artikel|Bericht|Pressemitteilung)(?:\s+(?-i:[A-ZÄÖÜ])[\w-]+){0,2}\s*[:|]?\s*$",
    re.IGNORECASE,
)
WAS_PUBLISHED = re.compile(r"^[^.;]{0,80}?\b(?:veröffentlicht|erschienen|publiziert|vorgelegt)\b")
LOOKS_BACK = re.compile(
    r"\b(?:Nachbericht|Rückblick|Rückschau|Nachlese|Das war|So war|Jahresbericht|Tätigkeitsbericht|Jahresrückblick|"
    r"Protokoll|[\w-]*[Ww]ettbewerb|[\w-]*[Pp]reis|[\w-]*[Aa]ward|[\w-]*[Tt]age)\b"
)
"""Words of a title that tells of what was, or of a contest: its year aims at nothing."""
MISSED = re.compile(
    r"\b(?:unwahrscheinlich|verschoben|verfehlt|gescheitert|scheiter(?:t|te|ten|n)|nicht (?:zu )?erreich\w+)\b"
)
"""Words of a goal that is given up."""
OWN_WILL = re.compile(
    r"\b(?:wir|uns|unser\w*|will|wollen|wollte[n]?|möchten?|plant|planen|strebt|streben|vorhat|Vorhaben|Ziel|Ziels|"
    r"Zielsetzung|Ergebnisse)\b",
    re.IGNORECASE,
)
"""Words of somebody who aims, or of what a whole programme brings."""
ONLY_DRAFT = re.compile(
    r"\b(?:Eckpunkte\w*|\w*[Ee]ntw[uü]rfe?s?)\s+(?:\w+\s+){0,2}?(?:der|des|einer|eines|für|zur|zum|ihrer|seiner)\b|"
    r"\bderen\s+(?:Eckpunkte|Entwurf)\b"
)
"""The key points or the draft of a strategy, which are decided before it."""
OVER = re.compile(
    r"\b(?:hat|haben|hatte[n]?|wurden?)\b[^.]*\b(?:umgesetzt|abgeschlossen)\b|\bbeendet\b|\bausgelaufen\b|\bVorgängerregierung\b"
)
"""Words of a programme that is over."""
OPENS_DECIDED = re.compile(
    r"^\W*(?:Beschluss|Beschlossen|Verabschiedet|Kabinettsbeschluss)\s+(?:durch|vom|von|am|im|des|der)\b[^,;:]{0,80}$"
)
"""A line under the title that says who decided the strategy and when: ``Beschluss durch den Rat am 3. Mai 2023``."""
ON_A_STRATEGY = re.compile(
    r"\b[Zz]u(?:m|r)\s+[\w„“-]*(?:strategie|plan|programm|agenda|roadmap)\b[^,;]*$", re.IGNORECASE
)
"""``Zum Aktionsplan wurde am … ein Bericht vorgelegt``: what came out is about the strategy, and is not it."""
UNTIL_THEN = re.compile(
    r"\b(?:wurden?|worden|waren|konnten?|hatten?)\b|"
    r"\bsind\b[^.]*\b(?:abgeschlossen|umgesetzt)\s*(?:, (?:darunter|davon)\b|worden\b)"
)
SPEAKS_OF_STRATEGY = re.compile(
    r"strateg|agenda|roadmap|masterplan|fahrplan|leitbild|zielbild|\bvision|digitalprogramm|digitalplan|"
    r"digitalisierungsprogramm|digitalisierungsplan|aktionsplan|landesprogramm|zukunftsplan|entwicklungsplan",
    re.IGNORECASE,
)
"""Without any of these words a page is about no strategy, and a year in its title is that of something else."""
GOES_ON = re.compile(
    r"\b(?:Ziele?n?|wollen|will|wird|werden|soll(?:en|te|ten)?|gilt|gelten|läuft|reicht|angelegt\w*|ausgerichtet\w*|"
    r"geplant\w*|vorgesehen\w*|festgelegt\w*|fortgesetzt|verlängert)\b|"
    r"(?:strategie|programm|agenda|roadmap|plan|planung|paket)\s+bis\b",
    re.IGNORECASE,
)
"""Words of a sentence in the past whose ``bis`` still leads into the future."""
IN_THE_YEARS = re.compile(r"\b(?:für die Jahre|in den Jahren)\W*$")
QUOTED_RELEASE = re.compile(
    r"\b(?:in|laut|aus|gemäß|nach)\s+(?:(?:einer|der|ihrer|seiner|eigener)\s+)?(?:[\w-]+\s+)?"
    r"(?:Pressemitteilung|Medieninformation|Presseinformation|Pressemeldung|Meldung)\s+vom\s+$"
)
"""A release that the page quotes: its day is not the page's own."""
ELSEWHERE_DEED = re.compile(
    r"\b(?:vorgestellt|angekündigt|veröffentlicht|unterzeichnet|gegründet|ausgeschrieben|freigeschaltet|aufgerufen)\b"
)
AT_EVENT = re.compile(r"\b(?:auf|bei|beim|während|im Rahmen)\b", re.IGNORECASE)
PREPOSITION_BEFORE_YEAR = re.compile(
    r"\b(?:aus\s+dem\s+Jahre?|im\s+Jahre?|im|in|seit|von|vom|ab|vor|nach|des\s+Jahres|Jahre?[sn]?|Stand:?|am|Ende|Anfang|Mitte|©)\s+$",
    re.IGNORECASE,
)

NAME_BEFORE = re.compile(r"(?<!^)(?<!Jahr)(?<!Jahre)(?<![.!?] )(?:\b(?!Jahre?\b)[A-ZÄÖÜ][\w.-]*|[“”\"»])\s+$")
"""A capitalised word right before a year makes it part of a name: ``Digitalprogramm 2025``."""
STANDS_FOR_IT = re.compile(r"\b(?:Sie|Er|Es|Diese|Dieses|sie|er|es|ihn|ihm)\b|[„»\"]\w")
"""A pronoun, or a name in quotation marks."""
TOLD_OF = re.compile(
    r"\b(?:beschlossen|verabschiedet|vorgelegt|veröffentlicht|vorgestellt|aufgelegt|gestartet|beschloss|verabschiedete|"
    r"veröffentlichte|(?:legte|stellte)(?=.*\bvor\b))\b"
)
QUOTED_NAME = re.compile(r"[„“\"»«][^„“”\"»«]{3,90}[“”\"«»]")
"""A name in quotation marks, whose year is part of it."""
OPENS_PUBLISHED = re.compile(r"^\W*(?:Veröffentlicht|Erschienen|Publiziert)\b[^.;]{0,100}\b(?:im|am|seit)\s+$")
"""A sentence that begins with the publication: ``Veröffentlicht hat sie die Landesregierung im Mai 2021``."""
ONLY_PART = re.compile(r"(?<!Version )(?<!Fassung )(?<!Auflage )\b(?:der|des|einer|eines|unserer|ihrer|zur|zum|für)\b")
"""``Der erste Entwurf der Strategie``: what comes first is something of the strategy, not another strategy."""
OF_THINGS = re.compile(
    r"\b(?:[Aa]lle[nr]?|[Ss]ämtliche[nr]?|[Jj]ede[nrsm]?)\s+(?:[a-zäöüß-]+\s+){0,2}(?=[A-ZÄÖÜ])"
    r"(?!Menschen|Bürger|Bereiche|Lebens|Ressort|Beteiligt|Akteur|Generation|Maßnahmen|Ziel|Vorhaben|Punkte)|"
    r"\b(?:Anschluss|Anbindung|Ausstattung|Umstellung|Inbetriebnahme)\s+(?:der|des|von|an)\b|"
    r"^\W*Ziele?:\s"
)
"""``bis 2022 alle Schulen``, or what stands behind a label ``Ziel:``: the year is the deadline of these things."""
OURS = re.compile(r"\b(?:wir|uns|unser\w*)\b", re.IGNORECASE)
MADE_BEFORE = re.compile(
    r"\b(?:Entwicklung|Erarbeitung|Erstellung|Ausarbeitung|Veröffentlichung|Vorlage|Verabschiedung|Fertigstellung|Evaluation|"
    r"Evaluierung|Überarbeitung)\s+(?:(?:der|des|einer|eines)\s+)?(?:[\w-]+\s+){0,2}?" + _A_STRATEGY + r"[\s(,]*bis\b",
    re.IGNORECASE,
)
"""``Erarbeitung der Strategie bis 2024``: what stands before a year until which the strategy is to be made."""
BACKGROUND = re.compile(r"^\W*(?:Während|Obwohl|Nachdem)\s+(?:der\s+Bund|die\s+Bundesregierung|andere)\b")
"""What others decided, told as the background of something else."""
MONEY_FOR = re.compile(
    r"(?:mittel|\bMittel|\bEuro|\bHaushalt\w*|\bBudget|\bStellen)\s+(?:[\w-]+\s+){0,4}"
    r"(?:für die Jahre|in den Jahren)\W*$|"
    r"\b(?:Volumen|Kosten|Ausgaben)\b[^.;:]{0,120}\b(?:beläuft|belaufen|beträgt|betragen)\b[^.;:]{0,60}$"
)
"""Money for some years runs from budget to budget, whatever strategy it is for."""
PARTS = re.compile(
    r"\b[\w.]+\s+(?:[a-zäöüß]+\s+)?"
    r"(?=(?:Handlungsfeld|Themenfeld|Leitlinie|Leitsätze|Grundsätze|Säule|Kapitel))"
)
"""The count of a strategy's parts, which is nothing to be reached: ``fünf Handlungsfelder``."""
APPOINTED = re.compile(r"\b(?:eingesetzt|berufen|ernannt|bestellt|eingerichtet|gegründet)\b")
"""A decision that puts somebody or something in place, which no quoted name makes one on a strategy."""
UPDATE = re.compile(
    r"\b(?:Fortschreibung|fortgeschrieben\w*|[Ww]eiterentwick\w+|Neuauflage|aktualisiert\w*|schreibt\b.*\bfort)\b"
)
"""Words of a strategy that is made anew from an older one."""
