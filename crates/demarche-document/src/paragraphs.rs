//! Plain text to paragraphs: blank lines part them; where there are none, the shape of the lines decides.
//!
//! Two kinds of files look alike in a line: one paragraph a line, and lines broken at a width. A file is of the second
//! kind when its lines are of much the same, moderate length and often end in mid-sentence.

use demarche_record::TextRange;

use crate::furniture::Patterns;

/// A file with a longer usual line than this (characters) is not broken at a width.
const WIDEST: usize = 120;
/// Nor one with a shorter.
const NARROWEST: usize = 40;
/// A line this much of the width long may have been broken because the next word did not fit.
const FULL: f64 = 0.8;

#[derive(Clone, Copy, Debug)]
struct Line {
    range: TextRange,
    characters: usize,
    indent: usize,
}

/// The paragraphs of a text in order, each without white space at its ends.
pub(crate) fn paragraphs(text: &str) -> Vec<TextRange> {
    let groups = groups(text);
    let shape = shape(text, &groups);
    let mut paragraphs = Vec::new();
    for group in &groups {
        let mut current: Option<TextRange> = None;
        for (index, line) in group.iter().enumerate() {
            let joined = index > 0 && joins(text, &group[index - 1], line, shape);
            current = match current {
                Some(range) if joined => Some(range.cover(line.range)),
                Some(range) => {
                    paragraphs.push(range);
                    Some(line.range)
                }
                None => Some(line.range),
            };
        }
        paragraphs.extend(current);
    }
    paragraphs
}

/// Runs of lines without a blank one between them.
fn groups(text: &str) -> Vec<Vec<Line>> {
    let mut groups: Vec<Vec<Line>> = vec![Vec::new()];
    let mut start = 0;
    // "\r\n" gives an empty line in between, which is none.
    let mut after_return = false;
    for (at, end) in text
        .char_indices()
        .filter(|(_, character)| matches!(character, '\n' | '\r' | '\u{2028}' | '\u{2029}'))
        .chain([(text.len(), '\0')])
    {
        let line = &text[start..at];
        let trimmed = line.trim();
        if trimmed.is_empty() || is_rule(trimmed) {
            let second_half = line.is_empty() && end == '\n' && after_return;
            if !second_half && groups.last().is_some_and(|group| !group.is_empty()) {
                groups.push(Vec::new());
            }
        } else if let Some(group) = groups.last_mut() {
            let indent = line.len() - line.trim_start().len();
            let range = TextRange::new(start + indent, start + indent + trimmed.len());
            group.push(Line { range, characters: trimmed.chars().count(), indent });
        }
        after_return = end == '\r';
        start = at + if end == '\0' { 0 } else { end.len_utf8() };
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// A line of dashes, stars and the like, which parts as a blank line does.
fn is_rule(line: &str) -> bool {
    line.chars().all(|mark| "-–—_*=#~+•".contains(mark) || mark.is_whitespace())
}

/// How the lines of a file came to end.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// One paragraph a line.
    Unbroken,
    /// Broken where the next word would have gone beyond so many characters.
    Broken(usize),
    /// Too little to tell; the longest line is so many characters.
    Unclear(usize),
}

fn shape(text: &str, groups: &[Vec<Line>]) -> Shape {
    let breaks = || groups.iter().flat_map(|group| group.windows(2));
    let total = breaks().count();
    let unclear = Shape::Unclear(groups.iter().flatten().map(|line| line.characters).max().unwrap_or_default());
    if total < 2 {
        return unclear;
    }
    let mut lengths: Vec<usize> = breaks().map(|pair| pair[0].characters).collect();
    lengths.sort_unstable();
    let width = lengths[(lengths.len() - 1) * 9 / 10];
    if !(NARROWEST..=WIDEST).contains(&width) {
        return Shape::Unbroken;
    }
    let full = breaks().filter(|pair| pair[0].characters as f64 >= width as f64 * 0.7).count();
    let open = breaks().filter(|pair| !is_closed(pair[0].range.of(text))).count();
    // In running text most words begin small, unless all of it is in capitals.
    let small = breaks().filter(|pair| pair[1].range.of(text).starts_with(char::is_lowercase)).count();
    let capitals = !text.contains(char::is_lowercase);
    if full * 10 < total * 6 || open * 10 < total * 4 {
        Shape::Unbroken
    } else if small * 4 >= total || capitals {
        Shape::Broken(width)
    } else {
        unclear
    }
}

/// Whether `next` goes on with the paragraph of `line`.
fn joins(text: &str, line: &Line, next: &Line, shape: Shape) -> bool {
    let (before, after) = (line.range.of(text), next.range.of(text));
    if is_bullet(after) {
        return false;
    }
    let lower = after.starts_with(char::is_lowercase);
    let open = !is_closed(before) && !before.ends_with(':');
    let dangles = dangles(before);
    let width = match shape {
        Shape::Broken(width) => width,
        // Only what plainly goes on does: a sentence begun here and ended there.
        Shape::Unbroken | Shape::Unclear(_) => {
            let moderate = (NARROWEST..=WIDEST).contains(&line.characters);
            let longest = matches!(shape, Shape::Unclear(longest) if longest * 4 <= line.characters * 5);
            return dangles || open && moderate && (lower || longest && !is_bullet(before) && is_closed(after));
        }
    };
    if next.indent >= line.indent + 2 && !open {
        return false;
    }
    let first_word = after.split_whitespace().next().map_or(0, |word| word.chars().count());
    let wrapped = (line.characters + 1 + first_word) as f64 > width as f64 * FULL;
    wrapped || dangles || open && (lower || line.characters * 10 >= width * 6)
}

/// Whether a line ends as a sentence may end.
pub(crate) fn is_closed(line: &str) -> bool {
    let line = line.trim_end_matches(|last: char| {
        last.is_whitespace() || "\"'”’»)]*".contains(last) || matches!(last, '\u{200B}'..='\u{200F}' | '\u{FEFF}')
    });
    // Footnote marks: "... in Baghdad.[4" once the bracket is cut.
    let cut = line.trim_end_matches(|last: char| last.is_ascii_digit() || last == '[');
    let line = if cut.len() < line.len() && cut.ends_with(['.', '!', '?', '”', '"', ']']) { cut } else { line };
    line.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
        || line.ends_with("].")
        || line.ends_with(']') && line[..line.len() - 1].ends_with(|last: char| last.is_ascii_digit())
}

/// Whether a line ends in a word that cannot end a sentence or a title.
pub(crate) fn dangles(line: &str) -> bool {
    if line.ends_with([',', ';', '-', '–', '—', '(']) {
        return true;
    }
    let last = line.split_whitespace().last().unwrap_or_default();
    Patterns::get().words.dangling.contains(&last.to_lowercase()) && line.split_whitespace().count() > 1
}

/// Whether a line is an item of a list.
pub(crate) fn is_bullet(line: &str) -> bool {
    let mut characters = line.chars();
    let first = characters.next().unwrap_or_default();
    if matches!(first, '•' | '*' | '◦' | '▪' | '■' | '●' | '·' | '-' | '–' | '—' | '►' | '➤') {
        return characters.next().is_some_and(char::is_whitespace);
    }
    let mark: String = line.chars().take(4).take_while(char::is_ascii_digit).collect();
    !mark.is_empty()
        && mark.len() <= 2
        && line[mark.len()..].starts_with(['.', ')'])
        && line[mark.len() + 1..].starts_with(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|range| range.of(text)).collect()
    }

    #[test]
    fn blank_lines_part_paragraphs_whatever_the_line_ends() {
        for line_end in ["\n", "\r\n", "\r"] {
            let text = ["One.", "", "  Two.  ", " ", "", "Three."].join(line_end);
            assert_eq!(split(&text), ["One.", "Two.", "Three."], "{line_end:?}");
        }
        assert!(split(" \r\n\r\n ").is_empty());
    }

    #[test]
    fn lines_broken_at_a_width_are_joined() {
        let text = "The foreign ministers of Chile and Norway met in Oslo on Tuesday to\n\
            discuss the treaty on the seabed that both countries signed in March\n\
            2019. They agreed to meet again.\n\
            The next round of the talks is to be held in Santiago at the end of\n\
            May, according to both ministries.";
        let joined = split(text);
        assert_eq!(joined.len(), 2, "{joined:?}");
        assert!(joined[1].starts_with("The next round"));
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(split(&crlf).len(), 2);
    }

    #[test]
    fn a_line_a_paragraph_stays_so() {
        let text = "Chile and Norway resume talks\nThe foreign ministers of Chile and Norway met in Oslo on Tuesday.\n\
            They agreed to meet again.\nThe next round is to be held in Santiago.";
        assert_eq!(split(text).len(), 4);
    }

    #[test]
    fn a_sentence_over_two_lines_is_one() {
        let text = "The foreign ministers of Chile and Norway met in Oslo on\nTuesday to discuss the treaty.";
        assert_eq!(split(text).len(), 1);
        let text = "The foreign ministers of Chile and of Norway met in Oslo\nTuesday to discuss the treaty.";
        assert_eq!(split(text).len(), 1);
    }

    #[test]
    fn lists_keep_their_items() {
        let text = "The ministers announced:\n- new funding for schools\n- joint patrols in the strait\n1. a visit";
        assert_eq!(split(text).len(), 4);
    }

    #[test]
    fn ends_of_sentences() {
        for line in
            ["Done.", "Done.”", "Done.[1][2]", "Done.[4]", "He asked: \"Why?\"", "it (the treaty).)", "Done.\u{200e}"]
        {
            assert!(is_closed(line), "{line}");
        }
        for line in ["Done", "Chapter 4", "the accord (2015)", "said:", ""] {
            assert!(!is_closed(line), "{line}");
        }
    }
}
