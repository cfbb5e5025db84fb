//! A sentence with its records shown on it.

use anstyle::Style;
use demarche::Record;
use demarche::TextRange;
use demarche::record::{Field, Span};

use super::View;
use super::flow::Flow;

/// Columns of the sentence's number.
const MARGIN: usize = 4;

impl View<'_> {
    /// Writes the sentence of a group of records: its number, then its words with triggers, participants, place and
    /// date marked.
    pub(super) fn sentence(&self, out: &mut String, field: Field, span: Span, group: &[&Record]) {
        let number = self.number(field, span);
        let first = format!("{number:>width$}  ", width = MARGIN - 2);
        let mut flow = Flow::default();
        // Every record's sentence is one of the analysis.
        if let Some(&(_, range)) = self.at.get(&(field, span)) {
            self.marked(&mut flow, field, range, &self.marks(group));
        }
        flow.write(out, self.page, &first, &" ".repeat(MARGIN));
    }

    /// Spans and their styles, the most telling first.
    fn marks(&self, group: &[&Record]) -> Vec<(Span, Style, bool)> {
        let palette = self.page.palette;
        let mut triggers = Vec::new();
        let mut others = Vec::new();
        let mut mark = |spans: &[Span], style: Style| others.extend(spans.iter().map(|&span| (span, style, false)));
        for record in group {
            match record {
                Record::Event(event) => {
                    let evidence = &event.evidence;
                    triggers.push((evidence.trigger, palette.trigger, true));
                    mark(&evidence.actor, palette.actor);
                    mark(&evidence.recipient, palette.recipient);
                    mark(&evidence.attributed_to, palette.source);
                    mark(evidence.place.as_slice(), palette.setting);
                    mark(evidence.date.as_slice(), palette.setting);
                }
                Record::Statement(statement) => {
                    let evidence = &statement.evidence;
                    triggers.push((evidence.cue, palette.trigger, true));
                    mark(&evidence.speaker, palette.actor);
                    mark(&evidence.audience, palette.recipient);
                }
                Record::Initiative(_) => {}
            }
        }
        triggers.extend(others);
        triggers
    }

    /// The words of a range, each character in the style of the first mark that holds it. Without colours the words of an
    /// act stand between stars.
    fn marked(&self, flow: &mut Flow, field: Field, range: TextRange, marks: &[(Span, Style, bool)]) {
        let text = self.text_of(field);
        let stars = !self.page.colour;
        let mut starred = false;
        let mut blank = None;
        for (at, c) in range.of(text.as_str()).char_indices() {
            let start = range.start + at;
            let received = text.received(TextRange::new(start, start + c.len_utf8()));
            let mark = marks.iter().find(|(span, ..)| span.start <= received.start && received.end <= span.end);
            let style = mark.map_or_else(Style::new, |(_, style, _)| *style);
            let star = stars && mark.is_some_and(|(.., trigger)| *trigger);
            if c.is_whitespace() {
                blank = blank.or(Some(style));
                continue;
            }
            if starred && !star {
                flow.push(Style::new(), "*");
            }
            if let Some(blank) = blank.take() {
                flow.push(blank, " ");
            }
            if star && !starred {
                flow.push(Style::new(), "*");
            }
            starred = star;
            flow.push(style, c.encode_utf8(&mut [0; 4]));
        }
        if starred {
            flow.push(Style::new(), "*");
        }
    }
}
