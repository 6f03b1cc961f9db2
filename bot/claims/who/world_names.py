"""States and their capitals, which news uses for governments; data only.

Names that are first names or everyday words as well (Georgia, Chad, Jordan, Victoria) stand here
too: alone in front of a verb they are the state.
"""

from __future__ import annotations

_STATES = (
    "Afghanistan,Albania,Algeria,Angola,Argentina,Armenia,Australia,Austria,Azerbaijan,Bahrain"
    ",Bangladesh,Belarus,Belgium,Bolivia,Bosnia,Botswana,Brazil,Britain,Bulgaria,Burkina Faso"
    ",Burundi,Cambodia,Cameroon,Canada,Chad,Chile,China,Colombia,Congo,Croatia,Cuba,Cyprus,Denmark"
    ",Djibouti,Ecuador,Egypt,England,Eritrea,Estonia,Eswatini,Ethiopia,Finland,France,Gabon,Gambia"
    ",Georgia,Germany,Ghana,Greece,Guatemala,Guinea,Guyana,Haiti,Honduras,Hungary,Iceland,India"
    ",Indonesia,Iran,Iraq,Ireland,Israel,Italy,Ivory Coast,Jamaica,Japan,Jordan,Kazakhstan,Kenya"
    ",Kosovo,Kuwait,Kyrgyzstan,Laos,Latvia,Lebanon,Lesotho,Liberia,Libya,Lithuania,Luxembourg"
    ",Madagascar,Malawi,Malaysia,Maldives,Mali,Malta,Mauritania,Mauritius,Mexico,Moldova,Mongolia"
    ",Montenegro,Morocco,Mozambique,Myanmar,Namibia,Nepal,Netherlands,New Zealand,Nicaragua,Niger"
    ",Nigeria,North Korea,North Macedonia,Norway,Oman,Pakistan,Palestine,Panama,Paraguay,Peru"
    ",Philippines,Poland,Portugal,Qatar,Romania,Russia,Rwanda,Saudi Arabia,Senegal,Serbia"
    ",Sierra Leone,Singapore,Slovakia,Slovenia,Somalia,South Africa,South Korea,South Sudan,Spain"
    ",Sri Lanka,Sudan,Sweden,Switzerland,Syria,Taiwan,Tajikistan,Tanzania,Thailand,Togo,Tunisia"
    ",Turkey,Turkiye,Türkiye,Turkmenistan,Uganda,Ukraine,United Arab Emirates,United Kingdom"
    ",United States,Uruguay,Uzbekistan,Venezuela,Vietnam,Yemen,Zambia,Zimbabwe,Somaliland,Abkhazia"
    ",South Ossetia,Transnistria,Artsakh,European Union,African Union,Arab League,Vatican,Holy See"
)
_CAPITALS = (
    "Abu Dhabi,Abuja,Accra,Addis Ababa,Algiers,Amman,Ankara,Asmara,Astana,Athens,Baghdad,Baku"
    ",Bamako,Bangkok,Beijing,Beirut,Belgrade,Berlin,Bishkek,Bogota,Brasilia,Bratislava,Brussels"
    ",Bucharest,Budapest,Cairo,Canberra,Caracas,Chisinau,Colombo,Copenhagen,Dakar,Damascus,Dhaka"
    ",Doha,Dublin,Dushanbe,Geneva,Hanoi,Harare,Havana,Helsinki,Islamabad,Jakarta,Jerusalem,Kabul"
    ",Kampala,Kathmandu,Khartoum,Kigali,Kinshasa,Kuala Lumpur,Kyiv,Kiev,Lima,Lisbon,Ljubljana"
    ",London,Luanda,Lusaka,Madrid,Manila,Minsk,Mogadishu,Moscow,Muscat,Nairobi,New Delhi,Delhi"
    ",Niamey,Nicosia,Oslo,Ottawa,Ouagadougou,Paris,Phnom Penh,Port Sudan,Prague,Pretoria,Pristina"
    ",Pyongyang,Rabat,Ramallah,Riga,Riyadh,Rome,Sanaa,Santiago,Sarajevo,Seoul,Skopje,Sofia"
    ",Stepanakert,Stockholm,Taipei,Tallinn,Tashkent,Tbilisi,Tehran,Tel Aviv,Tokyo,Tripoli,Tunis"
    ",Ulaanbaatar,Vienna,Vientiane,Vilnius,Warsaw,Washington,Yerevan,Zagreb,White House"
    ",Downing Street,Blue House,Elysee Palace,Capitol Hill,Kremlin"
)
_ARMED_GROUPS = (
    "Hamas,Hezbollah,Hizbollah,Hizbullah,Houthis,Taliban,Islamic Jihad,Palestinian Islamic Jihad"
    ",PKK,Islamic State,Al-Qaeda,Al-Shabaab,Boko Haram,Wagner,Fatah,Polisario,Janjaweed"
    ",Lashkar-e-Taiba,Jaish-e-Mohammed,Fatah al-Intifada,Hayat Tahrir al-Sham,Ansar Allah"
)
COUNTRIES = frozenset(_STATES.split(","))
#: Every name that stands for a state or its government.
STATES = frozenset(f"{_STATES},{_CAPITALS}".split(","))
#: Armed groups that news names without saying what they are.
ARMED_GROUPS = frozenset(_ARMED_GROUPS.split(","))
