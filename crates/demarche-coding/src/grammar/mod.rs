//! Arguments in the tree: subjects, objects and obliques of verbs and their nominal counterparts, through voice, control,
//! relative clauses, participles and coordination. Universal Dependencies v2 for English.

mod subjects;

use demarche_language::{Relation, Sentence, TokenId, Upos, Xpos};

/// How often a subject may be sought in a governing clause; longer chains are parse errors.
const MAX_CLIMB: usize = 6;

/// Verbs that always have an object: without one, their past form is a participle.
const TRANSITIVE: &[&str] = &[
    "accuse", "suspect", "convict", "acquit", "arrest", "detain", "jail", "imprison", "kill", "injure", "wound",
    "kidnap", "abduct", "free", "charge", "indict", "sentence", "expel", "deport", "oust", "displace", "evacuate",
    "rescue",
];

/// Nouns that only measure what follows "of".
const QUANTITIES: &[&str] = &[
    "thousand", "hundred", "dozen", "score", "million", "billion", "number", "group", "couple", "majority", "handful",
    "ton", "tonne", "shipment", "amount", "batch", "series", "%", "percent", "half", "third", "part", "rest", "most",
    "pair", "crowd", "worth", "some", "all", "many", "several", "round", "wave", "string", "spate", "flurry", "set",
    "variety", "range",
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

    /// The word that governs a word.
    pub fn head(self, token: TokenId) -> Option<TokenId> {
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
        if self.headline_passive(verb) {
            return true;
        }
        // "One militant was reported wounded", "saw 120 soldiers killed": a participle that another verb governs.
        if token.xpos == Xpos::Vbn
            && matches!(token.relation, Relation::Xcomp | Relation::Ccomp)
            && s.dependent(verb, &[Relation::Aux, Relation::Obj, Relation::Ccomp, Relation::Xcomp]).is_none()
        {
            return true;
        }
        // "people killed execution-style": the parser at times takes the participle after its noun for the past tense.
        let after_noun = token.relation == Relation::Acl && token.xpos == Xpos::Vbd;
        if !(token.xpos == Xpos::Vbn || after_noun) || s.dependent(verb, &[Relation::Aux, Relation::Nsubj]).is_some() {
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

    /// Whether a headline leaves out the auxiliary of a verb that always has an object ("Minister accused of fraud").
    fn headline_passive(self, verb: TokenId) -> bool {
        let s = self.sentence;
        let token = &s.tokens[verb];
        token.relation == Relation::Root
            && matches!(token.xpos, Xpos::Vbn | Xpos::Vbd)
            && self.lemma_is(verb, TRANSITIVE)
            && s.dependent(verb, &[Relation::Obj, Relation::Aux, Relation::Ccomp, Relation::Iobj]).is_none()
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
            && !s.dependents_by(verb, Relation::Advmod).any(|d| s.tokens[d].xpos == Xpos::Wrb)
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
        // "began a round of talks"
        if self.relation(noun) == Relation::Nmod
            && let Some(measure) = self.head(noun)
            && self.preposition(noun) == "of"
            && self.lemma_is(measure, QUANTITIES)
            && let Some(verb) = self.verb_of_noun_direct(measure)
        {
            return Some(verb);
        }
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
        s.dependents(noun).iter().copied().find(|&d| {
            // "an incursion to pursue rebels": the infinitive says what for.
            let purpose = s.tokens[d].xpos == Xpos::Vb && !self.passive(d);
            matches!(self.relation(d), Relation::Acl | Relation::AclRelcl) && s.tokens[d].upos == Upos::Verb && !purpose
        })
    }

    fn verb_of_noun_direct(self, noun: TokenId) -> Option<TokenId> {
        self.head(noun).filter(|&head| {
            self.sentence.tokens[head].upos == Upos::Verb
                && matches!(self.relation(noun), Relation::Obj | Relation::NsubjPass)
        })
    }
}
