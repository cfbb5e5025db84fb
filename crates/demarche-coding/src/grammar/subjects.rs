//! Who does what a verb says: subjects of its own, of the clause above it, of the noun that it stands by, after quotations.

use demarche_language::{Relation, TokenId, Upos, Xpos};

use super::{Argument, Grammar, MAX_CLIMB};

/// Verbs of saying that follow a quotation.
const SPEECH: &[&str] = &[
    "say", "add", "tell", "state", "explain", "note", "warn", "declare", "announce", "argue", "insist", "claim",
    "write", "reply", "comment", "remark", "observe", "continue",
];

/// Nouns of what someone wrote or said, whose participle has its speaker ("a report accusing the army").
const UTTERANCES: &[&str] = &[
    "statement",
    "report",
    "letter",
    "resolution",
    "declaration",
    "communique",
    "communiqué",
    "petition",
    "message",
    "note",
    "bill",
    "motion",
    "speech",
    "article",
    "announcement",
    "complaint",
    "lawsuit",
    "post",
    "tweet",
    "decree",
    "order",
];

impl Grammar<'_> {
    /// What stands as grammatical subject, sought in the governing clauses if the clause has none of its own.
    pub(super) fn surface_subject(self, verb: TokenId, depth: usize) -> Vec<Argument> {
        let s = self.sentence;
        let own: Vec<Argument> = s
            .dependents(verb)
            .iter()
            .copied()
            .filter(|&d| matches!(self.relation(d), Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter))
            .filter(|&d| !matches!(s.tokens[d].lemma.as_str(), "there"))
            .filter(|&d| d < verb || !self.displaced(verb, d))
            .map(|d| {
                let noun = self.antecedent(d);
                let path = self.relation(d).as_str();
                if noun == d {
                    Argument::new(d, path)
                } else {
                    Argument::new(noun, format!("{path} of relative clause"))
                }
            })
            .collect();
        let own = if own.is_empty() { self.displaced_subject(verb).into_iter().collect() } else { own };
        if !own.is_empty() || depth >= MAX_CLIMB {
            return own;
        }
        let Some(head) = self.head(verb) else { return own };
        let up = |found: Vec<Argument>, by: &str| -> Vec<Argument> {
            found.into_iter().map(|a| Argument::new(a.token, format!("{}, {by}", a.path))).collect()
        };
        match self.relation(verb) {
            Relation::Conj => up(self.surface_subject(head, depth + 1), "conj"),
            Relation::Xcomp | Relation::Ccomp => {
                let object = s.dependent(head, &[Relation::Obj, Relation::Iobj]);
                match object {
                    Some(object) if !self.lemma_is(head, &["promise", "vow", "threaten", "pledge"]) => {
                        vec![Argument::new(self.antecedent(object), "obj, control")]
                    }
                    _ if matches!(s.tokens[head].upos, Upos::Noun | Upos::Propn) => self.noun_controller(head, depth),
                    _ => up(self.surface_subject(head, depth + 1), "control"),
                }
            }
            Relation::Advcl => {
                if matches!(s.tokens[head].upos, Upos::Noun | Upos::Propn)
                    && s.dependent(head, &[Relation::Cop]).is_none()
                {
                    // "called off the strike hours after reaching a deal": the measure of time hangs on the verb.
                    match self
                        .head(head)
                        .filter(|_| matches!(self.relation(head), Relation::Obl | Relation::OblUnmarked))
                    {
                        Some(verb) if s.tokens[verb].upos == Upos::Verb => {
                            up(self.surface_subject(verb, depth + 1), "advcl")
                        }
                        _ => self.noun_controller(head, depth),
                    }
                } else {
                    // "urged Mali to withdraw" is at times parsed with an adverbial infinitive.
                    let object =
                        s.dependent(head, &[Relation::Obj]).filter(|_| s.tokens[verb].xpos == Xpos::Vb).filter(|_| {
                            self.lemma_is(head, &["urge", "call", "order", "ask", "tell", "press", "force", "push"])
                        });
                    object.map_or_else(
                        || up(self.surface_subject(head, depth + 1), "advcl"),
                        |object| vec![Argument::new(self.antecedent(object), "obj, control")],
                    )
                }
            }
            Relation::AclRelcl => vec![Argument::new(head, "relative clause")],
            Relation::Acl => {
                let uttered = s.tokens[verb].xpos == Xpos::Vbg && self.lemma_is(head, UTTERANCES);
                if s.tokens[verb].xpos == Xpos::Vb || uttered {
                    self.noun_controller(head, depth)
                } else {
                    vec![Argument::new(head, "acl")]
                }
            }
            _ => own,
        }
    }

    /// Who is to do what the infinitive of a noun says: "Iran's decision to", "made a promise to".
    fn noun_controller(self, noun: TokenId, depth: usize) -> Vec<Argument> {
        let s = self.sentence;
        if let Some(owner) = s.dependent(noun, &[Relation::NmodPoss]) {
            return vec![Argument::new(owner, "nmod:poss, control")];
        }
        let owners = self.oblique(noun, "by").into_iter().chain(self.oblique(noun, "for")).next();
        if let Some(by) = owners {
            return vec![Argument::new(by.token, format!("{}, control", by.path))];
        }
        match self.head(noun) {
            Some(verb) if matches!(self.relation(noun), Relation::Obj | Relation::Xcomp) => self
                .surface_subject(verb, depth + 1)
                .into_iter()
                .map(|a| Argument::new(a.token, format!("{}, control", a.path)))
                .collect(),
            _ => vec![Argument::new(noun, "noun")],
        }
    }

    /// Whether the subject that the parser hung on a quoted verb follows a speech verb after the quotation, to which it
    /// belongs ("\u{201c}... attacked us,\u{201d} said an official in Riga").
    fn displaced(self, quoted: TokenId, subject: TokenId) -> bool {
        (quoted + 1..subject).any(|verb| self.after_quotation(verb))
    }

    /// Whether a verb of saying stands right after a closing quotation mark or its comma, without subject of its own.
    fn after_quotation(self, verb: TokenId) -> bool {
        let s = self.sentence;
        let token = &s.tokens[verb];
        token.upos == Upos::Verb
            && SPEECH.contains(&token.lemma.to_lowercase().as_str())
            && s.dependent(verb, &[Relation::Nsubj]).is_none()
            && verb
                .checked_sub(1)
                .is_some_and(|before| s.tokens[before].form.ends_with(['"', '”', '»', '\'', '’', ',']))
    }

    fn displaced_subject(self, verb: TokenId) -> Option<Argument> {
        let s = self.sentence;
        if !self.after_quotation(verb) {
            return None;
        }
        let subject = (verb + 1..s.tokens.len().min(verb + 12)).find(|&d| {
            matches!(self.relation(d), Relation::Nsubj | Relation::NsubjPass)
                && s.tokens[d].head.is_some_and(|head| head < verb)
        })?;
        Some(Argument::new(subject, "nsubj after the quotation"))
    }

    /// Grammatical subject of a predicate adjective or participle, whatever its voice.
    pub fn surface_subject_of(self, predicate: TokenId) -> Vec<Argument> {
        self.surface_subject(predicate, 0)
    }

    /// Who does it: the subject of an active clause, the agent of a passive one.
    pub fn logical_subject(self, verb: TokenId) -> Vec<Argument> {
        if self.passive(verb) {
            let mut agent = self.oblique(verb, "by");
            agent.truncate(1);
            agent
        } else {
            self.surface_subject(verb, 0)
        }
    }
}
