//! Direct speech without marks: paragraphs that "The minister said:" introduces, as press offices print statements.

use std::collections::HashSet;

use demarche_record::{Quotation, TextRange};

use crate::labels::{Relation, Upos};
use crate::sentence::TokenId;

use super::marks::{Quoted, near};
use super::{Attribution, Passage, SpeakerMention, speaker};

impl Passage<'_> {
    /// Speech set off by a colon. It ends before a heading, before another introduction, and where the speaker is told of from
    /// without ("She also said").
    pub(super) fn set_off(self, quoted: &[Quoted], direct: &[Attribution]) -> Vec<Attribution> {
        let mut out: Vec<Attribution> = Vec::new();
        let taken: HashSet<(usize, TokenId)> =
            direct.iter().filter_map(|a| a.cue.as_ref()).map(|cue| (cue.sentence, cue.head)).collect();
        let mut next = 0;
        while next < self.sentences.len() {
            let number = next;
            next += 1;
            let Some((verb, from)) = self.introduction(number) else { continue };
            let marked = quoted
                .get(quoted.partition_point(|q| q.outer.start < from))
                .is_some_and(|q| TextRange::new(from, q.outer.start).of(self.text).trim().is_empty());
            if marked || taken.contains(&(number, verb)) {
                continue;
            }
            let Some(head) = speaker::of(&self.sentences[number], verb) else { continue };
            let speaker = self.mention(number, head);
            let mut end = from;
            if self.sentences[number].range.end > from {
                end = self.sentences[number].range.end;
            }
            let mut at = number + 1;
            while at < self.sentences.len() && !self.ends(at, number, speaker, quoted) {
                end = self.sentences[at].range.end;
                at += 1;
            }
            let content = TextRange::new(from, end);
            let content = self.trimmed(content);
            if content.of(self.text).contains(char::is_alphanumeric) {
                let cue = self.cue(number, verb, &[]);
                out.push(Attribution {
                    kind: Quotation::Direct,
                    cue: Some(cue),
                    content: vec![content],
                    speaker: Some(speaker),
                });
                next = at;
            }
        }
        out
    }

    /// The verb of a sentence that introduces speech with a colon, and where the speech begins.
    fn introduction(self, number: usize) -> Option<(TokenId, usize)> {
        let sentence = &self.sentences[number];
        let colon = sentence.tokens.iter().position(|token| token.form == ":")?;
        let last = sentence.tokens[colon + 1..].iter().all(|token| token.upos == Upos::Punct);
        let cues = self.cues(number, |lemma| self.lexicon.says(lemma));
        let verb = cues.into_iter().rev().find(|&verb| verb < colon)?;
        // Within a sentence only right before the colon: "said: We".
        let beside = verb + 1 == colon
            && sentence.tokens.get(colon + 1).is_some_and(|token| token.form.starts_with(char::is_uppercase));
        let clause = sentence.dependent(verb, &[Relation::Ccomp]).is_some_and(|clause| clause < colon);
        ((last || beside) && !clause).then_some((verb, sentence.tokens[colon].range.end))
    }

    /// Whether a sentence is no longer part of the speech.
    fn ends(self, at: usize, introduced: usize, speaker: SpeakerMention, quoted: &[Quoted]) -> bool {
        let sentence = &self.sentences[at];
        let paragraph = self.paragraph_of[at];
        let begins = self.paragraph_of[at - 1] != paragraph;
        let text = sentence.range.of(self.text).trim_end();
        let alone = self.paragraph_of.get(at + 1) != Some(&paragraph);
        // A heading has no full stop; what is listed may end so.
        let heading = begins
            && alone
            && at > introduced + 1
            && !text.ends_with(['.', '!', '?', ':', ';', ',', '"', '”', ')'])
            && sentence.tokens.len() < 12;
        let quotes = begins && near(quoted, sentence.range).iter().any(|q| q.outer.start == sentence.range.start);
        let own = &self.sentences[speaker.sentence].tokens[speaker.head].form;
        let told = self.cues(at, |lemma| self.lexicon.says(lemma)).into_iter().any(|verb| {
            speaker::of(sentence, verb).is_some_and(|source| {
                let word = &sentence.tokens[source];
                let pronoun = ["he", "she", "they"].contains(&word.form.to_lowercase().as_str());
                (pronoun && sentence.tokens[verb].head.is_none()) || word.form == *own
            })
        });
        heading || quotes || told || self.introduction(at).is_some()
    }
}
