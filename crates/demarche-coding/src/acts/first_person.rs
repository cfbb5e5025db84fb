//! Who "I" and "we" are where no reporting verb of the sentence says it: the speaker of the speech that the sentence is part
//! of, told by a cue in another ("The minister said:"), else someone who speaks and is not named.

use demarche_language::{Sentence, SpeakerMention, TokenId, Upos};
use demarche_world::{Actor, ActorKind, Cast};

use super::reader::Reader;
use super::said::Said;
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
    pub fn new(coding: &Coding, cast: &Cast<'_>, sentences: &[Sentence], said: &Said) -> Self {
        let nobody: Vec<(TokenId, Vec<Actor>)> = Vec::new();
        let mut out = Self::default();
        // Sentences of one speech have one speaker.
        let mut known: Option<(SpeakerMention, Vec<Actor>)> = None;
        for (index, sentence) in sentences.iter().enumerate() {
            let mention = said.voice(index);
            if let Some(mention) = mention
                && known.as_ref().is_none_or(|(of, _)| *of != mention)
            {
                let speakers = sentences.get(mention.sentence).map(|own| {
                    let reader = Reader::new(coding, cast, own, mention.sentence, &nobody);
                    reader.mentioned(mention, "speaker").into_iter().map(|p| p.actor.clone()).collect()
                });
                known = Some((mention, speakers.unwrap_or_default()));
            }
            let speakers = match (&mention, &known) {
                (Some(_), Some((_, speakers))) => speakers.as_slice(),
                _ => &[],
            };
            let found = (0..sentence.tokens.len())
                .filter(|&token| is_first_person(sentence, token))
                .map(|token| {
                    // A government's own statement says "we" of the government.
                    let author = if mention.is_none() { cast.actors(index, token) } else { &[] };
                    let stands =
                        if author.is_empty() { standing_for(sentence, token, speakers) } else { author.to_vec() };
                    (token, stands)
                })
                .collect();
            out.sentences.push(found);
            out.voices.push(speakers.to_vec());
        }
        out
    }

    /// Whose words a sentence is, where another says so ("The minister said:"); empty for the report's own.
    pub fn voice(&self, sentence: usize) -> &[Actor] {
        self.voices.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// The pronouns of one sentence.
    pub fn of(&self, sentence: usize) -> &[(TokenId, Vec<Actor>)] {
        self.sentences.get(sentence).map_or(&[], Vec::as_slice)
    }
}

fn standing_for(sentence: &Sentence, token: TokenId, speakers: &[Actor]) -> Vec<Actor> {
    let range = sentence.tokens[token].range;
    if speakers.is_empty() {
        return vec![Actor {
            code: None,
            sectors: Vec::new(),
            range,
            antecedent: None,
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
            let antecedent = speaker.antecedent.or(Some(speaker.range));
            Actor { range, antecedent, tokens: (token, token + 1), path, ..speaker.clone() }
        })
        .collect()
}
