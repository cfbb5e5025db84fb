//! Word pieces: BERT's uncased splitting, and the shape of a word, which lower case cannot show.
//!
//! Source: Devlin et al. 2019; Wu et al. 2016 (greedy longest match).

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::weights::ModelError;

/// A word gives at most this many pieces.
const MAX_PIECES: usize = 8;
/// A chunk of more characters is unknown.
const MAX_CHUNK: usize = 100;
/// Shape classes there are.
pub(super) const SHAPES: usize = 8;

/// The pieces known, by their text.
pub(super) struct Vocabulary {
    ids: HashMap<Box<str>, u32>,
    unknown: u32,
    /// Stands before a sentence.
    pub(super) start: u32,
    /// Stands after a sentence.
    pub(super) end: u32,
}

impl Vocabulary {
    /// Reads pieces one a line, in the order of their ids.
    pub(super) fn new(lines: &str) -> Result<Self, ModelError> {
        let mut ids = HashMap::with_capacity(1 << 15);
        for (id, piece) in lines.split('\n').enumerate() {
            ids.insert(Box::from(piece), id as u32);
        }
        let special = |piece: &str| {
            let missing = || ModelError::Metadata { key: "vocab", reason: format!("has no piece {piece}") };
            ids.get(piece).copied().ok_or_else(missing)
        };
        let (unknown, start, end) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Ok(Self { ids, unknown, start, end })
    }

    /// Number of pieces.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Ids of the pieces of one word: one at least, eight at most.
    pub(super) fn split(&self, word: &str) -> Vec<u32> {
        let mut out = Vec::with_capacity(4);
        let mut buffer = String::new();
        for chunk in chunks(word) {
            self.longest_pieces(&chunk, &mut buffer, &mut out);
        }
        out.truncate(MAX_PIECES);
        if out.is_empty() {
            out.push(self.unknown);
        }
        out
    }

    fn longest_pieces(&self, chunk: &str, buffer: &mut String, out: &mut Vec<u32>) {
        if let Some(&id) = self.ids.get(chunk) {
            out.push(id);
            return;
        }
        let before = out.len();
        if chunk.chars().count() > MAX_CHUNK {
            out.push(self.unknown);
            return;
        }
        let mut rest = chunk;
        while !rest.is_empty() {
            buffer.clear();
            if rest.len() < chunk.len() {
                buffer.push_str("##");
            }
            let prefix = buffer.len();
            buffer.push_str(rest);
            let found = loop {
                if let Some(&id) = self.ids.get(buffer.as_str()) {
                    break Some(id);
                }
                buffer.pop();
                if buffer.len() == prefix {
                    break None;
                }
            };
            let Some(id) = found else {
                out.truncate(before);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            rest = &rest[buffer.len() - prefix..];
        }
    }
}

/// The word in lower case without accents, cut at punctuation, ideographs and spaces.
fn chunks(word: &str) -> Vec<String> {
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) && !word.is_empty() {
        return vec![word.to_ascii_lowercase()];
    }
    let mut out = vec![String::new()];
    for c in word.to_lowercase().nfd() {
        let category = c.general_category();
        let control = c.general_category_group() == GeneralCategoryGroup::Other && !matches!(c, '\t' | '\n' | '\r');
        if category == GeneralCategory::NonspacingMark || control || c == '\u{fffd}' {
            continue;
        }
        if c.is_whitespace() {
            out.push(String::new());
        } else if is_punctuation(c) || is_ideograph(c) {
            out.extend([c.to_string(), String::new()]);
        } else if let Some(last) = out.last_mut() {
            last.push(c);
        }
    }
    out.retain(|chunk| !chunk.is_empty());
    out
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2fa1f}' | '\u{f900}'..='\u{faff}')
}

/// Whether a character is a digit of any script, raised and lowered ones included.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || (!c.is_ascii()
            && (c.general_category() == GeneralCategory::DecimalNumber
                || matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⑨')))
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Letter)
}

/// Shape of a word: 1 digits only, 2 some digit, 3 no letter, 4 all upper case (two characters or more), 5 first
/// letter upper case, 6 all lower case, 7 other. 0 is for the marks before and after a sentence.
pub(super) fn shape(word: &str) -> u8 {
    let digits = word.chars().filter(|&c| is_digit(c)).count();
    let characters = word.chars().count();
    if digits > 0 {
        return if digits == characters { 1 } else { 2 };
    }
    if !word.chars().any(is_letter) {
        return 3;
    }
    let upper = word.chars().any(char::is_uppercase);
    let lower = word.chars().any(char::is_lowercase);
    if upper && !lower && characters > 1 {
        return 4;
    }
    if word.chars().next().is_some_and(char::is_uppercase) {
        return 5;
    }
    if lower && !upper { 6 } else { 7 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        Vocabulary::new("[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\ncafe\n-\n中\n'\ns\n##s\na\n##a").unwrap()
    }

    #[test]
    fn words_are_split_as_bert_does() {
        for (word, expected) in [
            ("UNaffable", vec![4, 5, 6]),
            ("Café", vec![7]),
            ("un-un", vec![4, 8, 4]),
            ("中中", vec![9, 9]),
            ("un's", vec![4, 10, 11]),
            ("unx", vec![1]),
            ("x's", vec![1, 10, 11]),
            ("", vec![1]),
            ("\u{301}", vec![1]),
            ("aaaaaaaaaaaa", vec![13, 14, 14, 14, 14, 14, 14, 14]),
            ("un\u{200b}aff\0able", vec![4, 5, 6]),
        ] {
            assert_eq!(vocabulary().split(word), expected, "{word:?}");
        }
        assert_eq!(vocabulary().split(&"a".repeat(101)), [1]);
    }

    #[test]
    fn shapes() {
        for (word, expected) in [
            ("2024", 1),
            ("²", 1),
            ("G7", 2),
            ("...", 3),
            ("", 3),
            ("UN", 4),
            ("U.S.", 4),
            ("A", 5),
            ("Doha", 5),
            ("McCain", 5),
            ("talks", 6),
            ("iPhone", 7),
            ("é", 6),
            ("Élysée", 5),
            ("中", 7),
            ("-", 3),
        ] {
            assert_eq!(shape(word), expected, "{word:?}");
        }
    }

    #[test]
    fn missing_special_pieces_are_named() {
        assert!(Vocabulary::new("[UNK]\n[CLS]").err().unwrap().to_string().contains("[SEP]"));
    }
}
