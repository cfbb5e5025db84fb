//! Styled words that flow into lines of a given width.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::output::{Page, plain};

/// Columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Text in several styles, to be broken at its blanks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    characters: Vec<(char, Style)>,
}

impl Flow {
    /// Appends text; control characters are left out, and so are line breaks.
    pub(crate) fn push(&mut self, style: Style, text: &str) -> &mut Self {
        self.characters.extend(plain(text).chars().map(|c| (c, style)));
        self
    }

    /// Appends what another holds.
    pub(crate) fn append(&mut self, other: &Self) -> &mut Self {
        self.characters.extend_from_slice(&other.characters);
        self
    }

    /// Appends text that stays on one line where it can: its blanks do not break.
    pub(crate) fn push_whole(&mut self, style: Style, text: &str) -> &mut Self {
        self.characters.extend(plain(text).chars().map(|c| (if c == ' ' { '\u{A0}' } else { c }, style)));
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.characters.is_empty()
    }

    /// Writes lines no wider than the page: the first behind `first`, the others behind `indent`. A word wider than the
    /// page stands out of it rather than being cut.
    pub(crate) fn write(&self, out: &mut String, page: Page, first: &str, indent: &str) {
        let mut line: Vec<(char, Style)> = Vec::new();
        let mut taken = width(first);
        let mut ahead = first;
        let words = self.characters.split(|&(c, _)| c == ' ');
        let mut blank = None;
        let mut at = 0;
        for word in words {
            let needed: usize = word.iter().filter_map(|&(c, _)| c.width()).sum();
            if let Some(blank) = blank {
                if taken + 1 + needed > page.width && !line.is_empty() {
                    write_line(out, ahead, &line);
                    line.clear();
                    ahead = indent;
                    taken = width(indent);
                } else {
                    line.push(blank);
                    taken += 1;
                }
            }
            line.extend_from_slice(word);
            taken += needed;
            at += word.len();
            blank = self.characters.get(at).copied();
            at += 1;
        }
        write_line(out, ahead, &line);
    }
}

fn write_line(out: &mut String, ahead: &str, line: &[(char, Style)]) {
    out.push_str(ahead);
    for piece in line.chunk_by(|a, b| a.1 == b.1) {
        let style = piece[0].1;
        out.push_str(&style.render().to_string());
        out.extend(piece.iter().map(|&(c, _)| if c == '\u{A0}' { ' ' } else { c }));
        out.push_str(&style.render_reset().to_string());
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use anstyle::AnsiColor;

    use super::*;

    #[test]
    fn lines_break_at_blanks_within_the_width() {
        let mut flow = Flow::default();
        flow.push(Style::new(), "Norway and ")
            .push_whole(Style::new(), "Sri Lanka")
            .push(Style::new(), " met in Oslo.");
        let mut out = String::new();
        flow.write(&mut out, Page::new(14, false), "1 ", "  ");
        assert_eq!(out, "1 Norway and\n  Sri Lanka\n  met in Oslo.\n");
    }

    #[test]
    fn a_style_ends_with_its_line_and_control_characters_are_dropped() {
        let red = Style::new().fg_color(Some(AnsiColor::Red.into()));
        let mut flow = Flow::default();
        flow.push(red, "a\u{1B}[2J b");
        let mut out = String::new();
        flow.write(&mut out, Page::new(3, true), "", "");
        assert_eq!(out, "\u{1B}[31ma[2J\u{1B}[0m\n\u{1B}[31mb\u{1B}[0m\n");
    }
}
