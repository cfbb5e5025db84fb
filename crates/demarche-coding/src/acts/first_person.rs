//! Who "I" and "we" are where no reporting verb of the sentence says it: the speaker that an earlier sentence introduces
//! with a colon ("The minister said:"), else someone who speaks and is not named.

use demarche_language::{Sentence, TokenId, Upos};
use demarche_world::{Actor, ActorKind, Cast};

use super::reader::Reader;
use crate::Coding;

/// Forms that the speaker has.
const FORMS: &[&str] = &["i", "we", "us", "me", "our", "my", "ourselves", "myself"];
/// Confidence of a speaker whom no text names.
const UNNAMED: f32 = 0.7;

/// The first-person pronouns of a part with who they stand for, and whose words each sentence is.
#[derive(Clone, Debug, Default)]
pub struct FirstPerson {
    sentences: Vec<Vec<(TokenId, Vec<Actor>)>>,
    voices: Vec<Vec<Actor>>,
}

/// Words quoted after an introduction with a colon.
struct Quotation {
    speakers: Vec<Actor>,
    /// Opened with a quotation mark: it ends where one closes and no new one opens.
    marked: bool,
}

/// Whether a word is a pronoun of the first person; of a participant from another sentence (the meeting named before) its
/// number may lie beyond this one.
pub fn is_first_person(sentence: &Sentence, token: TokenId) -> bool {
    sentence
        .tokens
        .get(token)
        .is_some_and(|word| word.upos == Upos::Pron && FORMS.contains(&word.form.to_lowercase().as_str()))
}

impl FirstPerson {
    /// Finds the speakers of a part.
    pub fn new(coding: &Coding, cast: &Cast<'_>, sentences: &[Sentence]) -> Self {
        let nobody: Vec<(TokenId, Vec<Actor>)> = Vec::new();
        let mut quoted: Option<Quotation> = None;
        let mut out = Self::default();
        for (index, sentence) in sentences.iter().enumerate() {
            if let Some(quotation) = &quoted
                && quotation.marked
                && !opens(sentence)
                && index > 0
                && closes(&sentences[index - 1])
            {
                quoted = None;
            }
            let speakers = quoted.as_ref().map_or(&[][..], |quotation| quotation.speakers.as_slice());
            let found = (0..sentence.tokens.len())
                .filter(|&token| is_first_person(sentence, token))
                .map(|token| (token, standing_for(sentence, token, speakers)))
                .collect();
            out.sentences.push(found);
            out.voices.push(speakers.to_vec());
            if sentence.tokens.last().is_some_and(|last| last.form == ":") {
                let introduced = Reader::new(coding, cast, sentence, index, &nobody).introduces();
                if !introduced.is_empty() {
                    let marked = sentences.get(index + 1).is_some_and(opens);
                    quoted = Some(Quotation { speakers: introduced, marked });
                }
            }
        }
        out
    }

    /// Whose words a sentence is, where an earlier one says so ("The minister said:"); empty for the report's own.
    pub fn voice(&self, sentence: usize) -> &[Actor] {
        self.voices.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// The pronouns of one sentence.
    pub fn of(&self, sentence: usize) -> &[(TokenId, Vec<Actor>)] {
        self.sentences.get(sentence).map_or(&[], Vec::as_slice)
    }
}

/// Whether the sentence begins with a quotation mark.
fn opens(sentence: &Sentence) -> bool {
    sentence.tokens.first().is_some_and(|token| token.form.starts_with(['"', '“', '«', '‘', '\'']))
}

/// Whether the sentence ends with one.
fn closes(sentence: &Sentence) -> bool {
    sentence.tokens.iter().rev().take(2).any(|token| token.form.ends_with(['"', '”', '»', '’']))
}

fn standing_for(sentence: &Sentence, token: TokenId, speakers: &[Actor]) -> Vec<Actor> {
    let range = sentence.tokens[token].range;
    if speakers.is_empty() {
        return vec![Actor {
            code: None,
            sectors: Vec::new(),
            range,
            tokens: (token, token + 1),
            id: None,
            canonical: None,
            name: None,
            office: None,
            religion: None,
            ethnicity: None,
            kind: ActorKind::Unknown,
            path: vec!["first person, speaker not named"],
            confidence: UNNAMED,
            can_act: true,
        }];
    }
    speakers
        .iter()
        .map(|speaker| {
            let mut path = speaker.path.clone();
            path.push("first person of the speaker introduced before");
            Actor { range, tokens: (token, token + 1), path, ..speaker.clone() }
        })
        .collect()
}
