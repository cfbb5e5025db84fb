//! One row as all layouts share it, and the event that it becomes.

use std::ops::Range;

use demarche_record::{
    CiteInfo, Context, Count, CountKind, DatePrecision, Day, DecidedBy, Entity, Event, EventEvidence, EventType, Field,
    Mode, Place, QuadCode, Span, Status, TextInfo, Why,
};
use jiff::civil::Date;

use super::DataSet;

/// What a row of a data set says. Its spans are bytes of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Line that it begins on, from 1.
    pub line: u64,
    /// Its bytes, without the end of the line.
    pub span: Span,
    /// Its characters in the decoded file.
    pub characters: Range<usize>,
    /// Whether cells had to be joined or added for it to have as many as there are columns.
    pub repaired: bool,
    /// First day.
    pub date: Date,
    /// Last day, where it differs.
    pub enddate: Option<Date>,
    /// How exact the date is.
    pub precision: DatePrecision,
    /// Where the date stands.
    pub date_span: Span,
    /// Who did it.
    pub source: Vec<Party>,
    /// To whom.
    pub target: Vec<Party>,
    /// Event type: PLOVER's.
    pub event: EventType,
    /// Modes.
    pub mode: Vec<Mode>,
    /// Contexts.
    pub context: Vec<Context>,
    /// Quad class of the event type.
    pub quad: Option<QuadCode>,
    /// PLOVER's score: as given, else of event and mode.
    pub scale: Option<f64>,
    /// CAMEO code, where the data set has them.
    pub cameo: Option<String>,
    /// Goldstein value: as given, else of the code.
    pub goldstein: Option<f64>,
    /// Where the event's code stands.
    pub code_span: Span,
    /// Where it took place.
    pub place: Option<(Place, Span)>,
    /// Deaths.
    pub dead: Option<Deaths>,
    /// Address of the source document.
    pub url: Option<String>,
    /// What is particular to the data set: column and value.
    pub particulars: Vec<(&'static str, String)>,
    /// Codes that are not known here.
    pub notes: Vec<String>,
}

/// Who takes part, and where the row says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Who.
    pub entity: Entity,
    /// The cell.
    pub span: Span,
}

/// A figure of deaths with its bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deaths {
    /// The estimate that the data set thinks best.
    pub best: u64,
    /// Lower bound.
    pub low: u64,
    /// Upper bound.
    pub high: u64,
    /// As written.
    pub text: String,
    /// The cell.
    pub span: Span,
}

/// What an event has from the file that its row stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Id of the document that the event belongs to.
    pub document: String,
    /// Version of the model, as the run has it.
    pub model: String,
    /// Version of the tables, as the run has it.
    pub data: String,
    /// The document; a row's own address takes the place of its `url`.
    pub cite: CiteInfo,
}

impl Row {
    /// The record of this row: number and sentence are those of its line, and its evidence the cells.
    pub fn into_event(self, set: DataSet, origin: &Origin) -> Event {
        let day = |date: Date| Some(Day(date));
        let (actor, actor_spans) = parted(self.source);
        let (recipient, recipient_spans) = parted(self.target);
        let (place, place_span) = self.place.unzip();
        let (count, count_span) = self
            .dead
            .as_ref()
            .map(|dead| {
                let count =
                    Count { kind: CountKind::Dead, low: dead.low, high: Some(dead.high), text: dead.text.clone() };
                (count, dead.span)
            })
            .unzip();
        let path: Vec<String> = self.particulars.iter().map(|(column, value)| format!("{column} {value}")).collect();
        Event {
            id: format!("{}#e{}", origin.document, self.line),
            document: origin.document.clone(),
            date: day(self.date),
            enddate: self.enddate.and_then(day),
            date_precision: Some(self.precision),
            event: vec![self.event],
            mode: self.mode,
            context: self.context,
            actor,
            recipient,
            event_loc: place,
            quad_code: self.quad,
            event_scale: self.scale,
            cameo: self.cameo,
            goldstein: self.goldstein,
            status: Status::Happened,
            attributed_to: Vec::new(),
            content: None,
            dead: self.dead.map(|dead| dead.best),
            injured: None,
            arrested: None,
            size: None,
            counts: count.into_iter().collect(),
            // The data sets give none.
            confidence: 1.0,
            // The row is no sentence: it has no words by which it could be taken for another's.
            text: String::new(),
            text_info: TextInfo {
                sequence: self.line as usize,
                start: self.characters.start,
                end: self.characters.end,
            },
            evidence: EventEvidence {
                field: Field::Text,
                sentence: self.span,
                trigger: self.code_span,
                actor: actor_spans,
                recipient: recipient_spans,
                place: place_span,
                date: Some(self.date_span),
                attributed_to: Vec::new(),
                counts: count_span.into_iter().collect(),
            },
            witness: Vec::new(),
            why: Why {
                antecedents: Vec::new(),
                frame: Some(format!("import/{}", set.name())),
                path: path.join("; "),
                by: DecidedBy::Import,
                vote: Vec::new(),
                resolved: self.notes,
                same_as: None,
                model: origin.model.clone(),
                data: origin.data.clone(),
            },
            cite_info: CiteInfo { url: self.url.or_else(|| origin.cite.url.clone()), ..origin.cite.clone() },
        }
    }
}

fn parted(parties: Vec<Party>) -> (Vec<Entity>, Vec<Span>) {
    parties.into_iter().map(|party| (party.entity, party.span)).unzip()
}
