//! A document's sentences as frames read them.

use std::collections::HashMap;

use demarche_language::{Attribution, Sentence, TokenId};
use demarche_record::EventType;

use super::Part;
use crate::Coding;
use crate::acts::{FirstPerson, Participant, Reader, Said, Selected, Unframed};

/// What is said in a part, and for whom its pronouns of the first person stand.
pub(crate) struct SpeechOf {
    said: Said,
    speakers: FirstPerson,
    /// Whether some words of it may be a frame's. Where none are, the model may not have read it.
    may_tell: bool,
}

impl SpeechOf {
    /// One for each part.
    pub(crate) fn parts(coding: &Coding, parts: &[Part<'_>]) -> Vec<Self> {
        let of = |part: &Part<'_>| {
            let said = coding.said(part.text.as_str(), part.sentences);
            let speakers = FirstPerson::new(coding, part.cast, part.sentences, &said);
            let words = |s: &Sentence| coding.lexicon.may_trigger(s.tokens.iter().map(|token| token.form.as_str()));
            Self { said, speakers, may_tell: part.sentences.iter().any(words) }
        };
        parts.iter().map(of).collect()
    }
}

/// One sentence as frames read it.
pub(crate) struct Reading<'a> {
    /// The part it stands in.
    pub part: Part<'a>,
    /// Its number there.
    pub index: usize,
    /// Its triggers.
    pub reader: Reader<'a>,
    /// Its acts.
    pub selected: Selected<'a>,
    /// What its words tell as said.
    pub told: &'a [Attribution],
    /// Why it is left out of the coding, if it is.
    pub left_out: Option<String>,
    may_tell: bool,
}

impl<'a> Reading<'a> {
    /// All sentences of all parts, in order.
    pub(crate) fn all(coding: &'a Coding, parts: &[Part<'a>], speech: &'a [SpeechOf]) -> Vec<Self> {
        let mut out = Vec::new();
        for (&part, speech) in parts.iter().zip(speech) {
            let mut meeting: Vec<Participant<'a>> = Vec::new();
            for (index, sentence) in part.sentences.iter().enumerate() {
                let told = speech.said.in_sentence(index);
                let reader = Reader::new(coding, part.cast, sentence, index, speech.speakers.of(index))
                    .after_meeting(&meeting)
                    .told(told)
                    .in_the_words_of(speech.speakers.voice(index));
                let left_out = part.left_out.get(index).cloned().flatten();
                let selected = if left_out.is_some() { Selected::default() } else { reader.select() };
                let met =
                    selected.events.iter().find(|act| act.event == Some(EventType::CONSULT) && act.actors.len() > 1);
                if let Some(act) = met {
                    meeting.clone_from(&act.actors);
                }
                out.push(Self { part, index, reader, selected, told, left_out, may_tell: speech.may_tell });
            }
        }
        out
    }

    /// Reads the sentence again with other frames preferred at some words.
    pub(crate) fn prefer(&mut self, frames: HashMap<TokenId, usize>) {
        self.reader.prefer(frames);
        self.selected = self.reader.select();
    }

    /// The sentence.
    pub(crate) fn sentence(&self) -> &'a Sentence {
        &self.part.sentences[self.index]
    }

    /// Predicates that no frame knows, with who stands around them. None where the part has no word of any frame: whether
    /// the model has read it or not must make no difference.
    pub(crate) fn unframed(&self) -> Vec<Unframed<'a>> {
        if !self.may_tell || self.left_out.is_some() {
            return Vec::new();
        }
        self.reader.unframed(&self.reader.covered(&self.selected))
    }
}
