//! Words as genres count them.

use demarche_record::TextRange;

/// A word in lower case, with its place.
pub(super) struct Word {
    pub(super) form: String,
    pub(super) range: TextRange,
}

/// The words of a part of a text: runs of letters, digits and apostrophes within them; hyphens part words. A question mark is a
/// word of its own.
pub(super) fn words(text: &str, part: TextRange) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let close = |out: &mut Vec<Word>, open: &mut Option<(usize, String)>, end: usize| {
        if let Some((start, form)) = open.take() {
            let kept = form.trim_end_matches('\'').to_owned();
            out.push(Word { form: kept, range: TextRange::new(start, end) });
        }
    };
    for (at, character) in part.of(text).char_indices() {
        let at = part.start + at;
        match character {
            '\'' | '\u{2019}' => {
                if let Some((_, form)) = &mut open {
                    form.push('\'');
                }
            }
            _ if character.is_alphanumeric() => {
                open.get_or_insert_with(|| (at, String::new())).1.extend(character.to_lowercase());
            }
            _ => {
                close(&mut out, &mut open, at);
                if character == '?' {
                    out.push(Word { form: "?".to_owned(), range: TextRange::new(at, at + 1) });
                }
            }
        }
    }
    close(&mut out, &mut open, part.end);
    out
}

/// The forms that a cue's last word stands for: itself and its plurals. Words of one or two letters have none ("hi", "his").
pub(super) fn is_form_of(form: &str, cue: &str) -> bool {
    form.strip_prefix(cue).is_some_and(|ending| ending.is_empty() || cue.len() > 2 && matches!(ending, "s" | "es"))
}
