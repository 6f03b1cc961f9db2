"""Given names that tell a gender, common where the packs' conflicts are fought; data only.

Names borne by women and men alike stand in neither set: an unknown gender fits every pronoun.
"""

from __future__ import annotations

from bot.claims.grammar.wordlists import word_set

GIVEN_FEMALE = word_set(
    "aisha alina amal amina anahit anastasia anastasiia anita ann anna anne annalena antonia"
    " arundhati asma barbara beatrice caroline catherine charlotte christine claire claudia dana"
    " daria diana dina elena elizabeth ella emily emma eva fatima fatma federica francesca gayane"
    " giorgia hadiza hala halima hanan hanna hannah heba helen hilda hillary hina hiba huda ilze"
    " inas ingrid irina iryna isabel ivanka jane janet jennifer jessica joanna joyce judith"
    " julia juliette kaja kamala karin karine karoline kate kateryna katherine khadija kseniia"
    " ksenia lamia larysa latifa laura layla leila lena leyla lidia linda lisa liudmyla lucy"
    " lyudmila madeleine mahbooba maia malala margaret maria mariam marie marina marta martha mary"
    " maryam maryana maryna maya mehbooba mehriban mette michele michelle mirjana mona monica"
    " nadia najla najwa nancy naomi natalia nataliia natasha nawal nazanin nina nirmala"
    " odile oksana oleksandra olena olga olha pauline penny polina priti priyanka"
    " rachel rania rebecca reem rima rosa rosemary roza ruth sabine sabrina sahiba sakina salma"
    " samantha samia sana sanna sara sarah shabnam shireen simona sofia sonia sophie"
    " stephanie sunita susan sushma svetlana sviatlana sylvia tamara tanya tatiana tatyana tetiana"
    " theresa ursula valentina valeria vera veronika victoria viktoria viola yasmin yevheniia yulia"
    " yuliia zahra zainab zaynab zeinab zhanna"
)

GIVEN_MALE = word_set(
    "abbas abdallah abdel abdelfattah abdul abdulaziz abdulla abdullah abdulrahman abiy adam adel"
    " ahmad ahmed ajit alan albert alen aleksandar aleksandr alexander alexei alexey ali amir"
    " ammar amos anar anatoly anders andrei andrew andrii andriy andrzej anthony antonio antony"
    " anwar ara aram araik arayik ararat ariel arkadiusz armen arsen artur asad asif asim assad"
    " avichay aykhan ayaz aziz badr baqir bashar basil bassem ben benjamin benny bezalel bill"
    " bilawal bob boris brett burhan carlos charles christian christopher daniel david"
    " denis denys dmitri dmitriy dmitry dmytro donald ehud elchin eli emin emmanuel eric esmail"
    " esmaeil ezzat faisal farhan fathi francois frank fuad gadi geir george georgy ghazi gideon"
    " haider hakan hamdan hamid hamza harish hasan hashim hassan heidar hennadiy herzi hikmat"
    " hikmet hussam hussein ibrahim igor ihor ilham imran ishaq isaac ismail ismayil itamar"
    " ivan ivo jack jacques jake jalil jamal james jan jared jawad jeff jens jeremy jeyhun"
    " jim joe johann john jonas jose josep joseph josh julian kareem karim kamil"
    " kash kassem keir keith kenneth kevin khaled khalid khalil khawaja kyrylo lars leo"
    " leon leonid lev levon lindsey lloyd louis luis mahmoud mahmud majed mark marco marcus"
    " martin massad matthew max maxim mehdi mevlut mher michael mikhail mike mikheil minni mohamad"
    " mohamed mohammad mohammed mohsin mousa moussa muhammad muhammed musa mustafa mykhailo mykola"
    " naim najib narendra nasser nawaf nawaz nicholas nickolay nicolas nikol nikolai nikolay olaf"
    " oleg oleh oleksandr oleksii oleksiy osama oscar otto ozgur parvathaneni patrick paul pavel"
    " pavlo pedro pete peter petr petro philippe piotr pjotr qais qassem rafael rafi rajnath ramin"
    " ramtane randhir rashid rasim recep ricardo richard robert roman ron ruben rustem rustam"
    " ruslan salah saleh salman salvatore samir samvel saeed saud scott sean sebastien sergei"
    " sergey serhii serhiy shahbaz shavkat simon stanislav stefan stephane stephen steve steven"
    " suren taha tamim tariq taras tayyip thomas tigran tim tom tomas tony valerii valeriy valery"
    " vahan vardan vasyl victor viktor vikram vitali vitaliy vladimir vladislav volker volodymyr"
    " vyacheslav waleed walid wael william witold yahya yair yaroslav yasser yehia yevgeny"
    " yevhen yoav yossi yousef youssef yuri yuriy yury yusuf zakir zaur zeev ziad zohrab zviad"
)


def given_gender(personal: str) -> str | None:
    """Return "f" or "m" where the first word of a full personal name tells it."""
    words = personal.split()
    first = words[0].lower() if len(words) > 1 else ""
    if first in GIVEN_FEMALE:
        return "f"
    return "m" if first in GIVEN_MALE else None
