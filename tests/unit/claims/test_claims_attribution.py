"""Who says it, in which sense, through whom: one row per construction.

Expected values follow the contract (docs/glossary.md): the primary speaker with the full name that
the entry gives; an agency or outlet alone is the relay; no speaker where nobody, or nobody
certain, speaks. A row gives the text of an entry; what is asked is its last sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.claims.who.attribution import attribute
from bot.claims.who.owners import home_of, placed
from bot.claims.who.sides import sides_of
from bot.feeds.text import split_sentences
from bot.outlets import Wire, load_outlets
from bot.packs import Pack, load_pack
from bot.types import Attribution, Entry

WIRES = load_outlets().wires
PACK = Pack.model_validate(
    {
        "id": "tarn-valley",
        "name": "Tarn Valley",
        "timezone": "Europe/Istanbul",
        "parties": [
            {
                "id": "ardovia",
                "names": ["Ardovia", "Ardovian", "Ardovians", "Kaldor"],
                "people": ["Pavel Orsk", "Lena Marden"],
                "military": ["Ardovian Army"],
            },
            {
                "id": "selmara",
                "names": ["Selmara", "Selmaran", "Selmarans", "Brenn"],
                "people": ["Ivo Stellan", "Dana Kreel"],
                "military": ["Selmara's General Staff"],
            },
        ],
        "places": ["Tarn Valley", "Orvel"],
        "mediators": [{"name": "Halvia", "names": ["Halvian", "Ingrid Solle"]}],
        "monitors": [{"name": "Valley Observer Mission", "names": ["observer mission"]}],
    }
)


def entry_of(title: str, text: str, outlet: str = "Daily Courier") -> Entry:
    return Entry(
        id="a",
        fetched_at=datetime(2026, 3, 10, 12, tzinfo=UTC),
        published_at=None,
        outlet="courier",
        outlet_name=outlet,
        feed="",
        url="",
        guid="",
        title=title,
        text=text,
    )


def read(
    title: str,
    text: str,
    *,
    outlet: str = "Daily Courier",
    pack: Pack | None = PACK,
    wires: Sequence[Wire] = WIRES,
) -> list[tuple[str, Attribution]]:
    entry = entry_of(title, text, outlet)
    sentences = split_sentences(entry)
    found = attribute(entry, sentences, pack, wires)
    return [(s.field, a) for s, a in zip(sentences, found, strict=True)]


def last(text: str) -> Attribution:
    return read("", text)[-1][1]


def headline(title: str, text: str = "") -> Attribution:
    return read(title, text)[0][1]


Row = tuple[str, str | None, str | None, str]

SPEAKERS: list[Row] = [
    # --- according to
    # at the end
    ("Four shells hit Orvel, according to Ardovia's defence ministry.", "Ardovia's defence ministry", None, "asserts"),
    # at the front
    ("According to the Ardovian Interior Ministry, the road has been mined.", "Ardovian Interior Ministry", None, "asserts"),
    # in the middle
    ("Both crews, according to Mayor Tomas Hale, left before dawn.", "Mayor Tomas Hale", None, "asserts"),
    # "per"
    ("Nine vehicles crossed the river, per the Ardovian Interior Ministry.", "Ardovian Interior Ministry", None, "asserts"),
    # --- a main clause
    # what somebody else had said is only compared
    ("The Red Cross confirmed that two posts were empty, as the Ardovian Army had said.", "Red Cross", None, "asserts"),
    ("Doctors say that a column was hit, as the Ardovian Army had complained.", "Doctors", None, "asserts"),
    # His Excellency is no pronoun
    ("Both parties have agreed to extend it, HE the Foreign Minister Ingrid Solle announced on Friday.", "HE the Foreign Minister Ingrid Solle", None, "asserts"),
    # the source of a relative clause says no more than that clause
    ("Ingrid Solle denied an ambush in which, according to the Ardovian Army, two men died.", "Ingrid Solle", None, "denies"),
    # a day between an appositive and the verb
    ("The spokesman of the Ardovian Army, Pavel Orsk, on Tuesday denied the Selmaran army's account of the blasts.", "Pavel Orsk", None, "denies"),
    # an agency's old dash, and a state of two words behind its town
    ("ORVEL, Republic of Halvia (AP) _ The Ardovian Army declared a truce on Tuesday.", "Ardovian Army", "AP", "asserts"),
    # people at the end of a headline
    ("Firing has stopped at Orvel, residents report", "residents", None, "asserts"),
    # with "that"
    ("The Ardovian Defence Ministry said that two posts had come under fire.", "Ardovian Defence Ministry", None, "asserts"),
    # without
    ("Ardovia's Defence Ministry said the ridge was “quiet”.", "Ardovia's Defence Ministry", None, "asserts"),
    # other verbs
    ("Selmara's General Staff reported a quiet night along the river.", "Selmara's General Staff", None, "asserts"),
    ("President Ivo Stellan announced on Tuesday that the truce would hold.", "President Ivo Stellan", None, "asserts"),
    ("Colonel Lev Arden confirmed that the bridge was intact.", "Colonel Lev Arden", None, "asserts"),
    ("Ardovia declared a ten-day ceasefire on Monday.", "Ardovia", None, "asserts"),
    ("Brenn insists it wants peace.", "Brenn", None, "asserts"),
    # a body in a place, and one without a country
    ("Officials in Kaldor said the crossing would stay closed.", "Officials in Kaldor", None, "asserts"),
    ("The Red Cross says it has received no list of prisoners.", "Red Cross", None, "asserts"),
    # a clause between the side and its verb
    ("Ardovia, which holds the valley, said the ridge was lost.", "Ardovia", None, "asserts"),
    # a clause before the main one
    ("Asked about the shelling, Dana Kreel said the guns were silent.", "Dana Kreel", None, "asserts"),
    # a vessel before the verb
    ("In a post on Telegram, Colonel Lev Arden wrote that the ridge was quiet.", "Colonel Lev Arden", None, "asserts"),
    # --- an appositive
    # office first
    ("The Halvian foreign minister, Ingrid Solle, said both delegations had arrived.", "Ingrid Solle", None, "asserts"),
    # name first
    ("Dana Kreel, a spokeswoman for Selmara's General Staff, said the guns were silent.", "Dana Kreel", None, "asserts"),
    # an office of an office
    ("Ardovia's ambassador to Halvia, Mira Costa, said the text was ready.", "Mira Costa", None, "asserts"),
    ("The head of the observer mission, Jonas Reed, said the truce was holding.", "Jonas Reed", None, "asserts"),
    # after the statement
    ("The truce is holding, said Jonas Reed, head of the observer mission.", "Jonas Reed", None, "asserts"),
    ("The hospital has nine wounded, its director, Dr Anna Weil, said.", "Dr Anna Weil", None, "asserts"),
    # --- a statement closed by its source
    ("Two border guards were wounded, the Ardovian Interior Ministry said on Monday.", "Ardovian Interior Ministry", None, "asserts"),
    ("The truce is holding, the Valley Observer Mission said in its daily report.", "Valley Observer Mission", None, "asserts"),
    ("The truce starts at noon, Halvia's foreign ministry announced.", "Halvia's foreign ministry", None, "asserts"),
    # inverted, after a quotation
    ("“The shelling stopped at noon,” said Colonel Lev Arden, the commander.", "Colonel Lev Arden", None, "asserts"),
    # parted
    ("The valley truce, Ingrid Solle said, was holding.", "Ingrid Solle", None, "asserts"),
    ("Both bridges, said Colonel Lev Arden, were intact.", "Colonel Lev Arden", None, "asserts"),
    # a reporting verb inside the quotation reports nothing
    ("“They said they would leave at dawn,” Colonel Lev Arden said.", "Colonel Lev Arden", None, "asserts"),
    # the passive of an act
    ("A ceasefire has been announced by the Ardovian Defence Ministry.", "Ardovian Defence Ministry", None, "asserts"),
    # --- what others did, told by a speaker
    ("Ingrid Solle said on Monday that Ardovia had rejected the plan.", "Ingrid Solle", None, "asserts"),
    ("The Ardovian Defence Ministry said Selmara had denied the charge.", "Ardovian Defence Ministry", None, "asserts"),
    # --- told
    # reporters and parliament are an audience, no relay
    ("The talks were useful, Ingrid Solle told reporters in Strand.", "Ingrid Solle", None, "asserts"),
    ("President Ivo Stellan told parliament that the army was ready.", "President Ivo Stellan", None, "asserts"),
    # so is a president
    ("Ingrid Solle told the Ardovian president that time was short.", "Ingrid Solle", None, "asserts"),
    # an agency is one
    ("Colonel Lev Arden told AFP by telephone that the hills were quiet.", "Colonel Lev Arden", "AFP", "asserts"),
    ("Ardovian guns fired, Dana Kreel told AFP, adding that two bunkers were lost.", "Dana Kreel", "AFP", "asserts"),
    ("Witnesses told Reuters that the market was burning.", "Witnesses", "Reuters", "asserts"),
    # so is a broadcaster or a paper
    ("The road is mined, Lena Marden told the BBC.", "Lena Marden", "BBC", "asserts"),
    ("The mayor of Orvel told state television that the school had been hit.", "mayor of Orvel", "state television", "asserts"),
    ("The road is mined, Lena Marden told the Kaldor Tribune newspaper.", "Lena Marden", "Kaldor Tribune newspaper", "asserts"),
]  # fmt: skip

RELAYS: list[Row] = [
    # --- an agency that cites
    ("Ardovian forces left, TASS reported, citing the Selmaran General Staff.", "Selmaran General Staff", "TASS", "asserts"),
    ("Interfax, citing the Ardovian border service, said that the crossing had reopened.", "Ardovian border service", "Interfax", "asserts"),
    ("TASS cited the Selmaran General Staff as saying the road was mined.", "Selmaran General Staff", "TASS", "asserts"),
    ("Six houses burned, according to a Reuters report citing the Orvel fire service.", "Orvel fire service", "Reuters", "asserts"),
    ("The road is mined, RIA Novosti reported, citing a source in the General Staff.", "source in the General Staff", "RIA Novosti", "asserts"),
    # --- an agency that quotes
    ("RIA Novosti quoted Colonel Lev Arden as saying that the ridge had been retaken.", "Colonel Lev Arden", "RIA Novosti", "asserts"),
    ("Colonel Lev Arden was quoted by Reuters as saying that the ridge was lost.", "Colonel Lev Arden", "Reuters", "asserts"),
    ("The ridge is lost, Colonel Lev Arden was quoted as saying by Interfax.", "Colonel Lev Arden", "Interfax", "asserts"),
    ("Selmaran media quoted Dana Kreel as saying the guns were silent.", "Dana Kreel", "Selmaran media", "asserts"),
    # --- a carrier of statements
    ("The ridge is lost, the Ardovian Defence Ministry said in a statement carried by TASS.", "Ardovian Defence Ministry", "TASS", "asserts"),
    ("The ridge is quiet, Lena Marden said in a video address seen by Reuters.", "Lena Marden", "Reuters", "asserts"),
    ("In an interview with Reuters, President Ivo Stellan said the army was ready.", "President Ivo Stellan", "Reuters", "asserts"),
    ("Speaking to Al Jazeera, Lena Marden said the road was mined.", "Lena Marden", "Al Jazeera", "asserts"),
    # --- an agency or outlet alone
    ("Reuters reported that columns were moving towards Orvel.", None, "Reuters", "asserts"),
    ("Columns are moving towards Orvel, the TASS news agency reported.", None, "TASS", "asserts"),
    ("According to RIA Novosti, the road is mined.", None, "RIA Novosti", "asserts"),
    ("The Kaldor Tribune said the envoy had left.", None, "Kaldor Tribune", "asserts"),
    ("Local media reported that the road was mined.", None, "Local media", "asserts"),
    ("The road was mined, local media reported.", None, "local media", "asserts"),
    # --- an outlet behind its own reporting verb
    ("The Selmaran General Staff says the ridge is lost, Xinhua reports.", "Selmaran General Staff", "Xinhua", "asserts"),
    ("Citing the district hospital, the Orvel radio station put the number of burned at nine.", "district hospital", "Orvel radio station", "asserts"),
    ("The newspaper Kaldor Tribune said the envoy had left.", None, "Kaldor Tribune", "asserts"),
    ("The road is mined, according to the Selmaran newspaper Hurrin.", None, "Hurrin", "asserts"),
    ("The road is mined, according to a statement published by Interfax.", None, "Interfax", "asserts"),
    # an agency that is no news agency speaks for itself
    ("The road is mined, the Mine Action Agency said.", "Mine Action Agency", None, "asserts"),
    # --- an agency credited by the entry
    # a dateline, with a speaker and without
    ("KALDOR, March 10 (Reuters) - The truce is holding, Ingrid Solle said.", "Ingrid Solle", "Reuters", "asserts"),
    ("KALDOR (AFP) – Rain fell on the empty market of Orvel on Tuesday.", None, "AFP", "asserts"),
    # a credit behind the text
    ("Rain fell on the market. The truce is holding, Ingrid Solle said. (AFP)", None, "AFP", "asserts"),
    ("The truce is holding, Ingrid Solle said (Xinhua).", "Ingrid Solle", "Xinhua", "asserts"),
]  # fmt: skip

NOBODY: list[Row] = [
    # a plain statement
    ("A column of lorries crossed the bridge at noon.", None, None, "asserts"),
    # no comment, in many words
    ("The Selmaran Defence Ministry declined to comment.", None, None, "asserts"),
    ("The Selmaran General Staff refused to comment on the video.", None, None, "asserts"),
    ("The Ardovian Interior Ministry has not confirmed the report.", None, None, "asserts"),
    ("The embassy did not respond to a request for comment.", None, None, "asserts"),
    ("There was no immediate comment from Brenn.", None, None, "asserts"),
    ("Ardovia has not commented on the report.", None, None, "asserts"),
    ("Neither side has commented.", None, None, "asserts"),
    ("Neither army would confirm the report.", None, None, "asserts"),
    ("Brenn has yet to respond to the offer.", None, None, "asserts"),
    ("Lena Marden gave no details.", None, None, "asserts"),
    ("Lena Marden would not say when the talks would resume.", None, None, "asserts"),
    ("The Ardovian Defence Ministry did not say how many had died.", None, None, "asserts"),
    # a speaker who says that nothing is known does speak
    ("The Ardovian Defence Ministry said it had no reports of shelling.", "Ardovian Defence Ministry", None, "asserts"),
    # an act without words
    ("Selmara walked out of the talks.", None, None, "asserts"),
    ("The Ardovian Foreign Ministry summoned the Selmaran envoy.", None, None, "asserts"),
    # an announcement by nobody
    ("It was announced in Brenn that the talks would go on.", None, None, "asserts"),
]  # fmt: skip

SHORT_FORMS: list[Row] = [
    # --- an office or body
    # one fits
    ("Ardovia's Defence Ministry said a post was shelled. The ministry said nobody was hurt.", "Ardovia's Defence Ministry", None, "asserts"),
    ("Ardovia's army said the ridge was lost. The army said nobody was hurt.", "Ardovia's army", None, "asserts"),
    ("President Ivo Stellan spoke on television. The president said the truce would hold.", "President Ivo Stellan", None, "asserts"),
    # an appositive gives the office
    ("Selmara's army chief, General Otto Brandt, flew in. The general told troops that the truce would hold.", "General Otto Brandt", None, "asserts"),
    # two that spoke one after the other: nobody certain
    ("Ardovia's Defence Ministry said a post was shelled. Selmara's Defence Ministry said its guns were silent. Nobody was hurt, the ministry said.", None, None, "asserts"),
    ("An Ardovian official said the list was ready. A Selmaran official said it had not arrived. The official said the gap was small.", None, None, "asserts"),
    # described instead of named
    ("Ardovia and Selmara sent delegates. The latter said its list was ready.", "Selmara", None, "asserts"),
    ("Ardovia and Selmara sent delegates. The former said its list was ready.", "Ardovia", None, "asserts"),
    ("Ardovia sent delegates. The latter said its list was ready.", None, None, "asserts"),
    ("Hezbollah wrote to Hamas about the accord. The Lebanese group said its list was ready.", "Hezbollah", None, "asserts"),
    # two that acted together: nobody certain
    ("Ardovia's Defence Ministry and Selmara's Defence Ministry traded blame. The ministry said nobody was hurt.", None, None, "asserts"),
    ("Ardovia's army and Selmara's army both claimed the ridge. The army said nobody was hurt.", None, None, "asserts"),
    # the side tells which
    ("Ardovian President Pavel Orsk and Selmaran President Ivo Stellan spoke. The Selmaran president said the call was useful.", "Selmaran President Ivo Stellan", None, "asserts"),
    # none named
    ("The shelling, the ministry said, went on for an hour.", None, None, "asserts"),
    ("The minister said the talks had failed.", None, None, "asserts"),
    ("The statement said that three bridges had been mined.", None, None, "asserts"),
    # owned by the last side
    ("Ardovia said the ridge was lost. Its defence ministry said nobody was hurt.", "Ardovia's defence ministry", None, "asserts"),
    ("Ardovia wants a truce of a month, its foreign minister said.", "Ardovia's foreign minister", None, "calls_for"),
    ("President Ivo Stellan agreed to the Halvian plan, his spokesman said.", "Ivo Stellan's spokesman", None, "asserts"),
    # owned by nobody known
    ("Her spokesman said the visit was off.", None, None, "asserts"),
    ("Two Ardovian officials met at dawn. Ardovia's Foreign Ministry and its Interior Ministry denied it. The ministry said nobody had met.", None, None, "asserts"),
    ("Selmara's defence minister, Otto Brandt, flew in. The foreign minister said the talks had failed.", None, None, "asserts"),
    # a nameless one comes back
    ("A senior Ardovian official said the text was ready. The official said a map was missing.", "senior Ardovian official", None, "asserts"),
    ("Residents of Orvel said the market was burning. The residents said no ambulance had come.", "Residents of Orvel", None, "asserts"),
    # a side's leader, where one of that side is named
    ("Ivo Stellan and Pavel Orsk met in Strand. The Selmaran leader said the call was useful.", "Ivo Stellan", None, "asserts"),
    # --- a surname
    ("President Ivo Stellan flew to Strand. Stellan said the truce would hold.", "President Ivo Stellan", None, "asserts"),
    ("Selmaran foreign minister Marta Quist landed. Quist told reporters the truce would hold.", "Selmaran foreign minister Marta Quist", None, "asserts"),
    ("General Omar al-Rashad flew in. Rashad said the ridge was quiet.", "General Omar al-Rashad", None, "asserts"),
    # --- an office in small letters before the name
    ("Ardovian army spokesman Colonel Lev Arden said the bridge was lost.", "Ardovian army spokesman Colonel Lev Arden", None, "asserts"),
    ("North Tarn governor Ruth Abel told reporters the road was open.", "North Tarn governor Ruth Abel", None, "asserts"),
    # --- pronouns
    ("President Ivo Stellan said the truce would hold. He said that talks would follow.", "President Ivo Stellan", None, "asserts"),
    ("President Ivo Stellan said the ridge was lost. He added that the bridge was not.", "President Ivo Stellan", None, "asserts"),
    ("Selmara's General Staff said the ridge was quiet. It said two scouts had been seen.", "Selmara's General Staff", None, "asserts"),
    ("Witnesses in Orvel said the market was burning. They said no ambulance had come.", "Witnesses in Orvel", None, "asserts"),
    # the gender of the office tells which
    ("Spokesman Lev Arden said the ridge was lost. Spokeswoman Dana Kreel said the bridge was not. He said the road was mined.", "Spokesman Lev Arden", None, "asserts"),
    # who acted without speaking
    ("Halvian envoy Ruth Keller arrived in Brenn. She said the plan was on the table.", "Halvian envoy Ruth Keller", None, "asserts"),
    ("Colonel Lev Arden, spokesman for the Ardovian army, toured the ridge. The spokesman said two bunkers were lost.", "Colonel Lev Arden", None, "asserts"),
    ("Marta Quist landed an hour after Peter Hale. She said the plan was on the table.", "Marta Quist", None, "asserts"),
    ("The Ardovian army shelled the ridge. It said a gun had been hit.", "Ardovian army", None, "asserts"),
    ("Residents of Orvel fled to the hills. They said the market was burning.", "Residents of Orvel", None, "asserts"),
    # an owner is not there
    ("Ivo Stellan's convoy was hit. He said the truce was over.", None, None, "asserts"),
    # two men met: nobody certain
    ("President Ivo Stellan met President Pavel Orsk in Strand. He said that talks would follow.", None, None, "asserts"),
    # nobody before
    ("The shelling went on for an hour. He said it was the worst night of the month.", None, None, "asserts"),
    # --- a quotation that goes on
    ("“The guns are silent,” Colonel Lev Arden said. “The bridge is open.”", "Colonel Lev Arden", None, "asserts"),
    ("“The ridge is quiet,” Lena Marden said. “Nobody was hurt,” she added.", "Lena Marden", None, "asserts"),
    # --- nameless ones, as the text has them but without the article
    ("A senior Ardovian official, speaking on condition of anonymity, said the text was ready.", "senior Ardovian official", None, "asserts"),
    ("Two sources close to the talks said a map had been agreed.", "Two sources close to the talks", None, "asserts"),
    ("A military source told Interfax the ridge was lost.", "military source", "Interfax", "asserts"),
    ("Several officials said the text was ready.", "Several officials", None, "asserts"),
    ("A spokesman for the Ardovian army said the ridge was lost.", "spokesman for the Ardovian army", None, "asserts"),
    ("Medics at the district hospital said nine patients had burns.", "Medics at the district hospital", None, "asserts"),
]  # fmt: skip

STANCES: list[Row] = [
    # --- says that a statement is untrue
    ("Selmara's General Staff denied that its guns had fired on Orvel.", "Selmara's General Staff", None, "denies"),
    ("Selmara's General Staff denied responsibility for the attack.", "Selmara's General Staff", None, "denies"),
    ("The Ardovian military has denied using the school as a base.", "Ardovian military", None, "denies"),
    ("Halvia denied that any such talks were planned.", "Halvia", None, "denies"),
    ("Ardovia rejected accusations that its troops had crossed the river.", "Ardovia", None, "denies"),
    ("Selmara rejected the claim.", "Selmara", None, "denies"),
    ("The Ardovian Defence Ministry dismissed the report as fabricated.", "Ardovian Defence Ministry", None, "denies"),
    ("The Ardovian Defence Ministry called the claim a lie.", "Ardovian Defence Ministry", None, "denies"),
    ("The Ardovian Defence Ministry called the strike on Orvel the gravest violation so far.", "Ardovian Defence Ministry", None, "asserts"),
    ("Selmara disputes the figure.", "Selmara", None, "denies"),
    # by the words of the statement
    ("Reports of a deal are false, President Ivo Stellan said.", "President Ivo Stellan", None, "denies"),
    ("There is no truth in these claims, the Ardovian Defence Ministry said.", "Ardovian Defence Ministry", None, "denies"),
    ("Selmaran units did not open fire, the Selmaran General Staff said.", "Selmaran General Staff", None, "denies"),
    ("Dana Kreel said the allegation was baseless.", "Dana Kreel", None, "denies"),
    ("“That is simply not true,” Dana Kreel told a news conference.", "Dana Kreel", None, "denies"),
    # --- accuses
    ("The Ardovian Defence Ministry accused Selmara of breaking the truce.", "Ardovian Defence Ministry", None, "accuses"),
    ("Selmara's General Staff blamed Ardovian gunners for the fire.", "Selmara's General Staff", None, "accuses"),
    ("President Pavel Orsk alleged that Selmara had armed the gangs.", "President Pavel Orsk", None, "accuses"),
    # by the words of the statement
    ("Ardovian troops broke the ceasefire twice, Selmara's General Staff said.", "Selmara's General Staff", None, "accuses"),
    ("Selmara violated the ceasefire 12 times, according to the Ardovian Defence Ministry.", "Ardovian Defence Ministry", None, "accuses"),
    # --- calls for
    ("Halvia called for an immediate halt to the shelling.", "Halvia", None, "calls_for"),
    ("Volunteers of the Orvel Watch, a group from the valley, have documented nine breaches.", "Volunteers of the Orvel Watch", None, "asserts"),
    ("Ingrid Solle urged both sides to pull back their guns.", "Ingrid Solle", None, "calls_for"),
    ("The UN Security Council demanded an immediate ceasefire.", "UN Security Council", None, "calls_for"),
    ("President Pavel Orsk called on Selmara to withdraw its artillery.", "President Pavel Orsk", None, "calls_for"),
    ("Ingrid Solle asked the parties to extend the truce.", "Ingrid Solle", None, "calls_for"),
    ("Selmaran shelling must stop, Ardovian Foreign Minister Lena Marden said.", "Ardovian Foreign Minister Lena Marden", None, "calls_for"),
    # --- proposes
    ("Halvia proposed a 72-hour pause in the valley.", "Halvia", None, "proposes"),
    ("President Pavel Orsk offered to meet his counterpart in Strand.", "President Pavel Orsk", None, "proposes"),
    ("Ingrid Solle suggested a meeting of the two chiefs of staff.", "Ingrid Solle", None, "proposes"),
    # --- turns an offer, demand or plan down
    ("President Ivo Stellan rejected the Halvian proposal.", "President Ivo Stellan", None, "rejects"),
    ("Ardovia rejected calls for a ceasefire.", "Ardovia", None, "rejects"),
    ("Selmara dismissed the call for a truce.", "Selmara", None, "rejects"),
    ("Selmara refused to sign the protocol.", "Selmara", None, "rejects"),
    ("Ardovia did not accept the Halvian terms.", "Ardovia", None, "rejects"),
    # by the words of the statement
    ("Selmara will not accept any ceasefire, President Ivo Stellan said.", "President Ivo Stellan", None, "rejects"),
    # --- tells its own future act
    ("Selmara plans to pull back its guns on Friday.", "Selmara", None, "plans"),
    ("Ardovia intends to open a second crossing.", "Ardovia", None, "plans"),
    ("President Pavel Orsk pledged to release all prisoners.", "President Pavel Orsk", None, "plans"),
    ("President Pavel Orsk promised to reopen the road.", "President Pavel Orsk", None, "plans"),
    # by the words of the statement
    ("Selmaran forces will leave the ridge on Sunday, Selmara's General Staff said.", "Selmara's General Staff", None, "plans"),
    ("“We will open the corridor on Monday,” President Pavel Orsk said.", "President Pavel Orsk", None, "plans"),
    # --- warns and threatens
    ("Selmara's General Staff warned that any shelling would be answered.", "Selmara's General Staff", None, "warns"),
    ("Ingrid Solle warned that the truce might not last.", "Ingrid Solle", None, "warns"),
    ("President Ivo Stellan threatened to end the truce.", "President Ivo Stellan", None, "warns"),
    ("President Pavel Orsk vowed to retaliate for the attack.", "President Pavel Orsk", None, "warns"),
    # by the words of the statement
    ("Ardovia will respond with force, the Ardovian Defence Ministry said.", "Ardovian Defence Ministry", None, "warns"),
    ("If Selmara fires again, we will strike back, President Pavel Orsk said.", "President Pavel Orsk", None, "warns"),
    # --- accepts, welcomes, condemns: asserts
    ("Selmara accepted the plan on Monday.", "Selmara", None, "asserts"),
    ("Dana Kreel said Selmara had agreed to a ten-day truce.", "Dana Kreel", None, "asserts"),
    ("Ingrid Solle welcomed the pause.", "Ingrid Solle", None, "asserts"),
    ("Selmara condemned the attack.", "Selmara", None, "asserts"),
    # a condition is neither a plan nor a refusal
    ("Selmara would sign only if the guns were pulled back first, President Ivo Stellan said.", "President Ivo Stellan", None, "asserts"),
]  # fmt: skip

CONSTRUCTIONS: list[Row] = [
    # --- a passive with its agent behind "by"
    ("The report was denied by the Ardovian Defence Ministry.", "Ardovian Defence Ministry", None, "denies"),
    ("The plan was rejected by President Ivo Stellan.", "President Ivo Stellan", None, "rejects"),
    ("The claims were flatly rejected by Selmara's General Staff.", "Selmara's General Staff", None, "denies"),
    ("The offer was turned down by Ardovia on Sunday.", "Ardovia", None, "rejects"),
    ("A truce of ten days was proposed by Halvia.", "Halvia", None, "proposes"),
    ("A truce proposed by Halvia would begin on Friday.", "Halvia", None, "proposes"),
    ("Selmara has been accused by Ardovia of shelling the market.", "Ardovia", None, "accuses"),
    ("Both sides were urged by Ingrid Solle to pull back.", "Ingrid Solle", None, "calls_for"),
    ("Residents of Orvel were told by the Ardovian Army to leave at once.", "Ardovian Army", None, "calls_for"),
    # no agent, and agents of other acts
    ("Families in Orvel were told that the road was closed.", None, None, "asserts"),
    ("The ridge was taken by the Ardovian Army in June.", None, None, "asserts"),
    ("A plan backed by Halvia collapsed on Friday.", None, None, "asserts"),
    # --- a noun that carries the stance
    ("The Ardovian Defence Ministry's denial that its guns had fired came within the hour.", "Ardovian Defence Ministry", None, "denies"),
    ("Selmara's refusal to sign was read out in Strand.", "Selmara", None, "rejects"),
    ("Ardovia's demand that Selmara leave the ridge was repeated on Tuesday.", "Ardovia", None, "calls_for"),
    ("Under a proposal from Halvia that reached both sides, the guns would fall silent at noon.", "Halvia", None, "proposes"),
    ("The announcement by Selmara that it will free ten captives came by telephone.", "Selmara", None, "plans"),
    ("The threat by Selmara to mine the road was not repeated.", "Selmara", None, "warns"),
    ("Accounts given by survivors at the Orvel clinic speak of drones.", "survivors at the Orvel clinic", None, "asserts"),
    ("By Ardovia's count, nine shells fell on the market.", "Ardovia", None, "asserts"),
    # who hands on another's words is not the speaker
    ("A report by the Valley Observer Mission put the number of shells at nine.", "Valley Observer Mission", None, "asserts"),
    ("According to figures released on Monday by the Ardovian Interior Ministry, nine houses burned.", "Ardovian Interior Ministry", None, "asserts"),
    # nouns of the same look
    ("Ardovia's call with Halvia lasted an hour.", None, None, "asserts"),
    ("Selmara's posts were shelled at night.", None, None, "asserts"),
    ("By the time Ardovia's army came, the gunmen had left.", None, None, "asserts"),
    # --- a verb with a particle or a noun
    ("Ardovia turned down the offer of talks.", "Ardovia", None, "rejects"),
    ("Ardovia turned the offer down.", "Ardovia", None, "rejects"),
    ("Selmara ruled out any talks before Sunday.", "Selmara", None, "rejects"),
    ("Dana Kreel ruled out that the shell was Selmaran.", "Dana Kreel", None, "denies"),
    ("Ingrid Solle put forward a pause of three months.", "Ingrid Solle", None, "proposes"),
    ("Lena Marden hit back at once, accusing Selmara of lying.", "Lena Marden", None, "accuses"),
    ("Selmara said no on Friday to the Halvian paper.", "Selmara", None, "rejects"),
    ("Halvia reiterated its call for a ceasefire.", "Halvia", None, "calls_for"),
    ("Halvia renewed its offer of talks.", "Halvia", None, "proposes"),
    ("Ardovia issued a warning to Selmara over the ridge.", "Ardovia", None, "warns"),
    ("Ardovia holds Selmara responsible for the attack.", "Ardovia", None, "accuses"),
    ("Selmara's parliament voted to reject the protocol.", "Selmara's parliament", None, "rejects"),
    ("The Selmaran side called the Ardovian proposal unacceptable.", "Selmaran side", None, "rejects"),
    ("Ingrid Solle expressed hope that the truce would hold.", None, None, "asserts"),
    ("Ardovia announced plans to free nine prisoners.", "Ardovia", None, "plans"),
    ("The Ardovian Foreign Ministry was quick to deny the report.", "Ardovian Foreign Ministry", None, "denies"),
    # the same words without speech
    ("A convoy turned down the side road.", None, None, "asserts"),
    ("The date was put forward by a week.", None, None, "asserts"),
    ("The shelling of Orvel claimed nine lives.", None, None, "asserts"),
    ("The burnt houses told their own story.", None, None, "asserts"),
    ("The Gulf states fear for the river trade.", None, None, "asserts"),
    ("Tomas Said, a baker, swept the market.", None, None, "asserts"),
    # --- a participle that shares the speaker
    ("Denying that its guns had fired, the Ardovian Defence Ministry said the film was old.", "Ardovian Defence Ministry", None, "denies"),
    ("Rejecting accusations that it was arming the gangs, Selmara said its lorries carried flour.", "Selmara", None, "denies"),
    ("Ingrid Solle said Ardovia, accusing Selmara of lying, had left the talks.", "Ingrid Solle", None, "asserts"),
    # --- the speaker's own clause behind "said"
    ("Ingrid Solle said she had proposed a ten-day truce.", "Ingrid Solle", None, "proposes"),
    ("The Ardovian government said on Tuesday it rejected the plan.", "Ardovian government", None, "rejects"),
    ("The Ardovian Defence Ministry said it denied the charge.", "Ardovian Defence Ministry", None, "denies"),
    # --- clauses beside the main one
    ("After Ardovia demanded the bridge, Selmara's General Staff said the road was mined.", "Selmara's General Staff", None, "asserts"),
    ("The Ardovian Army said two posts were lost, a claim Selmara denied.", "Ardovian Army", None, "asserts"),
    ("The lorries, as Halvia's foreign ministry put it, crossed “in good order”.", "Halvia's foreign ministry", None, "asserts"),
    # --- both and lists
    ("Halvia, Ardovia and Selmara urged the rebels to let the lorries pass.", "Halvia, Ardovia and Selmara", None, "calls_for"),
    ("In Strand, Halvia and Ardovia said the text was ready.", "Halvia and Ardovia", None, "asserts"),
    ("Ardovia and Selmara agreed to pull back their guns.", None, None, "asserts"),
    # --- a second verb, and no verb
    ("Selmara's General Staff counted nine shells on Monday and said the ridge was quiet.", "Selmara's General Staff", None, "asserts"),
    ("14:20 – Governor Tomas Hale: the power is back in Orvel.", "Governor Tomas Hale", None, "asserts"),
    ("The result: nine houses lost.", None, None, "asserts"),
    # --- by the words of the statement
    ("Both sides must stop firing at once, Ingrid Solle said.", "Ingrid Solle", None, "calls_for"),
    ("“We never fired on the market,” Dana Kreel said.", "Dana Kreel", None, "denies"),
    ("“False. The post is where it was,” Dana Kreel posted a few minutes later.", "Dana Kreel", None, "denies"),
    ("“Tomorrow we shall open the road,” said Lena Marden.", "Lena Marden", None, "plans"),
    # --- somebody who is no side of the pack
    ("The bishop of Orvel appealed to both armies to spare the bridge.", "bishop of Orvel", None, "calls_for"),
    # --- appositives in a row, relative clauses, long tails
    ("Jonas Reed, a former officer, 52, proposed a pause of ten days.", "Jonas Reed", None, "proposes"),
    ("Prisoners will be freed on Friday, according to two diplomats familiar with the talks.", "two diplomats familiar with the talks", None, "asserts"),
    ("An Ardovian official who declined to be named said the text was ready.", "Ardovian official", None, "asserts"),
    ("Residents living near the bridge said it had been mined.", "Residents living near the bridge", None, "asserts"),
    ("The head of the mission (VOM), a Halvian, said the road was mined.", "head of the mission", None, "asserts"),
]  # fmt: skip

HEADLINES: list[Row] = [
    # both do it, as the verb says
    ("Ardovia, Selmara agree to truce", "Ardovia, Selmara", None, "asserts"),
    ("Sunday, Selmara agrees to truce", "Selmara", None, "asserts"),
    # a colon, in front and behind
    ("Ardovian Defence Ministry: Two posts shelled", "Ardovian Defence Ministry", None, "asserts"),
    ("Selmara: Truce is over", "Selmara", None, "asserts"),
    ("Road to Orvel mined: Ardovian ministry", "Ardovian ministry", None, "asserts"),
    # a dash
    ("Two posts shelled overnight - Ardovian Defence Ministry", "Ardovian Defence Ministry", None, "asserts"),
    # a verb, in front and behind
    ("Ardovian army says ridge is lost", "Ardovian army", None, "asserts"),
    ("Truce is over, says Selmara", "Selmara", None, "asserts"),
    # labels and places in front of a colon do not speak
    ("Live updates: shells fall on the market", None, None, "asserts"),
    ("Analysis: Why the truce may hold", None, None, "asserts"),
    ("Orvel: shells fall on the market", None, None, "asserts"),
    ("Shells fall on the market in Orvel", None, None, "asserts"),
    # an office, a known and an unknown surname
    ("Foreign secretary Quist: Truce broken 'repeatedly'", "Foreign secretary Quist", None, "asserts"),
    ("Truce 'at an end' – Quist", "Quist", None, "asserts"),
    ("Ardovian MP: 'We were not asked'", "Ardovian MP", None, "asserts"),
    ("Quist rejects Halvian truce plan", "Quist", None, "rejects"),
    # an outlet that is addressed, agencies in front and behind
    ("Stellan to Euronews: 'There is peace already'", "Stellan", "Euronews", "asserts"),
    ("TASS: Columns moving towards Orvel", None, "TASS", "asserts"),
    ("Columns moving towards Orvel - Reuters", None, "Reuters", "asserts"),
    # a topic, an event and a passive do not speak
    ("Selmara: Nine killed in Orvel market", None, None, "asserts"),
    ("Nine killed in Orvel market: what we know", None, None, "asserts"),
    ("Tensions rise over Orvel", None, None, "asserts"),
    ("Selmara accused of shelling market", None, None, "asserts"),
    ("Six police killed in Orvel ambush blamed on Selmara", None, None, "asserts"),
    # every stance
    ("Selmara denies shelling Orvel market", "Selmara", None, "denies"),
    ("Selmara: we did not shell the market, the General Staff insists", "General Staff", None, "denies"),
    ("Ardovia accuses Selmara of breaking truce", "Ardovia", None, "accuses"),
    ("Orsk – ‘we see no rush’ over truce", "Orsk", None, "asserts"),
    ("Truce talks – ‘no rush’ seen", None, None, "asserts"),
    ("Selmara ‘never asked’ for truce: DG ISPR", "DG ISPR", None, "asserts"),
    ("Selmara rubbishes claim of retreat", "Selmara", None, "denies"),
    ("Reports say bridge is open", None, None, "asserts"),
    ("Ardovia calls for ceasefire", "Ardovia", None, "calls_for"),
    ("Halvia proposes ten-day truce", "Halvia", None, "proposes"),
    ("Selmara refuses to sign protocol", "Selmara", None, "rejects"),
    ("Ardovia warns of full-scale war", "Ardovia", None, "warns"),
    ("Selmara vows revenge", "Selmara", None, "warns"),
    ("Selmara agrees to ten-day truce", "Selmara", None, "asserts"),
]  # fmt: skip

#: Word order, phrasal verbs and nouns of speech.
ORDERS: list[Row] = [
    # a passive with a word between participle and agent
    ("The offer was turned down flat by Selmara on Monday.", "Selmara", None, "rejects"),
    ("The offer was brushed aside by Selmara's General Staff.", "Selmara's General Staff", None, "rejects"),
    ("The house was torn down by the army on Friday.", None, None, "asserts"),
    # what follows the source is no part of it
    ("The news was confirmed by the Ardovian Army only on Friday.", "Ardovian Army", None, "asserts"),
    ("“We wait,” said President Pavel Orsk of the Halvian text.", "President Pavel Orsk", None, "asserts"),
    ("A call by President Pavel Orsk for an exchange of captives was read out.", "President Pavel Orsk", None, "calls_for"),
    ("A call by a spokesman for the Ardovian Army for calm was ignored.", "spokesman for the Ardovian Army", None, "calls_for"),
    # verb before subject
    ("“We are waiting,” say residents of Orvel.", "residents of Orvel", None, "asserts"),
    ("“Where is the convoy?” asked Halvian envoy Ingrid Solle.", "Halvian envoy Ingrid Solle", None, "asserts"),
    ("“Where is the convoy?” a resident of Orvel asked.", "resident of Orvel", None, "asserts"),
    ("Halvian envoy Ingrid Solle asked whether the road was open.", None, None, "asserts"),
    ("“Stay calm,” said the mayor of Orvel the next morning.", "mayor of Orvel", None, "asserts"),
    ("“Not one of our tanks moved,” shot back General Otto Brandt.", "General Otto Brandt", None, "denies"),
    ("False, says the Ardovian Army: no tank crossed the river.", "Ardovian Army", None, "denies"),
    # nouns of speech behind "there was" and before "came from"
    ("There was a swift denial from Selmara that its guns had fired.", "Selmara", None, "denies"),
    ("There was no warning from Ardovia that the dam would be opened.", None, None, "asserts"),
    ("There were reports from Orvel that two people had died.", None, None, "asserts"),
    ("Word came from the mayor of Orvel that the road was open.", "mayor of Orvel", None, "asserts"),
    ("Word came that the road was open.", None, None, "asserts"),
    # phrasal verbs
    ("Ardovia's army owned up to the strike on Friday.", "Ardovia's army", None, "asserts"),
    ("Selmara lashed out at Ardovia for shelling the bridge.", "Selmara", None, "accuses"),
    # the participle behind "quoted"
    ("Reuters quoted President Ivo Stellan as warning that the truce would fail.", "President Ivo Stellan", "Reuters", "warns"),
    ("The road is open, Reuters reported with reference to the Ardovian Army.", "Ardovian Army", "Reuters", "asserts"),
    # nobody by a pronoun or a plural of hearsay
    ("No minister said who had ordered it.", None, None, "asserts"),
    ("Unconfirmed reports said the road was open.", None, None, "asserts"),
]  # fmt: skip

#: The act of speech that the words themselves tell.
ACTS: list[Row] = [
    ("Repeating its call for a truce, Halvia said talks were near.", "Halvia", None, "calls_for"),
    ("Selmara's rejection of the claim that it shelled Orvel came late.", "Selmara", None, "denies"),
    ("Selmara's rejection of the plan came late.", "Selmara", None, "rejects"),
    ("“The draft is unacceptable,” President Pavel Orsk said.", "President Pavel Orsk", None, "rejects"),
    ("“The attack is unacceptable,” President Pavel Orsk said.", "President Pavel Orsk", None, "asserts"),
    ("Fighting will resume if Selmara keeps the ridge, Ardovia said.", "Ardovia", None, "warns"),
    ("Fighting will resume if Selmara keeps the ridge, analysts said.", "analysts", None, "asserts"),
    ("If one more shell falls on Orvel we will answer in kind, Ardovia said.", "Ardovia", None, "warns"),
    ("“Let the guns fall silent,” President Pavel Orsk said.", "President Pavel Orsk", None, "calls_for"),
    ("“End of story,” President Pavel Orsk said.", "President Pavel Orsk", None, "asserts"),
    ("The truce is unacceptable to many, analysts said.", "analysts", None, "asserts"),
    ("“Let us be clear,” President Pavel Orsk said.", "President Pavel Orsk", None, "asserts"),
    # what becomes of a thing, or what another will do, is no plan of the speaker
    ("Selmara said its list would be ready by Tuesday.", "Selmara", None, "asserts"),
    ("Two residents of Orvel said he would stay for three days.", "Two residents of Orvel", None, "asserts"),
]  # fmt: skip

#: Subjects and objects that are easily taken for each other.
OBJECTS: list[Row] = [
    # whose the object is does not speak
    ("Ardovia on Sunday joined a truce declared by Selmara and ordered its guns to stop.", None, None, "asserts"),
    ("A truce declared by Selmara took effect.", "Selmara", None, "asserts"),
    # a title that looks like a participle
    ("The draft was being read, Coordinating Minister for Security Pavel Orsk said.", "Coordinating Minister for Security Pavel Orsk", None, "asserts"),
    # a list behind an introduction
    ("In a joint statement, the foreign ministers of Halvia, Norn and Esk called for a truce.", "foreign ministers of Halvia, Norn and Esk", None, "calls_for"),
    # several who speak in one sentence with what they did
    ("The three co-chairs of the Tarn Group have proposed a truce, they said.", "three co-chairs of the Tarn Group", None, "proposes"),
    # who answers nothing
    ("Neither delegation answered.", None, None, "asserts"),
]  # fmt: skip

TABLES = [
    *SPEAKERS,
    *RELAYS,
    *NOBODY,
    *SHORT_FORMS,
    *STANCES,
    *CONSTRUCTIONS,
    *ORDERS,
    *ACTS,
    *OBJECTS,
]

#: Where today's grammar fails: construction -> rows. A row that comes right must move up.
MISSED: dict[str, list[Row]] = {
    "a stance told in a subordinate clause of the speaker's own": [
        ("President Pavel Orsk said Ardovia was calling for a ceasefire.", "President Pavel Orsk", None, "calls_for"),
    ],
}  # fmt: skip

MISSED_HEADLINES: list[Row] = [
    # a plan as an infinitive
    ("Selmaran army to leave ridge on Sunday", "Selmaran army", None, "plans"),
]


def row(found: Attribution) -> tuple[str | None, str | None, str]:
    return found.speaker, found.relay, found.stance.value


@pytest.mark.parametrize(("text", "speaker", "relay", "stance"), TABLES)
def test_a_sentence_has_this_speaker_relay_and_stance(
    text: str, speaker: str | None, relay: str | None, stance: str
) -> None:
    assert row(last(text)) == (speaker, relay, stance)


@pytest.mark.parametrize(("title", "speaker", "relay", "stance"), HEADLINES)
def test_a_headline_has_this_speaker_relay_and_stance(
    title: str, speaker: str | None, relay: str | None, stance: str
) -> None:
    assert row(headline(title)) == (speaker, relay, stance)


@pytest.mark.parametrize(
    ("text", "speaker", "relay", "stance"),
    [
        pytest.param(*wanted, marks=pytest.mark.xfail(strict=True, reason=construction))
        for construction, rows in MISSED.items()
        for wanted in rows
    ],
)
def test_a_sentence_in_a_construction_not_yet_read(
    text: str, speaker: str | None, relay: str | None, stance: str
) -> None:
    assert row(last(text)) == (speaker, relay, stance)


@pytest.mark.xfail(strict=True, reason="a headline form not yet read")
@pytest.mark.parametrize(("title", "speaker", "relay", "stance"), MISSED_HEADLINES)
def test_a_headline_in_a_form_not_yet_read(
    title: str, speaker: str | None, relay: str | None, stance: str
) -> None:
    assert row(headline(title)) == (speaker, relay, stance)


def test_a_headline_learns_full_names_from_the_text() -> None:
    text = "President Ivo Stellan rejected the Halvian plan on Tuesday."
    assert row(headline("Stellan rejects Halvian plan", text)) == (
        "President Ivo Stellan",
        None,
        "rejects",
    )
    text = "Ardovia's Defence Ministry said two posts were shelled."
    assert (
        headline("Defence Ministry says posts shelled", text).speaker
        == "Ardovia's Defence Ministry"
    )


@pytest.mark.parametrize(
    ("speaker", "body"),
    [
        ("Observers", "Valley Observer Mission"),
        ("truce monitors", "Valley Observer Mission"),
        ("bird observers", None),
    ],
)
def test_observers_without_a_name_are_those_of_the_one_mission(
    speaker: str, body: str | None
) -> None:
    assert placed(Attribution(speaker=speaker), PACK).body == body
    two = PACK.model_copy(update={"monitors": PACK.monitors * 2})
    assert placed(Attribution(speaker=speaker), two).body is None


def test_an_outlet_is_no_relay_of_itself() -> None:
    text = "KALDOR (Reuters) - The road is mined, Lena Marden said."
    assert [a.relay for _, a in read("", text, outlet="Reuters")] == [None]
    assert [a.relay for _, a in read("", text, outlet="Kaldor Times")] == ["Reuters"]


#: (text, kind, party, anonymous)
KINDS: list[tuple[str, str | None, str | None, bool]] = [
    # a side by its name, its government, its army
    ("Selmara said the ridge was lost.", "party", "selmara", False),
    ("Ardovia's foreign ministry said the ridge was lost.", "party", "ardovia", False),
    ("Ardovia's defence ministry said the ridge was lost.", "party", "ardovia", False),
    ("Selmara's General Staff said the ridge was lost.", "military", "selmara", False),
    # a capital stands for its government
    ("Kaldor said the ridge was lost.", "party", "ardovia", False),
    # people of a side, also without its name
    ("President Pavel Orsk said the ridge was lost.", "official", "ardovia", False),
    ("Dana Kreel said the ridge was lost.", "official", "selmara", False),
    # an officer of no known side
    ("Colonel Lev Arden said the ridge was lost.", "military", None, False),
    ("Pavel Orsk and Ivo Stellan said the text was finished.", "official", None, False),
    ("Yemen's Houthis said the ridge was lost.", "party", None, False),
    ("The Bredan MoD said the ridge was lost.", "party", None, False),
    # mediator, its people, monitor
    ("Halvia said the ridge was lost.", "mediator", None, False),
    ("Ingrid Solle said the ridge was lost.", "mediator", None, False),
    ("The observer mission said the ridge was lost.", "monitor", None, False),
    # a body set up to watch over a halt
    ("The Joint Coordination Committee has listed 14 violations.", "monitor", None, False),
    ("The Central Committee said the ridge was lost.", "party", None, False),
    # those who saw and those who treat
    ("Residents of Orvel said the ridge was lost.", "witness", None, False),
    ("Medics in Orvel said nine people had burns.", "medic", None, False),
    ("A nurse at the district hospital said nine people had burns.", "medic", None, False),
    ("Ardovia's health ministry said nine people had burns.", "medic", "ardovia", False),
    # people who hold an office: a minister of defence is no soldier, an army chief is
    ("Selmaran Defence Minister Dana Kreel said the ridge was lost.", "official", "selmara", False),
    ("The army chief, Otto Brandt, said the ridge was lost.", "military", None, False),
    # ... and people who hold none
    ("“The sky was red,” said Marta Quist, who fled Orvel on foot.", "witness", None, False),
    # an office without a name, and one who hides
    ("A senior Ardovian official said the ridge was lost.", "official", "ardovia", True),
    ("A military source said the ridge was lost.", "anonymous", None, True),
    # nameless, of a side and of none
    ("A senior Ardovian official, speaking on condition of anonymity, said the ridge was lost.", "anonymous", "ardovia", True),
    ("Two sources close to the talks said the ridge was lost.", "anonymous", None, True),
    # an agency alone
    ("Reuters reported that the ridge was lost.", "media", None, False),
    # nobody
    ("The ridge was lost at noon.", None, None, False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "party", "anonymous"), KINDS)
def test_a_speaker_is_of_this_kind_and_side(
    text: str, kind: str | None, party: str | None, anonymous: bool
) -> None:
    found = last(text)
    shown = found.speaker_kind.value if found.speaker_kind else None
    assert (shown, found.party, found.anonymous) == (kind, party, anonymous)


def test_without_a_pack_no_side_is_guessed() -> None:
    text = "Ardovia's Defence Ministry said the ridge was lost. Halvia denied the report."
    found = [attribution for _, attribution in read("", text, pack=None)]
    assert [a.speaker for a in found] == ["Ardovia's Defence Ministry", "Halvia"]
    assert [a.party for a in found] == [None, None]


def test_without_a_registry_no_word_is_taken_for_an_agency() -> None:
    text = "Interfax reported that the ridge was lost."
    assert [a.relay for _, a in read("", text, wires=())] == [None]
    assert [a.relay for _, a in read("", text)] == ["Interfax"]


def test_a_ministry_without_a_state_is_that_of_the_capital_in_the_dateline() -> None:
    pack = PACK.model_copy(
        update={
            "parties": tuple(
                p.model_copy(update={"names": (*p.names, f"{p.names[0]}'s Defence Ministry")})
                if p.id == "selmara"
                else p
                for p in PACK.parties
            )
        }
    )
    ministry = Attribution(speaker="Ministry of Defence")
    assert placed(ministry, pack).party == "selmara"  # the only one whose ministry the pack names
    text = "KALDOR, March 10 (Ada) -- Bombs fell on Orvel, the Ministry of Defence said."
    lead = split_sentences(entry_of("", text))
    home = home_of(lead, pack)
    assert home == "ardovia"
    assert placed(ministry, pack, home).party == "ardovia"


REBELS = Pack.model_validate(
    {
        "id": "tarn-hills",
        "name": "Tarn Hills",
        "timezone": "Europe/Istanbul",
        "parties": [
            {"id": "ardovia", "names": ["Ardovia", "Ardovian", "government of Ardovia"]},
            {"id": "front", "names": ["Hill Front", "Frontists", "Frontist rebels"]},
        ],
        "places": [],
    }
)


@pytest.mark.parametrize(
    ("speaker", "named", "party"),
    [
        ("spokesman for the militants", {"front"}, "front"),
        ("rebel command", {"front"}, "front"),
        # of whom nobody has spoken
        ("guerrilla spokesman", {"ardovia"}, None),
        # another group
        ("Lakeland rebels", {"front"}, None),
    ],
)
def test_rebels_are_the_party_that_is_no_state_where_the_entry_names_it(
    speaker: str, named: set[str], party: str | None
) -> None:
    assert placed(Attribution(speaker=speaker), REBELS, named=named).party == party


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Ardovia Frontists say", "front"),
        ("Ardovia's Frontist rebels have ended", "front"),
        ("Ardovia says the Frontists", "ardovia"),
        ("head of the rebellion in northern Ardovia", "front"),
        ("largest of the rebel groups in Ardovia's far south", "front"),
        ("Ardovia's envoy for talks with the rebels", "ardovia"),
    ],
)
def test_the_rebels_of_a_country_are_not_the_country(text: str, party: str) -> None:
    assert sides_of(REBELS).party_of(text) == party


def test_the_slug_of_an_agency_says_nothing() -> None:
    assert headline("GUATEMALA: Army and guerrillas to return to the table").speaker is None


def test_a_country_in_front_of_another_sides_man_is_where_it_happens() -> None:
    assert headline("Ardovia: Ivo Stellan suspends his truce").party != "ardovia"


def test_the_states_of_the_shipped_packs_are_states() -> None:
    folder = Path(__file__).parents[3] / "conflicts"
    states = sides_of(load_pack(folder / "ukraine-russia.yaml")).states
    assert {"russia", "ukraine"} <= states


def test_whoever_accepts_an_appeal_does_not_make_it() -> None:
    (row,) = read("", "Ardovia and Selmara have accepted the Red Cross's appeal for a truce.")
    assert row[1].speaker is None or "accepted" not in row[1].speaker
