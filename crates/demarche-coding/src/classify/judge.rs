//! The classifier with the meaning of its labels.

use demarche_language::{Answer, Classifier, EarlyStates, Marked};
use demarche_record::{Context, EventType, Mode};

use super::question::Question;
use super::rules::Rules;
use crate::ontology::Ontology;

/// The label of what is no event; the last of all.
const NONE: &str = "NONE";

/// Why a classifier cannot judge.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    /// A label means nothing.
    #[error(
        "the classifier has the {kind} `{label}`, which the ontology does not know; train it with the labels of data/ontology"
    )]
    Label {
        /// Event or mode.
        kind: &'static str,
        /// The label.
        label: String,
    },
    /// There is no label for what is no event.
    #[error("the last event of the classifier must be `NONE`; train it again with training/events.py")]
    None,
}

/// A classifier whose labels are events, modes and contexts of the ontology, and the rules by which it decides.
pub struct Judge {
    classifier: Classifier,
    events: Vec<EventType>,
    modes: Vec<(EventType, Mode)>,
    contexts: Vec<Context>,
    pub(super) rules: Rules,
}

impl Judge {
    /// Ties the labels to the ontology.
    ///
    /// # Errors
    /// [`JudgeError`] for a label that the ontology does not know.
    pub fn new(classifier: Classifier, ontology: &Ontology, rules: Rules) -> Result<Self, JudgeError> {
        let (last, events) = classifier.events().split_last().ok_or(JudgeError::None)?;
        if last != NONE {
            return Err(JudgeError::None);
        }
        let unknown = |kind, label: &str| JudgeError::Label { kind, label: label.to_owned() };
        let event = |label: &str| {
            let event = EventType::new(label);
            if ontology.knows(event) { Ok(event) } else { Err(unknown("event", label)) }
        };
        let mode = |label: &String| {
            let (of, mode) = label.split_once('/').ok_or_else(|| unknown("mode", label))?;
            let (of, mode) = (event(of)?, Mode::new(mode));
            if ontology.has_mode(of, mode) { Ok((of, mode)) } else { Err(unknown("mode", label)) }
        };
        Ok(Self {
            events: events.iter().map(|label| event(label)).collect::<Result<_, _>>()?,
            modes: classifier.modes().iter().map(mode).collect::<Result<_, _>>()?,
            contexts: classifier.contexts().iter().map(|name| Context::new(name)).collect(),
            classifier,
            rules,
        })
    }

    /// Whether an ontology knows all events and modes that it has labels for.
    pub fn fits(&self, ontology: &Ontology) -> bool {
        self.events.iter().all(|&event| ontology.knows(event))
            && self.modes.iter().all(|&(event, mode)| ontology.has_mode(event, mode))
    }

    /// Which classifier this is.
    pub fn version(&self) -> &str {
        self.classifier.version()
    }

    /// Which rules decide.
    pub fn rules_version(&self) -> String {
        self.rules.version()
    }

    /// Whether it has a say on this event.
    pub(super) fn knows(&self, event: EventType) -> bool {
        self.events.contains(&event)
    }

    /// The classifier itself, for its labels.
    pub const fn classifier(&self) -> &Classifier {
        &self.classifier
    }

    /// An answer to each question about sentences of one part; `None` where a sentence is too long to be asked about.
    pub fn answers(&self, states: &EarlyStates, questions: &[Question]) -> Vec<Option<Answer>> {
        let words = |ranges: &[super::Tokens]| ranges.iter().flat_map(|&(first, end)| first..end).collect();
        let marked: Vec<Marked> = questions
            .iter()
            .map(|question| Marked {
                sentence: question.index,
                trigger: question.trigger.clone(),
                actors: words(&question.actors),
                recipients: words(&question.recipients),
            })
            .collect();
        self.classifier.answer(states, &marked)
    }

    /// [`Judge::answers`] with their meaning.
    pub(super) fn ask(&self, states: &EarlyStates, questions: &[Question]) -> Vec<Option<Opinion<'_>>> {
        let answers = self.answers(states, questions);
        answers.into_iter().map(|answer| answer.map(|answer| Opinion { judge: self, answer })).collect()
    }
}

/// What the classifier says of one question.
pub(crate) struct Opinion<'j> {
    judge: &'j Judge,
    answer: Answer,
}

impl Opinion<'_> {
    /// Probability of an event; 0 of one that it has no label for.
    pub(super) fn event(&self, event: EventType) -> f32 {
        let at = self.judge.events.iter().position(|&known| known == event);
        at.and_then(|at| self.answer.events.get(at)).copied().unwrap_or_default()
    }

    /// Probability of there being none.
    pub(super) fn none(&self) -> f32 {
        self.answer.events.last().copied().unwrap_or_default()
    }

    /// The most probable event, whether or not none is more probable still; the first of equals.
    pub(super) fn best(&self) -> Option<(EventType, f32)> {
        let mut best: Option<(EventType, f32)> = None;
        for (&event, &p) in self.judge.events.iter().zip(&self.answer.events) {
            if best.is_none_or(|(_, most)| p > most) {
                best = Some((event, p));
            }
        }
        best
    }

    /// The labels with the highest probabilities, at most so many, "no event" among them.
    pub(super) fn labels(&self, most: usize) -> Vec<(&str, f32)> {
        let names = self.judge.classifier.events().iter().map(String::as_str);
        let mut all: Vec<(&str, f32)> = names.zip(self.answer.events.iter().copied()).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        all.truncate(most);
        all
    }

    /// Modes of an event that are at least so probable, the most probable first.
    pub(super) fn modes(&self, event: EventType, least: f32) -> Vec<Mode> {
        let mut found: Vec<(Mode, f32)> = self
            .judge
            .modes
            .iter()
            .zip(&self.answer.modes)
            .filter(|&(&(of, _), &p)| of == event && p >= least)
            .map(|(&(_, mode), &p)| (mode, p))
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found.into_iter().map(|(mode, _)| mode).collect()
    }

    /// Contexts that are probable enough, the most probable first.
    pub(super) fn contexts(&self, least: f32) -> Vec<Context> {
        let mut found: Vec<(Context, f32)> = self
            .judge
            .contexts
            .iter()
            .copied()
            .zip(self.answer.contexts.iter().copied())
            .filter(|&(_, p)| p >= least)
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found.into_iter().map(|(context, _)| context).collect()
    }

    /// Probability that the actors do it.
    pub(super) fn actors_fit(&self) -> f32 {
        self.answer.actors_fit
    }

    /// Probability that it is done to the recipients.
    pub(super) fn recipients_fit(&self) -> f32 {
        self.answer.recipients_fit
    }
}
