"""Who speaks in the head of a report, and whose step it tells. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.claims.who.sides import sides_of
from bot.events.head import in_order, titles_of
from bot.events.roles import SPOKESMEN, in_own_words, names_mediator, role_of
from bot.events.status import Role
from bot.events.step_words import CONSENTS
from bot.events.steps import BREACHES, CEASEFIRE, FIGHTING, SEQUELS, SURE, TALKS, step_of
from bot.events.takers import acts_earlier, attackers_of, parties_in, takers_of, told_one_by_one
from bot.packs import Pack
from bot.types import Claim, Stance

#: Steps that both parties take by saying so. Nobody's word is needed where a report names both.
PERFORMED = ("agreed", "extended", "extended_one")
#: Steps that are nobody's but the speaker's own.
GRAVE = ("ended", "suspended")
#: Those whose counts of breaches count.
COUNTERS = (Role.MONITOR, Role.MEDIATOR)
#: What nobody says who tells of a step that is taken.
DISSENTS = ("deal_denied", "breach_denied")
#: Steps that one report may give two names.
EXTENDING = ("extended", "extended_one")
FAMILIES = (("accepted", "announced", "agreed"), EXTENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A step as the head of a report tells it."""

    spoken: Claim  #: the trigger, with its speaker
    step: str | None
    takers: tuple[str, ...]  #: ids of the parties that take the step
    head: Sequence[Claim]
    pack: Pack

    @property
    def role(self) -> Role:
        """Return the role of the trigger's own speaker."""
        return role_of(self.spoken, self.pack)


def role_in_head(told: Told) -> Role:
    """Return the role of the trigger's speaker, whom the pack may know by his name alone.

    "The head of its council said ... Mahdi al-Mashat announced the step": where one of the party's
    own people speaks in the head, the step that is told of it alone is told by itself.
    """
    role, step = told.role, told.step
    if role is Role.BOTH and step == "announced" and _is_unilateral(told):
        return Role.PARTY  # allies who stop together are one side of it
    if role is Role.PARTY and step in (*PERFORMED, "accepted") and len(_consenting(told.head)) > 1:
        return Role.BOTH
    if role is Role.MONITOR and step in PERFORMED and _mediator_says(told):
        return Role.MEDIATOR  # "the force announced": the pack knows its spokesman as a mediator
    both = step in PERFORMED and len(told.takers) > 1
    joint = _is_joint(told.head) or _does_with_another(told.spoken)
    if both and joint and role in (Role.PARTY, Role.OUTLET, Role.OTHER):
        return Role.BOTH
    # Who reads out what both have signed may be of one side; a newspaper's word is none of both.
    if (
        both
        and role in (Role.PARTY, Role.OUTLET, Role.OTHER)
        and _sign_together(told.head, told.pack)
    ):
        return Role.BOTH
    if role is Role.PARTY and step in CONSENTS and _is_hearsay(told):
        return Role.OTHER
    if role not in (Role.OUTLET, Role.OTHER) or told.spoken.attribution.anonymous:
        return role
    if step in GRAVE and role is Role.OTHER and not _is_bare_body(told.spoken):
        return role  # an opposition leader calls it dead; the president's spokesman is quoted, too
    return _role_beside(told)


def _mediator_says(told: Told) -> bool:
    """Tell whether a mediator tells the same step in the head."""
    return any(
        step_of(c) == told.step and role_of(c, told.pack) is Role.MEDIATOR for c in told.head
    )


def _is_unilateral(told: Told) -> bool:
    return any("unilateral" in c.quote.lower() for c in (told.spoken, *titles_of(told.head)))


#: What both sides have put their names to, whoever reads it out.
_JOINT = re.compile(
    r"\bjoint(?:ly)? (?:\w+ )?(?:statement|communiqu[eé]|declaration|announcement|press release)\b"
    r"|\b(?:both|the two) (?:\w+ )?(?:signed|initialled)\b|\b(?:signed|initialled) by both\b"
    r"|\bboth (?:sides|parties|delegations|leaders) (?:have )?(?:signed|initialled)\b"
    r"|\b(?:letters|notes|instruments)\b[^.;]{0,40}\bexchanged\b[^.;]{0,20}\b(?:between|by)\b"
    r"|\bexchang\w+ (?:of )?(?:letters|notes|instruments)\b"
    r"|\ball (?:three|four|five) (?:\w+ )?(?:signed|initialled)\b"
    r"|\bjoint(?:ly)? (?:\w+ )?(?:news|press) conference\b|\b(?:announce|declare|state)\w* (?:together|jointly)\b"
    r"|\b(?:counterpart|opposite number) (?:beside|next to|at) (?:him|her|his side|her side)\b"
    r"|\bboth (?:sides |parties |armies |governments |commands |capitals |camps )?"
    r"(?:said|say|announced|stated|confirm(?:ed)?)\b"
    r"|\bthe undersigned\b|\b(?:the names|signatures) of\b[^.;]{2,80}\band\b",
    re.IGNORECASE,
)


#: What two names put together do, right behind them.
_WITH = re.compile(
    r"(?:['’]s)?(?: (?:government|army|side|rebels|movement))?(?:,| and| &)(?: [a-z’'-]+){0,4} "
)
_SIGN = re.compile(
    r"(?:(?:have|has|both|formally|today) ){0,2}(?:sign(?:s|ed)?|initial(?:s|led|ed))\b(?! (?:up|off|on)\b)"
    r"[^.;,]{0,60}?\b(?:truce|cease-?\s?fire|armistice|halt|accord|agreement|protocol|deal|pact)\b"
)


def _is_joint(head: Sequence[Claim]) -> bool:
    return any(_JOINT.search(c.quote) for c in head)


def _sign_together(head: Sequence[Claim], pack: Pack) -> bool:
    """Tell whether the outlet itself tells of both as signing, and nobody calls it untrue."""
    return any(_signs_with_another(c, pack) for c in head) and not any(map(_dissents, head))


def _signs_with_another(claim: Claim, pack: Pack) -> bool:
    """Tell whether a sentence that nobody says tells of both as signing: "A and B sign accord"."""
    if claim.attribution.speaker is not None:
        return False
    return any(
        one != other
        and _WITH.fullmatch(claim.quote[end:start])
        and _SIGN.match(claim.quote[then:].lstrip())
        for (_, end, one), (start, then, other) in itertools.pairwise(parties_in(claim.quote, pack))
    )


def _does_with_another(claim: Claim) -> bool:
    """Tell whether the speaker is only the second of two who act: "A and B have accepted"."""
    named = claim.attribution.speaker_text
    if not named:
        return False
    acts = r"(?:(?:have|had) )?(?:both |now )?(?:accept|agree|sign|approv|endors|initial)\w*\b"
    return re.search(rf"(?:\band|,) (?:the )?{re.escape(named)} {acts}", claim.quote) is not None


def _role_beside(told: Told) -> Role:
    """Return the role of those beside a trigger that nobody of weight speaks."""
    step, head, pack = told.step, told.head, told.pack
    # Who is said to attack speaks of something else.
    of_halt = step not in (*FIGHTING, *BREACHES)
    speaking = [(c.attribution.party,) for c in head if c.attribution.speaker]
    if of_halt and told.takers in speaking:
        return Role.PARTY
    # "Ardovia and Selmara agree to a truce": to agree together is to say so.
    if step in SEQUELS and len(_speaking_parties(head)) == 1:
        return Role.PARTY  # "a rebel spokesman said ... the spokesman, Jakup Orsk, said"
    if step in TALKS and any(role_of(c, pack) in SPOKESMEN for c in head):
        return next(r for c in in_order(head) if (r := role_of(c, pack)) in SPOKESMEN)
    counting = [r for c in in_order(head) if (r := role_of(c, pack)) in COUNTERS]
    if step == "breach_counted" and counting:
        return counting[0]  # "monitors have counted five, according to a report"
    if step == "breach_counted" and any(_mediator_does(_COUNTS, c, pack) for c in head):
        return Role.MEDIATOR
    if step in TALKS and any(_mediator_does(_HOSTS, c, pack) for c in head):
        return Role.MEDIATOR
    putting = [c for c in head if c is told.spoken or step_of(c) == "proposed"]
    if step == "proposed" and any(_mediator_does(_PUTS, c, pack) for c in putting):
        return Role.MEDIATOR
    if step == "proposed" and any(_acts_himself(c, told.takers, pack, _PUTS) for c in putting):
        return Role.PARTY
    if (
        step == "proposed"
        and in_own_words(told.spoken)
        and any(names_mediator(c.quote, pack) for c in head)
    ):
        return Role.MEDIATOR  # "a draft was handed to both; it bears the envoy's name"
    return _role_by_acts(told) if step in CEASEFIRE else told.role


def _role_by_acts(told: Told) -> Role:
    """Return the role of those who take a step without being quoted: they sign, order, agree."""
    step, takers, head, pack = told.step, told.takers, told.head, told.pack
    if len(takers) == 1 and any(_is_bare_body(c) for c in head):
        return Role.PARTY  # "Ardovia suspended the truce ... the Defence Ministry said"
    telling = (c for c in head if c is told.spoken or step_of(c) == step)
    if any(_acts_himself(c, takers, pack) for c in telling):
        return Role.PARTY
    others = (role_of(c, pack) for c in head if c is not told.spoken)
    narrated = step in PERFORMED and told.role is Role.OUTLET
    narrated = narrated and all(r in (Role.OUTLET, Role.PARTY, Role.BOTH) for r in others)
    narrated = narrated and not any(_dissents(c) for c in head)
    named = {party for c in head for party in c.parties}
    if narrated and len(takers) > 1 and named >= set(takers):
        return Role.BOTH
    return _role_of_narrated(told)


#: What an outlet may see for itself: its word is enough, and no more than its own.
SEEN = ("effective", "expired")
#: Whoever ends or suspends a halt does so by saying it; to shoot at it is to break it.
_SAYS_SO = re.compile(
    r"\b(?:declar|announc|decre|order|notif|proclaim|instruct|annul|abolish|cancel|terminat|denounc|revok"
    r"|suspen|lift)\w*|\b(?:statement|communiqu[eé]|letter|note|message|broadcast|decision|call(?:s|ed) off)\b",
    re.IGNORECASE,
)


def _role_of_narrated(told: Told) -> Role:
    """Return the role of those of whom the outlet tells in its own words that they took a step.

    Nobody else may be named as doing it, hide behind it or call it untrue.
    """
    takers, plain = set(told.takers), in_own_words(told.spoken) and told.step not in SEEN
    if not plain or not takers or any(map(_dissents, told.head)):
        return told.role
    kin = next((f for f in FAMILIES if told.step in f), (told.step,))
    telling = [c for c in told.head if c is told.spoken or step_of(c) in kin]
    heard = any(role_of(c, told.pack) is Role.OTHER for c in telling)
    named = {party for c in telling for party in c.parties}
    acting = {party for c in telling for party in told_one_by_one(c, told.pack)}
    if heard or not (acting or named) <= takers:
        return told.role
    said = any(_SAYS_SO.search(c.quote) for c in told.head)
    if len(takers) == 1:
        return Role.PARTY if said or (acting and told.step not in GRAVE) else told.role
    # "Rivals agree to a truce" names nobody.
    return Role.BOTH if takers <= {party for c in told.head for party in c.parties} else told.role


def _dissents(claim: Claim) -> bool:
    """Tell whether somebody calls it untrue, or refuses."""
    refuses = claim.attribution.stance in (Stance.DENIES, Stance.REJECTS)
    return refuses or step_of(claim) in DISSENTS


def _is_hearsay(told: Told) -> bool:
    """Tell whether one side tells of the other's yes, which that side has to say itself."""
    own = told.spoken.attribution.party
    first = told.pack.parties[0].id if told.pack.parties else None
    # Of three parties two are allies; a pack names the one first that stands against them.
    return bool(told.takers) and all((t == first) != (own == first) for t in told.takers)


#: Between a name and what its bearer does: an apposition, and when.
_WHEN = (
    r"(?:,[^,.;]{1,60},)?(?:\s+(?:has|have|had|on|late|early|tonight|today|yesterday|formally|also"
    r"|unanimously|\w+day|night|morning|afternoon|evening)){0,5}"
)
#: What is done by saying or signing it.
_PERFORMS = re.compile(
    rf"{_WHEN}\s+(?:sign|decree|order|declar|proclaim|announc|accept|approv|endors|initial|ratif"
    r"|suspend|terminat|cancel|revok|renounc|put|call(?:ed|s) off)\w*\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:Staff|[Aa]rmy|Ministry|Council|Command|[Gg]overnment|Presidency|Cabinet|leadership)\b"
)


#: An office or a body of a party's, around its name: "the president of Ardovia", "Ardovia's army".
_OFFICE = (
    r"(?:presidents?|prime ministers?|premiers?|leaders?|chiefs?|commanders?(?:-in-chief)?|generals?"
    r"|kings?|emirs?|heads?|(?:high )?command|general staff|army|military|armed forces|forces|militia"
    r"|government|cabinet|leadership|presidency|council|ministry|fighters)"
)
_OFFICE_OF = re.compile(rf"\b{_OFFICE} (?:of|for) (?:the )?$", re.IGNORECASE)
#: "Congo rebel leader" holds no office of Congo's.
_OFFICE_BEHIND = re.compile(
    r"(?:['’]s)? (?:(?!rebel|insurgent|opposition|guerrilla|separatist|militia)[\w-]+ )?"
    rf"{_OFFICE}\b",
    re.IGNORECASE,
)


_BARE_BODY = re.compile(
    r"(?:the )?(?:office of the )?(?:(?:defen[cs]e|foreign|prime|interior|information|security) )?"
    r"(?:ministry|minister|army|military|general staff|government|presidency|president|cabinet"
    r"|head of state|commander-in-chief|council(?: of ministers)?"
    r"|(?:armed|guerrilla|insurgent|clandestine|rebel) (?:organi[sz]ation|group|movement|front|radio"
    r"|command|leadership))",
    re.IGNORECASE,
)


def _is_bare_body(claim: Claim) -> bool:
    """Tell whether a side's body speaks whose owner no word names: that of the one taker."""
    a = claim.attribution
    unowned = a.party is None and a.body is None and not a.anonymous
    return unowned and _BARE_BODY.fullmatch(a.speaker or "") is not None


def _acts_himself(
    claim: Claim, takers: Sequence[str], pack: Pack, acts: re.Pattern[str] = _PERFORMS
) -> bool:
    """Tell whether a person or body of the one taker takes the step: "Renner signed the plan"."""
    sides = sides_of(pack)
    for match in (*sides.people.finditer(claim.quote), *sides.names.finditer(claim.quote)):
        side = sides.of(match.group())
        own = side is not None and side.role == "party" and (side.id,) == tuple(takers)
        office = _OFFICE_BEHIND.match(claim.quote, match.end())
        able = sides.people.fullmatch(match.group()) or _BODY.search(match.group())
        able = able or office or _OFFICE_OF.search(claim.quote[: match.start()])
        end = office.end() if office else match.end()
        earlier = acts_earlier(claim.quote, match.start(), match.end())
        if own and able and not earlier and acts.match(claim.quote, end):
            return True
    return False


#: Behind the name of a mediator: it speaks of its own house, whoever of its people is quoted.
_HOSTS = re.compile(
    r"(?:['’]s)?,? (?:(?:will|to|is to|has offered to|would|shall|set to|due to) )?hosts?\b"
    r"|(?:['’]s)?,? (?:(?:has|have|had) )?(?:invite[sd]?|summon(?:s|ed)?"
    r"|convene[sd]?|convoke[sd]?)\b"
    r"|(?:['’]s)? (?:will|is to|would) (?:open|chair|preside over|lead) (?:the|it|them)\b",
    re.IGNORECASE,
)


#: The same, of breaches that its people find.
_COUNTS = re.compile(
    r"(?:['’]s?)?(?: (?:men|staff|team|people|observers|monitors|officers))?"
    rf"{_WHEN}\s+(?:find|found|count|list|log|regist|record|report|g[ai]ve|put|tall(?:y|ied)|note)\w*\b",
    re.IGNORECASE,
)


#: The same, of an offer.
_PUTS = re.compile(
    rf"{_WHEN}\s+"
    r"(?:put|propos|present|submit|tabl|hand|offer|unveil|send|sent|adopt|circulat|plac|lay|laid)\w*\b",
    re.IGNORECASE,
)


def _mediator_does(act: re.Pattern[str], claim: Claim, pack: Pack) -> bool:
    """Tell whether a mediator is said to act: "Qatar will host them, its ministry said"."""
    return any(
        act.match(claim.quote, match.end())
        for body in pack.mediators
        for name in body.all_names
        for match in re.finditer(rf"\b{re.escape(name)}", claim.quote)
    )


def _speaking_parties(head: Sequence[Claim]) -> set[str]:
    """Return the parties whose people speak in the head."""
    return {c.attribution.party for c in head if c.attribution.speaker and c.attribution.party}


def _consenting(head: Sequence[Claim]) -> set[str]:
    """Return the parties whose own people say yes in the head of one report."""
    return {
        c.attribution.party
        for c in head
        if c.attribution.party is not None and step_of(c) in ("accepted", "agreed", "extended_one")
    }


def step_by_takers(
    step: str | None, takers: Sequence[str], missing: Collection[str] = ()
) -> str | None:
    """Return the step by who takes it: one party's yes is no agreement yet, both parties' is.

    Args:
        missing: parties said not to have signed; a paper that lacks one binds only the others.
    """
    if step == "agreed" and (len(takers) == 1 or missing):
        return "accepted"
    joint = {"accepted": "agreed", "extended_one": "extended"}
    return joint.get(step or "", step) if len(takers) > 1 and not missing else step


def takers_in_head(
    spoken: Claim, step: str | None, head: Sequence[Claim], pack: Pack
) -> tuple[str, ...]:
    """Return who takes the step: who agrees, declares, ends; or who is said to attack."""
    if step in (*FIGHTING, *BREACHES):
        return attackers_of((spoken, *in_order(head)), pack, charged=step in BREACHES)
    if step not in CEASEFIRE:
        return ()
    others = [c for c in in_order(head) if c.id != spoken.id]
    # An extension is told of one side here, of both there; the words of both count.
    same = EXTENDING if step in EXTENDING else (step,)
    stating = [c for c in others if step_of(c) in same]
    takers = takers_of((spoken, *stating), step, pack) or _sole_party(spoken, stating, head)
    if step in PERFORMED and len(pack.parties) == 2 and _is_joint((spoken, *stating)):
        takers = tuple(p.id for p in pack.parties)  # one names one side, the statement is of both
    if step not in CONSENTS or len(takers) > 1:
        return takers
    if role_of(spoken, pack) is Role.PARTY and len(_consenting(head)) > 1:
        return tuple(p.id for p in pack.parties if p.id in _consenting(head))
    if role_of(spoken, pack) is not Role.MEDIATOR:
        return takers
    # "Ardovia had said yes. As of tonight, so has Selmara": a mediator tells of one after another.
    told = [c for c in others if step_of(c) in CONSENTS and role_of(c, pack) is Role.MEDIATOR]
    each = [
        (*takers_of((c,), step or "", pack), *told_one_by_one(c, pack)) for c in (spoken, *told)
    ]
    more = {*takers, *(taker for one in each for taker in one)}
    return tuple(p.id for p in pack.parties if p.id in more)


def _sole_party(spoken: Claim, stating: Sequence[Claim], head: Sequence[Claim]) -> tuple[str, ...]:
    """Return the one party that the title and the sentences of the step speak of, by any name.

    A step of one side whose sentences name nobody is that of the one party in the head.
    """
    named = {party for c in (spoken, *stating, *titles_of(head)) for party in c.parties}
    if not named and spoken.sides == "one":
        named = {party for c in head for party in c.parties}
    return tuple(named) if len(named) == 1 else ()


def _reads_as(claim: Claim, steps: Sequence[str | None]) -> bool:
    """Tell whether a model reads one of the steps in a sentence, whatever its words."""
    return any((claim.steps or {}).get(step or "", 0.0) >= SURE for step in steps)


#: What is set for the future is told as much as what has been done.
_TELLING = (Stance.ASSERTS, Stance.PLANS)


def _agree(one: Stance, other: Stance) -> bool:
    return one is other or (one in _TELLING and other in _TELLING)


def with_speaker(main: Claim, step: str | None, head: Sequence[Claim], pack: Pack) -> Claim:
    """Give a trigger without a speaker of weight the one that the head names for the same news."""
    if main.attribution.speaker is not None and role_of(main, pack) in SPOKESMEN:
        return main
    order = in_order(head)
    if step in CEASEFIRE:
        # A name that the pack knows before "Congo's president" in the summary.
        order.sort(key=lambda c: role_of(c, pack) not in (Role.BOTH, *SPOKESMEN))
    for claim in order:
        a = claim.attribution
        if a.speaker is None or not _agree(a.stance, main.attribution.stance):
            continue
        if step in CEASEFIRE and step_of(claim) in DISSENTS:
            continue  # "Norland congratulated both; Halvia said there was no agreement yet"
        if main.attribution.speaker is None and set(main.labels) & set(claim.labels):
            return replace(main, attribution=a)
        # "The cabinet has accepted, the prime minister's office said" in the title alone.
        family = next((f for f in FAMILIES if step in f), (step,))
        own = main.attribution.anonymous and a.party == main.attribution.party is not None
        family = (*family, "start_set") if own else family  # "Hamas says", beside its nameless man
        same = step in CEASEFIRE and (step_of(claim) in family or _reads_as(claim, family))
        if same and role_of(claim, pack) in (Role.BOTH, *SPOKESMEN):
            return replace(main, attribution=a)
    return main
