//! Records made up for tests: the same for the same number, all different, with every field used somewhere.

// Every test file uses its own part of this.
#![allow(dead_code, clippy::unwrap_used)]

use demarche_dossier::{Batch, Digest, Document, Keep, Report, Run};
use demarche_record::{
    CiteInfo, Code, Content, ContentStatus, Context, Count, CountKind, DatePrecision, Day, DecidedBy, Entity, Event,
    EventEvidence, EventType, Field, Mode, Place, QuadCode, Record, Sector, Span, Status, TextInfo, Why, Witness,
};

const COUNTRIES: [&str; 12] = ["CHN", "RUS", "USA", "FRA", "EGY", "ISR", "PSE", "TUR", "BRA", "IND", "MLI", "PER"];
const WORDS: [&str; 24] = [
    "border",
    "talks",
    "troops",
    "harbour",
    "villagers",
    "convoy",
    "minister",
    "envoy",
    "ceasefire",
    "northern",
    "grain",
    "prisoners",
    "bridge",
    "market",
    "protesters",
    "drought",
    "pipeline",
    "court",
    "election",
    "treaty",
    "hospital",
    "airport",
    "fishermen",
    "embassy",
];

/// Numbers that look random and are the same everywhere.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

pub fn run() -> Run {
    Run {
        program: "demarche".to_owned(),
        version: "0.1.0".to_owned(),
        model: "m1".to_owned(),
        data: "d1".to_owned(),
        dictionaries: Vec::new(),
        command: "demarche add news/".to_owned(),
    }
}

pub fn batch(reports: impl IntoIterator<Item = Report>) -> Batch {
    let mut batch = Batch::new(run(), Keep::Text);
    for report in reports {
        batch.push(report);
    }
    batch
}

pub fn entity(code: &str, sector: &[Sector], text: &str) -> Entity {
    Entity {
        code: Code::parse(code).ok(),
        sector: sector.to_vec(),
        entity_text: text.to_owned(),
        identifier_id: None,
        identifier_text: Some(format!("Country {code}")),
        name: None,
        office: None,
        religion: None,
        ethnicity: None,
        span: None,
    }
}

pub fn document(id: &str, publisher: &str, date: &str, text: &str) -> Document {
    Document {
        id: id.to_owned(),
        hash: Digest::of(text.as_bytes()),
        length: text.len() as u64,
        publisher: Some(publisher.to_owned()),
        url: None,
        title: Some(format!("Title of {id}")),
        date: date.parse().ok().map(Day),
        language: Some("en".to_owned()),
        genre: None,
    }
}

pub fn cite(document: &Document) -> CiteInfo {
    CiteInfo {
        url: document.url.clone(),
        title: document.title.clone(),
        language: document.language.clone(),
        publication: document.publisher.clone(),
        genre: document.genre.clone(),
        coder: run().program,
        version: run().version,
    }
}

/// An event with a sentence of its own and nothing else.
pub fn event(document: &Document, number: usize, event_type: EventType, text: &str) -> Event {
    let start = number * 1000;
    Event {
        id: format!("{}#e{number}", document.id),
        document: document.id.clone(),
        date: document.date,
        enddate: None,
        date_precision: document.date.map(|_| DatePrecision::Day),
        event: vec![event_type],
        mode: Vec::new(),
        context: Vec::new(),
        actor: Vec::new(),
        recipient: Vec::new(),
        event_loc: None,
        quad_code: Some(QuadCode(1)),
        event_scale: Some(1.0),
        cameo: Some("040".to_owned()),
        goldstein: Some(1.0),
        status: Status::Happened,
        attributed_to: Vec::new(),
        content: None,
        dead: None,
        injured: None,
        arrested: None,
        size: None,
        counts: Vec::new(),
        confidence: 0.5,
        text: text.to_owned(),
        text_info: TextInfo { sequence: number, start, end: start + text.chars().count() },
        evidence: EventEvidence {
            field: Field::Text,
            sentence: Span::new(start, start + text.len()),
            trigger: Span::new(start, start + 4),
            actor: Vec::new(),
            recipient: Vec::new(),
            place: None,
            date: None,
            attributed_to: Vec::new(),
            counts: Vec::new(),
        },
        witness: Vec::new(),
        why: Why {
            antecedents: Vec::new(),
            frame: Some("consult/meet".to_owned()),
            path: "nsubj, obj".to_owned(),
            by: DecidedBy::Frame,
            resolved: vec!["country name".to_owned()],
            same_as: None,
            vote: vec![
                demarche_record::Vote { event: "CONSULT".to_owned(), p: 0.97 },
                demarche_record::Vote { event: "AGREE".to_owned(), p: 0.02 },
            ],
            model: run().model,
            data: run().data,
        },
        cite_info: cite(document),
    }
}

/// Document number `seed` with `events` events.
pub fn report(seed: u64, events: usize) -> Report {
    let mut dice = Dice::new(seed + 1);
    let id = format!("doc-{seed}");
    let date = format!("2023-{:02}-{:02}", 1 + dice.roll(12), 1 + dice.roll(28));
    let document =
        document(&id, dice.pick(&["Example Wire", "Daily Example", "The Sample"]), &date, &format!("{seed}"));
    let records =
        (1..=events).map(|number| Record::Event(Box::new(made_event(&document, number, &mut dice)))).collect();
    Report { document, sentences: Vec::new(), records }
}

fn made_event(document: &Document, number: usize, dice: &mut Dice) -> Event {
    let (source, target) = (dice.pick(&COUNTRIES), dice.pick(&COUNTRIES));
    let words: Vec<String> = (0..18).map(|_| format!("{}{}", dice.pick(&WORDS), dice.roll(40))).collect();
    let text = format!("{source} officials met {target} officials about {}.", words.join(" "));
    let mut event = event(document, number, dice.pick(&EventType::PLOVER), &text);
    let start = event.evidence.sentence.start;
    event.actor = vec![entity(source, dice.pick(&[&[Sector::Gov][..], &[Sector::Mil], &[]]), source)];
    event.evidence.actor = vec![Span::new(start, start + 3)];
    event.recipient = vec![entity(target, &[Sector::Gov], target)];
    event.evidence.recipient = vec![Span::new(start + 18, start + 21)];
    event.mode = vec![Mode::new(dice.pick(&["meet", "visit", "phone"]))];
    event.context = vec![Context::new(dice.pick(&["diplomatic", "military", "economic"]))];
    event.event_loc = Some(place(dice.pick(&["Geneva", "Doha", "Cairo", "Lima"]), dice.pick(&COUNTRIES)));
    event.evidence.place = Some(Span::new(start + 30, start + 36));
    event.quad_code = Some(QuadCode(1 + dice.roll(4) as u8));
    event.event_scale = Some(dice.roll(21) as f64 - 10.0);
    event.confidence = dice.roll(100) as f64 / 100.0;
    event
}

pub fn place(name: &str, country: &str) -> Place {
    Place {
        extracted_place: name.to_owned(),
        resolved_place: Some(name.to_owned()),
        geonameid: Some(1000 + name.len() as u32),
        lat: Some(46.25),
        lon: Some(-6.125),
        city: Some(name.to_owned()),
        district: None,
        province: None,
        country: Some(format!("Country {country}")),
        country_code: Code::parse(country).ok(),
        feature_class: Some("P".to_owned()),
        feature_code: Some("PPLA".to_owned()),
        resolution: Some(4),
    }
}

/// An event with everything an event can have, and some things it should not.
pub fn odd_event(document: &Document, number: usize) -> Event {
    let mut event = event(document, number, EventType::new("OWN"), "«Ünïcode»\t\"quoted\"\nline, 50% of O'Hara_");
    event.enddate = "2023-12-31".parse().ok().map(Day);
    event.date_precision = Some(DatePrecision::Month);
    event.mode = vec![Mode::new("meet"), Mode::new("meet")];
    event.context = vec![Context::new("military"), Context::new("diplomatic")];
    event.actor = vec![entity("RUS", &[Sector::Pre, Sector::Gov], "Moscow"), entity("", &[], "")];
    event.actor[1].religion = Some("Muslim".to_owned());
    event.actor[1].ethnicity = Some("Kurdish".to_owned());
    // One span too many, and in the recipients one too few.
    event.evidence.actor = vec![Span::new(0, 1), Span::new(2, 3), Span::new(4, 5)];
    event.recipient = vec![entity("PSE", &[], "a"), entity("PSE", &[], "a")];
    event.evidence.recipient = vec![Span::new(7, 8)];
    event.attributed_to = vec![entity("IGO", &[], "the monitors")];
    event.content = Some(Content {
        event: vec![EventType::AID],
        mode: vec![Mode::new("military")],
        actor: vec![Entity { span: Some(Span::new(3, 9)), ..entity("USA", &[Sector::Gov], "Washington") }],
        recipient: Vec::new(),
        status: ContentStatus::Demanded,
        trigger: Span::new(10, 20),
        content: None,
    });
    event.dead = Some(0);
    event.injured = Some(12);
    event.size = Some(4_000_000_000);
    event.counts = vec![
        Count { kind: CountKind::Dead, low: 6, high: None, text: "at least six".to_owned() },
        Count { kind: CountKind::Displaced, low: 1, high: Some(2), text: String::new() },
    ];
    event.evidence.counts = vec![Span::new(1, 2)];
    event.quad_code = None;
    event.event_scale = Some(-0.1);
    event.cameo = None;
    event.goldstein = None;
    event.confidence = 0.1 + 0.2;
    event.witness = vec![Witness { sentence: Span::new(90, 99), trigger: Span::new(91, 92) }];
    event.why.frame = None;
    "another".clone_into(&mut event.why.model);
    event.why.same_as = Some(format!("{}#s1", document.id));
    event.cite_info.title = None;
    event
}

/// Every row of every table, as text, in the order of the tables' keys.
pub fn dump(dossier: &mut demarche_dossier::Dossier) -> String {
    use std::fmt::Write as _;
    use std::ops::ControlFlow::Continue;

    let mut tables = Vec::new();
    let list = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'words%' ORDER BY name";
    dossier
        .sql(list, |_, cells| {
            if let demarche_dossier::Cell::Text(name) = &cells[0] {
                tables.push(name.clone());
            }
            Continue(())
        })
        .unwrap();
    let mut dump = String::new();
    for table in tables {
        dossier
            .sql(&format!("SELECT * FROM {table}"), |_, cells| {
                writeln!(dump, "{table} {cells:?}").unwrap();
                Continue(())
            })
            .unwrap();
    }
    dump
}
