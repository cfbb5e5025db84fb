//! Arguments in the tree: subjects, objects and obliques of verbs and their nominal counterparts, through voice, control,
//! relative clauses, participles and coordination. Universal Dependencies v2 for English.

use demarche_language::{Relation, Sentence, TokenId, Upos, Xpos};

/// How often a subject may be sought in a governing clause; longer chains are parse errors.
const MAX_CLIMB: usize = 6;

/// Verbs of saying that follow a quotation.
const SPEECH: &[&str] = &[
    "say", "add", "tell", "state", "explain", "note", "warn", "declare", "announce", "argue", "insist", "claim",
    "write", "reply", "comment", "remark", "observe", "continue",
];

/// Nouns that only measure what follows "of".
const QUANTITIES: &[&str] = &[
    "thousand", "hundred", "dozen", "score", "million", "billion", "number", "group", "couple", "majority", "handful",
    "ton", "tonne", "shipment", "amount", "batch", "series", "%", "percent", "half", "third", "part", "rest", "most",
    "pair", "crowd",
];

/// An argument and the relations through which it was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Head word of the argument.
    pub token: TokenId,
    /// Relations from the trigger to it, for `why.path`.
    pub path: String,
}

impl Argument {
    fn new(token: TokenId, path: impl Into<String>) -> Self {
        Self { token, path: path.into() }
    }
}

/// A sentence seen as clauses with arguments.
#[derive(Clone, Copy, Debug)]
pub struct Grammar<'a> {
    sentence: &'a Sentence,
}

impl<'a> Grammar<'a> {
    /// Looks at a sentence.
    pub const fn new(sentence: &'a Sentence) -> Self {
        Self { sentence }
    }

    fn relation(self, token: TokenId) -> Relation {
        self.sentence.tokens[token].relation
    }

    fn head(self, token: TokenId) -> Option<TokenId> {
        self.sentence.tokens[token].head
    }

    fn lemma_is(self, token: TokenId, lemmas: &[&str]) -> bool {
        lemmas.contains(&self.sentence.tokens[token].lemma.to_lowercase().as_str())
    }

    /// Whether the word heads a clause in the passive.
    pub fn passive(self, verb: TokenId) -> bool {
        let s = self.sentence;
        if s.dependent(verb, &[Relation::AuxPass, Relation::NsubjPass, Relation::CsubjPass]).is_some() {
            return true;
        }
        let token = &s.tokens[verb];
        if token.xpos != Xpos::Vbn || s.dependent(verb, &[Relation::Aux, Relation::Nsubj]).is_some() {
            return false;
        }
        match token.relation {
            Relation::Acl | Relation::Amod => true,
            Relation::Advcl => s.dependent(verb, &[Relation::Obj]).is_none(),
            // "were convicted and sentenced"; "has caught and freed them" is active, as its first verb is.
            Relation::Conj => token.head.is_some_and(|head| {
                if s.tokens[head].xpos == Xpos::Vbn {
                    self.passive(head)
                } else {
                    s.tokens[head].xpos == Xpos::Vbg && s.dependent(verb, &[Relation::Obj]).is_none()
                }
            }),
            // Headlines leave the auxiliary out ("Two killed in blast").
            Relation::Root => s.dependent(verb, &[Relation::OblAgent]).is_some(),
            _ => false,
        }
    }

    /// The noun a relative pronoun stands for; any other word stands for itself.
    pub fn antecedent(self, token: TokenId) -> TokenId {
        let word = &self.sentence.tokens[token];
        let relative = matches!(word.xpos, Xpos::Wdt | Xpos::Wp)
            || (word.upos == Upos::Pron && word.form.eq_ignore_ascii_case("that"));
        if !relative {
            return token;
        }
        let mut at = token;
        for _ in 0..MAX_CLIMB {
            if self.relation(at) == Relation::AclRelcl {
                return self.head(at).unwrap_or(token);
            }
            match self.head(at) {
                Some(head) => at = head,
                None => break,
            }
        }
        token
    }

    /// The word with its coordinated nominals, in text order.
    pub fn coordinated(self, token: TokenId) -> Vec<TokenId> {
        let mut out = vec![token];
        out.extend(self.sentence.dependents_by(token, Relation::Conj).filter(|&d| {
            matches!(
                self.sentence.tokens[d].upos,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num | Upos::X
            )
        }));
        out
    }

    /// The noun that a quantity measures ("dozens of judges"), or the word itself.
    pub fn measured(self, token: TokenId) -> TokenId {
        let word = &self.sentence.tokens[token];
        let quantity = word.upos == Upos::Num || QUANTITIES.contains(&word.lemma.to_lowercase().as_str());
        if !quantity {
            return token;
        }
        self.oblique(token, "of").first().map_or(token, |of| of.token)
    }

    /// What stands as grammatical subject, sought in the governing clauses if the clause has none of its own.
    fn surface_subject(self, verb: TokenId, depth: usize) -> Vec<Argument> {
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
                    self.noun_controller(head, depth)
                } else {
                    // "urged Mali to withdraw" is at times parsed with an adverbial infinitive.
                    let object = s.dependent(head, &[Relation::Obj]).filter(|_| {
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
                if s.tokens[verb].xpos == Xpos::Vb {
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

    /// To whom it is done: the object of an active clause, the subject of a passive one.
    pub fn logical_object(self, verb: TokenId) -> Vec<Argument> {
        let s = self.sentence;
        if self.passive(verb) {
            if self.relation(verb) == Relation::Amod {
                return self.head(verb).map(|noun| Argument::new(noun, "amod")).into_iter().collect();
            }
            return self.surface_subject(verb, 0);
        }
        let own: Vec<Argument> =
            s.dependents_by(verb, Relation::Obj).map(|d| Argument::new(self.antecedent(d), "obj")).collect();
        if !own.is_empty() {
            return own;
        }
        // Of "urged Mali to withdraw" the one urged is an indirect object where no other object stands.
        let addressed = self.indirect_object(verb);
        if !addressed.is_empty() && s.dependent(verb, &[Relation::Xcomp, Relation::Ccomp]).is_some() {
            return addressed;
        }
        // "the hostages Hamas holds": the noun is the object if the relative clause has another subject.
        if self.relation(verb) == Relation::AclRelcl
            && let Some(noun) = self.head(verb)
            && self.surface_subject(verb, 0).iter().any(|a| a.token != noun)
            && s.dependent(verb, &[Relation::Obl, Relation::Ccomp]).is_none_or(|d| self.antecedent(d) == d)
        {
            return vec![Argument::new(noun, "object of relative clause")];
        }
        // "attacked and killed three soldiers": the object stands by the last verb.
        if let Some(last) = s.dependents_by(verb, Relation::Conj).find(|&d| s.tokens[d].upos == Upos::Verb)
            && last == verb + 2
        {
            return s
                .dependents_by(last, Relation::Obj)
                .map(|d| Argument::new(self.antecedent(d), "conj, obj"))
                .collect();
        }
        own
    }

    /// Indirect object.
    pub fn indirect_object(self, verb: TokenId) -> Vec<Argument> {
        self.sentence.dependents_by(verb, Relation::Iobj).map(|d| Argument::new(self.antecedent(d), "iobj")).collect()
    }

    /// The preposition that introduces a word, in lower case; empty if none does.
    pub fn preposition(self, token: TokenId) -> String {
        self.sentence
            .dependents_by(token, Relation::Case)
            .map(|c| self.sentence.tokens[c].form.to_lowercase())
            .find(|case| case != "'s" && case != "’s" && case != "'" && case != "’")
            .unwrap_or_default()
    }

    fn first_word_is(self, head: TokenId, word: &str) -> bool {
        let first = self.sentence.subtree(head).first().copied();
        first.is_some_and(|first| {
            first != head
                && matches!(self.sentence.tokens[first].upos, Upos::Adp | Upos::Sconj)
                && self.sentence.tokens[first].form.eq_ignore_ascii_case(word)
        })
    }

    /// What the preposition introduces below a verb or noun. "between" and "among" take their whole coordination.
    pub fn oblique(self, head: TokenId, preposition: &str) -> Vec<Argument> {
        let s = self.sentence;
        s.dependents(head)
            .iter()
            .copied()
            .filter(|&d| {
                matches!(
                    self.relation(d),
                    Relation::Obl
                        | Relation::OblAgent
                        | Relation::Nmod
                        | Relation::NmodDesc
                        | Relation::Advcl
                        | Relation::Acl
                )
            })
            .filter(|&d| {
                let direct = s.dependents(d).iter().any(|&c| {
                    matches!(self.relation(c), Relation::Case | Relation::Mark)
                        && s.tokens[c].form.eq_ignore_ascii_case(preposition)
                });
                // A preposition at times hangs deeper, though it stands first ("the need for renewed talks to end").
                direct || (self.preposition(d).is_empty() && self.first_word_is(d, preposition))
            })
            .map(|d| Argument::new(self.antecedent(d), format!("{}:{preposition}", self.relation(d))))
            .collect()
    }

    /// Possessors of a noun.
    pub fn possessors(self, noun: TokenId) -> Vec<Argument> {
        self.sentence.dependents_by(noun, Relation::NmodPoss).map(|d| Argument::new(d, "nmod:poss")).collect()
    }

    /// Adjective and compound modifiers of a noun.
    pub fn modifiers(self, noun: TokenId) -> Vec<Argument> {
        self.sentence
            .dependents(noun)
            .iter()
            .copied()
            .filter(|&d| {
                matches!(
                    self.relation(d),
                    Relation::Amod | Relation::Compound | Relation::Nmod | Relation::NmodUnmarked | Relation::Nummod
                ) && self.preposition(d).is_empty()
                    && d < noun
            })
            .map(|d| Argument::new(d, self.relation(d).as_str()))
            .collect()
    }

    /// Clauses below a verb, noun or adjective: infinitives, that-clauses, gerunds.
    pub fn clauses(self, head: TokenId) -> Vec<Argument> {
        let s = self.sentence;
        s.dependents(head)
            .iter()
            .copied()
            .filter(|&d| match self.relation(d) {
                Relation::Xcomp | Relation::Ccomp | Relation::Acl => true,
                Relation::Advcl => {
                    matches!(s.tokens[d].xpos, Xpos::Vb)
                        && s.dependents_by(d, Relation::Mark).any(|m| s.tokens[m].form.eq_ignore_ascii_case("to"))
                }
                Relation::Parataxis => s.tokens[d].upos == Upos::Verb && d < head,
                _ => false,
            })
            .map(|d| Argument::new(d, self.relation(d).as_str()))
            .collect()
    }

    /// The verb of which a noun is the object ("launched an attack"), or which modifies it ("the attack launched by").
    pub fn verb_of_noun(self, noun: TokenId) -> Option<TokenId> {
        let s = self.sentence;
        if let Some(head) = self.head(noun)
            && s.tokens[head].upos == Upos::Verb
            && (matches!(self.relation(noun), Relation::Obj | Relation::NsubjPass)
                || (self.relation(noun) == Relation::Obl
                    && matches!(self.preposition(noun).as_str(), "in" | "to" | "under" | "with")))
        {
            return Some(head);
        }
        if self.relation(noun) == Relation::Conj
            && let Some(first) = self.head(noun)
        {
            return self.verb_of_noun_direct(first);
        }
        s.dependents(noun)
            .iter()
            .copied()
            .find(|&d| matches!(self.relation(d), Relation::Acl | Relation::AclRelcl) && s.tokens[d].upos == Upos::Verb)
    }

    fn verb_of_noun_direct(self, noun: TokenId) -> Option<TokenId> {
        self.head(noun).filter(|&head| {
            self.sentence.tokens[head].upos == Upos::Verb
                && matches!(self.relation(noun), Relation::Obj | Relation::NsubjPass)
        })
    }
}
