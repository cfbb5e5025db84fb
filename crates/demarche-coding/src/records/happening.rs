//! One happening told several times in a document is one record with its witnesses.

use demarche_record::{EventType, Witness};

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
