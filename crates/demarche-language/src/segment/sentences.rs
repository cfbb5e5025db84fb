//! Where sentences end: after which words of a block.

use demarche_record::TextRange;

use super::atoms::{Atom, Kind, fold, is_ignorable};
use super::form;
use super::hash::{self, Features};
use super::lexicon::{CALENDAR, CLOCK, Lexicon};

/// A word as the decision on sentences sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub start: usize,
    pub end: usize,
    /// Hash of the lower-cased form.
    word: u32,
    shape: u32,
    /// Class of abbreviation, 0 for none; words ending in a stop without entry have 15.
    class: u32,
    first: char,
    last: char,
    /// White space before it: 0 none, 1 a space, 2 a line break, 3 a blank line.
    pub gap: u32,
    lower: bool,
    /// A month or weekday, short or not.
    calendar: bool,
    kind: Kind,
    /// Kind, letter case and the mark itself, without length.
    coarse: u32,
    /// Hash of the last three letters of its last part.
    suffix: u32,
}

/// No sentence has more words; a longer one is cut at the best place before.
pub(super) const LONGEST: usize = 400;

impl Piece {
    /// The word made of `atoms`, with the white space before it.
    pub fn new(text: &str, atoms: &[Atom], gap: u32, lexicon: &Lexicon) -> Option<Self> {
        let (head, tail) = (atoms.first()?, atoms.last()?);
        let mut word = head.word;
        let mut stem = word;
        let mut last = tail.first;
        if atoms.len() > 1 || tail.kind == Kind::Letters {
            word = hash::SEED;
            stem = word;
            for c in text[head.start..tail.end].chars().filter(|&c| !is_ignorable(c)) {
                last = fold(c);
                stem = word;
                word = hash::step(word, if c.is_ascii_digit() { '0' } else { last } as u32);
            }
        }
        let calendar = lexicon.class(word) == CALENDAR || lexicon.class(stem) == CALENDAR;
        let class = if atoms.len() > 1 && last == '.' {
            match lexicon.class(stem) {
                0 if head.kind == Kind::Letters => 15,
                class => u32::from(class),
            }
        } else {
            0
        };
        let shape = head.shape | (atoms.len().min(3) as u32) << 30 | class << 26;
        Some(Self {
            start: head.start,
            end: tail.end,
            word,
            shape,
            class,
            first: head.first,
            last,
            gap,
            lower: head.is_lower(),
            calendar,
            kind: head.kind,
            suffix: tail.suffix,
            coarse: head.coarse() << 3 | u32::from(calendar) << 1 | u32::from(class > 0) << 2 | 1,
        })
    }

    /// The word as written, without characters that are not shown.
    pub fn form(&self, text: &str) -> String {
        form::form(&text[self.start..self.end])
    }

    /// Where it stands in the text.
    pub fn range(&self) -> TextRange {
        TextRange::new(self.start, self.end)
    }

    fn is_mark(&self) -> bool {
        matches!(self.kind, Kind::Mark | Kind::Symbol)
    }

    fn ends(&self) -> bool {
        matches!(self.last, '.' | '?' | '!' | '…' | '。' | '？' | '！')
    }

    fn closes(&self) -> bool {
        self.kind == Kind::Mark && matches!(self.first, ')' | ']' | '}' | '"' | '\'' | '”' | '»')
    }
}

/// What goes on since the sentence began.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct State {
    /// First word of the sentence.
    pub begun: usize,
    quotes: u32,
    brackets: u32,
    /// Words in small letters, and other words, so far.
    lower: u32,
    other: u32,
    /// Marks that may end a sentence, so far.
    ends: u32,
}

impl State {
    /// A sentence beginning at word `at`.
    pub fn at(at: usize, quoted: bool) -> Self {
        Self { begun: at, quotes: u32::from(quoted), ..Self::default() }
    }

    /// Takes note of a word.
    pub fn take(&mut self, piece: &Piece) {
        self.lower += u32::from(piece.lower);
        self.other += u32::from(!piece.lower && !piece.is_mark());
        self.ends += u32::from(piece.ends());
        match piece.first {
            '"' if piece.kind == Kind::Mark => self.quotes ^= 1,
            '“' => self.quotes = 1,
            '”' => self.quotes = 0,
            '(' | '[' if piece.end - piece.start == 1 => self.brackets += 1,
            ')' | ']' => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
    }

    /// Whether a quotation is open.
    pub fn quoted(&self) -> bool {
        self.quotes == 1
    }
}

/// Whether the last word, closing marks aside, may end a sentence.
pub(super) fn closed(pieces: &[Piece]) -> bool {
    pieces.iter().rev().find(|piece| !piece.closes()).is_none_or(Piece::ends)
}

/// Whether a sentence could end between `pieces[at]` and the next at all.
pub(super) fn possible(pieces: &[Piece], at: usize) -> bool {
    let (left, right) = (&pieces[at], &pieces[at + 1]);
    if right.gap == 0 {
        let ended = left.ends() || (left.closes() && at > 0 && pieces[at - 1].ends());
        if !ended || right.lower {
            return false;
        }
        // A closing mark belongs to the sentence before it, unless it is a quote that clings to the next word.
        let clings = pieces.get(at + 2).is_some_and(|after| after.gap == 0 && !after.is_mark());
        return !right.is_mark() || (clings && !matches!(right.first, ')' | ']' | '}' | '”'));
    }
    if left.class == u32::from(CLOCK) && right.calendar {
        return false;
    }
    true
}

/// Collects the evidence on a sentence ending after `pieces[at]`.
pub(super) fn evidence(pieces: &[Piece], at: usize, state: &State, features: &mut Features) {
    features.clear();
    let get = |i: Option<usize>| i.and_then(|i| pieces.get(i));
    let word = |piece: Option<&Piece>| piece.map_or(0, |p| p.word);
    let shape = |piece: Option<&Piece>| piece.map_or(0, |p| p.shape);
    let (t0, t1, t2) = (&pieces[at], get(at.checked_sub(1)), get(at.checked_sub(2)));
    let (n0, n1, n2) = (&pieces[at + 1], get(Some(at + 2)), get(Some(at + 3)));
    let (wt0, wn0, st0, sn0) = (t0.word, n0.word, t0.shape, n0.shape);
    let (wt1, wn1, st1, sn1) = (word(t1), word(n1), shape(t1), shape(n1));
    let bucket = |n: usize| match n {
        0..=4 => n as u32,
        5..=7 => 5,
        8..=11 => 6,
        12..=19 => 7,
        20..=39 => 8,
        _ => 9,
    };
    let length = bucket(at + 1 - state.begun);
    let left = bucket(pieces.len() - 1 - at);
    let gap = n0.gap.min(2);
    let inside = state.quotes | state.brackets.min(2) << 1;
    let head = &pieces[state.begun];
    let ends = u32::from(t0.ends()) | u32::from(t0.closes()) << 1 | u32::from(t1.is_some_and(Piece::ends)) << 2;

    features.add(101, &[wt0, gap]);
    features.add(102, &[wn0, ends]);
    features.add(103, &[st0, sn0]);
    features.add(104, &[wt0, sn0, gap]);
    features.add(105, &[wt1, wt0, gap]);
    features.add(106, &[wt1, wt0, sn0]);
    features.add(107, &[st1, st0, sn0, sn1]);
    features.add(108, &[wt0, wn0]);
    features.add(109, &[wt0, sn0, sn1]);
    features.add(110, &[ends, wn0, wn1]);
    features.add(111, &[length, wt0, sn0]);
    features.add(112, &[length, ends, gap]);
    features.add(113, &[inside, wt0, sn0]);
    features.add(114, &[inside, wt0, wn0]);
    features.add(115, &[inside, ends, wt1, wt0]);
    features.add(116, &[t0.class, sn0, wn0]);
    features.add(117, &[t0.class, st0, sn0, sn1]);
    features.add(118, &[t0.class, wt0, wt1]);
    features.add(119, &[left, wt0, sn0]);
    features.add(120, &[left, length, ends]);
    features.add(121, &[head.shape, length, wt0]);
    features.add(122, &[head.word, length, wt0]);
    features.add(123, &[shape(t2), st1, st0, sn0]);
    features.add(124, &[st0, sn0, sn1, shape(n2)]);
    features.add(125, &[wt1, st0, wn0]);
    features.add(126, &[ends, sn0, sn1, gap]);
    features.add(127, &[word(t2), wt1, wt0]);
    features.add(128, &[ends, wn0, sn1]);
    features.add(129, &[ends, length, left, sn0]);
    features.add(130, &[st1, wt0, sn0, gap]);
    features.add(131, &[wt0, wn0, wn1]);
    features.add(132, &[u32::from(t0.first == n0.first), st0, sn0]);

    let coarse = |piece: Option<&Piece>| piece.map_or(0, |p| p.coarse);
    let n3 = get(Some(at + 4));
    let (ct0, ct1, cn0, cn1, cn2) = (t0.coarse, coarse(t1), n0.coarse, coarse(n1), coarse(n2));
    // The mark or word before a note ("[16]") and closing marks.
    let core = before_note(pieces, at);
    let (ended, noted) = (u32::from(pieces[core].ends()), u32::from(core < at));
    let titles = (bucket(state.lower as usize), bucket(state.other as usize));
    features.add(133, &[ct1, ct0, cn0, cn1]);
    features.add(134, &[ct0, cn0, cn1, cn2, coarse(n3)]);
    features.add(135, &[coarse(get(at.checked_sub(3))), coarse(t2), ct1, ct0, cn0]);
    features.add(136, &[ended, noted, ct0, cn0, cn1]);
    features.add(137, &[ended, noted, pieces[core].word, wn0]);
    features.add(138, &[titles.0, titles.1, ct0, cn0]);
    features.add(139, &[titles.0, titles.1, ended, wn0]);
    features.add(140, &[state.ends.min(3), ct0, cn0, length]);
    features.add(141, &[wt0, cn0, cn1]);
    features.add(142, &[ct0, wn0, cn1]);
    features.add(143, &[ct0, wn0, wn1]);
    features.add(144, &[wt1, ct0, cn0]);
    features.add(145, &[ct1, ct0, length, left, cn0]);
    features.add(146, &[head.coarse, titles.0, ct0, cn0]);
    features.add(147, &[u32::from(wt0 == wn0 || wt1 == wn0 || wt0 == wn1), ct0, cn0]);
    features.add(148, &[inside, ct0, cn0, cn1]);
    let suffix = |piece: Option<&Piece>| piece.map_or(0, |p| p.suffix);
    features.add(149, &[n0.suffix, suffix(n1), ct0]);
    features.add(150, &[suffix(n1), cn0, ct0]);
    features.add(151, &[t0.suffix, n0.suffix]);
    features.add(152, &[t0.suffix, ct0, cn0, cn1]);
    features.add(153, &[suffix(t1), suffix(Some(t0)), cn0]);
    features.add(154, &[wn0, suffix(n1), ended, noted]);
    features.add(155, &[cn0, cn1, suffix(n2), ct0]);
}

/// The last word up to `at` that is not part of a note in square brackets or a closing mark.
fn before_note(pieces: &[Piece], at: usize) -> usize {
    let mut core = at;
    for _ in 0..4 {
        let note = core >= 3
            && pieces[core].first == ']'
            && pieces[core - 2].first == '['
            && pieces[core - 1].kind == Kind::Digits;
        if note {
            core -= 3;
        } else if core > 0 && pieces[core].closes() {
            core -= 1;
        } else {
            break;
        }
    }
    core
}

/// The best place to cut `pieces[begun..begun + LONGEST]` where no sentence ends: the last word of the first part.
pub(super) fn forced_end(pieces: &[Piece], begun: usize) -> usize {
    let full = begun + LONGEST - 1;
    let rank = |at: usize| {
        let (left, right) = (&pieces[at], &pieces[at + 1]);
        match left.first {
            _ if right.gap == 0 => 0,
            '.' | '?' | '!' | '…' if left.is_mark() => 4,
            ';' | ':' | '-' | '–' | '—' => 3,
            ',' => 2,
            _ => 1,
        }
    };
    (begun + LONGEST / 2..=full).max_by_key(|&at| (rank(at), at)).unwrap_or(full)
}
