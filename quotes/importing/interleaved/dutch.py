"""Facts of Dutch that tell which word can follow which: small words by kind, the rest by ending.

Only the grammar of the language, no word of any anthology. Words of another language fall through
to their last letters, which still tells something.
"""

from __future__ import annotations

import re

_KINDS = {
    "article": "de het een",
    "this": "dit dat deze die",
    "mine": "mijn jouw haar ons onze hun uw diens",
    "some": "alle elke elk ieder iedere geen veel weinig meerdere enkele sommige beide genoeg "
    "voldoende onvoldoende andere ander verschillende diverse allerlei",
    "in": "van in op aan bij met voor door naar uit over onder tegen tussen binnen buiten tot "
    "zonder na vanuit vanwege via rondom per sinds tijdens volgens richting ondanks namens",
    "and": "en of maar want dus ofwel alsook",
    "if": "als omdat waardoor zodat terwijl wanneer hoewel waarbij indien doordat voordat nadat "
    "mits tenzij zolang waarin waarvan waarmee waarvoor",
    "we": "ik jij je hij zij ze wij we jullie men iemand niemand iedereen u",
    "them": "hen mij me jou hem zich elkaar zichzelf",
    "who": "wat wie waarom hoe welke welk waar",
    "there": "er daar hier",
    "is": "is zijn was waren wordt worden werd werden heeft hebben had hadden ben bent",
    "can": "kan kunnen kon moet moeten moest mag mogen zal zullen wil willen zou zouden gaat gaan "
    "komt komen blijft blijven doet doen krijgt krijgen lijkt staat staan ligt zit weet weten "
    "vindt vinden maakt maken geeft geven ziet zien laat laten valt vallen",
    "to": "te",
    "not": "niet ook nog al vaak soms steeds wel zo heel erg zeer nu dan altijd nooit vooral juist "
    "alleen echt pas weer zelfs toch dus eigenlijk helaas vrij best nauwelijks meestal zelden",
    "more": "meer minder meest meeste betere beter best",
    "off": "af toe mee weg terug samen neer voort",
    "om": "om",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_PREPOSITIONS = "aan|bij|door|in|mee|na|naar|om|onder|op|over|tegen|toe|uit|van|voor"
_ENDINGS = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"^(?:hier|daar|er|waar)(?:{_PREPOSITIONS})$", "thereby"),
        (r"^(?:ge|be|ver|ont|her|er|aange|uitge|opge|afge|inge|mee?ge)\w{2,}[dt]$", "done"),
        (r"(?:ingen|heden|teiten|aties|schappen|ers|eurs|ten|isten|aren)$", "things"),
        (r"(?:ing|heid|teit|atie|schap|isme|ment|sie|tie|thie|iek)$", "thing"),
        (r"(?:lijke|ige|ische|bare|loze|ende|ante|ele|ale|ieve|ore|iste)$", "fine-e"),
        (r"(?:lijk|ig|isch|baar|loos|end|ief|eel)$", "fine"),
        (r"en$", "-en"),
        (r"e$", "-e"),
        (r"s$", "-s"),
        (r"t$", "-t"),
    )
)


def is_small(word: str) -> bool:
    """Tell whether a word, given in small letters, is one of those that are never names."""
    return word in _KIND_OF


def kind_of(word: str) -> str:
    """Name the kind of a word that is given in small letters, without marks around it."""
    known = _KIND_OF.get(word)
    if known is not None:
        return known
    for pattern, kind in _ENDINGS:
        if pattern.search(word):
            return kind
    return f"-{word[-1:]}"
