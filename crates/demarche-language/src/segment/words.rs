//! From atoms to words: at each atom boundary within a chunk, join or cut.

use super::atoms::{Atom, Kind};
use super::hash::{self, Features};
use super::lexicon::Lexicon;

/// A run of atoms without space between them, `first..end` in the block's atoms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk {
    pub first: usize,
    pub end: usize,
    /// Line breaks in the space before it.
    pub breaks: u32,
    /// Byte range of what is kept whole in it: an address, a name of a file, an emoticon.
    pub whole: Option<(usize, usize)>,
    /// First atom and end of the chunk without marks around it; empty if there is nothing else.
    core: (usize, usize),
    /// Hashes of the core's shapes: without lengths, with lengths.
    masks: (u32, u32),
}

impl Chunk {
    /// The chunk of the atoms from `first` on, with what is known of it as a whole.
    pub fn new(
        text: &str,
        atoms: &[Atom],
        first: usize,
        breaks: u32,
        address: Option<(usize, usize)>,
        lexicon: &Lexicon,
    ) -> Self {
        let own = &atoms[first..];
        let shown = |a: &Atom| matches!(a.kind, Kind::Letters | Kind::Digits);
        let from = own.iter().position(shown).unwrap_or(own.len());
        let to = own.iter().rposition(shown).map_or(from, |last| last + 1);
        let mask = |value: fn(&Atom) -> u32| own[from..to].iter().fold(hash::SEED, |h, a| hash::step(h, value(a)));
        let whole = address.or_else(|| whole(text, own, (from, to), lexicon));
        Self {
            first,
            end: atoms.len(),
            breaks,
            whole,
            core: (first + from, first + to),
            masks: (mask(Atom::coarse), mask(|a| a.shape)),
        }
    }
}

/// Byte range of what is kept whole in the chunk of `atoms`: an emoticon, a date in digits, an abbreviation with a slash.
/// `core` is the chunk without marks around it.
fn whole(text: &str, atoms: &[Atom], core: (usize, usize), lexicon: &Lexicon) -> Option<(usize, usize)> {
    let span = |range: &[Atom]| match range {
        [head, .., tail] => Some((head.start, tail.end)),
        _ => None,
    };
    if core.1 - core.0 < 2 {
        // All are marks, or one letter is among them; a stop or comma may follow.
        let face = |range: &[Atom]| span(range).filter(|&(from, to)| lexicon.is_emoticon(&text[from..to]));
        return face(atoms).or_else(|| face(&atoms[..atoms.len().saturating_sub(1)]));
    }
    let core = &atoms[core.0..core.1];
    let slashed = core[1].first == '/' && lexicon.is_slashed(&text[core[0].start..core[core.len() - 1].end]);
    (slashed || is_date(core)).then(|| span(core)).flatten()
}

/// Whether the atoms are a date in digits: day, month, year in any order, or the year first.
fn is_date(atoms: &[Atom]) -> bool {
    let [a, first, b, second, c] = atoms else { return false };
    let digits = |atom: &Atom| if atom.kind == Kind::Digits { atom.end - atom.start } else { 0 };
    let lengths = (digits(a), digits(b), digits(c));
    let ordered = matches!(lengths, (1 | 2, 1 | 2, 2 | 4) | (4, 1 | 2, 1 | 2));
    ordered && matches!(first.first, '/' | '-' | '.') && first.word == second.word && first.is_single()
}

/// What the rules say of an atom boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Cut,
    Join,
    /// For the model to decide.
    Open,
}

/// The rules for the boundary before atom `at` of the chunk.
pub(super) fn rule(atoms: &[Atom], chunk: &Chunk, at: usize, lexicon: &Lexicon) -> Verdict {
    let (left, right) = (&atoms[at - 1], &atoms[at]);
    if let Some((from, to)) = chunk.whole {
        if right.start > from && right.start < to {
            return Verdict::Join;
        }
        if right.start == from || right.start == to {
            return Verdict::Cut;
        }
    }
    if is_unit(atoms, chunk, at, lexicon) || is_sum(atoms, chunk, at, lexicon) {
        return Verdict::Cut;
    }
    if is_handle(atoms, chunk, at)
        || is_acronym(atoms, chunk, at)
        || is_dotted_name(atoms, chunk, at, lexicon)
        || is_tied(atoms, chunk, at)
        || is_omission(atoms, chunk, at)
    {
        return Verdict::Join;
    }
    // A comma or semicolon at the end of a chunk, after a word: by far the most frequent case.
    if at + 1 == chunk.end && matches!(right.first, ',' | ';') && right.kind == Kind::Mark && left.kind != Kind::Mark {
        return Verdict::Cut;
    }
    Verdict::Open
}

/// Whether the boundary lies after the sign of a handle or tag ("@", "#" before a letter).
fn is_handle(atoms: &[Atom], chunk: &Chunk, at: usize) -> bool {
    let (left, right) = (&atoms[at - 1], &atoms[at]);
    let opens = at - 1 == chunk.first || matches!(atoms[at - 2].first, '(' | '[' | '"' | '“');
    let single = left.end - left.start == 1;
    opens && single && matches!(left.first, '@' | '#') && right.kind == Kind::Letters
}

/// Whether the boundary lies between a number and its unit ("10km").
fn is_unit(atoms: &[Atom], chunk: &Chunk, at: usize, lexicon: &Lexicon) -> bool {
    let (left, right) = (&atoms[at - 1], &atoms[at]);
    let plain = |i: usize| atoms[i].kind != Kind::Letters && atoms[i].kind != Kind::Digits;
    left.kind == Kind::Digits
        && right.kind == Kind::Letters
        && lexicon.is_unit(right.word)
        && (at - 1 == chunk.first || atoms[at - 2].kind != Kind::Letters)
        && (at + 1 == chunk.end || plain(at + 1))
}

/// Whether the boundary lies between an amount of money and its unit ("$4b").
fn is_sum(atoms: &[Atom], chunk: &Chunk, at: usize, lexicon: &Lexicon) -> bool {
    let (left, right) = (&atoms[at - 1], &atoms[at]);
    if left.kind != Kind::Digits || right.kind != Kind::Letters || !lexicon.is_sum(right.word) {
        return false;
    }
    let inside = |a: &Atom| a.kind == Kind::Digits || (a.is_single() && matches!(a.first, '.' | ','));
    let before = atoms[chunk.first..at].iter().rposition(|a| !inside(a)).map(|i| &atoms[chunk.first + i]);
    let closed = at + 1 == chunk.end || !matches!(atoms[at + 1].kind, Kind::Letters | Kind::Digits);
    closed && before.is_some_and(|a| matches!(a.first, '$' | '€' | '£' | '¥'))
}

/// What may follow an apostrophe as a word of its own.
fn is_clitic(text: char, length_one: bool, word: u32) -> bool {
    (length_one && matches!(text, 's' | 't' | 'd' | 'm')) || CLITICS.contains(&word)
}

const CLITICS: [u32; 5] =
    [hash::pair('r', 'e'), hash::pair('v', 'e'), hash::pair('l', 'l'), hash::pair('e', 'm'), hash::pair('m', 'a')];

/// Whether the boundary lies beside an underscore or an apostrophe within a name ("`MEH_risk`", "O'Reilly", "Sana'a"), or after
/// the plus of a telephone number.
fn is_tied(atoms: &[Atom], chunk: &Chunk, at: usize) -> bool {
    let shown = |i: usize| matches!(atoms[i].kind, Kind::Letters | Kind::Digits);
    if atoms[at - 1].first == '+' && at - 1 == chunk.first && atoms[at].kind == Kind::Digits {
        return true;
    }
    let mark = if atoms[at].kind == Kind::Mark { at } else { at - 1 };
    if atoms[mark].kind != Kind::Mark
        || mark == chunk.first
        || mark + 1 >= chunk.end
        || !shown(mark - 1)
        || !shown(mark + 1)
    {
        return false;
    }
    let (left, right) = (&atoms[mark - 1], &atoms[mark + 1]);
    match atoms[mark].first {
        '_' => true,
        '\'' if atoms[mark].is_single() && left.kind == Kind::Letters && right.kind == Kind::Letters => {
            !is_clitic(right.first, right.is_single(), right.word)
        }
        _ => false,
    }
}

/// Whether the boundary lies within "[...]".
fn is_omission(atoms: &[Atom], chunk: &Chunk, at: usize) -> bool {
    let dots = if matches!(atoms[at].first, '.' | '…') { at } else { at - 1 };
    dots > chunk.first
        && dots + 1 < chunk.end
        && atoms[dots - 1].first == '['
        && atoms[dots + 1].first == ']'
        && (atoms[dots].first == '…' || (atoms[dots].first == '.' && atoms[dots].end - atoms[dots].start == 3))
}

/// Whether the boundary lies within an acronym with stops ("U.S.A."), its last stop included.
fn is_acronym(atoms: &[Atom], chunk: &Chunk, at: usize) -> bool {
    let stop = |i: usize| i < chunk.end && atoms[i].first == '.' && atoms[i].end - atoms[i].start == 1;
    let letter = |i: usize| i < chunk.end && atoms[i].kind == Kind::Letters && atoms[i].is_single();
    if stop(at) && letter(at - 1) {
        let another_before = at >= chunk.first + 3 && stop(at - 2) && letter(at - 3);
        let another_after = letter(at + 1) && (stop(at + 2) || at + 2 == chunk.end);
        return another_before || another_after;
    }
    let after = stop(at - 1) && at >= chunk.first + 2 && letter(at - 2);
    after && letter(at) && (stop(at + 1) || at + 1 == chunk.end)
}

/// Whether the boundary lies beside the stop of "name.ending".
fn is_dotted_name(atoms: &[Atom], chunk: &Chunk, at: usize, lexicon: &Lexicon) -> bool {
    let stop = if atoms[at].first == '.' { at } else { at - 1 };
    if atoms[stop].first != '.'
        || atoms[stop].end - atoms[stop].start > 1
        || stop == chunk.first
        || stop + 1 >= chunk.end
    {
        return false;
    }
    let (name, ending) = (&atoms[stop - 1], &atoms[stop + 1]);
    let closed = stop + 2 >= chunk.end || !matches!(atoms[stop + 2].kind, Kind::Letters | Kind::Digits);
    name.kind != Kind::Mark && ending.is_lower() && closed && lexicon.is_ending(ending.word)
}

/// Number standing for "no atom there" in features.
const NONE: u32 = 0;

/// Collects the evidence on the boundary before atom `at`, where the word so far began at atom `begun`.
pub(super) fn evidence(
    atoms: &[Atom],
    chunk: &Chunk,
    at: usize,
    begun: usize,
    text: &str,
    lexicon: &Lexicon,
    features: &mut Features,
) {
    features.clear();
    let inside = |i: usize| (i < chunk.end).then(|| &atoms[i]);
    let before = |n: usize| at.checked_sub(n).filter(|&i| i >= chunk.first).map(|i| &atoms[i]);
    let word = |atom: Option<&Atom>| atom.map_or(NONE, |a| a.word);
    let shape = |atom: Option<&Atom>| atom.map_or(NONE, |a| a.shape + 1);
    let (l0, l1, l2) = (&atoms[at - 1], before(2), before(3));
    let (r0, r1, r2) = (&atoms[at], inside(at + 1), inside(at + 2));
    let last = at + 1 == chunk.end;
    let following = atoms.get(chunk.end);
    let preceding = chunk.first.checked_sub(1).map(|i| &atoms[i]);
    let (wl0, wr0, sl0, sr0) = (l0.word, r0.word, l0.shape + 1, r0.shape + 1);
    let (wl1, wr1, sl1, sr1) = (word(l1), word(r1), shape(l1), shape(r1));
    let so_far = &text[atoms[begun].start..l0.end];
    let so_far = so_far.chars().fold(hash::SEED, |h, c| hash::step(h, super::atoms::fold(c) as u32));
    let depth = (at - begun).min(5) as u32;
    let joined = u32::from(at - begun > 1);
    let position = u32::from(at - 1 == chunk.first) | u32::from(last) << 1 | u32::from(r0.inner) << 2 | joined << 3;
    let class = u32::from(lexicon.class(so_far));
    let next = if last { shape(following) } else { NONE };
    let dots = atoms[chunk.first..chunk.end].iter().filter(|a| a.first == '.').count().min(3) as u32;

    features.add(1, &[wl0, position]);
    features.add(2, &[wr0, position]);
    features.add(3, &[wl0, wr0]);
    features.add(4, &[sl0, sr0, position]);
    features.add(5, &[sl1, sl0, sr0, joined]);
    features.add(6, &[sl0, sr0, sr1]);
    features.add(7, &[sl1, sl0, sr0, sr1]);
    features.add(8, &[wl1, wl0, sr0]);
    features.add(9, &[sl0, wr0, wr1]);
    features.add(10, &[so_far, wr0, u32::from(last)]);
    features.add(11, &[so_far, sr0, sr1]);
    features.add(12, &[depth, sl0, wr0]);
    features.add(13, &[wl1, wl0, wr0]);
    features.add(14, &[wl0, wr0, wr1]);
    features.add(15, &[wr0, next, position]);
    features.add(16, &[l0.suffix, wr0]);
    features.add(17, &[l0.suffix, wr0, r1.map_or(NONE, |a| a.suffix)]);
    features.add(18, &[class, wr0, next, u32::from(last)]);
    features.add(19, &[class, wr0, sr1, joined]);
    features.add(20, &[shape(l2), sl1, sl0, sr0, sr1, shape(r2)]);
    features.add(21, &[sl0, wr0, next]);
    features.add(22, &[wl0, wr0, next, if last { word(following) } else { NONE }]);
    features.add(23, &[preceding.map_or(NONE, |a| a.word), wl0, wr0]);
    features.add(24, &[dots, position, sl0, wr0]);
    features.add(25, &[wl0, sr0, word(r2)]);
    features.add(26, &[word(l2), wl1, wl0, wr0, wr1]);
    features.add(27, &[wl1, sl0, wr0, sr1]);
    features.add(28, &[r0.suffix, wl0]);
    let coarse = |atom: Option<&Atom>| atom.map_or(NONE, |a| a.coarse() + 1);
    let (cl1, cl0, cr0, cr1) = (coarse(l1), l0.coarse() + 1, r0.coarse() + 1, coarse(r1));
    let (from, to) = chunk.core;
    let place = if at < from || at > to { NONE } else { (at - from + 1).min(30) as u32 };
    features.add(31, &[chunk.masks.0, place, joined]);
    features.add(32, &[chunk.masks.1, place, joined]);
    features.add(33, &[cl1, cl0, cr0, cr1, joined]);
    features.add(34, &[cl0, cr0, joined]);
    features.add(35, &[coarse(l2), cl1, cl0, cr0, cr1, coarse(r2), joined]);
    features.add(36, &[chunk.masks.0, wl0, wr0]);
    if r0.first == '-' || l0.first == '-' {
        let (left, right) = if r0.first == '-' { (Some(l0), r1) } else { (l1, Some(r0)) };
        let affix = |atom: Option<&Atom>| atom.map_or(NONE, |a| lexicon.affix(a.word));
        let side = u32::from(r0.first == '-');
        features.add(37, &[affix(left) & 1, affix(right) & 2, side, joined]);
        features.add(38, &[affix(left) & 1, affix(right) & 2, coarse(left), coarse(right), side, joined]);
        features.add(39, &[word(left), coarse(right), joined]);
        features.add(40, &[word(right), coarse(left), joined]);
        features.add(41, &[shape(left), coarse(right), preceding.map_or(NONE, |a| a.coarse() + 1), joined]);
    }
    if r0.inner {
        let before = if at - 1 == chunk.first { preceding } else { l1 };
        let after = if last { following } else { r1 };
        let later = if last { atoms.get(chunk.end + 1) } else { r2 };
        let suffix = |atom: Option<&Atom>| atom.map_or(NONE, |a| a.suffix);
        features.add(42, &[wl0, wr0, word(before)]);
        features.add(43, &[wl0, wr0, word(after)]);
        features.add(44, &[wl0, wr0, suffix(after)]);
        features.add(45, &[wl0, wr0, coarse(before), coarse(after)]);
        features.add(46, &[wl0, wr0, word(before), word(after)]);
        features.add(47, &[wl0, wr0, word(after), word(later)]);
        features.add(48, &[wl0, wr0, suffix(after), suffix(later)]);
        features.add(49, &[wl0, wr0, suffix(before), suffix(after)]);
    }
    if last {
        features.add(29, &[so_far, wr0, next]);
        features.add(30, &[wr0, word(following), l0.kind as u32]);
    }
}
