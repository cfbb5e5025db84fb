//! The rules by which the classifier's answers decide (`data/classifier.toml`).

use demarche_language::logistic;
use serde::Deserialize;

use crate::frames::FrameError;
use crate::lexicons::read;

const FILE: &str = include_str!("../../../../data/classifier.toml");

/// Thresholds and weights, all of them probabilities but for the weights. The file explains each.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Acts that a frame tells.
    pub framed: Framed,
    /// Acts that no frame tells.
    pub added: Added,
    /// Contexts.
    pub contexts: ContextRules,
    /// From probabilities to a confidence.
    pub confidence: Weightings,
}

/// Rules for acts that a frame tells.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framed {
    /// No record from this probability of "no event" on.
    pub reject: f32,
    /// Least probability of an event that takes the place of the frame's.
    pub overrule: f32,
    /// Greatest probability of the frame's event then.
    pub doubt: f32,
    /// By how much another frame's event must be more probable.
    pub prefer: f32,
    /// Least probability that it is done to recipients whom no slot of the frame names.
    pub concerned: f32,
    /// Least probability of a mode to be added.
    pub mode: f32,
}

/// Rules for acts that no frame tells.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Added {
    /// Least probability of some event.
    pub some: f32,
    /// Least probability of the event taken.
    pub event: f32,
    /// Least probability that the actors do it.
    pub actor: f32,
    /// Least probability that it is done to the recipients.
    pub recipient: f32,
    /// Least probability of a mode.
    pub mode: f32,
}

/// Rules for contexts.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextRules {
    /// Least probability of a context to be added.
    pub least: f32,
    /// Most contexts of an event.
    pub most: usize,
}

/// How probabilities make a confidence.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weightings {
    /// Of acts that a frame tells.
    pub framed: Weights,
    /// Of those that none tells.
    pub added: Weights,
}

/// A logistic function of [`Features`].
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    constant: f32,
    event: f32,
    frame: f32,
    actors: f32,
    recipients: f32,
    resolved: f32,
}

/// What the confidence of an event is made from, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Features {
    /// Probability of its event.
    pub event: f32,
    /// The frame's own confidence; 0 without a frame.
    pub frame: f32,
    /// Probability that the actors are right; 1 where there are none.
    pub actors: f32,
    /// Probability that the recipients are right; 1 where there are none.
    pub recipients: f32,
    /// How surely those were resolved.
    pub resolved: f32,
}

impl Rules {
    /// The rules that ship with the program.
    ///
    /// # Errors
    /// [`FrameError`] if the file is not well-formed; a test holds that it is.
    pub fn builtin() -> Result<Self, FrameError> {
        read("classifier.toml", FILE)
    }

    /// Which rules these are: a hash of their values.
    pub fn version(&self) -> String {
        format!("{:08x}", xxhash_rust::xxh3::xxh3_64(format!("{self:?}").as_bytes()) >> 32)
    }
}

impl Weights {
    /// The confidence.
    pub fn confidence(&self, of: Features) -> f32 {
        let sum = self.constant
            + self.event * of.event
            + self.frame * of.frame
            + self.actors * of.actors
            + self.recipients * of.recipients
            + self.resolved * of.resolved;
        logistic(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_are_probabilities() {
        let rules = Rules::builtin().expect("shipped");
        let Framed { reject, overrule, doubt, prefer, concerned, mode } = rules.framed;
        let added = rules.added;
        let all = [
            reject,
            overrule,
            doubt,
            prefer,
            concerned,
            mode,
            added.some,
            added.event,
            added.actor,
            added.recipient,
            added.mode,
        ];
        assert!(all.iter().chain([&rules.contexts.least]).all(|p| (0.0..=1.0).contains(p)));
        // Two events cannot both be more probable than the other.
        assert!(overrule > doubt && overrule + doubt <= 1.0);
    }

    #[test]
    fn confidence_grows_with_what_speaks_for_the_event() {
        let rules = Rules::builtin().expect("shipped");
        let sure = Features { event: 1.0, frame: 0.9, actors: 1.0, recipients: 1.0, resolved: 1.0 };
        for weights in [rules.confidence.framed, rules.confidence.added] {
            let doubtful = Features { event: 0.4, ..sure };
            assert!(weights.confidence(sure) > 0.5 && weights.confidence(doubtful) < weights.confidence(sure));
        }
    }
}
