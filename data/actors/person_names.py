"""Compares personal names as different sources spell them.

News, lists of governments and dictionaries transliterate one name in many ways (Gaddafi, Qadhafi, Kadafi), drop or add
middle names, and put the family name first or last. `same_person` says whether two writings may be one person's; it
is meant for names of one country, where a shared family and given name seldom stand for two office holders.
"""

import difflib
import functools
import re
import unicodedata

# Words that stand in names without telling people apart, and titles that lists write before a name.
PARTICLES = set(
    """
    al el ul ad ar as an ash bin ben ibn bint de da do dos das del della di du la le les van von der den ter ten zu und
    y e of the abd abdel abdul abdal jr sr ii iii iv dr mr mrs ms sir dame lord lady baroness prof professor gen general lt
    col colonel maj major capt captain adm admiral brig brigadier marshal field air vice rear commodore sheikh shaykh
    sheik hajj haji sayyid sayed seyyed syed mullah maulana mawlawi maulvi datuk datu dato tan sri seri tun tunku tengku haj
    pehin u daw chief alhaji alh engineer eng imam ayatollah hojjat prince princess king queen ret retired acting president
    prime minister deputy foreign defense defence secretary chancellor
    """.split()
)

# Letters that change nothing when a decomposition has none to offer.
SINGLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "s", "æ": "e", "œ": "e", "ı": "i", "þ": "t", "ə": "a"})

# Spellings of one sound, in the order in which they are applied.
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        ("sch|sh|sz|ch|tch|tsch|cz|zh|dj|dzh|j|ts|tz|z|s|x|c(?=[eiy])", "s"),
        ("ph|f|v|w|u(?=[aeio])", "v"),
        ("kh|gh|q|g|k|c|h", "k"),
        ("dh|th|d|t", "t"),
        ("[aeiouy]", ""),
        (r"(.)\1+", r"\1"),
    ]
]


def words(name):
    """The words of a name: small letters, no accents, hyphens and apostrophes gone."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(SINGLE))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"[’'ʻʼ`ʿʾ.]", "", plain)
    return [word for word in re.split(r"[^a-z0-9]+", plain) if word]


@functools.cache
def parts(name):
    """The words that tell people apart; all of them where none would be left."""
    found = words(name)
    telling = [word for word in found if word not in PARTICLES]
    return telling or found


@functools.cache
def skeleton(word):
    """A word's consonants, the same for all usual transliterations of it."""
    for pattern, sound in SOUNDS:
        word = pattern.sub(sound, word)
    return word


@functools.cache
def same_word(a, b):
    """Whether two words may be one name in two spellings, or one its initial."""
    if a == b:
        return True
    if min(len(a), len(b)) == 1:
        return a[0] == b[0]
    if skeleton(a) == skeleton(b) and len(skeleton(a)) > 1:
        return difflib.SequenceMatcher(None, a, b).ratio() >= 0.6
    if a[0] != b[0] or abs(len(a) - len(b)) > 3:
        return False
    if min(len(a), len(b)) < 4:
        return difflib.SequenceMatcher(None, a, b).ratio() >= 0.8
    return difflib.SequenceMatcher(None, a, b).ratio() >= 0.75


def likeness(a, b):
    """How many words of the two names (lists of words) pair off, full words first."""
    left, paired = list(b), 0
    for word in sorted(a, key=len, reverse=True):
        match = next((other for other in left if word == other), None)
        match = match or next((other for other in left if same_word(word, other)), None)
        if match:
            left.remove(match)
            paired += len(word) > 1 or len(match) > 1
    return paired


def same_person(a, b):
    """Whether two names of one country may be one person's.

    Two words have to pair off, or all of the shorter name where it has one word only; names that run together in one
    source ("Jongil") are compared without spaces.
    """
    first, second = parts(a), parts(b)
    if not first or not second:
        return False
    if sorted(first) == sorted(second) or "".join(first) == "".join(second):
        return True
    if "".join(sorted("".join(first))) == "".join(sorted("".join(second))) and len("".join(first)) > 6:
        return True
    paired = likeness(first, second)
    shorter = min(len(first), len(second))
    if shorter == 1:
        return paired == 1 and max(len(first), len(second)) <= 2 and first[-1][0] == second[-1][0]
    return paired >= 2
