//! One process and how it went: initiatives of all reports with their stages in the order of time.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use demarche_record::{Day, Entity, Initiative, InitiativeKind, Record, SpeechAct, Stage};
use rusqlite::params_from_iter;

use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::filter::{Filter, Kind};
use crate::load;

/// A mediation, negotiation, ceasefire or the like as all reports tell it.
#[derive(Clone, Debug, PartialEq)]
pub struct Process {
    /// The initiatives, the first report first: by publication, then by id. There is at least one.
    pub initiatives: Vec<Initiative>,
    /// Its kinds; talks are a mediation in the report that names who mediates.
    pub kinds: BTreeSet<InitiativeKind>,
    /// The sides, each once.
    pub parties: Vec<Entity>,
    /// Who mediates, each once.
    pub mediators: Vec<Entity>,
    /// Who lends the place, each once.
    pub hosts: Vec<Entity>,
    /// Its stages by day; what has no day comes first.
    pub history: Vec<Turn>,
    /// The latest stage.
    pub stage: Stage,
    /// First day of the history.
    pub first: Option<Day>,
    /// Last day of the history.
    pub last: Option<Day>,
    /// Distinct publishers that report it.
    pub publishers: BTreeSet<String>,
    /// Distinct stories that tell it: copies of one report corroborate nothing.
    pub stories: usize,
}

/// A stage that was reached: "rejected 14 November by ISR".
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The stage.
    pub stage: Stage,
    /// The day: of the record that shows it, else of the document.
    pub date: Option<Day>,
    /// By whom: the actors of the event or the speaker of the statement that shows it, or who mediates where an offer has
    /// no record; empty where nobody is told.
    pub by: Vec<Entity>,
    /// The reports that tell it, in the order of [`Process::initiatives`].
    pub witnesses: Vec<StageWitness>,
}

/// Who tells of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageWitness {
    /// Id of the initiative.
    pub initiative: String,
    /// Id of the record that shows it.
    pub record: Option<String>,
    /// Bytes of the sentence.
    pub sentence: demarche_record::Span,
    /// Publisher of the report.
    pub publisher: Option<String>,
}

impl Dossier {
    /// The process that an initiative is part of, by the initiative's id; the initiative alone where it has not been
    /// compared yet.
    ///
    /// # Errors
    /// [`DossierError::NoSuchId`].
    pub fn process(&self, initiative: &str) -> Result<Process, DossierError> {
        match self.row(initiative)? {
            (Kind::Initiative, row) => self.process_of(row),
            _ => Err(DossierError::NoSuchId { id: initiative.to_owned() }),
        }
    }

    /// Hands the processes of which some initiative meets the filter to `visit`, each whole, by their first day and then
    /// by the id of the first report, until it breaks off.
    ///
    /// # Errors
    /// [`DossierError::Filter`] for a filter with conditions that are not of initiatives.
    pub fn processes(
        &self,
        filter: &Filter,
        mut visit: impl FnMut(Process) -> ControlFlow<()>,
    ) -> Result<(), DossierError> {
        let clause = filter.clause(Kind::Initiative)?;
        let select = format!(
            "WITH met AS (
                 SELECT DISTINCT COALESCE(m.process, r.id) AS process FROM initiatives AS r
                 JOIN documents ON documents.id = r.document LEFT JOIN process_members AS m ON m.initiative = r.id
                 WHERE {}
             ), members AS (
                 SELECT process, process AS initiative FROM met
                 UNION SELECT m.process, m.initiative FROM met JOIN process_members AS m ON m.process = met.process
             ), told AS (
                 SELECT process, (SELECT min(date) FROM initiative_stages WHERE initiative = i.id) AS first, d.name, i.number
                 FROM members JOIN initiatives AS i ON i.id = members.initiative
                 JOIN documents AS d ON d.id = i.document
             )
             SELECT process FROM (
                 SELECT process, first, name, number,
                        row_number() OVER (PARTITION BY process ORDER BY first IS NULL, first, name, number) AS place
                 FROM told
             ) WHERE place = 1 ORDER BY first IS NULL, first, name, number",
            clause.sql()
        );
        let mut statement = self.connection.prepare_cached(&select)?;
        let mut rows = statement.query(params_from_iter(&clause.values))?;
        while let Some(row) = rows.next()? {
            if visit(self.process_of(row.get(0)?)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn process_of(&self, row: i64) -> Result<Process, DossierError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT i.id, COALESCE(story, -documents.id)
             FROM initiatives AS i JOIN documents ON documents.id = i.document
             WHERE i.id = ?1 OR i.id IN (SELECT initiative FROM process_members
                                         WHERE process = (SELECT process FROM process_members WHERE initiative = ?1))
             ORDER BY documents.date IS NULL, documents.date, documents.name, i.number",
        )?;
        let mut rows = statement.query([row])?;
        let (mut told, mut stories) = (Vec::new(), BTreeSet::new());
        while let Some(row) = rows.next()? {
            let initiative = load::initiative(&self.connection, row.get(0)?)?;
            stories.insert(row.get::<_, i64>(1)?);
            let marks = self.marks(row.get(0)?, &initiative)?;
            told.push((initiative, marks));
        }
        Ok(assemble(told, stories.len()))
    }

    /// The stages of an initiative with their days and those who brought them about.
    fn marks(&self, row: i64, initiative: &Initiative) -> Result<Vec<Reached>, DossierError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT date FROM initiative_stages WHERE initiative = ?1 ORDER BY position")?;
        let dates: Vec<Option<String>> =
            statement.query_map([row], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut marks = Vec::new();
        for (mark, date) in initiative.stages.iter().zip(dates) {
            let record = match &mark.record {
                Some(record) => match self.record(record) {
                    Ok(record) => Some(record),
                    // It names a record that was not put in.
                    Err(DossierError::NoSuchId { .. }) => None,
                    Err(error) => return Err(error),
                },
                None => None,
            };
            marks.push((load::day(date)?, by(mark.stage, record.as_ref(), initiative)));
        }
        Ok(marks)
    }
}

/// When a stage was reached, and by whom.
type Reached = (Option<Day>, Vec<Entity>);

/// Who brought a stage about.
fn by(stage: Stage, record: Option<&Record>, initiative: &Initiative) -> Vec<Entity> {
    match record {
        Some(Record::Event(event)) => event.actor.clone(),
        // Whoever merely tells of a stage did not bring it about.
        Some(Record::Statement(statement)) if speaks_for_itself(stage, statement.act) => statement.speaker.clone(),
        None if stage == Stage::Offered => initiative.mediator.clone(),
        _ => Vec::new(),
    }
}

/// Whether a speaker does by speaking what the stage says.
fn speaks_for_itself(stage: Stage, act: SpeechAct) -> bool {
    match stage {
        Stage::Proposed => matches!(act, SpeechAct::Propose | SpeechAct::CallFor | SpeechAct::Urge | SpeechAct::Offer),
        Stage::Offered => matches!(act, SpeechAct::Offer | SpeechAct::Propose | SpeechAct::Promise),
        Stage::Accepted => matches!(act, SpeechAct::Support | SpeechAct::Welcome | SpeechAct::Promise),
        Stage::Rejected => matches!(act, SpeechAct::Oppose | SpeechAct::Deny | SpeechAct::Condemn),
        _ => false,
    }
}

fn assemble(told: Vec<(Initiative, Vec<Reached>)>, stories: usize) -> Process {
    let mut turns: Vec<Turn> = Vec::new();
    for (initiative, marks) in &told {
        for (mark, (date, by)) in initiative.stages.iter().zip(marks) {
            let witness = StageWitness {
                initiative: initiative.id.clone(),
                record: mark.record.clone(),
                sentence: mark.sentence,
                publisher: initiative.cite_info.publication.clone(),
            };
            turns.push(Turn { stage: mark.stage, date: *date, by: by.clone(), witnesses: vec![witness] });
        }
    }
    let initiatives: Vec<Initiative> = told.into_iter().map(|(initiative, _)| initiative).collect();
    let entities = |of: fn(&Initiative) -> &Vec<Entity>| once(initiatives.iter().flat_map(of));
    let history = history(turns);
    Process {
        kinds: initiatives.iter().map(|initiative| initiative.kind).collect(),
        parties: entities(|initiative| &initiative.party),
        mediators: entities(|initiative| &initiative.mediator),
        hosts: entities(|initiative| &initiative.host),
        stage: latest(&history, &initiatives),
        first: history.iter().filter_map(|turn| turn.date).min(),
        last: history.iter().filter_map(|turn| turn.date).max(),
        publishers: initiatives.iter().filter_map(|initiative| initiative.cite_info.publication.clone()).collect(),
        stories,
        history,
        initiatives,
    }
}

/// The stage of the last day; of several on that day the one that comes last in the usual course.
fn latest(history: &[Turn], initiatives: &[Initiative]) -> Stage {
    let last = history.iter().max_by_key(|turn| (turn.date, turn.stage)).map(|turn| turn.stage);
    last.or_else(|| initiatives.last().map(|initiative| initiative.stage)).unwrap_or(Stage::Proposed)
}

/// One turn a day, stage and doers. A report that does not say who did it tells of the one that others tell of, if there is
/// just one that day.
fn history(turns: Vec<Turn>) -> Vec<Turn> {
    let mut of_day: BTreeMap<(Option<Day>, Stage), Vec<Turn>> = BTreeMap::new();
    let (told, untold): (Vec<Turn>, Vec<Turn>) = turns.into_iter().partition(|turn| !turn.by.is_empty());
    for turn in told {
        let same_day = of_day.entry((turn.date, turn.stage)).or_default();
        match same_day
            .iter_mut()
            .find(|other| turn.by.iter().any(|one| other.by.iter().any(|other| is_same(one, other))))
        {
            Some(other) => {
                other.by = once(other.by.iter().chain(&turn.by));
                other.witnesses.extend(turn.witnesses);
            }
            None => same_day.push(turn),
        }
    }
    for turn in untold {
        let same_day = of_day.entry((turn.date, turn.stage)).or_default();
        match same_day.as_mut_slice() {
            [only] => only.witnesses.extend(turn.witnesses),
            [.., last] if last.by.is_empty() => last.witnesses.extend(turn.witnesses),
            _ => same_day.push(turn),
        }
    }
    of_day.into_values().flatten().collect()
}

/// Entities, each once, in the order in which they are first met.
fn once<'a>(entities: impl Iterator<Item = &'a Entity>) -> Vec<Entity> {
    let mut once: Vec<Entity> = Vec::new();
    for entity in entities {
        if !once.iter().any(|other| is_same(entity, other)) {
            once.push(entity.clone());
        }
    }
    once
}

/// Whether two reports mean the same: one item, or one country with no other sector, or the same words.
fn is_same(one: &Entity, other: &Entity) -> bool {
    let items = one.identifier_id.is_some() && one.identifier_id == other.identifier_id;
    let sectors = one.sector.is_empty()
        || other.sector.is_empty()
        || one.sector.iter().any(|sector| other.sector.contains(sector));
    items
        || match (one.code, other.code) {
            (Some(code), Some(another)) if !code.is_international() => code == another && sectors,
            _ => one.code == other.code && one.entity_text.eq_ignore_ascii_case(&other.entity_text),
        }
}
