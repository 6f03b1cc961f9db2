"""Closed word classes that the attribution grammar needs; data only."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of `text` as a set."""
    return frozenset(text.split())


PRONOUNS = word_set("he she it they i we")
DETERMINERS = word_set(
    "the a an this that these those its his her their our my some any each both several many"
    " one two three four five other another no"
)
AUXILIARIES = word_set(
    "has have had is are was were be been being will would can could may might must shall should"
    " do does did"
)
BE_FORMS = word_set("is are was were be been being")
MODALS = word_set("will would can could may might must shall should to")
NEGATIONS = word_set(
    "not never cannot neither nor didn't doesn't don't hasn't haven't hadn't isn't aren't wasn't"
    " weren't won't wouldn't can't couldn't shouldn't mustn't"
)
TIME_WORDS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight tomorrow"
    " mon tue wed thu fri sat sun"
    " morning afternoon evening night midnight noon week month weekend earlier later late early"
    " overnight january february march april may june july august september october november"
    " december jan. feb. mar. apr. jun. jul. aug. sept. oct. nov. dec. gmt"
)
#: Words between a subject and its verb that belong to neither.
ADVERBS = word_set(
    "also later earlier then now again just still once meanwhile already soon today yesterday"
    " tonight ever even both each all too however instead further next here there first last"
    " often always nonetheless nevertheless separately jointly themselves itself himself herself"
    " since live"
)
NOT_ADVERBS = word_set("family italy ally july assembly supply only reply")
SUBORDINATORS = word_set(
    "that after when as while because but if since although though where before until than"
    " whether which who whose whom so lest unless despite saying adding citing quoting noting"
    " including accusing warning according what how why"
)
PREPOSITIONS = word_set(
    "in on at to from by for with of during via through after before without about over against"
    " near into under upon within since until between amid following across along outside inside"
    " towards toward"
)
#: "in a statement": the vessel of words, never a place or an owner.
VESSELS = word_set(
    "statement interview briefing bulletin tweet post posts message speech address video press"
    " news conference report reply response broadcast letter note comments remarks telegram"
    " facebook x twitter telegram communique televised separate joint written daily"
)
AUDIENCES = word_set(
    "reporters journalists parliament lawmakers congress council cabinet media"
    " knesset duma rada bundestag senate lawmakers mps envoys diplomats mediators allies"
)
PERSON_TITLES = word_set(
    "mr mr. mrs mrs. ms ms. dr dr. president premier chancellor king queen prince sheikh emir"
    " ayatollah general lieutenant major colonel captain admiral brigadier sergeant commander"
    " gen. lt. maj. col. brig. capt. sgt. adm. minister secretary ambassador envoy senator"
    " governor mayor spokesman spokeswoman spokesperson chief director chairman chairwoman"
    " professor judge adviser advisor leader head deputy negotiator representative ombudsman"
    " gov. sen. rep. amb. sens. reps. del. prosecutor coordinator commissioner h.e. datuk dato seri tan sri tun pope analyst foreign prime defence"
    " defense interior vice acting special u.s. aide lawmaker premier foreign coach"
)
#: Nouns for one person by office; they take "he" or "she".
ROLE_NOUNS = word_set(
    "president premier minister spokesman spokeswoman spokesperson leader chief commander general"
    " colonel officer adviser advisor aide ambassador envoy secretary secretary-general governor"
    " mayor director head chairman chairwoman ombudsman prosecutor diplomat official negotiator"
    " representative undersecretary king prince lawmaker doctor surgeon resident witness soldier"
    " villager shopkeeper fighter reporter correspondent journalist militant source analyst expert"
    " politician senator coordinator commissioner chancellor mediator monitor pope activist"
    " co-chairman co-chair counterpart captain major lieutenant photographer driver farmer survivor coach"
    " administrator administrators man woman boy girl bishop archbishop priest imam cleric nurse"
    " candidate nominee mother father widow baker teacher student pilot sniper gunner sailor"
)
#: Nouns for bodies; they take "it".
BODY_NOUNS = word_set(
    "ministry army military government presidency police administration office command agency"
    " council parliament embassy mission organisation organization group movement militia"
    " coalition alliance party authority authorities union commission committee bureau"
    " headquarters force forces navy service court leadership side delegation contingent kremlin"
    " palace directorate department region observatory monitor watchdog statement bulletin"
    " communique front bloc column brigade brigades wing faction junta team secretariat state department"
    " pentagon guard guards staff rebels separatists militants fighters troops peacekeepers"
    " republic company network federation club hospital charity corps un"
)
#: Bodies whose bare nominal may stand for a body named with an owner.
MESSAGES = word_set("statement bulletin communique report announcement declaration")
PLURAL_GROUPS = word_set(
    "officials residents witnesses medics doctors police analysts experts sources diplomats"
    " rescuers activists authorities villagers locals survivors mediators negotiators leaders"
    " ministers commanders rebels soldiers observers monitors prosecutors investigators media"
    " journalists reporters aides officers people families relatives paramedics separatists"
    " militants fighters troops peacekeepers lawmakers governments ministries parties sides"
    " figures correspondents ambassadors advisers groups forces critics mothers fathers parents"
    " widows relatives children women men students workers teachers farmers nurses drivers bishops"
    " priests clerics elders neighbours neighbors refugees migrants prisoners captives settlers"
    " protesters demonstrators shopkeepers fishermen envoys delegates co-chairs guarantors presidents"
)
ANONYMOUS_NOUNS = word_set(
    "official officials source sources diplomat diplomats officer officers aide adviser advisor person people"
    " insider insiders"
)
FEMALE = word_set("spokeswoman chairwoman mrs mrs. ms ms. queen woman girl mother widow")
MALE = word_set("spokesman chairman mr mr. king prince man boy father")
