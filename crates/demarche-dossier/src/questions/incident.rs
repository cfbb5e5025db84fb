//! One happening and all who report it.

use std::collections::BTreeSet;

use demarche_record::{Count, CountKind, Day, Event};

use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::load;

/// A happening with its witnesses.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// The events, the first report first: by publication, then by id. There is at least one.
    pub witnesses: Vec<Witnessing>,
    /// First day on which it is said to have begun.
    pub first: Option<Day>,
    /// Last day on which it is said to have ended.
    pub last: Option<Day>,
    /// Figures of people, as reported by whom.
    pub figures: Vec<Figure>,
    /// Kinds of figures on which reports differ: their ranges have nothing in common.
    pub disputed: BTreeSet<CountKind>,
    /// Distinct publishers that report it.
    pub publishers: BTreeSet<String>,
    /// Distinct stories that tell it: copies of one report corroborate nothing.
    pub stories: usize,
}

/// An event of an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Witnessing {
    /// The event.
    pub event: Event,
    /// Day on which its document was published.
    pub published: Option<Day>,
}

/// A figure and who reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The figure.
    pub count: Count,
    /// Id of the event.
    pub event: String,
    /// Its publisher.
    pub publisher: Option<String>,
}

impl Dossier {
    /// The incident that an event is a witness of, by the event's id; the event alone where it has not been compared yet.
    ///
    /// # Errors
    /// [`DossierError::NoSuchId`].
    pub fn incident(&self, event: &str) -> Result<Incident, DossierError> {
        let row = self.event_row(event)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT e.id AS id, documents.date AS published, COALESCE(story, -documents.id) AS story
             FROM events AS e JOIN documents ON documents.id = e.document
             WHERE e.id = ?1 OR e.id IN (SELECT event FROM incidents
                                           WHERE incident = (SELECT incident FROM incidents WHERE event = ?1))
             ORDER BY published IS NULL, published, documents.name, e.number",
        )?;
        let mut rows = statement.query([row])?;
        let (mut witnesses, mut stories) = (Vec::new(), BTreeSet::new());
        while let Some(row) = rows.next()? {
            stories.insert(row.get::<_, i64>("story")?);
            witnesses.push(Witnessing {
                event: load::event(&self.connection, row.get("id")?)?,
                published: load::day(row.get("published")?)?,
            });
        }
        Ok(summary(witnesses, stories.len()))
    }
}

fn summary(witnesses: Vec<Witnessing>, stories: usize) -> Incident {
    let events = || witnesses.iter().map(|witness| &witness.event);
    let figures: Vec<Figure> = events()
        .flat_map(|event| {
            event.counts.iter().map(|count| Figure {
                count: count.clone(),
                event: event.id.clone(),
                publisher: event.cite_info.publication.clone(),
            })
        })
        .collect();
    Incident {
        first: events().filter_map(|event| event.date).min(),
        last: events().filter_map(|event| event.enddate.or(event.date)).max(),
        disputed: CountKind::ALL.iter().copied().filter(|&kind| is_disputed(&figures, kind)).collect(),
        publishers: events().filter_map(|event| event.cite_info.publication.clone()).collect(),
        figures,
        stories,
        witnesses,
    }
}

/// Whether some two figures of a kind cannot both be right: the greatest lower bound is above the least upper one.
fn is_disputed(figures: &[Figure], kind: CountKind) -> bool {
    let counts = || figures.iter().map(|figure| &figure.count).filter(|count| count.kind == kind);
    let lowest = counts().map(|count| count.low).max();
    let highest = counts().filter_map(|count| count.high).min();
    lowest.zip(highest).is_some_and(|(lowest, highest)| lowest > highest)
}
