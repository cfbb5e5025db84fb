//! When an act takes place, and whether that is long before the report.

use demarche_language::{Precision, Relation, Resolved, Sentence, TimeKind, Token, TokenId, Upos};
use demarche_record::{DatePrecision, Day, Span, Status, TextRange};

use super::chronology::{Age, Bearing, remembered};
use super::tense::{Tense, tense};
use super::{Desk, Seat};
use crate::acts::Act;
use crate::frames::Class;
use crate::status::Reality;

/// Sentences back from which an account of the past carries its date on: in a history, and in the news.
const CARRIED: (usize, usize) = (8, 3);
/// Verbs of reports: who says something says it now.
const REPORTING: &[&str] = &[
    "accord", "add", "announce", "believe", "call", "estimate", "expect", "insist", "report", "say", "tell", "urge",
    "warn",
];
/// Words that take a report back to the present.
const NOW: &[&str] = &["now", "today", "still", "currently", "recently", "meanwhile"];

/// When an act takes place.
pub(super) struct When {
    pub date: Option<Day>,
    pub enddate: Option<Day>,
    pub precision: Option<DatePrecision>,
    pub span: Option<Span>,
    /// Long before the report.
    pub historical: bool,
}

/// What is carried on from a sentence before: the words that date it, and the dates.
type Carried = (TextRange, Option<Resolved>);

impl<'a> Desk<'a> {
    /// The time expression nearest to the trigger, else the document's day for what is told as news.
    pub(super) fn when(&self, seat: Seat<'a>, act: &Act<'a>) -> When {
        let sentence = seat.sentence();
        let future = matches!(act.reality, Reality::Future | Reality::Would);
        let speaks = !matches!(act.class, Class::Act | Class::Meet | Class::Fight | Class::Cease);
        let own = self.chronology.bearing(sentence, act.head, speaks, future, None);
        let in_memory = remembered(sentence, act.head);
        if in_memory && own.is_none_or(|own| own.age != Age::Past) {
            return When { date: None, enddate: None, precision: None, span: None, historical: true };
        }
        if let Some(own) = own {
            return self.dated(seat, act, own);
        }
        if let Some((range, value)) = self.told_before(seat, act, speaks) {
            let past = Bearing { range, value, age: Age::Past, kind: TimeKind::Point };
            return self.dated(seat, act, past);
        }
        let told = act.status != Status::Historical;
        let date = self.day().filter(|_| told).map(Day);
        When { date, enddate: None, precision: date.map(|_| DatePrecision::Day), span: None, historical: false }
    }

    fn dated(&self, seat: Seat<'a>, act: &Act<'a>, bearing: Bearing) -> When {
        let Bearing { range, value, age, kind } = bearing;
        let Some(value) = value else {
            let past = age == Age::Past;
            return When {
                date: None,
                enddate: None,
                precision: None,
                span: past.then(|| seat.span(range)),
                historical: past,
            };
        };
        let precision = match value.precision {
            Precision::Day => DatePrecision::Day,
            Precision::Week => DatePrecision::Week,
            Precision::Month => DatePrecision::Month,
            Precision::Year => DatePrecision::Year,
        };
        // Without the report's date, a year in a relative clause or participle tells background.
        let aside = self.day().is_none()
            && kind != TimeKind::Since
            && value.precision == Precision::Year
            && matches!(seat.sentence().tokens[act.head].relation, Relation::AclRelcl | Relation::Acl);
        When {
            date: Some(Day(value.start)),
            enddate: value.end.filter(|end| *end != value.start).map(Day),
            precision: Some(precision),
            span: Some(seat.span(range)),
            historical: aside || age == Age::Past,
        }
    }

    /// In an account of the past, the date that an act without one goes on from: that of the last sentence before it that has a
    /// date, if it is long past ("In 1830 it forbade immigration. It sent troops"). In the news, only what takes up the
    /// sentence before in the past tense goes on from it.
    fn told_before(&self, seat: Seat<'a>, act: &Act<'a>, speaks: bool) -> Option<Carried> {
        let fact = matches!(act.reality, Reality::Fact | Reality::Progress) && act.status == Status::Happened;
        let sentence = seat.sentence();
        if !fact || !matches!(tense(sentence, act.head), Tense::Past | Tense::PastPerfect | Tense::None) {
            return None;
        }
        let history = self.genre.genre.told_of_the_past;
        let most = if history { CARRIED.0 } else { CARRIED.1 };
        let before = seat.part.sentences.get(seat.index.saturating_sub(most)..seat.index)?;
        if history {
            let (range, value) = before.iter().rev().find_map(|earlier| self.chronology.any_past(earlier))?;
            return Some(self.counted_from(sentence, act, speaks, value).unwrap_or((range, value)));
        }
        let mut later = sentence;
        for earlier in before.iter().rev() {
            if !goes_on(later) || !takes_up(later, earlier) {
                return None;
            }
            let root = earlier.root()?;
            let past = in_the_past(tense(earlier, root));
            match self.chronology.bearing(earlier, root, false, false, None) {
                Some(Bearing { range, value, age: Age::Past, kind }) if past && kind != TimeKind::Since => {
                    return Some(self.counted_from(sentence, act, speaks, value).unwrap_or((range, value)));
                }
                Some(_) => return None,
                None => later = earlier,
            }
        }
        None
    }

    /// A time that counts from the one carried on: "a decade later".
    fn counted_from(
        &self,
        sentence: &Sentence,
        act: &Act<'_>,
        speaks: bool,
        named: Option<Resolved>,
    ) -> Option<Carried> {
        let found = self.chronology.bearing(sentence, act.head, speaks, false, Some(named?))?;
        (found.value.is_some() && found.age == Age::Past).then_some((found.range, found.value))
    }
}

fn in_the_past(tense: Tense) -> bool {
    matches!(tense, Tense::Past | Tense::PastPerfect)
}

/// Whether a sentence may go on with an account of the past: it reports no one's words of today and does not come back to now.
fn goes_on(sentence: &Sentence) -> bool {
    let Some(root) = sentence.root() else { return false };
    let reports = REPORTING.contains(&sentence.tokens[root].lemma.to_lowercase().as_str());
    let now = || sentence.tokens.iter().any(|token| NOW.contains(&token.form.to_lowercase().as_str()));
    !reports && in_the_past(tense(sentence, root)) && !now()
}

/// Whether a sentence takes up what the one before told: by a pronoun, by "the two nations", by "the agreement" where one was told
/// of, by "later", by the past perfect.
fn takes_up(sentence: &Sentence, earlier: &Sentence) -> bool {
    let Some(root) = sentence.root() else { return false };
    let subject = sentence.dependent(root, &[Relation::Nsubj, Relation::NsubjPass]);
    let again = |token: TokenId| {
        let definite = |d: &&TokenId| {
            sentence.tokens[**d].relation != Relation::CcPreconj
                && matches!(
                    sentence.tokens[**d].form.to_lowercase().as_str(),
                    "both" | "two" | "these" | "those" | "this"
                )
        };
        let named_before = || {
            let same = |other: &Token| other.upos == Upos::Noun && other.lemma == sentence.tokens[token].lemma;
            sentence.tokens[token].upos == Upos::Noun
                && sentence
                    .dependents_by(token, Relation::Det)
                    .any(|d| sentence.tokens[d].form.eq_ignore_ascii_case("the"))
                && earlier.tokens.iter().any(same)
        };
        sentence.tokens[token].upos == Upos::Pron
            || sentence.dependents(token).iter().any(|d| definite(&d))
            || named_before()
    };
    let later = || {
        sentence.tokens.iter().any(|token| {
            matches!(token.form.to_lowercase().as_str(), "later" | "afterwards" | "afterward" | "subsequently" | "then")
        })
    };
    subject.is_some_and(again) || tense(sentence, root) == Tense::PastPerfect || later()
}
