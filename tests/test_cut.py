"""Sentences: each kind of place where one may seem to end, in seven languages. All texts are invented."""

from __future__ import annotations

import pytest

from syrian_groups_data.evidence.cut import LANGUAGES, cut, how


def passages(text: str, language: str = "en", unwrap: bool = False) -> list[str]:
    return [text[each.start : each.end] for each in cut(text, language=language, unwrap=unwrap)]


KINDS: dict[str, list[tuple[str, list[str]]]] = {
    "numbered paragraphs": [
        ("en", ["12. The commission met fifteen witnesses.", "It could not reach the others."]),
        ("en", ["112.   The commission met fifteen witnesses.", "It could not reach the others."]),
        ("en", ["(a) The front attacked the village.", "It lost nine men."]),
        ("en", ["iv. The front attacked the village.", "It lost nine men."]),
        ("en", ["B. The front attacked the village.", "It lost nine men."]),
        ("en", ["3.1 The front attacked the village.", "It lost nine men."]),
        ("en", ["3.1.2. The front attacked the village.", "It lost nine men."]),
        ("en", ["Article 5. The state protects its people.", "It does so always."]),
        ("en", ["They demanded: 1. the release of prisoners; 2. an end to raids.", "The governor refused."]),
        ("ar", ["وهي: 1. السجناء؛ 2. الغارات؛ ٣. الحصار.", "ورفض المحافظ."]),
        ("tr", ["Şunlar: 1. Bu köy; 2. O köy.", "Vali reddetti."]),
        ("tr", ["Bkz. s. 12.", "Orada anlatılır.", "Karar, md. 3.", "Oybirliğiyle alındı."]),
        ("en", ["The report names nine of them in paragraph 12.", "It spares the others."]),
        ("tr", ["12. Komisyon on beş tanıkla görüştü.", "Diğerlerine ulaşamadı."]),
        ("tr", ["Madde 5. Bu yasa halkı korur.", "Bunu her zaman yapar."]),
        ("ar", ["12. قابلت اللجنة خمسة عشر شاهدا.", "ولم تصل إلى الآخرين."]),
        ("ar", ["١٢. قابلت اللجنة خمسة عشر شاهدا.", "ولم تصل إلى الآخرين."]),
        ("ar", ["٣.١. قابلت اللجنة خمسة عشر شاهدا.", "ولم تصل إلى الآخرين."]),
        ("ar", ["أ. قابلت اللجنة خمسة عشر شاهدا.", "ولم تصل إلى الآخرين."]),
        ("ar", ["المادة 5. تحمي الدولة شعبها.", "وهي تفعل ذلك دائما."]),
    ],
    "quotations": [
        ("en", ["“We left at night.", "We took the road.", "Nobody saw us,” a fighter said."]),
        ("en", ["He said, “We left at night.", "They stayed.”", "The army denied it."]),
        ("en", ["“Who did this?” Ahmed Example asked.", "Nobody answered."]),
        ("en", ["“Who did this?” he asked.", "“We did not!” they said."]),
        ("en", ['The note read "nobody came. "', "The others left."]),
        ("en", ["The slogan was “No retreat!” and it was everywhere.", "People laughed."]),
        ("tr", ["“Gece köye geldik.", "Kuzey yolunu tuttuk.", "Bizi kimse görmedi,” dedi bir savaşçı."]),
        ("tr", ["“Nereden geldiniz?” diye sordu komutan.", "Kimse cevap vermedi."]),
        ("tr", ['"Kimse gelmedi." dedi.', "Sonra sustu."]),
        ("ar", ["«جئنا ليلا.", "سلكنا الطريق الشمالي.", "لم يرنا أحد» قال مقاتل."]),
        ("ar", ['قال: "جئنا ليلا.', 'ولم يرنا أحد".', "ثم صمت."]),
    ],
    "brackets": [
        ("en", ["The force left (it was late. Nobody saw it) and slept.", "It never came back."]),
        ("en", ["The force left.", "(It was late.", "Nobody saw it.)", "It never came back."]),
        ("en", ["The force (!) left the town (?) Example.", "It never came back."]),
        ("en", ["The board (see annex I, sect. B) met twice.", "It met again."]),
        ("tr", ["Grup (bkz. Ek 2) dağıldı.", "1.500 kişiydi."]),
        ("ar", ["تضم القائمة: (أ) أسلحة؛ (ب) وقود؛ (ج) نقود.", "ولا تضم غيرها."]),
    ],
    "ranks and abbreviations elsewhere": [
        ("fr", ["Le gén. Dupont a vu le col. Martin.", "Le cap. Durand, le lt. Petit et le cdt. Morel étaient là."]),
        (
            "fr",
            ["Mgr. Exemple et Mme. Roux ont signé.", "Env. 40 hommes y étaient, etc.", "Voir p. 12, vol. 3 et par. 3."],
        ),
        ("fr", ["Vers 17 h. 30, ils ont franchi le col.", "Le front avait fui."]),
        ("es", ["El gral. Ejemplo habló con el cnel. Pérez.", "El cap. Díaz, el tte. Mora y el sgto. Gil murieron."]),
        (
            "es",
            [
                "Aprox. 40 hombres, según la pág. 12 y el cap. 3.",
                "Fue en el 100 d. C. y se olvidó.",
                "Los EE. UU. callaron.",
            ],
        ),
        (
            "de",
            [
                "Gen. Beispiel traf Hptm. Schulz.",
                "Die 11. Division zog im 20. Jahrhundert ab.",
                "Er kam 2014.",
                "Es war ruhig.",
            ],
        ),
        ("de", ["Vgl. S. 12 und Bd. 3.", "Das galt auch, z. B. für Wachen."]),
        ("ru", ["Ген. Примеров встретил подполк. Петрова и кап. Сидорова.", "Он ушёл в 2014 г.", "Фронт остался."]),
        ("ru", ["См. с. 12 и т. 3 доклада.", "Их полк.", "Ок. 40 чел. ушли им. И. И. Иванова."]),
        ("en", ["John A. I. Smith met W. I. Doe.", "A guard left.", "I. A. Roe came."]),
        (
            "ar",
            [
                "أولا. انسحبت الكتيبة من البلدة.",
                "ثانيا. أعلنت الجبهة وقف النار.",
                "ولد عام 1380 هـ. الموافق 1960 م.",
                "ثم هاجر.",
            ],
        ),
    ],
    "pictures and references of a wiki": [
        (
            "en",
            [
                "It came back!!! \U0001f621",
                "Nobody knows. \U0001f468\u200d\U0001f469\u200d\U0001f467",
                "It left.\U0001f600",
                "It slept.",
            ],
        ),
        (
            "en",
            [
                "The front fell.<ref>{{cite|title=A. B. End}}</ref>",
                'It left.<ref name="x" /><ref>Doe. Roe.</ref>',
                "It slept.",
            ],
        ),
        ("en", ["It holds 5 < 6 men.", "It left."]),
    ],
    "notes": [
        ("en", ["It had 500 men.[citation needed]", "It fell.[note 1]", "It came back.[4]:45", "Nobody knows.[5]"]),
        ("en", ["It fell.(2)", "It came back.(13)", "He said: “It fell. (...)", "It never came back.”", "They left."]),
        ("ar", ["انحلت الكتيبة.(2)", "ولم تعد.(٣)", "لا أحد يعرف لماذا."]),
        ("en", ["It was dissolved.[1][2]", "It came back.[a]", "It left again.[12–14]"]),
        ("en", ["It was dissolved. [1]", "It came back. [note 2]", "It left again.[who?]"]),
        ("en", ["It was dissolved.¹", "It came back.²³", "It left again."]),
        ("en", ["It was founded in 2012.1", "It later merged with others.2", "It then had “many men.”3", "It left."]),
        ("en", ["They had the protection of the council. 4", "Even so they left.", "12 men stayed."]),
        ("en", ["Section 2.1 Example of the plan, see Fig.3 Example, was dropped.", "It cost 2.5 Million."]),
        ("en", ["The rate rose to 4.5 percent in 2012.", "It fell to 3.2 in 2013."]),
        ("tr", ["Grup 2012’de kuruldu.1", "Daha sonra birleşti.2", "Üç yüz adamı vardı."]),
        ("tr", ["Grup vadide kuruldu.[kaynak belirtilmeli]", "Sonra dağıldı.[not 1]", "Geri dönmedi.[4]"]),
        ("ar", ["كانوا تحت حماية المجلس. 4", "ثم غادروا البلدة."]),
        ("ar", ["انسحبت الكتيبة.[بحاجة لمصدر]", "ولم تعد.[4]", "لا أحد يعرف لماذا.[5]"]),
        ("ar", ["تأسست في الوادي عام ٢٠١٢.١", "ثم اندمجت مع غيرها.٢", "وكان لها ثلاثمئة رجل."]),
    ],
    "abbreviations": [
        ("en", ["He lost approx. 40 men near Ste. Example.", "See vol. 2 and fn. 3 of the report."]),
        ("en", ["It began at 5 p.m. Damascus time on Sat. Dec. 7.", "It ended at 9 p.m.", "Nobody was hurt."]),
        ("en", ["Smith et al. 2004 counted ninety.", "Jones et al. (2005) counted more.", "Brown et al. found none."]),
        ("en", ["Maj. Gen. Example, Lt. al-Sample and J. R. Other-Example of Example Inc. spoke.", "They left."]),
        ("en", ["He left the U.S. in 2012.", "His brother is in the U.S.", "He stayed there."]),
        ("en", ["It sells rifles, etc.", "Rebels bought them.", "The road is 12 km. long."]),
        ("en", ["He was born c. 1956.", "His son, b. 1980, d. 2012, never came back."]),
        ("en", ["Did it fall?", "No.", "It held.", "No. 6 did not."]),
        ("tr", ["Prof. Dr. Ahmet Örnek ve Av. A. Örnek geldi.", "M.Ö. 300 yılından kalma köyde kaldılar."]),
        ("tr", ["Bkz. a.g.e., s. 12-14.", "Örnek Ltd. Şti. silah, cephane vb. sattı.", "Yol 12 km. idi."]),
        ("tr", ["Gitme der.", "Halbuki kimse gitmedi.", "Kur. Alb. Örnek bunu bilir o.", "Av. Örnek sordu."]),
        (
            "en",
            ["The works of art were lost, said Ed.", "The others saw me.", "Rebels broke the rule.", "12 men fled."],
        ),
        (
            "en",
            [
                "The raid began at 6 a.m. Monday.",
                "The army left at 5 p.m.",
                "Rebels held on until 9 p.m. GMT.",
                "By 6 p.m. Rebels had it.",
            ],
        ),
        ("en", ["It cost 5.5 bn.", "The rest was free.", "§ 12 says so."]),
        ("tr", ["Sonra gitti.", "%5.5 arttı.", "Kalanı azaldı."]),
        ("en", ["The wall is 3.2 m.", "Fig. 3 shows it.", "SSgt. Example and Cllr. Sample stood there.", "They left."]),
        (
            "tr",
            [
                "Gn. Sek. Em. Alb. Örnek, TCK m. 76 ve 77’yi okudu.",
                "Duvar 3,2 m.",
                "Köy 4 km. uzakta.",
                "Bu 2. bs. Örnek Yay. tarafından çıktı.",
            ],
        ),
        ("tr", ["Örnek Ltd. Şti. Müdürü geldi.", "Skor 5 - 3.", "Bu, ilk yenilgiydi."]),
        (
            "ar",
            [
                "وصرح د. وليد أن م. علي زار البلدة.",
                "وقال أ.د. وليد إنه لم يره.",
                "انظر ص. 45 وج. 2 وص.ب. 9 ومج. 3 منه.",
            ],
        ),
        ("ar", ["تأسست عام 300 ق.م تقريبا.", "وبنيت القلعة عام 200 ق. م. في الوادي.", "ثم هدمت."]),
        ("ar", ["تأسست عام 2012م.", "انحلت عام 2014 م.", "تبعد القرية 12 كم. عن المدينة."]),
    ],
    "ordinals": [
        ("tr", ["11. Piyade Tugayı köye girdi.", "Komutan 5. maddeyi okudu."]),
        ("tr", ["Saldırı 3. Kolordu bölgesinde oldu.", "II. Dünya Savaşı sırasında köy boştu."]),
        ("tr", ["Grup 2012 yılında kuruldu.", "2013 yılında, sayısı 1.500 iken dağıldı."]),
    ],
    "ellipses": [
        ("en", ["He waited ... and left.", "He waited...", "Then he left.", "“We saw […] nothing… nothing.”"]),
        ("en", ["It left.", "“… The men stayed.", "Why…?", "Nobody knows.”"]),
        ("tr", ["Bekledik...", "Sonra gittiler.", "Köye gittik... sonra döndük."]),
        ("ar", ["قال إنه رأى... ثم سكت.", "ولم يكمل."]),
    ],
    "lower case, odd spaces, unseen characters": [
        ("en", ["al-Example left.", "al-Sample stayed.", "They met the vol. of the house."]),
        ("en", ["The ap\u00adprox. 40 men left.\u200f", "They came\u00a0back ."]),
        ("en", ["Visit www.example.org for more.", "Write to a.b@example.org.", "He will answer."]),
        ("ar", ["كان ذلك في مارس 2015.", "انتهت الحرب .", "وبعد ذلك عادوا."]),
    ],
    "questions": [
        ("en", ["What happened?", "Who was there?!", "Nobody says!", "Perhaps."]),
        ("tr", ["Ne oldu?", "Kim vardı?", "Kimse bilmiyor!"]),
        ("ar", ["ماذا حدث؟", "من كان هناك؟", "لا أحد يعرف!"]),
    ],
}


@pytest.mark.parametrize(
    ("language", "wanted"),
    [pytest.param(*case, id=f"{kind} {i}") for kind, cases in KINDS.items() for i, case in enumerate(cases)],
)
def test_a_sentence_ends_where_it_ends(language: str, wanted: list[str]) -> None:
    """Each text is the wanted passages, joined by a space; a passage ends before unseen characters."""
    found = passages(" ".join(wanted), language)
    assert found == [each.strip("\u200f") for each in wanted]


def test_a_stop_with_nothing_before_it_ends_nothing() -> None:
    assert passages(". al-Example left. He came.\n. He left.\n… iPhones rang.") == [
        ". al-Example left.", "He came.", ". He left.", "… iPhones rang."
    ]  # fmt: skip


def test_words_that_no_space_parts_are_parted_where_the_script_has_none() -> None:
    assert passages("我们来了。“好。”他走了！", "zh") == ["我们来了。", "“好。”", "他走了！"]
    assert passages("كان في مارس 2015.كما طلبت.", "ar") == ["كان في مارس 2015.", "كما طلبت."]
    assert passages("See Caliber.Az or Example.Com there.") == ["See Caliber.Az or Example.Com there."]


def test_other_languages_use_the_lists_of_the_segmenter() -> None:
    dutch = ["Gen. Jansen trof dhr. Smit en prof. Bakker, d.w.z. de raad.", "Daarna vertrok hij."]
    assert passages(" ".join(dutch), "nl-BE") == dutch
    assert passages("Prof. Rossi è venuto. È partito.", "it") == ["Prof. Rossi è venuto.", "È partito."]


def test_an_unknown_language_is_never_cut_as_english(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(language: str, text: str) -> list[str]:
        raise AssertionError(f"asked about {language}")

    monkeypatch.setattr("sentencex.segment", refuse)
    text = "Ew li cem Gen. Azad bû. Dr. Dilan çû. ew ma."
    assert passages(text, "ku") == ["Ew li cem Gen.", "Azad bû.", "Dr. Dilan çû. ew ma."]
    assert passages("Gen. Azad came.", "en") == ["Gen. Azad came."]


def test_how_a_language_is_cut_is_said() -> None:
    assert {"ar", "en", "tr", "nl"} <= LANGUAGES
    assert "ku" not in LANGUAGES
    assert [how(tag) for tag in ("ar-SY", "tr", "nl_BE", "ku")] == [
        "by rules for ar",
        "by rules for tr",
        "by general rules and the segmenter's list for nl",
        "by general rules",
    ]


def test_what_the_segmenter_is_shown_can_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    def segment(language: str, text: str) -> list[str]:
        shown.append(text)
        return [text]

    monkeypatch.setattr("sentencex.segment", segment)
    cut(
        "(“Weird\u00a0, \x00wörd\u2028\ufeff✓ *x*. \U0001f600Next)\n" * 3 + "Plain " * 9_999 + "word. Next.",
        language="en",
    )
    assert shown
    assert all(len(text) < 200 and all(c.isalnum() or c in " .'-_" for c in text) for text in shown)
