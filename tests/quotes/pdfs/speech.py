"""Invented quotes in Dutch: the example's own sentences, and a small grammar for volume.

Deterministic: the same seed says the same things. Short and long, with figures that look like
section numbers, lists, compounds, sentences without a full stop.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tracker.demo.book import example_book

WHO = (
    "onze zorgcoördinator|de gemeente|de wijkagent|een huisarts|de arbeidsinspectie|"
    "het samenwerkingsverband|onze ketenpartners|de opvanglocatie|een vertrouwenspersoon|"
    "de jeugdbescherming|het expertisecentrum|een hulpverlener|de aandachtsfunctionaris|"
    "mijn collega|de vreemdelingenpolitie|het openbaar ministerie|een ervaringsdeskundige|"
    "de woningcorporatie|het regionale informatiecentrum|de leerplichtambtenaar"
).split("|")
DOES = (
    "vraagt|ziet|mist|herkent|deelt|bespreekt|onderzoekt|verwacht|ontvangt|beoordeelt|"
    "organiseert|betaalt|bewaakt|registreert"
).split("|")
WHAT = (
    "de eerste signalen|een vast aanspreekpunt|voldoende opvangplekken|de informatie-uitwisseling|"
    "een gezamenlijke werkwijze|meer capaciteit|de slachtofferrechten|een betrouwbare tolk|"
    "het meldingsformulier|de arbeidsomstandigheden|een landelijk kwaliteitskader|"
    "zorg- en veiligheidsplannen|de vertrouwensrelatie|in- en uitstroom|een nazorgtraject|"
    "de schuldhulpverlening|het hele uitbuitingsproces|een snelle terugkoppeling|"
    "de preventie-aanpak|een beschermde leefomgeving"
).split("|")
HOW = (
    "zonder dat iemand daarom vroeg|in het eerste gesprek|bij de intake|pas na drie maanden|"
    "samen met de andere gemeenten|op het moment dat het nodig is|voordat het te laat is|"
    "omdat niemand anders het doet|ook buiten kantooruren|met een warme overdracht|"
    "terwijl de wachtlijst groeit|via een beveiligde omgeving|aan dezelfde keukentafel|"
    "ondanks alle goede bedoelingen|zolang de financiering tijdelijk is"
).split("|")
TAIL = (
    "Dat kost tijd, en die is er niet.|Zo blijft niemand buiten beeld.|Waarom duurt dat zo lang?|"
    "Het werkt, maar alleen met vaste gezichten.|Bij ons begint het bij vertrouwen.|"
    "Daar is o.a. geld voor nodig.|Dit geldt bijv. voor minderjarigen.|"
    "Wie belt er dan terug?|Niemand voelt zich daar echt eigenaar van.|"
    "Iedereen/alles wijst naar elkaar.|Een melding is nog geen bescherming!|"
    "De regels veranderen sneller dan onze formulieren.|In 2019 was dat nog heel anders."
).split("|")
BRIEF = (
    "Meer tijd.|Korte lijnen.|Wie luistert?|Elke dag telt.|Opvang voor gezinnen.|Eén loket!|"
    "Minder overleg, meer doen.|Vertrouwen kost tijd.|Geen budget.|Blijf bellen."
).split("|")
ODD = (
    "3.2 miljoen euro ging naar {what}, en niemand weet waar het bleef.",
    "4.12 staat er op het formulier, maar {who} kent die code niet.",
    "Wij hanteren norm 2.10 bij {what} en dat helpt.",
    "12 gemeenten delen {what} {how}.",
    "In 40% van de zaken mist {who} {what} (zie artikel 6.2 van het convenant).",
    "‘Ik wil alleen maar slapen’, zei zij, en {who} had daar geen antwoord op.",
    "NLA-inspecteurs en {who} zien elkaar nooit",
    "Een e-mail is geen gesprek – {who} {does} {what} {how}.",
)
TITLES = (
    "Signalen eerder zien|Samenwerking in de regio|Gebrek aan capaciteit|Opvang en nazorg|"
    "Wet- en regelgeving|Onvoldoende communicatie en voorlichting aan slachtoffers|"
    "Veiligheid|Registratie en cijfers|Arbeidsuitbuiting in beeld|Jongeren|"
    "Meer regie vanuit de gemeenten en een duidelijke rol voor de zorgcoördinator|"
    "De digitale wereld|Kennis en bewustwording|Verblijf en procedures|Wonen en werken|"
    "Financiering op de lange termijn|Toezicht dat verder kijkt|Een vast gezicht|"
    "Ervaringskennis benutten|Daderaanpak en vervolging: sneller, samen en zichtbaar"
).split("|")
CHAPTERS = ("Trends", "Problemen", "Wat gaat goed", "Ambities")


class Speech:
    """An endless supply of different quotes."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self._said: set[str] = set()
        own = [s.text for part in example_book().parts for s in part.statements]
        self._own = list(dict.fromkeys(own))
        self.dice.shuffle(self._own)

    def quotes(self, count: int) -> Iterator[str]:
        """Say so many quotes, each another."""
        while count:
            text = self._quote()
            if text not in self._said:
                self._said.add(text)
                count -= 1
                yield text

    def _quote(self) -> str:
        turn = self.dice.random()
        if turn < 0.35 and self._own:
            return self._own.pop()
        if turn < 0.4:
            return self.dice.choice(BRIEF)
        if turn < 0.5:
            return self._fill(self.dice.choice(ODD))
        sentences = [self._sentence() for _ in range(self.dice.choice((1, 1, 1, 2, 2, 3, 5)))]
        if self.dice.random() < 0.4:
            sentences.append(self.dice.choice(TAIL))
        text = " ".join(sentences)
        return text.rstrip(".") if self.dice.random() < 0.06 else text

    def _sentence(self) -> str:
        text = self._fill("{who} {does} {what} {how}")
        if self.dice.random() < 0.3:
            text = self._fill(f"als {text}, dan {{does}} {{who}} {{what}}")
        return f"{text[0].upper()}{text[1:]}."

    def _fill(self, form: str) -> str:
        pick = self.dice.choice
        return form.format(who=pick(WHO), does=pick(DOES), what=pick(WHAT), how=pick(HOW))

    def points(self) -> list[str]:
        """Say a quote that is a list: its opening, and two or three points."""
        points = [self._fill("{what} {how}") for _ in range(self.dice.choice((2, 3)))]
        return [f"{self._fill('Wat {who} nodig heeft')} is het volgende:", *points]
