//! Who says what: quotations and reported speech, each with its cue, its content and its speaker.
//!
//! Direct speech is found by its marks and tied to the verb that goes before or follows it; indirect speech by the
//! grammar of the words that take it (`data/language/reporting.toml`): "said that", "urged them to", "called for",
//! "according to". Words in marks that nobody is said to say (names, titles, irony) are none.
//!
//! The speaker is a mention as written, pronouns included. Who a pronoun stands for is not decided here.

mod content;
mod cue;
mod direct;
mod indirect;
mod lexicon;
mod marks;
mod set_off;
mod speaker;
#[cfg(test)]
mod tests;

use demarche_record::{Quotation, TextRange};

use crate::sentence::{Sentence, TokenId};

use self::lexicon::Lexicon;

/// The built-in table of words of speech is damaged.
#[derive(Debug, thiserror::Error)]
#[error("data/language/reporting.toml: {0}; correct the table and build again")]
pub struct ReportingTableError(#[from] toml::de::Error);

/// The words that tell that something is said: "said", "according to", "had this to say".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Number of its sentence.
    pub sentence: usize,
    /// The word that heads it; of "according to" the first.
    pub head: TokenId,
    /// All its words, in text order.
    pub words: Vec<TokenId>,
    /// Where it stands in the decoded text.
    pub range: TextRange,
}

/// Someone spoken of, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeakerMention {
    /// Number of its sentence.
    pub sentence: usize,
    /// Head word of the phrase.
    pub head: TokenId,
    /// The phrase in the decoded text, without relative clauses and what stands behind a comma.
    pub range: TextRange,
}

/// Something said, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// In the speaker's words, in the writer's, or in both.
    pub kind: Quotation,
    /// What says that it is said; `None` for a quotation that stands alone.
    pub cue: Option<Cue>,
    /// What is said, in text order and not overlapping: without the outer marks, without "that". Never empty.
    pub content: Vec<TextRange>,
    /// Who says it; for a quotation that stands alone whoever spoke last.
    pub speaker: Option<SpeakerMention>,
}

impl Attribution {
    /// Whether the range lies in what is said.
    pub fn holds(&self, range: TextRange) -> bool {
        let after = self.content.partition_point(|content| content.start <= range.start);
        after.checked_sub(1).is_some_and(|n| self.content[n].contains(range))
    }

    /// From the first to the last byte of what is said.
    pub fn extent(&self) -> TextRange {
        self.content.iter().copied().reduce(TextRange::cover).unwrap_or_default()
    }
}

/// Finds attributions. Holds only tables: share one among threads.
#[derive(Debug)]
pub struct AttributionFinder {
    lexicon: Lexicon,
}

/// A text with its sentences, in paragraphs.
#[derive(Clone, Copy)]
struct Passage<'a> {
    text: &'a str,
    sentences: &'a [Sentence],
    /// Number of the paragraph of each sentence.
    paragraph_of: &'a [usize],
    lexicon: &'a Lexicon,
}

impl AttributionFinder {
    /// The finder with the table built into the program.
    ///
    /// # Errors
    /// When the table is not valid.
    pub fn builtin() -> Result<Self, ReportingTableError> {
        Ok(Self { lexicon: Lexicon::builtin()? })
    }

    /// What a text reports as said, ordered by where the content begins, outer before inner. `sentences` are those of `text`,
    /// in order.
    pub fn find(&self, text: &str, sentences: &[Sentence]) -> Vec<Attribution> {
        let (paragraphs, paragraph_of) = paragraphs(text, sentences);
        let passage = Passage { text, sentences, paragraph_of: &paragraph_of, lexicon: &self.lexicon };
        let quoted = marks::quotations(text, &paragraphs);
        let mut found = passage.direct(&quoted);
        found.extend(passage.set_off(&quoted, &found));
        let told = passage.indirect(&quoted, &found);
        found.extend(told);
        found.extend(passage.standing_alone(&quoted, &found));
        for attribution in &mut found {
            attribution.content = joined(std::mem::take(&mut attribution.content));
        }
        found.retain(|attribution| !attribution.extent().of(text).trim().is_empty());
        found.sort_by_key(|attribution| {
            let extent = attribution.extent();
            let cue = attribution.cue.as_ref().map(|cue| (cue.sentence, cue.head));
            (extent.start, usize::MAX - extent.end, cue)
        });
        found
    }
}

/// Ranges in text order, those that overlap made one.
fn joined(mut ranges: Vec<TextRange>) -> Vec<TextRange> {
    ranges.sort_unstable();
    let mut out: Vec<TextRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if last.overlaps(range) => *last = last.cover(range),
            _ => out.push(range),
        }
    }
    out
}

/// Stretches of text between blank lines (or line breaks, where there are no blank lines), and which one each sentence is in.
fn paragraphs(text: &str, sentences: &[Sentence]) -> (Vec<TextRange>, Vec<usize>) {
    let gap = |n: usize| TextRange::new(sentences[n - 1].range.end, sentences[n].range.start).of(text);
    let blank = |gap: &str| gap.matches('\n').count() > 1;
    let blanks = (1..sentences.len()).any(|n| blank(gap(n)));
    let mut out: Vec<TextRange> = Vec::new();
    let mut paragraph_of = Vec::with_capacity(sentences.len());
    for (n, sentence) in sentences.iter().enumerate() {
        let breaks = n == 0 || if blanks { blank(gap(n)) } else { gap(n).contains('\n') };
        match out.last_mut() {
            Some(last) if !breaks => last.end = last.end.max(sentence.range.end),
            _ => out.push(sentence.range),
        }
        paragraph_of.push(out.len() - 1);
    }
    (out, paragraph_of)
}

impl<'a> Passage<'a> {
    /// The sentence that holds a byte.
    fn sentence_at(self, byte: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.range.start <= byte);
        after.checked_sub(1).filter(|&n| byte < self.sentences[n].range.end)
    }

    /// The range without blanks and punctuation at its ends; brackets and what belongs to a word stay.
    fn trimmed(self, range: TextRange) -> TextRange {
        let edge = |c: char| c.is_whitespace() || "\"“”„‟«»'‘’,;:—–-".contains(c);
        let slice = range.of(self.text);
        let start = range.start + (slice.len() - slice.trim_start_matches(edge).len());
        let rest = TextRange::new(start, range.end).of(self.text);
        TextRange::new(start, start + rest.trim_end_matches(edge).len())
    }

    /// Tokens of a sentence that lie in a range.
    fn tokens_in(self, sentence: usize, range: TextRange) -> impl Iterator<Item = TokenId> + 'a {
        let sentence = &self.sentences[sentence];
        sentence.tokens.iter().enumerate().filter(move |(_, token)| range.contains(token.range)).map(|(id, _)| id)
    }
}
