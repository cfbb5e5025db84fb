//! Acts within acts: what the outer act becomes by what it speaks of, and who its participants are then.

use demarche_language::{Relation, TokenId, Upos};
use demarche_record::{ContentStatus, EventType, Mode};

use super::reader::Reader;
use super::{Act, Participant};
use crate::frames::{Class, Frame, PatternKind, Slot, Trigger};
use crate::grammar::Argument;
use crate::status;

/// How deep an act may stand inside the phrase spoken of ("the possibility of a ceasefire").
const DIG_DEPTH: usize = 3;

/// What composition makes of an act.
#[derive(Clone)]
pub(super) struct Composition {
    pub event: Option<EventType>,
    pub modes: Vec<Mode>,
    pub cameo: Option<String>,
}

impl<'a> Reader<'a> {
    /// Head words of what a trigger speaks of, and the first act found in them.
    pub(super) fn content(&self, trigger: &Trigger, frame: &Frame, depth: usize) -> (Vec<TokenId>, Option<Act<'a>>) {
        let mut topics = Vec::new();
        let mut act = None;
        for slot in &frame.content {
            for argument in self.fill(trigger, frame, slot) {
                // "asked if he had called for it": what is asked about is not asked for.
                let asked = self
                    .sentence
                    .dependents_by(argument.token, Relation::Mark)
                    .any(|mark| matches!(self.sentence.tokens[mark].form.to_lowercase().as_str(), "if" | "whether"));
                if frame.class == Class::Request && asked {
                    continue;
                }
                // The one addressed is not what is spoken of.
                if *slot == Slot::Object
                    && frame.recipient.contains(&Slot::Object)
                    && self.stands_for_someone(&argument)
                {
                    continue;
                }
                if !topics.contains(&argument.token) {
                    topics.push(argument.token);
                }
                if act.is_none() {
                    act = self.act_in(argument.token, depth + 1, 0);
                    // "appeals for no execution" asks for the opposite.
                    if frame.class == Class::Request
                        && act.as_ref().is_some_and(|act| status::negated(self.sentence, act.head))
                    {
                        act = None;
                    }
                }
            }
        }
        (topics, act)
    }

    fn stands_for_someone(&self, argument: &Argument) -> bool {
        !self.cast.actors(self.index, argument.token).is_empty()
    }

    /// The act a phrase names, looking through transparent words.
    fn act_in(&self, token: TokenId, depth: usize, dug: usize) -> Option<Act<'a>> {
        if let Some(act) = self.act_at(token, depth) {
            match act.class {
                Class::Aspect | Class::Effort | Class::Say | Class::Plan if act.event.is_none() => {}
                Class::Fail => return None,
                _ if act.event.is_some() => return Some(act),
                _ => {}
            }
        }
        if dug >= DIG_DEPTH {
            return None;
        }
        let verbal = self.sentence.tokens[token].upos == Upos::Verb;
        let mut inner: Vec<Argument> = self.grammar.clauses(token);
        if verbal {
            inner.extend(self.grammar.logical_object(token));
        }
        for preposition in ["of", "to", "for", "in", "towards", "toward", "on"] {
            inner.extend(self.grammar.oblique(token, preposition));
        }
        inner.into_iter().filter(|a| a.token != token).find_map(|a| self.act_in(a.token, depth, dug + 1))
    }

    /// Event, modes and CAMEO code of an act of this frame with this content.
    pub(super) fn compose(&self, frame: &Frame, content: Option<&Act<'a>>, negated: bool) -> Composition {
        let ontology = &self.coding.ontology;
        let own = Composition { event: frame.event, modes: frame.modes.clone(), cameo: frame.cameo.clone() };
        let spoken = content.and_then(|act| act.event.map(|event| (event, act.modes.as_slice())));
        let class = match frame.class {
            // "refused to rule out sanctions": what was not ruled out is what threatens.
            Class::Refuse if content.is_some_and(|act| act.class == Class::Exclude) => {
                let inner = content.and_then(|act| act.content.as_ref()).map(|(act, _)| act);
                let spoken = inner.and_then(|act| act.event.map(|event| (event, act.modes.as_slice())));
                return self.composed(Class::Exclude, spoken).unwrap_or(own);
            }
            Class::Exclude if negated => Class::Exclude,
            Class::Exclude => Class::Refuse,
            class => class,
        };
        match class {
            Class::Accuse => {
                let mut own = own;
                if own.modes.is_empty() && own.event == Some(EventType::ACCUSE) {
                    let mode = Mode::new(if spoken.is_some() { "allege" } else { "disapprove" });
                    own.cameo = own.cameo.or_else(|| ontology.cameo(EventType::ACCUSE, &[mode]).map(str::to_owned));
                    // A user's ontology may know no such mode.
                    own.modes.extend(ontology.has_mode(EventType::ACCUSE, mode).then_some(mode));
                }
                own
            }
            Class::Request | Class::Promise | Class::Refuse | Class::Threaten => {
                let mut composed = self.composed(class, spoken).unwrap_or_else(|| own.clone());
                if !frame.modes.is_empty() {
                    composed.modes.clone_from(&frame.modes);
                    composed.cameo.clone_from(&frame.cameo);
                }
                // A frame that says more than its class keeps its event where the content is unknown.
                if spoken.is_none() && frame.event.is_some() {
                    composed.event = frame.event;
                    composed.cameo = frame.cameo.clone().or(composed.cameo.filter(|_| frame.modes.is_empty()));
                }
                composed
            }
            Class::Plan | Class::Cease | Class::Exclude => match spoken {
                Some(_) => self.composed(class, spoken).unwrap_or(own),
                None => own,
            },
            _ => own,
        }
    }

    /// What the ontology's table says.
    pub(super) fn composed(&self, class: Class, spoken: Option<(EventType, &[Mode])>) -> Option<Composition> {
        self.coding.ontology.compose(class, spoken).map(|row| match row {
            Some(row) => {
                Composition { event: Some(row.event), modes: row.mode.into_iter().collect(), cameo: row.cameo.clone() }
            }
            None => Composition { event: None, modes: Vec::new(), cameo: None },
        })
    }

    /// Standing of what an act of this class speaks of.
    pub(super) fn content_status(class: Class, content: &Act<'a>) -> ContentStatus {
        match class {
            Class::Request => ContentStatus::Demanded,
            Class::Refuse | Class::Exclude | Class::Cease if content.class != Class::Exclude => ContentStatus::Negated,
            Class::Threaten | Class::Exclude | Class::Refuse => ContentStatus::Conditional,
            Class::Deny => ContentStatus::Denied,
            Class::Accuse | Class::Attitude | Class::Support => ContentStatus::Alleged,
            _ => ContentStatus::Planned,
        }
    }

    /// Recipients that only the content tells: whoever else takes part in what is spoken of.
    pub(super) fn recipients_from_content(
        class: Class,
        actors: &[Participant<'a>],
        content: &Act<'a>,
    ) -> Vec<Participant<'a>> {
        let other = |p: &&Participant<'a>| !actors.iter().any(|a| same(a, p));
        let doers = || content.actors.iter().filter(other).cloned().collect::<Vec<_>>();
        let receivers = || content.recipients.iter().filter(other).cloned().collect::<Vec<_>>();
        // Whoever suffers what is spoken of is not whom the accusation, appeal or praise is for.
        let (first, second) = match class {
            Class::Request | Class::Accuse | Class::Support | Class::Attitude => (doers(), Vec::new()),
            Class::Refuse => (doers(), receivers()),
            _ => (receivers(), doers()),
        };
        let mut found = if first.is_empty() { second } else { first };
        if found.is_empty()
            && let Some((inner, _)) = &content.content
        {
            found = Self::recipients_from_content(class, actors, inner);
        }
        for p in &mut found {
            p.path = format!("content, {}", p.path);
        }
        found
    }

    /// Who is to do what is asked for, where no frame knows it ("pressed for Russia to pay", "demanded that Russia pay").
    pub(super) fn asked_to(&self, topics: &[TokenId], actors: &[Participant<'a>]) -> Vec<Participant<'a>> {
        let s = self.sentence;
        let subjects: Vec<Argument> = topics
            .iter()
            .filter(|&&topic| s.tokens[topic].upos == Upos::Verb && !self.grammar.passive(topic))
            .flat_map(|&topic| s.dependents_by(topic, Relation::Nsubj))
            .map(|subject| Argument { token: subject, path: "subject of what is asked for".to_owned() })
            .collect();
        let mut found = self.participants(&subjects, false);
        found.retain(|p| !actors.iter().any(|a| same(a, p)) && p.actor.can_act);
        found
    }

    /// Whom help is for, where its purpose tells ("donated ventilators to help Ethiopia fight the disease").
    pub(super) fn helped(&self, trigger: &Trigger, actors: &[Participant<'a>]) -> Vec<Participant<'a>> {
        let s = self.sentence;
        let lent = self.support_verb(trigger.head).map(|(verb, _)| verb);
        let objects = self.grammar.logical_object(trigger.head).into_iter().map(|object| object.token);
        let around: Vec<TokenId> = trigger.words.iter().copied().chain(lent).chain(objects).collect();
        let helping = |argument: &Argument| {
            let verb = &s.tokens[argument.token];
            matches!(
                verb.lemma.to_lowercase().as_str(),
                "help" | "assist" | "support" | "feed" | "aid" | "protect" | "shelter"
            )
        };
        let purposes = around.iter().flat_map(|&word| self.grammar.clauses(word)).filter(helping);
        let objects: Vec<Argument> = purposes
            .flat_map(|purpose| self.grammar.logical_object(purpose.token))
            .map(|object| Argument { token: object.token, path: "whom it is to help".to_owned() })
            .collect();
        let mut found = self.participants(&objects, true);
        found.retain(|p| !actors.iter().any(|a| same(a, p)));
        found
    }

    /// Whether the act's trigger is a noun that stands without a verb of its own.
    pub(super) fn is_mention(&self, act: &Act<'a>) -> bool {
        act.kind == PatternKind::Noun && self.support_verb(act.head).is_none()
    }
}

/// Whether two participants are the same actor. Those whose country only the document tells may be any two of it.
pub fn same(a: &Participant<'_>, b: &Participant<'_>) -> bool {
    a.actor.range == b.actor.range && a.actor.code == b.actor.code
        || (a.actor.code.is_some() || a.actor.id.is_some())
            && a.actor.code == b.actor.code
            && a.actor.sectors == b.actor.sectors
            && a.actor.id == b.actor.id
            && (a.actor.canonical.is_some() && a.actor.canonical == b.actor.canonical
                || !a.actor.by_context() && !b.actor.by_context())
}
