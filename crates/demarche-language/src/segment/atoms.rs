//! Cutting a stretch of text without spaces into atoms, the smallest pieces a word may consist of.
//!
//! An atom is a run of letters, a run of digits, a run of one repeated mark ("...", "--"), a single other mark, or one
//! emoji with all its modifiers. Runs of letters are cut further where a clitic may begin ("do·n't", "can·not").
//! Words are made by joining atoms, so every word boundary of the conventions must be an atom boundary.

use super::hash;
use super::lexicon::Lexicon;

/// What an atom is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters and their combining marks.
    Letters,
    /// Digits and other numerals.
    Digits,
    /// Punctuation and ASCII symbols.
    Mark,
    /// Any other symbol, such as an emoji.
    Symbol,
}

/// One piece of a chunk; ranges are byte offsets into the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// First character, lower case.
    pub first: char,
    /// The boundary before this atom lies within a run of letters.
    pub inner: bool,
    /// Hash of the lower-cased text, digits all alike.
    pub word: u32,
    /// Letter case, length and kind, see [`shape`].
    pub shape: u32,
    /// Hash of the last three letters.
    pub suffix: u32,
}

impl Atom {
    /// Whether it consists of small letters.
    pub fn is_lower(&self) -> bool {
        self.kind == Kind::Letters && (self.shape >> 2).trailing_zeros() >= 3
    }

    /// Kind, letter case and the mark itself, without length: what unseen words share with seen ones.
    pub fn coarse(&self) -> u32 {
        (self.shape & 0x1f) | u32::from(self.kind == Kind::Letters && self.is_single()) << 5 | self.shape >> 9 << 6
    }

    /// Whether it consists of one character.
    pub fn is_single(&self) -> bool {
        (self.shape >> 5) & 7 == 1
    }
}

/// Characters between words: white space and control characters.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Characters that are not shown and belong to no word by themselves: zero-width characters, soft hyphens, marks of
/// direction, the byte order mark.
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}'
    )
}

/// Modifiers that belong to the symbol before them: variation selectors, skin tones, tag characters, the keycap.
fn extends_symbol(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{20e3}')
}

fn is_regional_indicator(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

fn kind(c: char) -> Kind {
    if c.is_ascii() {
        return match c {
            'a'..='z' | 'A'..='Z' => Kind::Letters,
            '0'..='9' => Kind::Digits,
            _ => Kind::Mark,
        };
    }
    if c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c) {
        Kind::Letters
    } else if c.is_numeric() {
        Kind::Digits
    } else if matches!(c, '\u{a1}'..='\u{bf}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20cf}')
    {
        Kind::Mark
    } else {
        Kind::Symbol
    }
}

/// The plain apostrophe for any of its typographic variants, lower case for a letter.
pub(super) fn fold(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '`' | '´' => '\'',
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Whether a mark may repeat within one atom. Brackets and quotes stand alone each.
fn repeats(c: char) -> bool {
    !matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '"' | '“' | '”' | ',' | ';' | ':' | '/' | '%')
}

/// Appends the atoms of the chunk `start..end` of `text`, which has no space in it. `caps` says that letter case carries no
/// information around here.
pub(super) fn cut(text: &str, start: usize, end: usize, caps: bool, lexicon: &Lexicon, atoms: &mut Vec<Atom>) {
    let chunk = &text[start..end];
    let first_atom = atoms.len();
    let mut open: Option<(usize, Kind, char)> = None;
    let mut joined = false;
    let mut indicators = 0;
    for (at, c) in chunk.char_indices() {
        let at = start + at;
        if is_ignorable(c) {
            joined = c == '\u{200d}' && open.is_some_and(|(_, kind, _)| kind == Kind::Symbol);
            if open.is_none() && atoms.len() == first_atom {
                // Ignorable characters at the front of a chunk belong to its first word; the kind follows below.
                open = Some((at, Kind::Symbol, c));
            }
            continue;
        }
        let this = kind(c);
        indicators = if is_regional_indicator(c) { indicators + 1 } else { 0 };
        let continues = open.is_some_and(|(_, kind, first)| {
            is_ignorable(first)
                || joined
                || extends_symbol(c)
                || (indicators > 0 && indicators % 2 == 0)
                || (kind == this
                    && match kind {
                        Kind::Letters | Kind::Digits => true,
                        Kind::Mark => c == first && repeats(c),
                        Kind::Symbol => false,
                    })
        });
        joined = false;
        match &mut open {
            Some((_, kind, first)) if continues => {
                if is_ignorable(*first) {
                    *kind = this;
                    *first = c;
                }
            }
            _ => {
                if let Some((from, kind, _)) = open {
                    push(text, from, at, kind, caps, lexicon, atoms);
                }
                open = Some((at, this, c));
            }
        }
    }
    if let Some((from, kind, _)) = open {
        push(text, from, end, kind, caps, lexicon, atoms);
    }
    cut_double_stops(text, first_atom, caps, atoms);
    cut_negations(text, first_atom, caps, atoms);
}

/// Makes two atoms of "..": the first stop may belong to an abbreviation ("Jr..").
fn cut_double_stops(text: &str, first: usize, caps: bool, atoms: &mut Vec<Atom>) {
    let mut at = first + 1;
    while at < atoms.len() {
        let double = atoms[at];
        if double.kind == Kind::Mark && &text[double.start..double.end] == ".." && atoms[at - 1].kind == Kind::Letters {
            atoms[at] = atom(text, double.start, double.start + 1, Kind::Mark, false, caps);
            atoms.insert(at + 1, atom(text, double.start + 1, double.end, Kind::Mark, false, caps));
            at += 1;
        }
        at += 1;
    }
}

/// Adds an atom, in the pieces that the table of clitics gives.
fn push(text: &str, start: usize, end: usize, kind: Kind, caps: bool, lexicon: &Lexicon, atoms: &mut Vec<Atom>) {
    let whole = atom(text, start, end, kind, false, caps);
    let cuts = if kind == Kind::Letters { lexicon.cuts(whole.word) } else { &[] };
    // The table counts letters; with anything unshown in between the word stays whole.
    if cuts.is_empty() || !text[start..end].is_ascii() {
        atoms.push(whole);
        return;
    }
    let mut from = start;
    for &length in cuts {
        atoms.push(atom(text, from, start + length, kind, from > start, caps));
        from = start + length;
    }
    atoms.push(atom(text, from, end, kind, true, caps));
}

/// Cuts the "n" off a letter atom before "'t".
fn cut_negations(text: &str, first: usize, caps: bool, atoms: &mut Vec<Atom>) {
    let mut at = first;
    while at + 2 < atoms.len() {
        let (word, mark, t) = (atoms[at], atoms[at + 1], atoms[at + 2]);
        let negation = word.kind == Kind::Letters
            && mark.first == '\''
            && t.first == 't'
            && t.word == hash::LETTER_T
            && matches!(text.as_bytes()[word.end - 1], b'n' | b'N')
            && text[word.start..word.end - 1].contains(|c| !is_ignorable(c));
        if negation {
            atoms[at] = atom(text, word.start, word.end - 1, Kind::Letters, word.inner, caps);
            atoms.insert(at + 1, atom(text, word.end - 1, word.end, Kind::Letters, true, caps));
            at += 1;
        }
        at += 1;
    }
}

fn atom(text: &str, start: usize, end: usize, kind: Kind, inner: bool, caps: bool) -> Atom {
    let piece = &text[start..end];
    let first = fold(piece.chars().find(|&c| !is_ignorable(c)).unwrap_or(' '));
    let mut word = hash::SEED;
    let (mut length, mut upper, mut vowels, mut head_upper) = (0u32, 0u32, 0u32, false);
    let mut last = [0u32; 3];
    for c in piece.chars().filter(|&c| !is_ignorable(c)) {
        let folded = if kind == Kind::Digits { '0' } else { fold(c) };
        word = hash::step(word, folded as u32);
        if c.is_uppercase() {
            upper += 1;
            head_upper |= length == 0;
        }
        vowels += u32::from(matches!(folded, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'));
        length += 1;
        last = [last[1], last[2], folded as u32];
    }
    let case = match (upper, head_upper) {
        _ if caps => 4,
        (0, _) => 0,
        (1, true) if length > 1 => 1,
        (n, _) if n == length => 2,
        _ => 3,
    };
    let shape = shape(kind, case, length, vowels > 0, if matches!(kind, Kind::Mark) { first as u32 } else { 0 });
    let suffix = last.iter().fold(hash::SEED ^ 0x55, |h, &c| hash::step(h, c));
    Atom { start, end, kind, first, inner, word, shape, suffix }
}

/// Packs kind, letter case (0 lower, 1 title, 2 upper, 3 mixed, 4 unknown), length class, presence of a vowel and, for a
/// mark, the mark itself.
fn shape(kind: Kind, case: u32, length: u32, vowel: bool, mark: u32) -> u32 {
    let length = match length {
        0..=4 => length,
        5..=7 => 5,
        _ => 6,
    };
    (kind as u32) | case << 2 | length << 5 | u32::from(vowel) << 8 | mark << 9
}
