//! Indirect speech: what the grammar puts under a word of speech.

use demarche_record::TextRange;

use crate::labels::{Relation, Upos, Xpos};
use crate::sentence::{Sentence, TokenId};

use super::cue::form;
use super::marks::{Quoted, near};
use super::{Attribution, Passage, speaker};

/// How far up the tree what is told may stand.
pub(super) const MAX_CLIMB: usize = 8;

impl Passage<'_> {
    /// Everything told in indirect speech. Cues that tell direct speech already are left to it.
    pub(super) fn indirect(self, quoted: &[Quoted], direct: &[Attribution]) -> Vec<Attribution> {
        let mut out = Vec::new();
        let mut all_taken: Vec<Vec<TokenId>> = vec![Vec::new(); self.sentences.len()];
        for cue in direct.iter().filter_map(|attribution| attribution.cue.as_ref()) {
            if let Some(taken) = all_taken.get_mut(cue.sentence) {
                taken.push(cue.head);
            }
        }
        for (number, taken) in all_taken.iter().enumerate() {
            let quoted = near(quoted, self.sentences[number].range);
            for (words, source, topic) in self.according_to(number) {
                out.extend(self.told_by_source(number, &words, source, topic, quoted));
            }
            let verb = |lemma: &str| {
                let l = self.lexicon;
                l.says(lemma) || l.asks(lemma) || l.rates(lemma) || l.voices(lemma)
            };
            for head in self.cues(number, verb).into_iter().filter(|head| !taken.contains(head)) {
                out.extend(self.told_by_verb(number, head, quoted));
            }
            for head in self.nouns_and_adjectives(number) {
                out.extend(self.told_by_noun(number, head, quoted));
            }
        }
        out
    }

    fn told_by_source(
        self,
        number: usize,
        words: &[TokenId],
        source: TokenId,
        topic: TokenId,
        quoted: &[Quoted],
    ) -> Option<Attribution> {
        let sentence = &self.sentences[number];
        let &first = words.first()?;
        let phrase = if sentence.tokens[first].relation == Relation::Case { source } else { first };
        let mut without = sentence.subtree(phrase);
        without.extend(self.other_tellings(number, topic, first));
        let cue = self.cue(number, first, words);
        if !speaker::nominal(sentence, source) {
            return None;
        }
        let mut tokens = sentence.subtree(topic);
        // "It claimed, according to X, that": the claim is X's whole telling, and so are its parts.
        tokens.retain(|token| !without.contains(token));
        let relative = |t: &TokenId| *t < first && matches!(form(sentence, *t).as_str(), "which" | "who" | "whom");
        tokens.retain(|token| !relative(token));
        self.attribution(cue, Some(source), &tokens, quoted)
    }

    fn told_by_verb(self, number: usize, verb: TokenId, quoted: &[Quoted]) -> Option<Attribution> {
        let sentence = &self.sentences[number];
        let source = self
            .subject_within(number, verb)
            .or_else(|| speaker::of(sentence, verb))
            .filter(|&source| !speaker::first_person(sentence, source))?;
        let lemma = self.lemma(number, verb);
        let plain = sentence.tokens[source].upos == Upos::Noun && sentence.entity_at(source).is_none();
        if self.lexicon.is_sign(&lemma) && plain && !self.lexicon.is_source(&self.lemma(number, source)) {
            return None;
        }
        let (mut tokens, more) = self.told(number, verb, quoted)?;
        // "which he says will": the pronoun is the noun before.
        let relative = |t: TokenId| matches!(form(sentence, t).as_str(), "which" | "who" | "whom" | "that");
        let own = sentence.subtree(source);
        let within = self.subject_within(number, verb).is_some();
        tokens.retain(|&token| token > verb || !(relative(token) || (within && own.contains(&token))));
        let cue = self.cue(number, verb, &more);
        (!tokens.contains(&source)).then(|| self.attribution(cue, Some(source), &tokens, quoted)).flatten()
    }

    /// "which his lawyer said lasted": the tree at times gives the subject to the clause that is said.
    fn subject_within(self, number: usize, verb: TokenId) -> Option<TokenId> {
        let sentence = &self.sentences[number];
        let relative = sentence.tokens[verb].relation == Relation::AclRelcl
            && sentence.dependent(verb, &[Relation::Nsubj, Relation::NsubjPass]).is_none();
        let clause = sentence.dependent(verb, &[Relation::Ccomp]).filter(|_| relative)?;
        let subjects: Vec<TokenId> = sentence.dependents_by(clause, Relation::Nsubj).filter(|&d| d < verb).collect();
        let &last = subjects.last()?;
        (subjects.len() > 1 && speaker::nominal(sentence, last)).then_some(last)
    }

    /// What a verb tells, and the further words of its cue.
    fn told(self, number: usize, verb: TokenId, quoted: &[Quoted]) -> Option<(Vec<TokenId>, Vec<TokenId>)> {
        let sentence = &self.sentences[number];
        let lemma = self.lemma(number, verb);
        let whole = |head: TokenId| {
            let mut without = self.other_tellings(number, head, verb);
            if !self.lexicon.says(&lemma) || !self.clausal(number, head) {
                without.extend(self.vehicle(number, head));
            }
            let mut tokens = sentence.subtree(head);
            // "told the paper, however, that"
            let that = sentence.dependents_by(head, Relation::Mark).find(|&m| m > verb && form(sentence, m) == "that");
            tokens.retain(|&token| !without.contains(&token) && that.is_none_or(|that| token > that));
            tokens
        };
        if self.lexicon.says(&lemma) {
            let clause = sentence.dependents(verb).iter().copied().filter(|&d| {
                // What goes before has no "that": "in a sign that they disagree, aides said".
                (sentence.tokens[d].relation == Relation::Ccomp && (d > verb || !marked(sentence, d, "that")))
                    || (matches!(sentence.tokens[d].relation, Relation::Acl | Relation::Advcl | Relation::Parataxis)
                        && d > verb
                        && marked(sentence, d, "that"))
                    // "she said, it was": a clause behind.
                    || (sentence.tokens[d].relation == Relation::Parataxis && self.clausal(number, d))
            });
            let mut tokens: Vec<TokenId> = clause.flat_map(whole).collect();
            if tokens.is_empty() {
                tokens = self.hung_on_object(number, verb).map(whole).unwrap_or_default();
            }
            let particle = lemma != "point" || sentence.dependents_by(verb, Relation::CompoundPrt).next().is_some();
            if !tokens.is_empty() && particle {
                return Some((tokens, Vec::new()));
            }
            // "..., the ministry said": the telling hangs on what is told.
            let word = &sentence.tokens[verb];
            let hung = matches!(word.relation, Relation::Parataxis)
                && sentence.dependent(verb, &[Relation::Obj, Relation::Xcomp]).is_none_or(|d| d > verb);
            // "As the minister told the paper, ..."
            let as_told = word.relation == Relation::Advcl
                && marked(sentence, verb, "as")
                && sentence.dependent(verb, &[Relation::Nsubj]).is_some();
            if let Some(head) = word.head.filter(|_| hung || as_told) {
                let own = sentence.subtree(verb);
                let mut tokens = whole(head);
                tokens.retain(|token| !own.contains(token));
                return Some((tokens, Vec::new()));
            }
        }
        // "called a meeting to discuss it" asks for nothing; "called on them to stop" does.
        let upon = lemma != "call"
            || ["on", "upon"].iter().any(|p| speaker::oblique(sentence, verb, p).is_some())
            || sentence.tokens.get(verb + 1).is_some_and(|next| matches!(next.form.as_str(), "on" | "upon" | "for"));
        if self.lexicon.asks(&lemma) && upon {
            let infinitive = self.infinitive(number, verb);
            if let Some(head) = infinitive {
                return Some((whole(head), Vec::new()));
            }
        }
        if self.lexicon.voices(&lemma)
            && let Some(noun) = sentence.dependents_by(verb, Relation::Obj).next()
            && self.lexicon.speech_noun(&self.lemma(number, noun))
        {
            let clause = sentence.dependents(noun).iter().chain(sentence.dependents(verb)).copied().find(|&d| {
                matches!(sentence.tokens[d].relation, Relation::Acl | Relation::Ccomp | Relation::Advcl)
                    && marked(sentence, d, "that")
            });
            if let Some(head) = clause {
                return Some((whole(head), vec![noun]));
            }
        }
        let preposition = self.lexicon.prepositions(&lemma).iter().find_map(|p| speaker::oblique(sentence, verb, p));
        if let Some(head) = preposition {
            let mut tokens = whole(head);
            if lemma == "accuse"
                && let Some(accused) = sentence.dependents_by(verb, Relation::Obj).next()
            {
                tokens.extend(whole(accused));
            }
            return Some((tokens, Vec::new()));
        }
        if self.lexicon.names(&lemma)
            && let Some(thing) = sentence.dependents_by(verb, Relation::Obj).next()
            && sentence.tokens[thing].upos != Upos::Pron
        {
            return Some((whole(thing), Vec::new()));
        }
        self.rated(number, verb, quoted).map(|tokens| (tokens, Vec::new()))
    }

    /// What a verb calls something, where it cites words.
    fn rated(self, number: usize, verb: TokenId, quoted: &[Quoted]) -> Option<Vec<TokenId>> {
        let sentence = &self.sentences[number];
        let lemma = self.lemma(number, verb);
        if !self.lexicon.rates(&lemma) {
            return None;
        }
        let mut tokens: Vec<TokenId> = Vec::new();
        for &d in sentence.dependents(verb) {
            let taken = match sentence.tokens[d].relation {
                Relation::Obj | Relation::Xcomp | Relation::Ccomp => d > verb,
                Relation::Obl | Relation::Advcl | Relation::Dep | Relation::Parataxis => {
                    d > verb
                        && (lemma == "refer"
                            || cites(sentence.range_of(&sentence.subtree(d)), quoted)
                            || marked(sentence, d, "as")
                            || sentence.dependents_by(d, Relation::Case).any(|c| form(sentence, c) == "as"))
                }
                _ => false,
            };
            if taken {
                tokens.extend(sentence.subtree(d));
            }
        }
        let last = tokens.iter().copied().max()?;
        // The mark that closes stands behind.
        let range = sentence.range_of(&tokens).cover(sentence.tokens[(last + 1).min(sentence.tokens.len() - 1)].range);
        let cited = quoted.iter().any(|quoted| {
            let words = quoted.inner().of(self.text).split_whitespace().take(2).count();
            range.contains(TextRange::new(quoted.outer.start, quoted.outer.start + 1)) && (words > 1 || quoted.closed)
        });
        // 'called it a "sham"': of a phrase that is all in marks the article stands outside.
        tokens.sort_unstable();
        let article =
            |t: TokenId| sentence.tokens[t].relation == Relation::Det || matches!(form(sentence, t).as_str(), "as");
        let outside = tokens.iter().take_while(|&&t| article(t)).count();
        let opens = tokens
            .get(outside)
            .is_some_and(|&t| quoted.iter().any(|q| q.outer.start == sentence.tokens[t].range.start));
        if opens {
            tokens.drain(..outside);
        }
        cited.then_some(tokens)
    }

    /// The infinitive that is asked for or promised.
    fn infinitive(self, number: usize, verb: TokenId) -> Option<TokenId> {
        let sentence = &self.sentences[number];
        // Those that take a thing as well as an infinitive.
        let lemma = self.lemma(number, verb);
        let thing =
            ["request", "offer", "demand", "claim", "promise", "pledge", "threaten", "vow"].contains(&lemma.as_str());
        let to = |d: TokenId| {
            sentence.tokens[d].relation != Relation::Conj
                && matches!(
                    sentence.tokens[d].relation,
                    Relation::Xcomp | Relation::Advcl | Relation::Ccomp | Relation::Acl
                )
                && d > verb
                && (marked(sentence, d, "to") || sentence.tokens[d].xpos == Xpos::Vb)
                // "offered discounts to entice visitors": what for, not what.
                && (!thing || sentence.tokens[d].relation == Relation::Xcomp)
        };
        let own = sentence.dependents(verb).iter().copied().find(|&d| to(d));
        own.or_else(|| {
            // "called on the parties to stop", "urged the parties to stop" with the infinitive under the noun.
            let addressed = sentence.dependents(verb).iter().copied().filter(|&d| {
                d > verb
                    && !(thing && sentence.tokens[d].relation == Relation::Obj)
                    && matches!(sentence.tokens[d].relation, Relation::Obj | Relation::Iobj | Relation::Obl)
            });
            addressed
                .flat_map(|d| sentence.dependents(d))
                .copied()
                .find(|&d| sentence.tokens[d].relation == Relation::Acl && marked(sentence, d, "to"))
        })
    }

    /// A clause that the tree has under an object or oblique, though the verb takes it ("testified at the trial that", "claimed a
    /// meteorite fell").
    fn hung_on_object(self, number: usize, verb: TokenId) -> Option<TokenId> {
        let sentence = &self.sentences[number];
        let nominals = sentence.dependents(verb).iter().copied().filter(|&d| {
            d > verb && matches!(sentence.tokens[d].relation, Relation::Obj | Relation::Iobj | Relation::Obl)
        });
        nominals
            .clone()
            .flat_map(|d| sentence.dependents(d))
            .copied()
            .find(|&d| {
                matches!(sentence.tokens[d].relation, Relation::Acl | Relation::AclRelcl | Relation::Ccomp)
                    && sentence.dependents_by(d, Relation::Mark).any(|m| form(sentence, m) == "that")
            })
            .or_else(|| {
                nominals.filter(|&d| sentence.tokens[d].relation == Relation::Obj).find(|&d| {
                    sentence.dependents_by(d, Relation::Acl).any(|clause| {
                        matches!(sentence.tokens[clause].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
                            && sentence.dependent(clause, &[Relation::Nsubj, Relation::Mark]).is_none()
                    })
                })
            })
    }

    fn clausal(self, number: usize, token: TokenId) -> bool {
        let sentence = &self.sentences[number];
        sentence.dependent(token, &[Relation::Nsubj, Relation::NsubjPass, Relation::Expl]).is_some()
            && !self.lexicon.says(&self.lemma(number, token))
    }

    /// Nouns and adjectives of speech with a that-clause.
    fn nouns_and_adjectives(self, number: usize) -> Vec<TokenId> {
        let sentence = &self.sentences[number];
        (0..sentence.tokens.len())
            .filter(|&token| {
                let lemma = self.lemma(number, token);
                match sentence.tokens[token].upos {
                    Upos::Noun => self.lexicon.speech_noun(&lemma),
                    Upos::Adj => {
                        self.lexicon.speech_adjective(&lemma)
                            && sentence.dependent(token, &[Relation::Cop]).is_some()
                            && self.took_place(number, token)
                    }
                    _ => false,
                }
            })
            .collect()
    }

    fn told_by_noun(self, number: usize, head: TokenId, quoted: &[Quoted]) -> Option<Attribution> {
        let sentence = &self.sentences[number];
        let adjective = sentence.tokens[head].upos == Upos::Adj;
        let clause = sentence.dependents(head).iter().copied().find(|&d| {
            (matches!(sentence.tokens[d].relation, Relation::Acl | Relation::Ccomp | Relation::Advcl)
                || (adjective && sentence.tokens[d].relation == Relation::Parataxis))
                && d > head
                && marked(sentence, d, "that")
        })?;
        let source = if adjective {
            sentence.dependents_by(head, Relation::Nsubj).next()
        } else {
            sentence
                .dependents_by(head, Relation::NmodPoss)
                .next()
                .or_else(|| speaker::oblique(sentence, head, "by").or_else(|| speaker::oblique(sentence, head, "from")))
        };
        let possessive = |s: TokenId| ["my", "our"].contains(&form(sentence, s).as_str());
        let source = source.filter(|&s| {
            !speaker::first_person(sentence, s)
                && !possessive(s)
                && !["it", "this", "that", "its"].contains(&form(sentence, s).as_str())
        })?;
        // The verb above it may be the cue of the same telling ("voiced his concern that").
        let voiced = sentence.tokens[head].head.is_some_and(|verb| {
            sentence.tokens[head].relation == Relation::Obj && self.lexicon.voices(&self.lemma(number, verb))
        });
        if voiced && !adjective {
            return None;
        }
        let more: Vec<TokenId> = sentence.dependents_by(head, Relation::Cop).filter(|_| adjective).collect();
        let cue = self.cue(number, head, &more);
        let mut tokens = sentence.subtree(clause);
        if adjective
            && let Some(that) = sentence.dependents_by(clause, Relation::Mark).find(|&m| form(sentence, m) == "that")
        {
            tokens = sentence.subtree(head);
            tokens.retain(|&token| token > that);
        }
        self.attribution(cue, Some(source), &tokens, quoted)
    }
}

/// Whether a word introduces the clause that another heads.
fn marked(sentence: &Sentence, clause: TokenId, word: &str) -> bool {
    sentence.dependents_by(clause, Relation::Mark).any(|m| form(sentence, m) == word)
}

/// Whether some words of a range stand in quotation marks, and others outside of them.
fn cites(range: TextRange, quoted: &[Quoted]) -> bool {
    quoted.iter().any(|quoted| range.overlaps(quoted.inner()) && !quoted.inner().contains(range))
}
