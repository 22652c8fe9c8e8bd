"""Every sentence that a report makes by itself. Each says only what the figures prove, in plain
Dutch: no causes, no praise. The tests read all of them, and see each in a report."""

from __future__ import annotations

from enum import StrEnum


class Say(StrEnum):
    """A sentence with places for what it is about; calling it fills them."""

    def __call__(self, **words: object) -> str:
        return self.value.format(**words)

    # of a document as a whole
    TITLE = "Dienstverlening in {period}"
    SUBTITLE = "Rapportage voor college en raad van {municipality}"
    SUMMARY = "Hoe {municipality} in {period} bereikbaar was en vragen van inwoners afhandelde."
    IS_CONCEPT = "CONCEPT. Dit rapport is nog niet vastgesteld. De inhoud kan nog veranderen."
    IS_REPLACED = "VERVANGEN. Gebruik versie {version}. Daarin is een fout hersteld."
    IS_DEMO = "Dit rapport gaat over verzonnen gegevens. Het dient alleen als voorbeeld."
    NOTHING_WRITTEN = "Hierover is niets ingevuld."

    # the message
    SCORE = "In {period} halen we {met} van de {judged}."
    SCORE_UNKNOWN = "Van {unknown} is er geen cijfer."
    NO_SCORE = "Over {period} is er van geen enkel doel een cijfer."
    MISSED = "Norm niet gehaald: {names}."
    WORSE = "Verslechtering die niet door toeval komt: {names}."
    BETTER = "Verbetering die niet door toeval komt: {names}."
    INCOMPLETE = "De cijfers over {things} zijn niet compleet. Bijlage C zegt wat er ontbreekt."

    STAND = "De doelen in {period}, en het jaar tot en met {until}. Bijlage B legt de woorden uit."

    # a figure
    VALUE = "In {period} was dit {value}."
    AT_END = "Aan het eind van {period} was dit {value}."
    PART = "Dat zijn {part} van de {cases}."
    PART_ONE = "Dat is {part} van de {cases}."
    CASES = "Het gaat om {cases}."
    NO_VALUE = "Over {period} is er geen cijfer."
    REASON = "De reden: {reason}."
    NORM_MET = "De norm is {norm}. Die is gehaald."
    NORM_MISSED = "De norm is {norm}. Die is niet gehaald."
    NORM_ONLY = "De norm is {norm}."
    NO_NORM = "Voor dit doel geldt geen norm."
    FEW = "Daardoor is het percentage onzeker: het ligt tussen {low} en {high}."
    COVERED = "Van {share} van de vragen weten we dit."
    BOUNDS = "Als we alles wisten, lag het tussen {low} en {high}."
    NEW_NORM = "Sinds {day} is de norm {norm}. Dit rapport gebruikt de norm van {first}."
    NEW_MEANING = "Sinds {day} tellen we anders: {what}."

    # beside other months
    DIFFERS = "Dit is {difference} dan in {month}."
    EQUALS = "Dit is gelijk aan {month}."
    NO_BEFORE = "Van {month} is er geen cijfer om mee te vergelijken."
    CHANCE = "Het verschil tussen de maanden valt binnen het toeval."
    IMPROVED = "Dit is een verbetering die niet door toeval komt."
    WORSENED = "Dit is een verslechtering die niet door toeval komt."
    CHANGED = "Dit is een verandering die niet door toeval komt."
    OUTSIDE = "{month} valt buiten de grenzen van het toeval: {low} tot {high}."
    RISES = "Het cijfer stijgt al {months} op rij."
    FALLS = "Het cijfer daalt al {months} op rij."
    ABOVE = "Het cijfer ligt al {months} boven het gemiddelde van {mean}."
    BELOW = "Het cijfer ligt al {months} onder het gemiddelde van {mean}."
    NEAR_HIGH = "Het cijfer ligt vaker bij de bovengrens ({high}) dan toeval verklaart."
    NEAR_LOW = "Het cijfer ligt vaker bij de ondergrens ({low}) dan toeval verklaart."
    TOO_FEW = "Van {months} is er een cijfer. Dat is te weinig om toeval te herkennen."
    PROVISIONAL = "De grenzen van het toeval zijn voorlopig. Ze komen uit {months}."
    ALWAYS = "Met dit proces halen we de norm steeds."
    SOMETIMES = "Met dit proces halen we de norm soms wel en soms niet."
    NEVER = "Met dit proces halen we de norm niet."

    # the year
    SO_FAR = "Over {year} tot en met {month} is dit {value}."
    ON_PATH = "Het groeipad verwachtte {value}. Dat is gehaald."
    OFF_PATH = "Het groeipad verwachtte {value}. Dat is niet gehaald."
    EXPECTED = "Voor december verwachten we {value}, tussen {low} en {high}."
    HITS = "Eerdere verwachtingen kwamen {hits} van de {tested} keer uit."
    NO_FORECAST = "Er is geen verwachting voor december: {reason}."
    AT_LEAST = "Om dit jaar de norm te halen, is daarna gemiddeld minstens {value} nodig."
    AT_MOST = "Om dit jaar de norm te halen, mag het daarna gemiddeld hoogstens {value} zijn."
    OUT_OF_REACH = "De norm van dit jaar vraagt een cijfer dat geen bekende maand had."
    CERTAIN = "De norm over heel {year} is al zeker gehaald."

    # the chart
    SHOWS = "De lijn toont {name}, van {first} tot en met {last}."
    RANGE = "De laagste maand was {low}, de hoogste {high}."
    BAND = "De band toont wat toeval kan zijn: {low} tot {high}."
    NORM_LINE = "De streeplijn is de norm: {norm}."
    EMPTY_CHART = "Er zijn geen cijfers om te tekenen."
    MISSING = "Geen cijfer: {months}."

    # departments and annexes
    ONLY_SURE = "Hier noemen we een norm pas gehaald of niet gehaald bij 95 procent zekerheid."
    HIDDEN = "x betekent: niet getoond. Bijlage C zegt waarom."
    HIDDEN_BELOW = "Een deel met minder dan {number} vragen of oproepen tonen we niet."
    GUARDED = "Soms tonen we ook een ander deel niet. Anders was het eerste uit te rekenen."
    JUDGED_FROM = "Van een deel met minder dan {number} zeggen we niet of het de norm haalt."
    WITHHELD = "{name}: geen cijfers per {axis} ({reason})."
    PARTS_MET = "{name}, zeker gehaald: {parts}."
    PARTS_MISSED = "{name}, zeker niet gehaald: {parts}."
    NO_PARTS = "Voor deze periode zijn er geen cijfers per afdeling."
    UNKNOWN_YEAR = "n.b. betekent: niet bekend."
    COMPLETE = "Van elke open dag zijn er cijfers over {things}."
    DAYS_MISSING = "Van {missing} van de {days} open dagen ontbreken cijfers over {things}."
    ALL_MISSING = "Van alle {days} open dagen ontbreken cijfers over {things}."
    DAYS_PARTIAL = "Van {days} zijn de cijfers over {things} niet compleet."
    WHICH_DAYS = "Het gaat om {days}."
    MANY_DAYS = "Het zijn er te veel om te noemen. Het blad Dagen in de spreadsheet noemt ze."
    NO_SOURCES = "Er was geen bron die cijfers gaf."
    NOT_READ = "{name} was niet te lezen toen we de cijfers vastlegden."
    REJECTED = "Sinds {first} konden we van {name} {rows} niet lezen. Die tellen niet mee."
    NOTHING_REJECTED = "Sinds {first} konden we alle regels van de bronnen lezen."
    NO_CORRECTION = "Deze versie is geen correctie van een eerdere."
    REPLACES = "Deze versie vervangt versie {version}. Het erratum voorin zegt waarom."
    FROZEN = "Na {moment} verandert geen cijfer in dit rapport meer."


class Word(StrEnum):
    """What the words of the tables mean, under their names."""

    VERANDERING = "Wat de laatste maand zegt over het proces. Toeval alleen is geen verandering."
    TOEVAL = "Elke maand is anders. Binnen de grenzen van het toeval zegt dat niets."
    SIGNAAL = "Een maand die meer is dan toeval: een verbetering of een verslechtering."
    HAALBAARHEID_NORM = (
        "Of het proces de norm haalt: steeds, soms of niet. Bij een signaal is dat het proces van "
        "ervoor."
    )
    VERWACHTING = "Waar het cijfer uitkomt als het proces blijft zoals het is."
    PROCENTPUNT = "Het verschil tussen twee percentages: van 79 naar 80 procent is 1 procentpunt."
    KCC = "Klantcontactcentrum: hier komen vragen van inwoners binnen."

    @property
    def word(self) -> str:
        """The word itself."""
        return self.name if self is Word.KCC else self.name.replace("_", " ").capitalize()
