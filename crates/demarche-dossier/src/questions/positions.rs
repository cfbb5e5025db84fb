//! Who stands where on an issue, since when, and in whose words.

use std::ops::ControlFlow;

use demarche_record::{Code, Day, Issue, Sector, SpeechAct, Stance};
use rusqlite::params_from_iter;

use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::filter::{Filter, Kind};
use crate::load;

/// Who speaks, as far as positions are told apart: a country's sector, or a name that has no country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Country or international code.
    pub code: Option<Code>,
    /// Sectors.
    pub sector: Vec<Sector>,
    /// Name, of those without a code.
    pub name: Option<String>,
}

/// A stand that a party took in a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// Who.
    pub party: Party,
    /// On what.
    pub issue: Issue,
    /// When.
    pub date: Option<Day>,
    /// For or against.
    pub stance: Stance,
    /// How it was said.
    pub act: SpeechAct,
    /// The speaker as the text has it.
    pub speaker: String,
    /// What was said, as written; empty where texts are not kept.
    pub proposition: String,
    /// Id of the statement.
    pub statement: String,
    /// The stance the party took before, where it was the opposite one: the party has moved.
    pub moved_from: Option<Stance>,
}

impl Dossier {
    /// Hands the positions taken in the statements that meet the filter to `visit`: by issue, party and date.
    ///
    /// # Errors
    /// [`DossierError::Filter`] for a filter with conditions that are not of statements.
    pub fn positions(
        &self,
        filter: &Filter,
        mut visit: impl FnMut(Position) -> ControlFlow<()>,
    ) -> Result<(), DossierError> {
        let mut clause = filter.clause(Kind::Statement)?;
        // Of several speakers or issues of a statement, those that were asked for.
        filter.speakers(&mut clause, "speaker.actor");
        filter.issues(&mut clause, "about.issue");
        let select = format!(
            "SELECT code, sectors, CASE WHEN code IS NULL THEN COALESCE(identifier_text, actors.name, speaker.text) END AS party,
                    issue, r.date AS date, r.stance AS stance, r.act AS act, speaker.text AS speaker,
                    COALESCE(r.proposition, '') AS proposition, documents.name || '#s' || r.number AS id
             FROM statements AS r
             JOIN documents ON documents.id = r.document
             JOIN statement_issues AS about ON about.statement = r.id
             JOIN statement_actors AS speaker ON speaker.statement = r.id AND speaker.role = 'speaker'
             JOIN actors ON actors.id = speaker.actor
             WHERE {} ORDER BY issue, code, sectors, party, r.date, documents.name, r.number, speaker.position",
            clause.sql()
        );
        let mut statement = self.connection.prepare_cached(&select)?;
        let mut rows = statement.query(params_from_iter(&clause.values))?;
        // The party and issue at hand, and the side it took last.
        let mut stood: Option<(Party, Issue, Option<Stance>)> = None;
        while let Some(row) = rows.next()? {
            let sectors: String = row.get("sectors")?;
            let party = Party {
                code: row.get::<_, Option<String>>("code")?.as_deref().map(load::code_of).transpose()?,
                sector: sectors.split_whitespace().map(load::code).collect::<Result<_, _>>()?,
                name: row.get("party")?,
            };
            let issue = Issue::new(&row.get::<_, String>("issue")?);
            let stance: Stance = load::code(&row.get::<_, String>("stance")?)?;
            let before = match &stood {
                Some((same, about, side)) if *same == party && *about == issue => *side,
                _ => None,
            };
            let moved_from = before.filter(|side| stance != Stance::Neutral && *side != stance);
            let side = if stance == Stance::Neutral { before } else { Some(stance) };
            stood = Some((party.clone(), issue, side));
            let position = Position {
                party,
                issue,
                date: load::day(row.get("date")?)?,
                stance,
                act: load::code(&row.get::<_, String>("act")?)?,
                speaker: row.get("speaker")?,
                proposition: row.get("proposition")?,
                statement: row.get("id")?,
                moved_from,
            };
            if visit(position).is_break() {
                break;
            }
        }
        Ok(())
    }
}
