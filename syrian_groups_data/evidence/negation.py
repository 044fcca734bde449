"""Whether a change of words may turn what a sentence says into its opposite: a word that negates came, went, or negates another.

The lists are generous: who is asked once too often loses a moment, who is not asked has a claim that its source denies.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Words that negate, by language, whole and as `_folded` writes them. What stands behind an apostrophe is a word: don't, n'a.
_NEGATING = {
    "am": r"አይ\w*[ምን]|አል\w+ም|አላ\w+ም|የለም|ምንም|ያለ|ሳይ\w+",
    "ar": r"[وفأ]?(?:[بل]?(?:لا|غير\w*|عدم\w*|دون\w*)|بدون\w*|لم|لن|ما|ليس\w*|لست\w*|لسن\w*|إلا|سوى|كلا|مش|مو)",
    "bn": r"না|নাই|নয়|নেই|নি|নন|ছাড়া|বিনা",
    "de": r"nicht\w*|nie|niemals|niemand\w*|kein\w*|nirgend\w*|weder|noch|ohne|nein",
    "en": r"no|not|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|t|hardly|scarcely|barely",
    "es": r"no|ni|nunca|jamás|nadie|nada|ning[uú]n\w*|sin|tampoco",
    "fa": r"نه|نیست\w*|نبود\w*|نباش\w*|نمی\w*|ن(?:کرد|شد|داد|دار|داشت|گرفت|رفت|گفت|توان|خواه|آمد|دید|زد)\w*|بدون|بی|هیچ\w*|هرگز|غیر|عدم",
    "fr": r"ne|n|pas|non|jamais|aucun\w*|rien|personne|sans|ni|nul\w*|guère",
    "ha": r"ba|babu|bai|bata|basu|bamu|ban|baya|kada|marasa",
    "he": r"[ושהכבמ]*(?:לא|אין|אינ\w+|בלי|ללא|בלתי|מעולם|לעולם|אף|אל)",
    "hi": r"नहीं|नही|न|ना|मत|बिना|बगैर",
    "hy": r"ոչ\w*|չ\w+|առանց|երբեք",
    "id": r"tidak\w*|tak|bukan\w*|belum|jangan\w*|tanpa|tiada",
    "it": r"non|no|né|mai|nessun\w*|niente|nulla|senza|neppure|nemmeno|neanche",
    "ka": r"არ|არა|არც\w*|არავ\w+|არაფ\w+|აღარ|ვერ\w*|ნუ|გარეშე",
    "ku": r"ne\w*|na[bçdghkxy]\w*|nîn\w*|tune\w*|bê|qet|نە\w*|نا\w+|نییە|بێ|هیچ\w*",
    "my": r".*(?:ဘူး|မဟုတ်|မရှိ).*",
    "nl": r"niet\w*|nooit|niemand|geen|nergens|noch|zonder|nee",
    "ps": r"نه|نشته|مه|هیڅ\w*|پرته|بې",
    "pt": r"não|nem|nunca|jamais|ninguém|nada|nenhu\w+|sem|tampouco",
    "ru": r"не|нет|нету|ни|ник(?:то|ого|ому|ем|ак\w*|огда)|нич(?:то|его|ему|ем|ей\w*)|нигде|нельзя|без",
    "so": r"ma|maya|maan\w*|aan\w*|waxba|cidna",
    "sr": r"не|ни|ни(?:је|су|сам|смо|сте|си)|нема\w*|неће\w*|ник(?:о|ог|ад|ада|ак\w+)|ништа|нијед\w+|без"
    r"|ne|ni|ni(?:je|su|sam|smo|ste|si)|nema\w*|neće\w*|nik(?:o|og|ad|ada|ak\w+)|ništa|nijed\w+|bez",
    "sw": r"si|sio|siyo|hapana|hakuna|bila|kamwe|wala|ha(?:ku|wa|tu|zi|li|ya|vi|ki|pa|ta|i|u|m)\w+",
    "ta": r".*(?:இல்லை|அல்ல|இன்றி|இல்லாம|வேண்டாம்|ாத|ாமல்).*",
    "ti": r"ኣይ\w+ን|የለን|የለ\w*|ብዘይ\w*|ከይ\w+",
    "tr": r"değil\w*|yok\w*|hiç\w*|asla|ne|hayır|\w+s[ıiuü]z\w*|\w+m[ıiuü]yor\w*"
    r"|\w+m[ae](?:d(?:[ıiuü]|[ae]n)\w*|m(?:[ıi]ş|[ae])\w*|z(?:l[ae]r\w*|s[ae]\w*|d[ıi]\w*|ken|l[ıi]k\w*)?|y[ae][bclnr]\w*)",
    "uk": r"не|ні|немає|нема|ніхто|ніко\w+|ніч\w+|ніде|ніяк\w*|жод\w+|без",
    "ur": r"نہیں|نہ|مت|بغیر|بنا|بلا",
    "zh": r".*[不没沒無无未非勿莫].*",
}  # fmt: skip
_NEAR = 2
# Vowel signs and strokes that are written or not, and the dot that Turkish İ leaves behind.
_UNSAID = re.compile("[\u0307\u0591-\u05c7\u0640\u064b-\u065f\u0670]")


def turns(old: str, new: str, language: str) -> bool:
    """Whether a sentence may say the opposite of what it said; so it may where nothing is known of its language."""
    if (negating := _negating(language)) is None:
        return True
    before, after = (
        [_around(words, i) for i, word in enumerate(words) if negating.fullmatch(word)]
        for words in map(_words, (old, new))
    )
    return before != after


def _around(words: list[str], place: int) -> list[str]:
    """A word with what it likely negates: its neighbours."""
    return words[max(0, place - _NEAR) : place + _NEAR + 1]


@cache
def _negating(language: str) -> re.Pattern[str] | None:
    words = _NEGATING.get(language)
    return re.compile(_folded(words)) if words else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", _UNSAID.sub("", unicodedata.normalize("NFC", text.casefold())))


def _words(text: str) -> list[str]:
    """Words of a text; in scripts that part none, whatever stands between two marks."""
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in _folded(text)).split()
