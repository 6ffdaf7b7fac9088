"""Languages in the tracks of a file: the three letters that MP4 and QuickTime have for one, and its own name.

The codes are the pairs of ISO 639-1 and ISO 639-2/T that the registration authority of ISO 639-2 lists
(https://www.loc.gov/standards/iso639-2/), the names those that Unicode CLDR 49 has for a language in that
language; some have none there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

UNDETERMINED = "und"
"""The code of ISO 639-2 for a language that is not known."""


def three_letters(tag: str) -> str:
    """The code of ISO 639-2/T for a language.

    Args:
        tag: of BCP 47; what follows the language, such as a script or a region, does not count.

    Returns:
        `UNDETERMINED` if there is no code for it.

    >>> [three_letters(tag) for tag in ("en", "zh-Hant", "pt-BR", "haw", "xx")]
    ['eng', 'zho', 'por', 'haw', 'und']
    """
    primary = tag.partition("-")[0].lower()
    if len(primary) == 3:  # a language without a code of two letters has the same of three in both standards
        return primary
    return _LANGUAGES[primary][0] if primary in _LANGUAGES else UNDETERMINED


def own_name(tag: str) -> str:
    """What the speakers of a language call it, with the script or region that the tag names.

    Returns:
        The tag if no name is known.

    >>> [own_name(tag) for tag in ("en", "zh", "pt-BR", "haw")]
    ['English', '中文', 'português (BR)', 'haw']
    """
    primary, _, rest = tag.partition("-")
    _, name = _LANGUAGES.get(primary.lower(), ("", ""))
    if not name:
        return tag
    return f"{name} ({rest})" if rest else name


_TABLE = """
aa aar Qafar
ab abk Аԥсшәа
ae ave
af afr Afrikaans
ak aka Akan
am amh አማርኛ
an arg aragonés
ar ara العربية
as asm অসমীয়া
av ava
ay aym
az aze azərbaycan
ba bak башҡорт
be bel беларуская
bg bul български
bi bis
bm bam bamanakan
bn ben বাংলা
bo bod བོད་སྐད་
br bre brezhoneg
bs bos bosanski
ca cat català
ce che нохчийн
ch cha
co cos corsu
cr cre
cs ces čeština
cu chu церковнослове́нскїй
cv chv чӑваш чӗлхи
cy cym Cymraeg
da dan dansk
de deu Deutsch
dv div ދިވެހިބަސް
dz dzo རྫོང་ཁ
ee ewe eʋegbe
el ell Ελληνικά
en eng English
eo epo Esperanto
es spa español
et est eesti
eu eus euskara
fa fas فارسی
ff ful Pulaar
fi fin suomi
fj fij
fo fao føroyskt
fr fra français
fy fry Frysk
ga gle Gaeilge
gd gla Gàidhlig
gl glg galego
gn grn avañe’ẽ
gu guj ગુજરાતી
gv glv Gaelg
ha hau Hausa
he heb עברית
hi hin हिन्दी
ho hmo
hr hrv hrvatski
ht hat Kreyòl Ayisyen
hu hun magyar
hy hye հայերեն
hz her
ia ina interlingua
id ind Indonesia
ie ile Interlingue
ig ibo Asụsụ Igbo
ii iii ꆈꌠꉙ
ik ipk
io ido Ido
is isl íslenska
it ita italiano
iu iku ᐃᓄᒃᑎᑐᑦ
ja jpn 日本語
jv jav Jawa
ka kat ქართული
kg kon
ki kik Gĩgĩkũyũ
kj kua
kk kaz қазақ тілі
kl kal kalaallisut
km khm ខ្មែរ
kn kan ಕನ್ನಡ
ko kor 한국어
kr kau
ks kas کٲشُر
ku kur kurdî (kurmancî)
kv kom
kw cor kernewek
ky kir кыргызча
la lat Latina
lb ltz Lëtzebuergesch
lg lug Luganda
li lim
ln lin lingála
lo lao ລາວ
lt lit lietuvių
lu lub Tshiluba
lv lav latviešu
mg mlg Malagasy
mh mah
mi mri Māori
mk mkd македонски
ml mal മലയാളം
mn mon монгол
mr mar मराठी
ms msa Melayu
mt mlt Malti
my mya မြန်မာ
na nau
nb nob norsk bokmål
nd nde isiNdebele
ne nep नेपाली
ng ndo
nl nld Nederlands
nn nno norsk nynorsk
no nor norsk
nr nbl isiNdebele
nv nav Diné Bizaad
ny nya Nyanja
oc oci occitan
oj oji
om orm Oromoo
or ori ଓଡ଼ିଆ
os oss ирон
pa pan ਪੰਜਾਬੀ
pi pli
pl pol polski
ps pus پښتو
pt por português
qu que Runasimi
rm roh rumantsch
rn run Ikirundi
ro ron română
ru rus русский
rw kin Ikinyarwanda
sa san संस्कृत भाषा
sc srd sardu
sd snd سنڌي
se sme davvisámegiella
sg sag Sängö
si sin සිංහල
sk slk slovenčina
sl slv slovenščina
sm smo
sn sna chiShona
so som Soomaali
sq sqi shqip
sr srp српски
ss ssw siSwati
st sot Sesotho
su sun Basa Sunda
sv swe svenska
sw swa Kiswahili
ta tam தமிழ்
te tel తెలుగు
tg tgk тоҷикӣ
th tha ไทย
ti tir ትግርኛ
tk tuk türkmen dili
tl tgl Tagalog
tn tsn Setswana
to ton lea fakatonga
tr tur Türkçe
ts tso Xitsonga
tt tat татар
tw twi
ty tah
ug uig ئۇيغۇرچە
uk ukr українська
ur urd اردو
uz uzb o‘zbek
ve ven Tshivenḓa
vi vie Tiếng Việt
vo vol Volapük
wa wln walon
wo wol Wolof
xh xho IsiXhosa
yi yid ייִדיש
yo yor Èdè Yorùbá
za zha Vahcuengh
zh zho 中文
zu zul isiZulu
"""


def _entries() -> Mapping[str, tuple[str, str]]:
    """The code of three letters and the name of every language by its code of two letters."""
    lines = (line.split(" ", 2) for line in _TABLE.strip().splitlines())
    return MappingProxyType({two: (three, "".join(name)) for two, three, *name in lines})


_LANGUAGES = _entries()
