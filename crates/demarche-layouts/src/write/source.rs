//! What layouts tell of a document that its records do not.

use std::collections::BTreeSet;

use demarche_record::{Day, Entity, Place, Record};

/// What layouts tell of a document and a record does not hold. What is not given stays empty in the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Day of publication.
    pub published: Option<Day>,
    /// People whom its records name, in the order of the alphabet.
    pub people: Vec<String>,
    /// Organisations, likewise.
    pub organisations: Vec<String>,
    /// Places, likewise.
    pub places: Vec<String>,
}

impl Source {
    /// A document by its day of publication and all its records.
    pub fn of(records: &[Record], published: Option<Day>) -> Self {
        let mut names = Names::default();
        for record in records {
            match record {
                Record::Event(event) => {
                    names.entities([&event.actor, &event.recipient, &event.attributed_to]);
                    names.place(event.event_loc.as_ref());
                }
                Record::Statement(statement) => {
                    names.entities([&statement.speaker, &statement.audience, &statement.toward]);
                }
                Record::Initiative(initiative) => {
                    names.entities([&initiative.party, &initiative.mediator, &initiative.host]);
                    names.place(initiative.venue.as_ref());
                }
            }
        }
        let [people, organisations, places] =
            [names.people, names.organisations, names.places].map(|set| set.into_iter().map(str::to_owned).collect());
        Self { published, people, organisations, places }
    }
}

#[derive(Default)]
struct Names<'a> {
    people: BTreeSet<&'a str>,
    organisations: BTreeSet<&'a str>,
    places: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn entities(&mut self, lists: [&'a Vec<Entity>; 3]) {
        for entity in lists.into_iter().flatten() {
            if let Some(name) = &entity.name {
                self.people.insert(name);
            } else if let Some(name) = &entity.identifier_text {
                // A bare state is a place, a state's own body an organisation.
                let of_state = entity.sector.is_empty() && entity.code.is_some_and(|code| !code.is_international());
                if of_state { &mut self.places } else { &mut self.organisations }.insert(name);
            }
        }
    }

    fn place(&mut self, place: Option<&'a Place>) {
        self.places.extend(place.and_then(|place| place.resolved_place.as_deref()));
    }
}
