//! The columns of each kind of record and what they hold.

use serde_json::Value;

use super::Kind;

/// What a column or a part of one holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    Text,
    Whole,
    Real,
    /// Days since 1970.
    Day,
    /// A pair of numbers, as `start` and `end`.
    Span,
    /// A value of many shapes, as the text of its JSON.
    Json,
    List(&'static Shape),
    Struct(&'static [(&'static str, Shape)]),
}

use Shape::{Day, Json, List, Real, Span, Struct, Text, Whole};

/// A column: its name, and where its value stands in the record's JSON.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) name: String,
    path: &'static str,
    pub(super) shape: Shape,
}

impl Column {
    /// Its value in a record; nothing where it or what it is part of is unknown.
    pub(super) fn of<'a>(&self, record: &'a Value) -> Option<&'a Value> {
        self.path.split('.').try_fold(record, |value, key| value.get(key)).filter(|value| !value.is_null())
    }
}

const TEXTS: Shape = List(&Text);
const SPANS: Shape = List(&Span);

const ENTITIES: Shape = List(&Struct(&[
    ("code", Text),
    ("sector", TEXTS),
    ("entity_text", Text),
    ("identifier_id", Text),
    ("identifier_text", Text),
    ("name", Text),
    ("office", Text),
    ("religion", Text),
    ("ethnicity", Text),
]));

/// Entities that carry their own span.
const PLACED: Shape = List(&Struct(&[
    ("code", Text),
    ("sector", TEXTS),
    ("entity_text", Text),
    ("identifier_id", Text),
    ("identifier_text", Text),
    ("name", Text),
    ("office", Text),
    ("religion", Text),
    ("ethnicity", Text),
    ("span", Span),
]));

const PLACE: Shape = Struct(&[
    ("extracted_place", Text),
    ("resolved_place", Text),
    ("geonameid", Whole),
    ("lat", Real),
    ("lon", Real),
    ("city", Text),
    ("district", Text),
    ("province", Text),
    ("country", Text),
    ("country_code", Text),
    ("feature_class", Text),
    ("feature_code", Text),
    ("resolution", Whole),
]);

const COUNTS: Shape = List(&Struct(&[("kind", Text), ("low", Whole), ("high", Whole), ("text", Text)]));
const WITNESSES: Shape = List(&Struct(&[("sentence", Span), ("trigger", Span)]));
const STAGES: Shape = List(&Struct(&[("stage", Text), ("record", Text), ("sentence", Span)]));
const VOTES: Shape = List(&Struct(&[("event", Text), ("p", Real)]));

#[rustfmt::skip]
const EVENT: &[(&str, Shape)] = &[
    ("record", Text), ("id", Text), ("document", Text), ("date", Day), ("enddate", Day), ("date_precision", Text),
    ("event", TEXTS), ("mode", TEXTS), ("context", TEXTS), ("actor", ENTITIES), ("recipient", ENTITIES),
    ("event_loc", PLACE), ("quad_code", Whole), ("event_scale", Real), ("cameo", Text), ("goldstein", Real),
    ("status", Text), ("attributed_to", ENTITIES), ("content.event", TEXTS), ("content.mode", TEXTS),
    ("content.actor", PLACED), ("content.recipient", PLACED), ("content.status", Text), ("content.trigger", Span),
    ("content.content", Json), ("dead", Whole), ("injured", Whole), ("arrested", Whole), ("size", Whole),
    ("counts", COUNTS), ("confidence", Real), ("text", Text), ("text_info.sequence", Whole), ("text_info.start", Whole),
    ("text_info.end", Whole), ("evidence.field", Text), ("evidence.sentence", Span), ("evidence.trigger", Span),
    ("evidence.actor", SPANS), ("evidence.recipient", SPANS), ("evidence.place", Span), ("evidence.date", Span),
    ("evidence.attributed_to", SPANS), ("evidence.counts", SPANS), ("witness", WITNESSES),
];

#[rustfmt::skip]
const STATEMENT: &[(&str, Shape)] = &[
    ("record", Text), ("id", Text), ("document", Text), ("date", Day), ("date_precision", Text), ("speaker", ENTITIES),
    ("audience", ENTITIES), ("act", Text), ("stance", Text), ("issue", TEXTS), ("toward", ENTITIES),
    ("proposition", Text), ("quotation", Text), ("hedge", TEXTS), ("status", Text), ("confidence", Real), ("text", Text),
    ("text_info.sequence", Whole), ("text_info.start", Whole), ("text_info.end", Whole), ("evidence.field", Text),
    ("evidence.sentence", Span), ("evidence.cue", Span), ("evidence.speaker", SPANS), ("evidence.audience", SPANS),
    ("evidence.proposition", Span), ("evidence.toward", SPANS),
];

#[rustfmt::skip]
const INITIATIVE: &[(&str, Shape)] = &[
    ("record", Text), ("id", Text), ("document", Text), ("kind", Text), ("party", ENTITIES), ("mediator", ENTITIES),
    ("host", ENTITIES), ("venue", PLACE), ("conflict.name", Text), ("conflict.code", TEXTS), ("stage", Text),
    ("stages", STAGES), ("evidence.sentence", SPANS), ("evidence.mediator", SPANS), ("evidence.party", SPANS),
    ("evidence.venue", Span), ("evidence.conflict", Span), ("confidence", Real),
];

/// Last columns of every table.
#[rustfmt::skip]
const PROVENANCE: &[(&str, Shape)] = &[
    ("why.frame", Text), ("why.path", Text), ("why.by", Text), ("why.vote", VOTES), ("why.resolved", TEXTS),
    ("why.same_as", Text), ("why.model", Text), ("why.data", Text), ("cite_info.url", Text), ("cite_info.title", Text),
    ("cite_info.language", Text), ("cite_info.publication", Text), ("cite_info.genre", Text), ("cite_info.coder", Text),
    ("cite_info.version", Text),
];

/// The columns of a table, in order.
pub(super) fn columns(kind: Kind) -> Vec<Column> {
    let own = match kind {
        Kind::Event => EVENT,
        Kind::Statement => STATEMENT,
        Kind::Initiative => INITIATIVE,
    };
    own.iter().chain(PROVENANCE).map(|&(path, shape)| Column { name: path.replace('.', "_"), path, shape }).collect()
}
