//! Counts of one source by unit, month and class.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use demarche_record::{Code, DatePrecision, Event, EventType, QuadCode};
use jiff::civil::Date;

use crate::questions::Panel;

/// What events are told apart by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Of {
    /// Quad class.
    #[default]
    Quad,
    /// Event type.
    Event,
}

/// A class of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A quad class.
    Quad(QuadCode),
    /// An event type.
    Event(EventType),
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quad(quad) => f.write_str(match quad.0 {
                1 => "verbal cooperation",
                2 => "material cooperation",
                3 => "verbal conflict",
                4 => "material conflict",
                _ => "other",
            }),
            Self::Event(event) => write!(f, "{event}"),
        }
    }
}

/// A unit: a country, or a country and the one it acts towards.
pub(super) type UnitKey = (Code, Option<Code>);

/// A unit in a month, which is named by its first day.
pub(super) type CellKey = (UnitKey, Date);

/// How often one source tells of each unit in each month, by class.
#[derive(Clone, Debug)]
pub struct Cells {
    pub(super) by: Panel,
    pub(super) of: Of,
    pub(super) counts: BTreeMap<CellKey, BTreeMap<Class, u64>>,
    pub(super) left_out: u64,
}

impl Cells {
    /// No counts yet.
    pub fn new(by: Panel, of: Of) -> Self {
        Self { by, of, counts: BTreeMap::new(), left_out: 0 }
    }

    /// Counts an event.
    pub fn add_event(&mut self, event: &Event) {
        let month = month_of(event);
        let class = match self.of {
            Of::Quad => event.quad_code.map(Class::Quad),
            Of::Event => event.event.first().copied().map(Class::Event),
        };
        let units = self.units(event);
        let (Some(month), Some(class), false) = (month, class, units.is_empty()) else {
            self.left_out += 1;
            return;
        };
        for unit in units {
            self.add(unit, month, class, 1);
        }
    }

    pub(super) fn add(&mut self, unit: UnitKey, month: Date, class: Class, count: u64) {
        *self.counts.entry((unit, month)).or_default().entry(class).or_default() += count;
    }

    /// The units of an event, as the view `event_dyads` has them.
    fn units(&self, event: &Event) -> BTreeSet<UnitKey> {
        let actors: BTreeSet<Code> = event.actor.iter().filter_map(|actor| actor.code).collect();
        let recipients: BTreeSet<Code> = event.recipient.iter().filter_map(|recipient| recipient.code).collect();
        if self.by == Panel::CountryMonth {
            return actors.into_iter().map(|actor| (actor, None)).collect();
        }
        let pairs = |targets: &BTreeSet<Code>| -> BTreeSet<UnitKey> {
            actors.iter().flat_map(|&actor| targets.iter().map(move |&target| (actor, Some(target)))).collect()
        };
        if event.recipient.is_empty() {
            // Those who did it together are pairs both ways.
            pairs(&actors).into_iter().filter(|(actor, target)| Some(*actor) != *target).collect()
        } else {
            pairs(&recipients)
        }
    }

    /// Takes away what is not between two days: whole months, those of the two days among them.
    pub fn keep_between(&mut self, since: Option<Date>, until: Option<Date>) {
        self.counts.retain(|(_, month), _| {
            since.is_none_or(|since| *month >= since.first_of_month()) && until.is_none_or(|until| *month <= until)
        });
    }

    /// Events that are in no cell: their date is not exact enough for a month, or those who take part have no code.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// First and last month with an event.
    pub fn months(&self) -> Option<(Date, Date)> {
        let months = || self.counts.keys().map(|(_, month)| *month);
        months().min().zip(months().max())
    }
}

/// The month of an event whose date is exact enough for one.
fn month_of(event: &Event) -> Option<Date> {
    let first = event.date?.0;
    let last = event.enddate.map_or(first, |day| day.0);
    match event.date_precision? {
        DatePrecision::Day | DatePrecision::Month => Some(first.first_of_month()),
        DatePrecision::Week if last.first_of_month() == first.first_of_month() => Some(first.first_of_month()),
        DatePrecision::Week | DatePrecision::Year => None,
    }
}
