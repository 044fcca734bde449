"""What our rules know of a language: words that a full stop does not end, and words that open a sentence."""

from __future__ import annotations

from typing import NamedTuple


class Language(NamedTuple):
    """Words of a language, without their full stop. One in lower case stands for every case."""

    never: frozenset[str] = frozenset()  # a name follows: "Dr."
    number: frozenset[str] = frozenset()  # goes with the figure after it: "vol. 2"
    either: frozenset[str] = frozenset()  # ends a sentence only where a word follows that opens one: "U.S."
    ends: frozenset[str] = frozenset()  # no abbreviation where a capital letter follows: "40 km."
    after: frozenset[str] = frozenset()  # words before which "40 km." is no end, where no capital letter tells
    opens: frozenset[str] = frozenset()  # words that stand at the start of a sentence, and hardly ever a name
    says: frozenset[str] = frozenset()  # verbs after a quotation: “Who was it?” Jane asked
    clock: frozenset[str] = frozenset()  # what goes with a time of day: "5 p.m. Damascus time"
    fronts: frozenset[str] = frozenset()  # words with which a time stands in front: "At 5 p.m. Rebels came"
    articles: frozenset[str] = frozenset()  # words that a number follows at the head of a paragraph: "Article 5."
    ordinals: bool = False  # a number with a full stop is an ordinal: "11. Piyade"
    joins: str = ""  # a letter that is written before the first word of many sentences


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DAYS = "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"

ENGLISH = Language(
    never=_words(
        "mr mrs ms mx messrs mme mlle dr drs prof Rev Fr Hon Sen Rep Gov Pres Gen Col lt capt maj cmdr cdr comdr cpl"
        " sgt pvt brig adm insp supt Det msgr mgr ste sts Mt mts Ft Pt Pte asst assoc dept div bn regt v vs cf viz ie eg"
        " e.g i.e approx ca esp incl excl resp trans transl nr tel"
        " ssgt msgt spc wg sqn ldr flt vadm radm bde amb atty cmdt comdt cllr engr Eng Ar Sh"
    ),
    number=_words(
        "no nos nr art arts fig figs p pp vol vols ch chap chaps sec secs sect para paras par pars pt pts ex eq app"
        " annex fn n nn ed eds l ll vv cl cls reg regs res ser bk sched sch doc docs ref ver tab tbl pl c b d r approx ca"
        " circa est op sess exh dkt fol cols mss rn subpara subparas"
    )
    | _words(_DAYS),
    either=_words(
        "inc ltd co corp bros jr sr phd esq univ St ave blvd rd al id a.m p.m b.c a.d c.e b.c.e u.s u.n u.k e.u d.c"
        " u.s.a ph.d m.d op.cit loc.cit cit"
    )
    | _words(_DAYS),
    ends=_words(
        "etc km kg cm mm ha hrs hr min mins yrs ibid sq ft mi lb oz m g t bn mn tn me ill may May fed ok ore miss pa con rep sens"
    ),
    opens=_words(
        "A About According After Again Ahead All Almost Also Although Among An And Another Any As At Because Before"
        " Behind Below Beside Besides Between Both But By Can Could Despite Did Do Does During Each Earlier Either Even"
        " Eventually Every Everyone Few Finally First For From Further Furthermore Had Has Have He Hence Her Here His"
        " How However I If In Indeed Instead Is It Its Just Last Later Least Like Many Maybe Meanwhile Moreover Most Much"
        " My Near Neither Never Nevertheless Next No Nobody None Nonetheless Nor Not Nothing Now Of Often On Once One"
        " Only Or Other Others Otherwise Our Over Perhaps Please Possibly Previously Rather Recently Several She Should"
        " Similarly Since So Some Soon Still Such Than That The Their Then There Therefore These They This Those Though"
        " Three Through Throughout Thus To Today Together Two Under Unlike Until Upon Was We Were What When Where Whether"
        " Which While Who Whoever Whose Why Will With Within Without Would Yes Yesterday Yet You Your"
        " Mr Mrs Ms Dr He's She's It's They're There's That's Don't"
    ),
    says=_words(
        "said says asked asks added adds told tells wrote writes replied replies answered recalled shouted cried"
        " wondered demanded explained continued insisted"
    ),
    clock=_words(
        "time GMT UTC EST EDT CST CDT MST MDT PST PDT ET EET EEST CET CEST BST MSK local Monday Tuesday Wednesday Thursday"
        " Friday Saturday Sunday January February March April May June July August September October November December"
    )
    | _words(_DAYS),
    fronts=_words("About After Around At Before By From In On Shortly Since Until"),
    articles=_words("article section rule chapter part annex appendix paragraph para principle item figure fig table"),
)

TURKISH = Language(
    never=_words(
        "dr prof doç yrd öğr müh mim hz org korg tümg tuğg alb yb bnb yzb ütğm üstğm tğm atğm astsb uzm çvş onb mr mrs ms"
        " bkz bk krş örn ör yak yakl bs bas hzl haz gn sek bşk gnl müd gnkur arş okt ecz asb sb üçvş bçvş mv ltd tc t.c m.ö m.s i.ö i.s ö.s v.b s.a.v a.g.e a.g.m"
        " Av Sn St Gen Kur Yay Haz Çev Der Ed İng Fr Alm Ar Far Yun Lat Mah Cad Sok Apt Blv Bul As Em Ord Kor Kom Kd Dz Hv Gör Cum Ens"
        " Fak Ün Üni Osm Ank İst"
    ),
    number=_words(
        "no nr s ss sf c cilt m md mad böl şek fig p pp vol tel d b fık par paragr sy dn tab tbl bsk blm p.k"
    ),
    either=_words("şti a.ş AŞ San Tic Ort inc jr"),
    ends=_words("m km cm mm ha kg g t"),
    opens=_words(
        "Bu O Ancak Ama Fakat Daha Sonra Ve Ayrıca Bunun Bunu Buna Bunda Bundan Onun Onu Ona Bir Her Ne Çünkü Bunlar"
        " Onlar Şu Ben Biz Siz Yine Eğer Ardından Öte Örneğin Böylece Böyle Şöyle Nitekim Oysa Kimse Hiçbir Hiç Bazı"
        " Birçok Çok Bugün Dün Geçen Önce Aynı Kendisi Buradan Burada Orada Üstelik Bununla Buna İki Üç"
    ),
    articles=_words("madde bölüm kısım ek kural şekil tablo fıkra"),
    ordinals=True,
)

ARABIC = Language(
    never=_words("أ.د ا.د د.أ د.م إ.د تح أولا أولاً ثانيا ثانياً ثالثا ثالثاً رابعا رابعاً خامسا خامساً"),
    number=_words("ص.ب مج مخ"),
    ends=_words("م هـ ه كم سم كلم كغ كجم إلخ الخ"),
    after=_words("عن من شمال جنوب شرق غرب شمالي جنوبي شرقي غربي تقريبا تقريباً مربع الموافق"),
    opens=_words("ثم كما لكن لكنه غير إلا هذا هذه هو هي هم وهو قال وقال"),
    articles=_words("المادة مادة الفصل الباب القسم البند الفقرة الجدول الشكل الملحق"),
    joins="و",
)

FRENCH = Language(
    never=_words(
        "dr drs pr prof mr mrs ms mme mmes mlle mlles mgr gén gal lt cdt cmdt cne adj adjt sgt brig amb Me M MM Ste St cf env"
        " resp av apr vs p.ex approx tél trad dir"
    ),
    number=_words(
        "no nos nr art arts al p pp t vol vols chap fig figs éd éds par para ann annexe rés doc réf tab sect §§ h fol coll"
    ),
    either=_words("col cap ct ex inc ltd cie sté sarl J.-C"),
    ends=_words("etc km kg cm mm ha hab min m s ibid"),
    opens=_words(
        "Le La Les Un Une Des Du De Il Elle Ils Elles On Ce Cette Ces Cet C'est C’est Ceci Cela Mais Et Ou Or Car Donc Dans En"
        " Au Aux Par Pour Sur Sous Selon Après Avant Depuis Pendant Puis Ensuite Enfin Alors Ainsi Aussi Cependant Toutefois"
        " Néanmoins Pourtant Quand Lorsque Si Son Sa Ses Leur Leurs Notre Nos Nous Vous Je Qui Que Quel Quelle Deux Trois"
        " Plusieurs Certains Chaque Tous Toutes Tout Aucun Aucune Personne Nul Rien Près Environ Plus Moins Même Malgré Entre"
        " Vers Chez Sans Avec Outre Voir Aujourd'hui Hier Comme Comment Pourquoi Parmi Lors Dès Jusqu'en Peu Mme MM"
    ),
    articles=_words("article section règle chapitre partie annexe paragraphe point figure tableau"),
)

SPANISH = Language(
    never=_words(
        "dr dra dres dras prof profa mr mrs ms sr sra srta sres sras d dª dn dña ing lic arq abg mons fr sto sta gral gen cnel"
        " crnl tcnel tte cmte cmdte cdte alm sgto sgt cbo capt mtro pbro rvdo excmo ilmo cf cfr aprox ca vs p.ej av avda tel"
    ),
    number=_words(
        "no nos nr núm núms nº art arts p pp pág págs vol vols t cap caps inc lit párr párrs fig figs res doc ed apdo ap ref sec"
        " secc aprox ca"
    ),
    either=_words("cap ten uu ee.uu s.a s.l cía ltda inc"),
    ends=_words("etc km kg cm mm ha min m ibíd"),
    opens=_words(
        "El La Los Las Un Una Unos Unas Lo Él Ella Ellos Ellas Esto Este Esta Estos Estas Ese Esa Esos Eso Aquel Pero Ni Aunque"
        " Cuando Como Si Sin Con Por Para En De Del Desde Hasta Entre Según Tras Ante Bajo Sobre Durante Después Antes Luego"
        " Entonces Así Además También Tampoco Mientras Donde Quien Quienes Que Qué Su Sus Nuestro Nuestra Nadie Nada Algunos"
        " Varios Muchos Todos Todas Cada Otro Otra Dos Tres Hoy Ayer Al No Ya Más Menos Cerca Sólo Solo Posteriormente"
        " Finalmente Muchas Algunas Debido Véase Se Le Les Es Era Fue Hay Había Ningún Ninguna"
    ),
    articles=_words("artículo sección regla capítulo parte anexo párrafo punto figura cuadro"),
)

GERMAN = Language(
    never=_words(
        "dr prof mr mrs ms hr hrn fr frl gen genlt genmaj hptm lt oblt olt obstlt maj kdt kdr fw ofw uffz stv ca vgl bzw inkl exkl"
        " zzgl evtl ggf sog gem insb bes St Hl geb gest ing dipl mag z.b d.h u.a o.g i.d.r"
    ),
    number=_words("no nr nrn vol p pp art fig s bd bde kap abs ziff lit abb tab anm fn rn rdnr z h az jg hrsg aufl"),
    either=_words("gmbh ag e.v co inc usa st"),
    ends=_words("usw etc km kg cm mm ha m t"),
    opens=_words(
        "Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ihr Ich Man Dies Diese Dieser Dieses Diesen Jene Aber"
        " Und Oder Doch Denn Sondern Auch Nach Nachdem Vor Bevor Bei Beim Mit Von Vom Zu Zum Zur Im In Am An Auf Aus Über Unter"
        " Seit Während Wegen Trotz Für Gegen Ohne Durch Um Als Wenn Weil Da Dann Danach Dabei Dort Daher Deshalb Damit Darauf"
        " Dazu Dennoch Jedoch Allerdings Zudem Außerdem Später Zuvor Heute Gestern Viele Einige Mehrere Alle Niemand Keine Kein"
        " Etwa Rund Laut So Was Wer Wie Wo Warum Sein Seine Seinen Ihre Ihren Unser Zwei Drei Nur Noch Schon Hier Selbst Erst"
        " Beide Obwohl Anfang Ende"
    ),
    articles=_words("artikel abschnitt kapitel teil anhang absatz ziffer punkt abbildung tabelle"),
    ordinals=True,
)

RUSSIAN = Language(
    never=_words(
        "проф акад д-р г-н г-жа подполк лейт серж прап адм гос исп напр см ср ул просп пл обл дер пос ок прибл т.е т.н тел"
    ),
    number=_words("с стр т тт гл п пп ст ч вып рис табл илл кн л абз прим кв корп ок прибл пр"),
    either=_words("ген кап им св ред т.к инж"),
    ends=_words("г гг в вв н.э км кг см мм га м тыс млн млрд руб чел др т.д т.п"),
    opens=_words(
        "Во На По Со Ко Об От До Из За Над Под При Для Без После Перед Через Между Он Она Оно Они Мы Вы Это Этот Эта Эти Тот Те"
        " Но Или Однако Затем Потом Также Тоже Если Когда Где Кто Что Как Какой Который Его Её Ее Их Наш Никто Ничто Нет Не Ни"
        " Все Всё Весь Каждый Многие Некоторые Один Два Три Около Более Менее Сегодня Вчера Тогда Теперь Позже Ранее Согласно"
        " Кроме Хотя Так Там Тут Здесь Ещё Еще Уже Только Даже Поэтому Впрочем"
    ),
    articles=_words("статья раздел правило глава часть приложение пункт рисунок таблица"),
)

# Where we have no rules: titles and figures that are written alike in many languages.
GENERAL = Language(never=_words("dr prof mr mrs ms"), number=_words("no nr vol p pp art fig"))

OURS = {
    "ar": ARABIC,
    "de": GERMAN,
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "ru": RUSSIAN,
    "tr": TURKISH,
}
# Languages of which the segmenter has a list of its own; any other it would take for English without a word.
SEGMENTER = _words("am ar bg bn ca da de el en es fi fr gu hi hy it ja kk kn ml mr my nl pa pl pt ru sk ta te uk")
