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
    /// Byte range of a web or mail address in it.
    pub address: Option<(usize, usize)>,
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
    if let Some((from, to)) = chunk.address {
        if right.start > from && right.start < to {
            return Verdict::Join;
        }
        if right.start == from || right.start == to {
            return Verdict::Cut;
        }
    }
    if is_unit(atoms, chunk, at, lexicon) {
        return Verdict::Cut;
    }
    if is_handle(atoms, chunk, at) || is_acronym(atoms, chunk, at) || is_dotted_name(atoms, chunk, at, lexicon) {
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
    if last {
        features.add(29, &[so_far, wr0, next]);
        features.add(30, &[wr0, word(following), l0.kind as u32]);
    }
}
