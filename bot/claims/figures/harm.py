"""Words that say what became of the victims: verbs by form, adjectives, nouns. Data and look-ups.

Forms: `ed` past tense or participle, `en` participle only, `past` past tense only, `finite` other
forms with an object, `ing`, `died` finite without an object, `adj` ("dead"), `noun` ("murder of").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.grammar.wordlists import word_set
from bot.types import Measure


@dataclass(frozen=True, slots=True)
class Harm:
    """One way of saying what became of someone."""

    measure: Measure
    form: str
    strict: bool = False  #: counts only nouns for people: towns are captured too
    size: int = 1  #: tokens it takes


_K, _W, _M, _C = Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.CAPTURED

#: Regular verbs: measure, whether only people are counted, verbs.
_VERBS: tuple[tuple[Measure, bool, str], ...] = (
    (
        _K,
        False,
        "kill murder assassinate massacre execute martyr behead lynch slaughter decapitate",
    ),
    (_K, True, "eliminate liquidate electrocute neutralise neutralize strangle annihilate"),
    (_W, False, "wound injure maim concuss hospitalise hospitalize stab"),
    (_C, False, "abduct kidnap"),
    (_C, True, "capture seize detain snatch"),
)
_DOUBLED = {"kidnap": "kidnapp", "stab": "stabb"}


def _forms(verb: str) -> dict[str, str]:
    stem = _DOUBLED.get(verb, verb).removesuffix("e")
    past = verb[:-1] + "ied" if verb.endswith("y") else stem + "ed"
    third = verb[:-1] + "ies" if verb.endswith("y") else verb + "s"
    return {verb: "finite", third: "finite", past: "ed", stem + "ing": "ing"}


#: Ways of one word.
SINGLE: dict[str, Harm] = {
    word: Harm(measure, form, strict)
    for measure, strict, verbs in _VERBS
    for verb in verbs.split()
    for word, form in _forms(verb).items()
}
SINGLE |= {
    "massacres": Harm(_K, "finite"),
    "kidnaped": Harm(_C, "ed"),
    "slew": Harm(_K, "past"),
    "slain": Harm(_K, "en"),
    "slays": Harm(_K, "finite"),
    "slaying": Harm(_K, "ing"),
    "felled": Harm(_K, "ed", True),
    "felling": Harm(_K, "ing", True),
    "hurt": Harm(_W, "ed"),
    "hurts": Harm(_W, "finite"),
    "hurting": Harm(_W, "ing"),
    "dead": Harm(_K, "adj"),
    "missing": Harm(_M, "adj"),
    "blinded": Harm(_W, "ed", True),
    "blinding": Harm(_W, "ing", True),
    "died": Harm(_K, "died"),
    "dies": Harm(_K, "died"),
    "die": Harm(_K, "died"),
    "perished": Harm(_K, "died"),
    "perishes": Harm(_K, "died"),
    "perish": Harm(_K, "died"),
    "succumbed": Harm(_K, "died"),
    "succumbs": Harm(_K, "died"),
    "drowned": Harm(_K, "died"),
    "suffocated": Harm(_K, "died"),
    "asphyxiated": Harm(_K, "died"),
    "disappeared": Harm(_M, "died", True),
    "vanished": Harm(_M, "died", True),
}

VERBS = frozenset(SINGLE)

_PHRASES: tuple[tuple[str, Harm], ...] = tuple(
    (words, Harm(measure, form, strict, len(words.split())))
    for measure, form, strict, phrases in (
        (
            _K,
            "ed",
            False,
            "shot dead|gunned down|shot and killed|put to death|burnt alive|burned alive|"
            "cut down|mowed down|fatally hit|fatally struck|fatally crushed|fatally shot|"
            "shot fatally|hit fatally|struck fatally|fatally stabbed|fatally wounded|"
            "fatally injured|mortally wounded",
        ),
        (_K, "finite", False, "shoots dead|guns down|shoot dead|gun down"),
        (_K, "ing", False, "shooting dead|gunning down"),
        (
            _K,
            "en",
            True,
            "blown up|blown apart|blown to pieces|found dead|found murdered|found strangled|"
            "found beheaded|found executed|found lifeless|pulled out dead|pulled dead|"
            "brought out dead|brought in dead|carried in dead|dug out dead|carried out dead|"
            "taken out dead|lifted out dead|"
            "carried away dead|picked up dead|pronounced dead|declared dead|lying dead|"
            "seen lying dead|found lying dead|was lost|were lost",
        ),
        (_K, "ed", True, "wiped out"),
        (_K, "finite", True, "wipes out|wipe out"),
        (_K, "ing", True, "wiping out"),
        (_K, "en", False, "found slain|found shot dead|found hanged|sent to hell"),
        (
            _K,
            "died",
            True,
            "lost their lives|lost his life|lost her life|lose their lives|losing their lives|"
            "lost life|paid with their lives|paid with his life|paid with her life|"
            "paid with their life|met their deaths|met their death|met his death|met her death|"
            "gave their lives|sacrificed their lives|laid down their lives|fell in|"
            "came out dead|bled to death|"
            "burned to death|burnt to death|starved to death|lie dead|lies dead|fell defending|"
            "fell fighting|fell while|embraced martyrdom|attained martyrdom|achieved martyrdom|"
            "breathed their last|breathed his last|breathed her last|met their end|"
            "met their ends|met his end|met her end|lay dead|became martyrs|became a martyr|"
            "fell martyrs|fell martyr|fell as martyrs|became shehids|became shahids|"
            "attained shahadat|embraced shahadat|received martyrdom|reached martyrdom",
        ),
        (_W, "ed", False, "shot and wounded|shot and injured"),
        (
            _W,
            "en",
            True,
            "badly burned|badly burnt|severely burned|severely burnt|seriously burned|cut by",
        ),
        (_W, "died", True, "got hurt"),
        (_M, "adj", False, "unaccounted for"),
        (_M, "died", True, "went missing|gone missing|go missing"),
        (
            _C,
            "died",
            True,
            "fell into the hands|fallen into the hands|fell into enemy hands|fell into rebel hands|"
            "fell captive|fell prisoner",
        ),
        (
            _C,
            "en",
            True,
            "taken prisoner|taken prisoners|taken hostage|taken hostages|taken captive|"
            "taken captives|taken alive|captured alive|caught alive|held hostage|held captive|"
            "taken into captivity|led away|dragged away",
        ),
        (_C, "ed", True, "carried off|carried away|marched off|spirited away"),
        (_C, "ing", True, "carrying off|carrying away|marching off"),
    )
    for words in phrases.split("|")
)
#: Ways of more than one word, by their first.
BY_FIRST: dict[str, list[tuple[tuple[str, ...], Harm]]] = {}
for _words, _harm in _PHRASES:
    _first, *_rest = _words.split()
    BY_FIRST.setdefault(_first, []).append((tuple(_rest), _harm))
for _ways in BY_FIRST.values():
    _ways.sort(key=lambda way: -len(way[0]))

#: "hacked to death": any of these with the two words behind it.
_TO_DEATH = word_set(
    "shot hacked beaten stabbed crushed tortured stoned clubbed bludgeoned hanged knifed burned"
    " trampled riddled bayoneted choked strangled whipped froze frozen starved"
)

#: "burning to death three people".
_KILLING_SO = word_set(
    "hacking beating stabbing crushing stoning clubbing bludgeoning burning trampling choking"
    " strangling whipping starving shooting torturing"
)

#: Nouns of the act or its outcome: "the murder of six priests".
NOUNS: dict[str, Harm] = {
    word: Harm(measure, "noun", strict)
    for measure, strict, words in (
        (
            _K,
            False,
            "death deaths killing killings murder murders assassination assassinations massacre"
            " massacres execution executions slaying slayings slaughter beheading beheadings"
            " lynching lynchings martyrdom decapitation",
        ),
        (_K, True, "loss killers killer murderers murderer slayers slayer assassins"),
        (_W, False, "wounding woundings injury injuries maiming"),
        (
            _C,
            True,
            "kidnapping kidnappings abduction abductions capture captures seizure detention"
            " hostage-taking kidnaping",
        ),
        (_M, True, "disappearance disappearances"),
    )
    for word in words.split()
}

#: Nouns that are counted themselves: "22 deaths", "30 wounded".
COUNTED: dict[str, Measure] = {
    **dict.fromkeys(
        "deaths fatalities fatality death dead martyrs slain shaheed shaheeds".split(), _K
    ),
    **dict.fromkeys("injuries injured wounded wounds injury".split(), _W),
    "missing": _M,
    "abductees": _C,
    "abductions": _C,
}
BODIES = word_set("body bodies corpse corpses remains cadavers cadaver")
LIVES = word_set("lives life")


#: Words that a way of telling harm can begin with.
OPENERS = frozenset(SINGLE) | frozenset(BY_FIRST) | _TO_DEATH | _KILLING_SO


def harm_at(words: Sequence[str], at: int) -> Harm | None:
    """Return the verb or adjective that starts at a word, the longest one."""
    if not 0 <= at < len(words):
        return None
    first = words[at]
    if first not in OPENERS:
        return None
    for rest, harm in BY_FIRST.get(first, ()):
        if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
            return harm
    if first in _TO_DEATH and tuple(words[at + 1 : at + 3]) == ("to", "death"):
        return Harm(_K, "ed", False, 3)
    if first in _KILLING_SO and tuple(words[at + 1 : at + 3]) == ("to", "death"):
        return Harm(_K, "ing", False, 3)
    return SINGLE.get(first)
