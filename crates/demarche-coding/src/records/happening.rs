//! One happening told several times in a document is one record with its witnesses.

use demarche_language::{Relation, Token, Upos, Xpos};
use demarche_record::{EventType, Sector, Witness};

use super::event::Draft;
use crate::acts::Participant;

/// Joins drafts that tell the same happening; the most complete keeps its record, the others become witnesses.
pub(super) fn join(drafts: Vec<Draft<'_>>) -> Vec<Draft<'_>> {
    let mut out: Vec<Draft<'_>> = Vec::new();
    for draft in drafts {
        match out.iter_mut().find(|known| one(known, &draft)) {
            Some(known) => absorb(known, draft),
            None => out.push(draft),
        }
    }
    out
}

fn overlap(a: &[Participant<'_>], b: &[Participant<'_>]) -> bool {
    a.iter().any(|x| {
        b.iter().any(|y| {
            let told = !x.actor.by_context() && !y.actor.by_context();
            x.actor.same_as(y.actor)
                || told && x.actor.code.is_some() && x.actor.code == y.actor.code && compatible(x, y)
        })
    })
}

/// A country and its government or office holder are one side of a meeting; two different sectors are not.
fn compatible(x: &Participant<'_>, y: &Participant<'_>) -> bool {
    x.actor.sectors.is_empty() || y.actor.sectors.is_empty() || x.actor.sectors == y.actor.sectors
}

fn covered(a: &[Participant<'_>], b: &[Participant<'_>]) -> bool {
    a.iter().all(|x| overlap(std::slice::from_ref(x), b))
}

fn one(known: &Draft<'_>, draft: &Draft<'_>) -> bool {
    let (a, b) = (&known.act, &draft.act);
    if known.event.event != draft.event.event || known.event.status != draft.event.status {
        return false;
    }
    let same_sentence = known.place.0 == draft.place.0 && known.place.1 == draft.place.1;
    let dates = known.event.date.is_none()
        || draft.event.date.is_none()
        || known.event.date == draft.event.date
        || known.event.evidence.date.is_none()
        || draft.event.evidence.date.is_none();
    let content = |act: &crate::acts::Act<'_>| act.content.as_ref().map(|(inner, _)| inner.event);
    let headline = known.place.0 != draft.place.0;
    if !dates || (!headline && content(a) != content(b)) {
        return false;
    }
    if !same_sentence && !headline && retold(known, draft) {
        return true;
    }
    let actors = !a.actors.is_empty()
        && !b.actors.is_empty()
        && (covered(&a.actors, &b.actors) || covered(&b.actors, &a.actors));
    let recipients = a.recipients.is_empty() && b.recipients.is_empty() || overlap(&a.recipients, &b.recipients);
    if a.event == Some(EventType::CONSULT) {
        // A meeting named again ("the talks") is the same meeting.
        return actors && (recipients || a.recipients.is_empty() || b.recipients.is_empty());
    }
    let lemma =
        |draft: &Draft<'_>| draft.seat.part.sentences[draft.seat.index].tokens[draft.act.head].lemma.to_lowercase();
    if headline {
        // A headline tells what the text tells, with fewer words.
        let alike = |x: &Participant<'_>, y: &Participant<'_>| {
            // The text may tell whose they are where the headline does not.
            (x.actor.code.is_none() || y.actor.code.is_none())
                && !x.actor.sectors.is_empty()
                && x.actor.sectors == y.actor.sectors
        };
        let actors = actors || a.actors.iter().any(|x| b.actors.iter().any(|y| alike(x, y)));
        let unknown = |act: &crate::acts::Act<'_>| act.recipients.iter().all(|p| p.actor.code.is_none());
        return actors && (recipients || unknown(a) || unknown(b));
    }
    actors && recipients && !same_sentence && (lemma(known) == lemma(draft) || a.frame.is_some() && a.frame == b.frame)
}

/// How many sentences after the first telling a happening may be told again without who did it.
const RETOLD_WITHIN: usize = 2;

/// Whether a deed without doer is one just told with its doer, of the same one it was done to ("Police arrested a general.
/// The general was taken on Monday").
fn retold(known: &Draft<'_>, draft: &Draft<'_>) -> bool {
    let (a, b) = (&known.act, &draft.act);
    let ([to], [again]) = (a.recipients.as_slice(), b.recipients.as_slice()) else { return false };
    let last = known.told_in.iter().map(|&(_, index)| index).max().unwrap_or_default();
    let near = draft.place.1.checked_sub(last).is_some_and(|after| (1..=RETOLD_WITHIN).contains(&after));
    let modes = a.modes.is_empty() || b.modes.is_empty() || a.modes.iter().any(|mode| b.modes.contains(mode));
    if a.actors.is_empty() || !b.actors.is_empty() || !near || !modes {
        return false;
    }
    if to.actor.code.is_some() && again.actor.code.is_some() && to.actor.code != again.actor.code {
        return false;
    }
    // "The attacker was killed" is not said of the one whom he attacked.
    let doer = a.actors.iter().any(|doer| {
        doer.actor.sectors.iter().any(|sector| again.actor.sectors.contains(sector))
            || again.actor.antecedent.is_some_and(|of| of == doer.actor.range)
    });
    let taken_up = again.actor.antecedent.is_none_or(|of| of == to.actor.range || to.actor.antecedent == Some(of));
    !doer && taken_up && same_sort(to, again) && takes_up(known, to, draft, again)
}

/// Whether two may be one by what is said of them: the same sector, or of both that they are armed, or only that they are people.
fn same_sort(to: &Participant<'_>, again: &Participant<'_>) -> bool {
    let armed = |sector: &Sector| matches!(sector, Sector::Reb | Sector::Uaf | Sector::Mil | Sector::Crm | Sector::Pty);
    let plain = |sector: &Sector| matches!(sector, Sector::Cvl | Sector::Unk);
    let (a, b) = (&to.actor.sectors, &again.actor.sectors);
    a.is_empty()
        || b.is_empty()
        || a.iter().any(|sector| b.contains(sector))
        || a.iter().any(armed) && b.iter().any(armed)
        || b.iter().all(plain)
}

/// Whether the second phrase is one that takes up the first: a pronoun, "the" with a noun, or a name after a description; of the
/// same number.
fn takes_up(known: &Draft<'_>, to: &Participant<'_>, draft: &Draft<'_>, again: &Participant<'_>) -> bool {
    let sentence = draft.seat.sentence();
    let first = known.seat.sentence().tokens.get(to.token);
    let (Some(first), Some(second)) = (first, sentence.tokens.get(again.token)) else { return false };
    let several = |token: &Token| {
        matches!(token.xpos, Xpos::Nns | Xpos::Nnps)
            || matches!(token.form.to_lowercase().as_str(), "they" | "them" | "their")
    };
    let definite = sentence.dependents_by(again.token, Relation::Det).any(|d| {
        matches!(sentence.tokens[d].form.to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those")
    });
    let named = second.upos == Upos::Propn && first.upos == Upos::Noun;
    let pronoun = second.upos == Upos::Pron && again.actor.antecedent.is_some();
    several(first) == several(second) && (definite || named || pronoun)
}

fn absorb<'a>(known: &mut Draft<'a>, mut draft: Draft<'a>) {
    if known.place.0 != draft.place.0 {
        // A headline's happening is told by the text: that record stays. Spans of a title are no witness in the text.
        draft.told_in.append(&mut known.told_in);
        *known = draft;
        return;
    }
    let witness = Witness { sentence: draft.event.evidence.sentence, trigger: draft.event.evidence.trigger };
    if !known.event.witness.contains(&witness) && witness.sentence != known.event.evidence.sentence {
        known.event.witness.push(witness);
    }
    known.told_in.extend(draft.told_in);
    for mode in draft.event.mode {
        if !known.event.mode.contains(&mode) {
            known.event.mode.push(mode);
        }
    }
}
