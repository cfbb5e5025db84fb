//! What a text reports as said, as the language room finds it, by the sentences of the cues and of the contents.

use demarche_language::{Attribution, Sentence, SpeakerMention, Upos};

use crate::Coding;

/// The attributions of one part of a document.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// By the sentence of the cue, in text order.
    cued: Vec<Vec<Attribution>>,
    /// For each sentence that is wholly someone's words, told by a cue of another sentence or by none, whose.
    voices: Vec<Option<SpeakerMention>>,
}

impl Coding {
    /// Finds what a text reports as said.
    pub fn said(&self, text: &str, sentences: &[Sentence]) -> Said {
        let mut out = Said { cued: vec![Vec::new(); sentences.len()], voices: vec![None; sentences.len()] };
        // Outer before inner: the innermost that holds a sentence is its voice.
        for attribution in self.attributions.find(text, sentences) {
            let extent = attribution.extent();
            let first = sentences.partition_point(|sentence| sentence.range.end <= extent.start);
            for (index, sentence) in sentences.iter().enumerate().skip(first) {
                if sentence.range.start >= extent.end {
                    break;
                }
                let elsewhere = attribution.cue.as_ref().is_none_or(|cue| cue.sentence != index);
                let whole = sentence
                    .tokens
                    .iter()
                    .filter(|token| token.upos != Upos::Punct)
                    .all(|token| attribution.holds(token.range));
                if elsewhere && whole && attribution.speaker.is_some() {
                    out.voices[index] = attribution.speaker;
                }
            }
            if let Some(row) = attribution.cue.as_ref().and_then(|cue| out.cued.get_mut(cue.sentence)) {
                row.push(attribution);
            }
        }
        out
    }
}

impl Said {
    /// What the words of a sentence tell as said.
    pub fn in_sentence(&self, sentence: usize) -> &[Attribution] {
        self.cued.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// Who speaks a sentence that is part of a speech which another sentence tells.
    pub fn voice(&self, sentence: usize) -> Option<SpeakerMention> {
        self.voices.get(sentence).copied().flatten()
    }
}
