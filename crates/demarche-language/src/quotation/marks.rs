//! Quotation marks: which open and which close, one within another, and over paragraphs.

use demarche_record::TextRange;

/// Words between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    /// From the opening mark to the closing one, both included.
    pub outer: TextRange,
    /// What stands between, one range a paragraph, without marks.
    pub pieces: Vec<TextRange>,
    /// How many quotations it stands within.
    pub depth: usize,
    /// Whether a mark closes it.
    pub closed: bool,
}

impl Quoted {
    /// From the first to the last byte between the marks.
    pub fn inner(&self) -> TextRange {
        self.pieces.iter().copied().reduce(TextRange::cover).unwrap_or(self.outer)
    }
}

/// The quotations that share a byte with a range, and a few that end within it; `quoted` as [`quotations`] gives it. Found by
/// halving: a long text has many.
pub(super) fn near(quoted: &[Quoted], range: TextRange) -> &[Quoted] {
    let end = quoted.partition_point(|quoted| quoted.outer.start < range.end.max(range.start + 1));
    let mut start = end;
    while start > 0 {
        let before = &quoted[start - 1];
        // Outermost ones do not overlap; what begins before one that has ended is over.
        if before.depth == 0 && before.outer.end < range.start {
            break;
        }
        start -= 1;
    }
    &quoted[start..end]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Angle,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    No,
}

/// An opened quotation on its way.
struct Opened {
    family: Family,
    mark: char,
    start: usize,
    pieces: Vec<TextRange>,
    /// Where the current piece begins.
    from: usize,
}

impl Opened {
    fn finish(mut self, depth: usize, end: usize, outer: usize, closed: bool) -> Quoted {
        self.pieces.push(TextRange::new(self.from, end.max(self.from)));
        Quoted { outer: TextRange::new(self.start, outer.max(end)), pieces: self.pieces, depth, closed }
    }
}

/// The quotations of a text in the order of their opening marks. `paragraphs` are in text order; one that ends
/// within a quotation hands it to the next only if that opens with a mark again, as printers' usage has it.
pub(super) fn quotations(text: &str, paragraphs: &[TextRange]) -> Vec<Quoted> {
    let mut out = Vec::new();
    let mut stack: Vec<Opened> = Vec::new();
    for (n, &paragraph) in paragraphs.iter().enumerate() {
        scan(text, paragraph, &mut stack, &mut out);
        let first = paragraphs.get(n + 1).and_then(|next| next.of(text).chars().next());
        let reopens = stack.first().is_some_and(|opened| first == Some(opened.mark));
        let short = stack.first().is_some_and(|opened| opened.pieces.len() < MAX_RUN);
        let reopens = reopens && short;
        let runs_on =
            reopens || short && stack.first().is_some_and(|opened| closed_later(text, &paragraphs[n + 1..], opened));
        // Only the outermost runs on; what is open within it has lost its mark.
        while stack.len() > usize::from(runs_on) {
            if let Some(opened) = stack.pop() {
                out.push(opened.finish(stack.len(), paragraph.end, paragraph.end, false));
            }
        }
        if let Some(opened) = stack.first_mut() {
            opened.pieces.push(TextRange::new(opened.from, paragraph.end));
            let skipped = if reopens { opened.mark.len_utf8() } else { 0 };
            opened.from = paragraphs.get(n + 1).map_or(paragraph.end, |next| next.start + skipped);
        }
    }
    out.retain(|quoted: &Quoted| quoted.pieces.iter().any(|piece| !piece.of(text).trim().is_empty()));
    out.sort_by_key(|quoted| (quoted.outer.start, quoted.depth));
    out
}

/// Most paragraphs of one quotation; a longer one has lost its closing mark.
const MAX_RUN: usize = 60;
/// How many paragraphs on a quotation may close that opens none of them anew.
const MAX_PARAGRAPHS: usize = 6;

/// Whether the next mark of its kind in the paragraphs that follow closes a quotation: one set as a block.
fn closed_later(text: &str, paragraphs: &[TextRange], opened: &Opened) -> bool {
    let marks: &[char] = match opened.mark {
        '"' => &['"'],
        '“' => &['“', '”'],
        _ => return false,
    };
    for paragraph in paragraphs.iter().take(MAX_PARAGRAPHS) {
        let slice = paragraph.of(text);
        let Some(at) = slice.find(marks) else { continue };
        let mark = slice[at..].chars().next().unwrap_or(opened.mark);
        let before = slice[..at].chars().next_back();
        let after = slice[at + mark.len_utf8()..].chars().next();
        let ends = before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric());
        return mark == '”' || (mark == '"' && ends);
    }
    false
}

fn scan(text: &str, paragraph: TextRange, stack: &mut Vec<Opened>, out: &mut Vec<Quoted>) {
    let slice = paragraph.of(text);
    let mut before: Option<char> = None;
    let mut characters = slice.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let start = paragraph.start + at;
        let end = start + character.len_utf8();
        let after = characters.peek().map(|&(_, next)| next);
        let reopened = at == 0 && stack.first().is_some_and(|opened| opened.from == end);
        if let Some(family) = family(character)
            && !reopened
        {
            let rest = text.get(end..paragraph.end).unwrap_or_default();
            match role(character, family, before, after, stack, rest) {
                Role::Open => {
                    // A second one of a kind within the first: the first has lost its closing mark.
                    if let Some(lost) = stack.iter().position(|opened| opened.mark == character) {
                        let cut = text.get(..start).map_or(start, |head| head.trim_end().len());
                        while stack.len() > lost {
                            if let Some(opened) = stack.pop() {
                                out.push(opened.finish(stack.len(), cut, cut, false));
                            }
                        }
                    }
                    stack.push(Opened { family, mark: character, start, pieces: Vec::new(), from: end });
                }
                Role::Close => {
                    if let Some(place) = stack.iter().rposition(|opened| opened.family == family) {
                        while stack.len() > place {
                            if let Some(opened) = stack.pop() {
                                let own = stack.len() == place;
                                out.push(opened.finish(stack.len(), start, if own { end } else { start }, own));
                            }
                        }
                    }
                }
                Role::No => {}
            }
        }
        before = Some(character);
    }
}

const fn family(mark: char) -> Option<Family> {
    match mark {
        '"' | '“' | '”' | '„' | '‟' => Some(Family::Double),
        '\'' | '‘' | '’' | '‚' | '‛' => Some(Family::Single),
        '«' | '»' => Some(Family::Angle),
        _ => None,
    }
}

fn role(mark: char, family: Family, before: Option<char>, after: Option<char>, stack: &[Opened], rest: &str) -> Role {
    let open = stack.iter().rev().find(|opened| opened.family == family);
    let free_before = before.is_none_or(|c| c.is_whitespace() || "([{—–-/“‘\"'«„".contains(c));
    let free_after = after.is_none_or(|c| !c.is_alphanumeric() && !"$£€([#@".contains(c));
    let word_after = after.is_some_and(|c| !c.is_whitespace());
    match mark {
        // Closes after a low mark, as in German.
        '“' if open.is_some_and(|opened| opened.mark == '„') => Role::Close,
        '“' | '„' | '‟' | '«' => Role::Open,
        '”' | '»' if open.is_some() => Role::Close,
        '"' => match open {
            // Behind a blank and before a word a mark opens; the one before has lost its closing mark.
            Some(_) if word_after && before.is_none_or(char::is_whitespace) => Role::Open,
            Some(_) => Role::Close,
            None if word_after => Role::Open,
            None => Role::No,
        },
        // An apostrophe stands within a word or ends one ("the talks' end"): a single mark opens only where one closes it.
        '‘' | '‚' | '‛' | '”' | '»' if free_before && word_after => Role::Open,
        '’' | '\'' if open.is_some_and(|opened| (opened.mark == '\'') == (mark == '\'')) => {
            if free_after && before.is_some_and(|c| !c.is_whitespace()) { Role::Close } else { Role::No }
        }
        '\'' if free_before
            && after.is_some_and(|c| c.is_alphanumeric() || "[(“\"".contains(c))
            && single_closes(rest) =>
        {
            Role::Open
        }
        _ => Role::No,
    }
}

/// Whether a straight single mark in the rest can close one: before anything doubly quoted ends, behind a word.
fn single_closes(rest: &str) -> bool {
    let mut before = None;
    let mut characters = rest.chars().peekable();
    while let Some(character) = characters.next() {
        if matches!(character, '"' | '”') {
            return false;
        }
        let free_after = characters.peek().is_none_or(|c| !c.is_alphanumeric());
        if character == '\'' && free_after && before.is_some_and(|c: char| !c.is_whitespace()) {
            // "parents' homes" is a possessive more often than the end of a quotation.
            let possessive = before == Some('s') && characters.clone().nth(1).is_some_and(char::is_lowercase);
            if !possessive {
                return true;
            }
        }
        before = Some(character);
    }
    false
}
