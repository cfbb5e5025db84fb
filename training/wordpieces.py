"""Word pieces, word shapes, and the pruned vocabulary.

The splitting is BERT's uncased one: lower case, accents stripped, punctuation split off, then the longest known
piece from the left (`##` marks a piece that goes on). A word gives at most eight pieces.
"""

import unicodedata
from functools import lru_cache

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
MAX_PIECES = 8
MAX_WORD = 100  # characters; longer ones are [UNK]


def shape(word: str) -> int:
    """Shape class of a word, which the lower-cased vocabulary cannot see.

    0 is for [CLS] and [SEP]; 1 digits only, 2 some digit, 3 no letter, 4 UPPER (two characters or more), 5 Title,
    6 lower, 7 other.
    """
    if word.isdigit():
        return 1
    if any(c.isdigit() for c in word):
        return 2
    if not any(c.isalpha() for c in word):
        return 3
    if word.isupper() and len(word) > 1:
        return 4
    return 5 if word[0].isupper() else 6 if word.islower() else 7


def _is_punctuation(c: str) -> bool:
    ascii_symbol = 33 <= ord(c) <= 47 or 58 <= ord(c) <= 64 or 91 <= ord(c) <= 96 or 123 <= ord(c) <= 126
    return ascii_symbol or unicodedata.category(c).startswith("P")


def _is_ideograph(c: str) -> bool:
    blocks = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2FA1F), (0xF900, 0xFAFF))
    return any(low <= ord(c) <= high for low, high in blocks)


def chunks(word: str) -> list[str]:
    """The word lower-cased, without accents, cut at punctuation, ideographs and spaces."""
    out, current = [], ""
    # Lower case comes first, then decomposition: the order BERT's tokeniser has.
    for c in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(c)
        if category == "Mn" or c in "\0\ufffd" or (category.startswith("C") and c not in "\t\n\r"):
            continue
        if c.isspace() or _is_punctuation(c) or _is_ideograph(c):
            out += [current] if current else []
            out += [] if c.isspace() else [c]
            current = ""
        else:
            current += c
    return out + ([current] if current else [])


class Vocabulary:
    """Pieces in the order of their ids."""

    def __init__(self, pieces: list[str]):
        self.pieces = pieces
        self.ids = {piece: i for i, piece in enumerate(pieces)}
        self.pad, self.unknown, self.start, self.end = (self.ids[s] for s in SPECIAL)
        self.split = lru_cache(maxsize=None)(self._split)

    def _split(self, word: str) -> tuple[int, ...]:
        ids = []
        for chunk in chunks(word):
            ids += self._longest_pieces(chunk)
        return tuple(ids[:MAX_PIECES]) or (self.unknown,)

    def _longest_pieces(self, chunk: str) -> list[int]:
        if len(chunk) > MAX_WORD:
            return [self.unknown]
        ids, start = [], 0
        while start < len(chunk):
            for end in range(len(chunk), start, -1):
                found = self.ids.get(("##" if start else "") + chunk[start:end])
                if found is not None:
                    break
            else:
                return [self.unknown]
            ids.append(found)
            start = end
        return ids

    def encode(self, sentence: dict) -> dict:
        """Adds `ids` (with [CLS] and [SEP]), `shape` (as long), `first` (index of each word's first piece)."""
        ids, first, shapes = [self.start], [], [0]
        for word in sentence["w"]:
            pieces = self.split(word)
            first.append(len(ids))
            ids += pieces
            shapes += [shape(word)] * len(pieces)
        sentence["ids"], sentence["shape"], sentence["first"] = [*ids, self.end], [*shapes, 0], first
        return sentence


def prune(pieces: list[str], words) -> list[int]:
    """Ids of the pieces to keep: the special ones, all that `words` use, and all written in Latin letters, digits,
    punctuation and symbols in common use. Dropped: `[unusedN]`, `[MASK]`, other scripts."""
    full = Vocabulary(pieces)
    used = {i for word in words for i in full.split(word)}
    return [i for i, piece in enumerate(pieces) if piece in SPECIAL or i in used or _is_western(piece)]


def _is_western(piece: str) -> bool:
    if piece.startswith("["):
        return len(piece) == 1
    body = piece.removeprefix("##")
    return all(ord(c) < 0x250 or 0x2010 <= ord(c) <= 0x2044 or 0x20A0 <= ord(c) <= 0x20BF or c == "™" for c in body)
