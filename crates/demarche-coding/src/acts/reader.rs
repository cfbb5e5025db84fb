//! Reads one sentence: the act that each trigger word heads, with its participants and content.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use demarche_language::{Attribution, Relation, Sentence, TokenId};
use demarche_record::{EventType, Status};
use demarche_world::{Actor, Cast};

use super::compose::same;
use super::{Act, Participant};
use crate::Coding;
use crate::frames::{Class, Frame, PatternKind, Requirement, Slot, Trigger};
use crate::grammar::Grammar;
use crate::status::{self, Reality};

/// How deep acts may stand within acts.
const MAX_DEPTH: usize = 6;
/// Factor on the confidence of an act whose participant stands only inside another phrase.
const LOOSE: f32 = 0.85;
/// Factor on the confidence of an act that lacks a recipient which its type needs.
const LACKS_RECIPIENT: f32 = 0.6;

/// One sentence with its triggers.
pub struct Reader<'a> {
    pub(super) coding: &'a Coding,
    pub(super) sentence: &'a Sentence,
    /// Number of the sentence in its cast.
    pub(super) index: usize,
    pub(super) cast: &'a Cast<'a>,
    pub(super) grammar: Grammar<'a>,
    triggers: HashMap<TokenId, Vec<Trigger>>,
    /// Who took part in the meeting that the document told last.
    pub(super) meeting: Vec<Participant<'a>>,
    /// Acts within acts that were read before.
    inner: RefCell<HashMap<TokenId, Option<Act<'a>>>>,
    /// How deep speakers are being sought: "I said that I said" asks for one within another.
    pub(super) seeking: Cell<u8>,
    /// At these words the frame that was chosen among those that hold.
    preferred: HashMap<TokenId, usize>,
    /// Whose words the sentence is, where an earlier one says so.
    voice: &'a [Actor],
    /// What the sentence's own words tell as said.
    pub(super) told: &'a [Attribution],
    /// Who the pronouns of the first person stand for.
    pub(super) first_person: &'a [(TokenId, Vec<Actor>)],
}

impl<'a> Reader<'a> {
    /// Finds the triggers of the sentence with this number.
    pub fn new(
        coding: &'a Coding,
        cast: &'a Cast<'a>,
        sentence: &'a Sentence,
        index: usize,
        first_person: &'a [(TokenId, Vec<Actor>)],
    ) -> Self {
        let mut triggers: HashMap<TokenId, Vec<Trigger>> = HashMap::new();
        for trigger in coding.lexicon.triggers(sentence) {
            triggers.entry(trigger.head).or_default().push(trigger);
        }
        Self {
            coding,
            sentence,
            index,
            cast,
            grammar: Grammar::new(sentence),
            triggers,
            first_person,
            voice: &[],
            told: &[],
            preferred: HashMap::new(),
            inner: RefCell::new(HashMap::new()),
            seeking: Cell::new(0),
            meeting: Vec::new(),
        }
    }

    /// The same with those who took part in the meeting that the document told last, for "the talks" that follow.
    #[must_use]
    pub fn after_meeting(mut self, participants: &[Participant<'a>]) -> Self {
        self.meeting = participants.to_vec();
        self
    }

    /// The same with what its words tell as said.
    #[must_use]
    pub fn told(mut self, told: &'a [Attribution]) -> Self {
        self.told = told;
        self
    }

    /// The same within a quotation that an earlier sentence introduces.
    #[must_use]
    pub fn in_the_words_of(mut self, voice: &'a [Actor]) -> Self {
        self.voice = voice;
        self
    }

    /// Chooses one frame at some words.
    pub fn prefer(&mut self, frames: HashMap<TokenId, usize>) {
        self.preferred = frames;
        self.inner = RefCell::default();
    }

    /// Frames that hold at a word, each with the event it tells there.
    pub fn frames_at(&self, head: TokenId) -> Vec<(usize, EventType)> {
        let built = |trigger: &Trigger| Some((trigger.frame, self.build(trigger, 0).ok()?.event?));
        self.triggers_at(head).iter().filter_map(built).collect()
    }

    /// Those whose words the sentence is.
    pub(super) fn quoted(&self) -> Vec<Participant<'a>> {
        let path = "speaker of the quotation";
        self.voice
            .iter()
            .map(|actor| Participant { actor, token: actor.tokens.0, path: path.into(), loose: false })
            .collect()
    }

    /// Whether a noun trigger points back ("the talks", "this meeting").
    fn definite(&self, trigger: &Trigger) -> bool {
        let s = self.sentence;
        trigger.kind == PatternKind::Noun
            && s.dependents_by(trigger.head, Relation::Det).any(|d| {
                matches!(s.tokens[d].lemma.to_lowercase().as_str(), "the" | "this" | "these" | "those" | "both")
            })
    }

    pub(super) fn triggers_at(&self, head: TokenId) -> &[Trigger] {
        self.triggers.get(&head).map_or(&[], Vec::as_slice)
    }

    /// Words that head some trigger, in text order.
    pub(super) fn heads(&self) -> Vec<TokenId> {
        let mut heads: Vec<TokenId> = self.triggers.keys().copied().collect();
        heads.sort_unstable();
        heads
    }

    /// The act that a word heads: of the frames its words evoke, the most specific whose conditions hold.
    pub(super) fn act_at(&self, head: TokenId, depth: usize) -> Option<Act<'a>> {
        if depth > MAX_DEPTH {
            return None;
        }
        if depth == 0 {
            return self.best_act(head, 0);
        }
        // Many phrases lead to one inner act: it is read once, and is nothing while it is being read.
        if let Some(known) = self.inner.borrow().get(&head) {
            return known.clone();
        }
        self.inner.borrow_mut().insert(head, None);
        let found = self.best_act(head, depth);
        self.inner.borrow_mut().insert(head, found.clone());
        found
    }

    fn best_act(&self, head: TokenId, depth: usize) -> Option<Act<'a>> {
        let mut best: Option<(usize, (usize, usize), Act<'a>)> = None;
        let preferred = self.preferred.get(&head);
        for trigger in self.triggers_at(head).iter().filter(|t| preferred.is_none_or(|&frame| t.frame == frame)) {
            if let Some((kept, _, _)) = &best
                && *kept > trigger.words.len()
            {
                break;
            }
            let Ok(act) = self.build(trigger, depth) else { continue };
            let slotted = act.recipients.iter().any(|p| !p.is_concerned());
            let filled = usize::from(!act.actors.is_empty()) + usize::from(slotted);
            let filled = filled + usize::from(act.content.is_some());
            // A frame that names its act outright goes before one that only ends another.
            let filled = if act.class == Class::Cease { 0 } else { filled + 1 };
            // Of the same words a user's own frame goes before the built-in one.
            let score = (self.coding.frames.frames[trigger.frame].layer, filled);
            if best.as_ref().is_none_or(|(_, known, _)| score > *known) {
                best = Some((trigger.words.len(), score, act));
            }
        }
        best.map(|(_, _, act)| act)
    }

    /// Whether the words around the trigger allow this frame.
    fn allowed(&self, trigger: &Trigger, frame: &Frame) -> bool {
        let bases = |token: TokenId| self.coding.lexicon.bases(&self.sentence.tokens[token]);
        let has = |slot: &Slot, list: &[String]| {
            self.fill(trigger, frame, slot)
                .iter()
                .flat_map(|a| self.grammar.coordinated(a.token))
                .map(|token| self.grammar.measured(token))
                .any(|token| bases(token).iter().any(|base| list.contains(base)))
        };
        let blocked = !frame.unless.is_empty()
            && (0..self.sentence.tokens.len()).any(|t| bases(t).iter().any(|base| frame.unless.contains(base)));
        let given = frame.given.is_empty()
            || (0..self.sentence.tokens.len()).any(|t| bases(t).iter().any(|base| frame.given.contains(base)));
        !blocked
            && given
            && (frame.subject.is_empty() || has(&Slot::Subject, &frame.subject))
            && (frame.object.is_empty() || has(&Slot::Object, &frame.object))
            && (frame.object_not.is_empty() || !has(&Slot::Object, &frame.object_not))
            && (frame.subject_not.is_empty() || !has(&Slot::Subject, &frame.subject_not))
    }

    /// Whether what does it has no will: a storm, a disease, a crash.
    fn done_by_force(&self, trigger: &Trigger, frame: &Frame) -> bool {
        let forces = &self.coding.support.forces;
        let named = |token: TokenId| {
            let token = self.grammar.measured(token);
            let own = self.coding.lexicon.bases(&self.sentence.tokens[token]);
            // "Cyclone Nargis", "an Ebola outbreak"
            let naming = [Relation::Compound, Relation::NmodDesc, Relation::Flat, Relation::Appos];
            let dependents = self.sentence.dependents(token).iter().copied();
            let compound = dependents.filter(|&d| naming.contains(&self.sentence.tokens[d].relation));
            own.into_iter()
                .chain(compound.flat_map(|d| self.coding.lexicon.bases(&self.sentence.tokens[d])))
                .any(|base| forces.contains(&base))
        };
        let doers = self.fill(trigger, frame, &Slot::Subject);
        let causes = ["by", "in", "from", "of"].iter().flat_map(|p| self.grammar.oblique(trigger.head, p));
        let passive = trigger.kind == PatternKind::Verb && self.grammar.passive(trigger.head);
        doers.iter().any(|doer| named(doer.token)) || passive && causes.into_iter().any(|cause| named(cause.token))
    }

    /// The trigger with the objects that its frame asks for: "lifted sanctions on" has its recipient by the object.
    fn with_objects(&self, trigger: &Trigger, frame: &Frame) -> Trigger {
        let mut out = trigger.clone();
        if trigger.kind != PatternKind::Verb || frame.object.is_empty() {
            return out;
        }
        for argument in self.fill(trigger, frame, &Slot::Object) {
            let token = argument.token;
            let named =
                self.coding.lexicon.bases(&self.sentence.tokens[token]).iter().any(|b| frame.object.contains(b));
            if named && self.cast.actors(self.index, token).is_empty() && !out.words.contains(&token) {
                out.words.push(token);
            }
        }
        out.words.sort_unstable();
        out
    }

    fn slot_participants(
        &self,
        trigger: &Trigger,
        frame: &Frame,
        slots: &[Slot],
        all: bool,
        but: &[Participant<'a>],
    ) -> Vec<Participant<'a>> {
        let mut out: Vec<Participant<'a>> = Vec::new();
        for loose in [false, true] {
            for slot in slots {
                let found = self.participants(&self.fill(trigger, frame, slot), loose);
                for p in found {
                    if !out.iter().chain(but).any(|known| same(known, &p))
                        && !but.iter().any(|known| known.token == p.token)
                    {
                        out.push(p);
                    }
                }
                if !all && !out.is_empty() {
                    return out;
                }
            }
            if !out.is_empty() {
                return out;
            }
        }
        out
    }

    pub(super) fn build(&self, trigger: &Trigger, depth: usize) -> Result<Act<'a>, &'static str> {
        let frame = &self.coding.frames.frames[trigger.frame];
        if !self.allowed(trigger, frame) {
            return Err("its object or subject is not one that the frame takes");
        }
        let hostile = [EventType::ASSAULT, EventType::THREATEN].map(Some).contains(&frame.event);
        if hostile && self.done_by_force(trigger, frame) {
            return Err("done by nature, a disease or an accident, not by anyone");
        }
        let trigger = &self.with_objects(trigger, frame);
        let reality = status::reality(self.sentence, trigger.head);
        let (topics, mut content) = self.content(trigger, frame, depth);
        if frame.require.contains(&Requirement::Content) && content.is_none() {
            return Err("no act was found in what it speaks of");
        }
        let mut composition =
            self.compose(frame, content.as_ref(), matches!(reality, Reality::Negated | Reality::Refused));
        let together = matches!(frame.class, Class::Meet | Class::Fight);
        let (mut actors, mut recipients);
        if together {
            let slots: Vec<Slot> = frame.actor.iter().chain(&frame.recipient).cloned().collect();
            actors = self.slot_participants(trigger, frame, &slots, true, &[]);
            recipients = Vec::new();
            let talks = frame.class == Class::Meet && frame.event == Some(EventType::CONSULT);
            if talks && actors.len() == 1 {
                actors.extend(self.after_the_talks(trigger, &actors));
            }
            if actors.is_empty() && talks && self.definite(trigger) {
                actors.clone_from(&self.meeting);
                for p in &mut actors {
                    "the meeting named before".clone_into(&mut p.path);
                }
            }
        } else {
            let supported =
                trigger.kind == PatternKind::Noun && self.support_verb(trigger.head).is_some_and(|(_, does)| does);
            actors = if supported {
                self.slot_participants(trigger, frame, &[Slot::Subject], false, &[])
            } else {
                Vec::new()
            };
            if actors.is_empty() {
                actors = self.slot_participants(trigger, frame, &frame.actor, false, &[]);
            }
            recipients = self.slot_participants(trigger, frame, &frame.recipient, false, &actors);
            if recipients.is_empty()
                && !matches!(frame.class, Class::Say | Class::Deny)
                && let Some(content) = &content
            {
                recipients = Self::recipients_from_content(frame.class, &actors, content);
            }
            if recipients.is_empty() && frame.event == Some(EventType::AID) {
                recipients = self.helped(trigger, &actors);
            }
            if recipients.is_empty() && frame.class == Class::Request {
                recipients = self.asked_to(&topics, &actors);
            }
            if recipients.is_empty()
                && let Some(event) = composition.event
            {
                recipients = self.concerned(trigger, event, &topics, &actors);
            }
        }
        actors.sort_by_key(|p| p.actor.range.start);
        recipients.sort_by_key(|p| p.actor.range.start);
        let missing = |requirement: &Requirement| match requirement {
            Requirement::Actor => actors.is_empty(),
            Requirement::Recipient => recipients.iter().all(Participant::is_concerned) && !together,
            Requirement::Participant => actors.is_empty() && recipients.is_empty(),
            Requirement::Content => false,
        };
        // Spoken of by another act, it need not name everyone ("threatened sanctions").
        if depth == 0
            && let Some(requirement) = frame.require.iter().find(|requirement| missing(requirement))
        {
            return Err(match requirement {
                Requirement::Actor => "no actor was found where the frame looks for one",
                Requirement::Recipient => "no recipient was found where the frame looks for one",
                _ => "no actor and no recipient was found where the frame looks for them",
            });
        }
        let mut confidence = 0.9 * frame.confidence;
        if actors.iter().chain(&recipients).any(|p| p.loose) {
            confidence *= LOOSE;
        }
        if let Some(event) = composition.event {
            if self.coding.ontology.needs_recipient(event) && recipients.is_empty() {
                confidence *= LACKS_RECIPIENT;
            }
            self.cued(event, trigger.head, &trigger.words, &mut composition.modes);
        }
        for p in actors.iter().chain(&recipients) {
            confidence *= p.actor.confidence.clamp(0.5, 1.0).sqrt();
        }
        let content_act = content.take().map(|act| {
            let status = Self::content_status(frame.class, &act);
            (Box::new(act), status)
        });
        let act = Act {
            frame: Some(trigger.frame),
            head: trigger.head,
            words: trigger.words.clone(),
            also: Vec::new(),
            kind: trigger.kind,
            class: frame.class,
            event: composition.event,
            modes: composition.modes,
            cameo: composition.cameo,
            actors,
            recipients,
            content: content_act,
            topics,
            reality,
            status: Status::Happened,
            speakers: Vec::new(),
            confidence,
        };
        Ok(act)
    }
}
