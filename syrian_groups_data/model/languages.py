"""Languages of sources and names, and the scripts that names are written in."""

from __future__ import annotations

# Those that reports on armed conflict are often in; a project may add others.
LANGUAGES = {
    "en": "English",
    "ar": "Arabic",
    "tr": "Turkish",
    "fa": "Persian",
    "ru": "Russian",
    "fr": "French",
    "es": "Spanish",
    "am": "Amharic",
    "bn": "Bengali",
    "de": "German",
    "ha": "Hausa",
    "he": "Hebrew",
    "hi": "Hindi",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "ka": "Georgian",
    "ku": "Kurdish",
    "my": "Burmese",
    "nl": "Dutch",
    "ps": "Pashto",
    "pt": "Portuguese",
    "so": "Somali",
    "sr": "Serbian",
    "sw": "Swahili",
    "ta": "Tamil",
    "ti": "Tigrinya",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "zh": "Chinese",
}
SCRIPTS = {
    "Latn": "Latin",
    "Arab": "Arabic",
    "Cyrl": "Cyrillic",
    "Armn": "Armenian",
    "Beng": "Bengali",
    "Deva": "Devanagari",
    "Ethi": "Ethiopic",
    "Geor": "Georgian",
    "Hani": "Chinese",
    "Hebr": "Hebrew",
    "Mymr": "Myanmar",
    "Taml": "Tamil",
    "Zyyy": "another, or no letters",
}
# The script of the languages that are usually in another than Latin: a name romanised is not shown as theirs.
WRITTEN_IN = {
    "ar": "Arab", "fa": "Arab", "ps": "Arab", "ur": "Arab", "ru": "Cyrl", "uk": "Cyrl", "hy": "Armn", "bn": "Beng",
    "hi": "Deva", "am": "Ethi", "ti": "Ethi", "ka": "Geor", "zh": "Hani", "he": "Hebr", "my": "Mymr", "ta": "Taml",
}  # fmt: skip
