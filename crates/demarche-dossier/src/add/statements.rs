//! Writing a statement.

use std::borrow::Cow;

use demarche_record::Statement;
use rusqlite::params;

use super::Desk;
use super::sentences::Sentences;
use crate::batch::Keep;
use crate::error::DossierError;
use crate::rest::{Reason, StatementRest, Surplus};

const INSERT_ACTOR: &str = "INSERT INTO statement_actors (statement, role, position, actor, text, start, end)
                            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

impl Desk<'_> {
    /// Writes a statement under its number in the document.
    pub(crate) fn statement(
        &mut self,
        statement: &Statement,
        number: i64,
        sentences: &Sentences<'_>,
    ) -> Result<(), DossierError> {
        let evidence = &statement.evidence;
        let text = self.keep == Keep::Text;
        let places = if text { None } else { statement.hedge_places() };
        let rest = StatementRest {
            why: Reason::new(&statement.why, &statement.cite_info, self.document, self.run),
            hedge: if text { Cow::Borrowed(&statement.hedge) } else { Cow::default() },
            hedge_places: Cow::Owned(places.unwrap_or_default()),
            surplus: Surplus::of([
                (&evidence.speaker, statement.speaker.len()),
                (&evidence.audience, statement.audience.len()),
                (&evidence.toward, statement.toward.len()),
            ]),
            sentence: self.own_sentence(
                sentences,
                evidence.field,
                evidence.sentence,
                statement.text_info,
                &statement.text,
            ),
        };
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO statements (document, number, sentence, date, date_precision, act, stance, quotation, status,
                                     proposition, proposition_start, proposition_end, cue_start, cue_end, confidence,
                                     frame, decided_by, rest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        )?;
        let row = insert.insert(params![
            self.row,
            number,
            statement.text_info.sequence as i64,
            statement.date.map(|day| day.0.to_string()),
            statement.date_precision.map(demarche_record::DatePrecision::as_str),
            statement.act.as_str(),
            statement.stance.as_str(),
            statement.quotation.as_str(),
            statement.status.as_str(),
            text.then_some(&statement.proposition),
            evidence.proposition.start as i64,
            evidence.proposition.end as i64,
            evidence.cue.start as i64,
            evidence.cue.end as i64,
            statement.confidence,
            statement.why.frame,
            statement.why.by.as_str(),
            super::json(&rest)?,
        ])?;
        self.entities(INSERT_ACTOR, row, "speaker", &statement.speaker, &evidence.speaker)?;
        self.entities(INSERT_ACTOR, row, "audience", &statement.audience, &evidence.audience)?;
        self.entities(INSERT_ACTOR, row, "toward", &statement.toward, &evidence.toward)?;
        if !statement.issue.is_empty() {
            let mut insert = self
                .transaction
                .prepare_cached("INSERT INTO statement_issues (statement, position, issue) VALUES (?1, ?2, ?3)")?;
            for (position, issue) in statement.issue.iter().enumerate() {
                insert.execute(params![row, position as i64, issue.as_str()])?;
            }
        }
        Ok(())
    }
}
