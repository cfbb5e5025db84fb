//! How real an act is, by the words around it: negation, modality, tense, condition, question.

use demarche_language::{Relation, Sentence, TokenId, Upos, Xpos};

/// What the grammar around a trigger says about its reality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reality {
    /// Told as a fact.
    Fact,
    /// In progress.
    Progress,
    /// It will be done.
    Future,
    /// It would be done.
    Would,
    /// It may or might be done.
    Possible,
    /// It must or should be done.
    Obligation,
    /// In the protasis of a condition ("if A attacks").
    Condition,
    /// It will not be done.
    Refused,
    /// It is not done.
    Negated,
    /// Only asked about.
    Question,
}

const CONDITIONS: &[&str] = &["if", "unless", "whether", "should", "lest"];

fn lower(sentence: &Sentence, token: TokenId) -> String {
    sentence.tokens[token].form.to_lowercase()
}

/// Whether the word itself is negated ("did not attack", "no talks", "without attacking").
pub fn negated(sentence: &Sentence, token: TokenId) -> bool {
    sentence.dependents(token).iter().any(|&d| match sentence.tokens[d].relation {
        Relation::Advmod => {
            matches!(lower(sentence, d).as_str(), "not" | "n't" | "n’t" | "never" | "nor" | "hardly" | "t")
        }
        Relation::Det => matches!(lower(sentence, d).as_str(), "no" | "neither"),
        Relation::Mark | Relation::Case => lower(sentence, d) == "without",
        Relation::Cc => lower(sentence, d) == "nor",
        // "Neither Chad nor Niger paid"
        Relation::Nsubj | Relation::NsubjPass => {
            matches!(lower(sentence, d).as_str(), "nobody" | "none" | "neither")
                || sentence.dependents(d).iter().any(|&c| {
                    matches!(sentence.tokens[c].relation, Relation::CcPreconj | Relation::Det)
                        && lower(sentence, c) == "neither"
                })
        }
        _ => false,
    })
}

/// The reality of a verb, adjective or noun trigger in its clause.
pub fn reality(sentence: &Sentence, trigger: TokenId) -> Reality {
    let verb = clause_of(sentence, trigger);
    if negated(sentence, trigger) || (verb != trigger && negated(sentence, verb)) {
        let will_not = matches!(modality(sentence, verb), Reality::Future | Reality::Would);
        return if will_not { Reality::Refused } else { Reality::Negated };
    }
    let mut at = verb;
    for _ in 0..8 {
        if awaits(sentence, at)
            || sentence.dependents_by(at, Relation::Mark).any(|m| CONDITIONS.contains(&lower(sentence, m).as_str()))
        {
            return Reality::Condition;
        }
        match (sentence.tokens[at].relation, sentence.tokens[at].head) {
            (Relation::Conj | Relation::Xcomp | Relation::Aux | Relation::Cop, Some(head)) => at = head,
            _ => break,
        }
    }
    if sentence.tokens.last().is_some_and(|last| last.form == "?") {
        return Reality::Question;
    }
    modality(sentence, verb)
}

/// The verb of the clause that a trigger stands in: itself, or the verb that governs a nominal trigger.
fn clause_of(sentence: &Sentence, trigger: TokenId) -> TokenId {
    let token = &sentence.tokens[trigger];
    if token.upos == Upos::Noun
        && matches!(token.relation, Relation::Obj | Relation::NsubjPass | Relation::Nsubj)
        && let Some(head) = token.head
    {
        return head;
    }
    trigger
}

fn modality(sentence: &Sentence, verb: TokenId) -> Reality {
    let mut progressive = false;
    for aux in sentence.dependents(verb).iter().copied() {
        if !matches!(sentence.tokens[aux].relation, Relation::Aux | Relation::AuxPass | Relation::Cop) {
            continue;
        }
        match lower(sentence, aux).as_str() {
            "will" | "'ll" | "’ll" | "shall" | "wo" => return Reality::Future,
            "would" | "'d" | "’d" => return Reality::Would,
            "may" | "might" | "could" | "can" => return Reality::Possible,
            "must" | "should" | "ought" => return Reality::Obligation,
            "is" | "are" | "am" | "'s" | "'re" => progressive = sentence.tokens[verb].xpos == Xpos::Vbg,
            _ => {}
        }
    }
    let token = &sentence.tokens[verb];
    // A verb coordinated with one under an auxiliary shares it ("will meet and discuss").
    if token.relation == Relation::Conj
        && matches!(token.xpos, Xpos::Vb | Xpos::Vbn | Xpos::Vbg)
        && let Some(head) = token.head
        && head < verb
        && sentence.dependent(verb, &[Relation::Aux, Relation::Nsubj]).is_none()
    {
        return modality(sentence, head);
    }
    // "should help negotiate", "will begin to withdraw": what is said of the verb above is said of its infinitive.
    if token.relation == Relation::Xcomp
        && token.xpos == Xpos::Vb
        && let Some(head) = token.head
        && sentence.tokens[head].upos == Upos::Verb
    {
        return match modality(sentence, head) {
            Reality::Progress => Reality::Fact,
            above => above,
        };
    }
    if progressive {
        return Reality::Progress;
    }
    if awaited(sentence, verb) { Reality::Future } else { Reality::Fact }
}

/// Whether a clause in the present tense tells what is waited for ("until they end the siege").
fn awaits(sentence: &Sentence, verb: TokenId) -> bool {
    let token = &sentence.tokens[verb];
    token.relation == Relation::Advcl
        && (matches!(token.xpos, Xpos::Vbp | Xpos::Vbz) || sentence.dependent(verb, &[Relation::Aux]).is_some())
        && sentence.dependents_by(verb, Relation::Mark).any(|d| matches!(lower(sentence, d).as_str(), "until" | "till"))
}

/// Whether a clause in the present tense tells when something to come will be ("will cut output when they meet").
fn awaited(sentence: &Sentence, verb: TokenId) -> bool {
    let token = &sentence.tokens[verb];
    let temporal = token.relation == Relation::Advcl
        && matches!(token.xpos, Xpos::Vbp | Xpos::Vbz)
        && sentence.dependents(verb).iter().any(|&d| {
            matches!(sentence.tokens[d].relation, Relation::Mark | Relation::Advmod)
                && matches!(lower(sentence, d).as_str(), "when" | "before" | "once" | "after")
        });
    temporal
        && token.head.is_some_and(|head| {
            head != verb
                && sentence.dependents(head).iter().any(|&aux| {
                    sentence.tokens[aux].relation == Relation::Aux
                        && matches!(lower(sentence, aux).as_str(), "will" | "'ll" | "’ll" | "shall" | "would")
                })
        })
}
