//! Where sentences end: after which words of a block.

use super::atoms::{Atom, Kind, fold, is_ignorable};
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
        })
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
}

impl State {
    /// A sentence beginning at word `at`.
    pub fn at(at: usize, quoted: bool) -> Self {
        Self { begun: at, quotes: u32::from(quoted), brackets: 0 }
    }

    /// Takes note of a word.
    pub fn take(&mut self, piece: &Piece) {
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
    if right.gap >= 2 {
        return true;
    }
    left.is_mark() || left.ends() || !right.lower
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
