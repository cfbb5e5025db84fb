//! Reads one sentence: the act that each trigger word heads, with its participants and content.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use demarche_language::{Attribution, Relation, Sentence, TokenId, Upos, Xpos};
use demarche_record::{EventType, Status};
use demarche_world::{Actor, Cast};

use super::compose::same;
use super::first_person::is_first_person;
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
        let mut best: Option<(usize, usize, Act<'a>)> = None;
        for trigger in self.triggers_at(head) {
            if let Some((kept, _, _)) = &best
                && *kept > trigger.words.len()
            {
                break;
            }
            let Ok(act) = self.build(trigger, depth) else { continue };
            let filled = usize::from(!act.actors.is_empty()) + usize::from(!act.recipients.is_empty());
            let filled = filled + usize::from(act.content.is_some());
            // A frame that names its act outright goes before one that only ends another.
            let filled = if act.class == Class::Cease { 0 } else { filled + 1 };
            if best.as_ref().is_none_or(|(_, score, _)| filled > *score) {
                best = Some((trigger.words.len(), filled, act));
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
        !blocked
            && (frame.object.is_empty() || has(&Slot::Object, &frame.object))
            && (frame.object_not.is_empty() || !has(&Slot::Object, &frame.object_not))
            && (frame.subject_not.is_empty() || !has(&Slot::Subject, &frame.subject_not))
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
        }
        actors.sort_by_key(|p| p.actor.range.start);
        recipients.sort_by_key(|p| p.actor.range.start);
        let missing = |requirement: &Requirement| match requirement {
            Requirement::Actor => actors.is_empty(),
            Requirement::Recipient => recipients.is_empty() && !together,
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
            for mode in self.coding.cues.modes(event, self.sentence, &self.clause_words(trigger)) {
                if !composition.modes.contains(&mode) && self.coding.ontology.has_mode(event, mode) {
                    composition.modes.push(mode);
                }
            }
        }
        for p in actors.iter().chain(&recipients) {
            confidence *= p.actor.confidence.clamp(0.5, 1.0).sqrt();
        }
        let content_act = content.take().map(|act| {
            let status = Self::content_status(frame.class, &act);
            (Box::new(act), status)
        });
        let act = Act {
            frame: trigger.frame,
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

    /// Words of the trigger's own clause, where cues of mode may stand: its subtree without embedded finite clauses.
    fn clause_words(&self, trigger: &Trigger) -> Vec<TokenId> {
        let s = self.sentence;
        let mut out = trigger.words.clone();
        if trigger.kind == PatternKind::Noun
            && let Some((verb, _)) = self.support_verb(trigger.head)
        {
            out.push(verb);
        }
        let mut next = 0;
        while let Some(&at) = out.get(next) {
            next += 1;
            for &d in s.dependents(at) {
                let embedded = matches!(
                    s.tokens[d].relation,
                    Relation::Ccomp | Relation::Advcl | Relation::AclRelcl | Relation::Parataxis
                ) || (s.tokens[d].relation == Relation::Conj && s.tokens[d].upos == Upos::Verb);
                if !embedded && !out.contains(&d) {
                    out.push(d);
                }
            }
        }
        out.sort_unstable();
        out
    }

    /// Whether the trigger is an infinitive that only names a purpose or intention ("met to discuss", "a plan to bomb").
    pub(super) fn mere_infinitive(&self, act: &Act<'a>) -> bool {
        let s = self.sentence;
        let token = &s.tokens[act.head];
        if act.kind == PatternKind::Noun || token.xpos != Xpos::Vb {
            return false;
        }
        if !s.dependents_by(act.head, Relation::Mark).any(|m| s.tokens[m].form.eq_ignore_ascii_case("to")) {
            // A bare infinitive coordinated with one under "to".
            return token.relation == Relation::Conj
                && token.head.is_some_and(|h| {
                    s.dependents_by(h, Relation::Mark).any(|m| s.tokens[m].form.eq_ignore_ascii_case("to"))
                        && !self.implied_by(h)
                });
        }
        !self.implied_by(act.head)
    }

    /// Whether the word above an infinitive says that it was done ("began to", "managed to", "forced to").
    fn implied_by(&self, infinitive: TokenId) -> bool {
        self.sentence.tokens[infinitive].head.is_some_and(|governor| {
            self.triggers_at(governor)
                .iter()
                .any(|trigger| self.coding.frames.frames[trigger.frame].class == Class::Aspect)
        })
    }

    /// Whether the infinitive does what it says ("I want to thank Norway").
    pub(super) fn performative(&self, act: &Act<'a>) -> bool {
        let s = self.sentence;
        let speech = matches!(act.class, Class::Support | Class::Accuse | Class::Request | Class::Attitude);
        speech
            && s.tokens[act.head].head.is_some_and(|governor| {
                matches!(s.tokens[governor].lemma.to_lowercase().as_str(), "want" | "like" | "wish")
                    && s.dependents_by(governor, Relation::Nsubj).any(|subject| is_first_person(s, subject))
            })
    }

    /// A deed that is only announced becomes the promise or threat of it, with the deed as its content.
    pub(super) fn announced(&self, act: Act<'a>, class: Class) -> Act<'a> {
        let spoken = act.event.map(|event| (event, act.modes.as_slice()));
        let composed = self.composed(class, spoken).filter(|composed| composed.event.is_some());
        let conditional = act.reality == Reality::Would;
        let Some(composed) = composed else {
            let status = if conditional { Status::Conditional } else { Status::Planned };
            return Act { status, ..act };
        };
        let demanded = class == Class::Request;
        let deed = act.clone();
        let outer = Act {
            event: composed.event,
            modes: composed.modes,
            cameo: composed.cameo,
            class,
            status: if conditional { Status::Conditional } else { Status::Happened },
            topics: vec![act.head],
            content: None,
            ..act
        };
        let standing = if class == Class::Refuse {
            demarche_record::ContentStatus::Negated
        } else if demanded {
            demarche_record::ContentStatus::Demanded
        } else if conditional {
            demarche_record::ContentStatus::Conditional
        } else {
            demarche_record::ContentStatus::Planned
        };
        Act { content: Some((Box::new(deed), standing)), ..outer }
    }

    /// Whether a planned deed of this type has a verbal counterpart.
    pub(super) fn is_deed(act: &Act<'a>) -> bool {
        matches!(act.class, Class::Act | Class::Meet | Class::Fight | Class::Cease | Class::Support)
            && act.event.is_some_and(|event| {
                ![EventType::REQUEST, EventType::ACCUSE, EventType::REJECT, EventType::THREATEN].contains(&event)
            })
    }
}
