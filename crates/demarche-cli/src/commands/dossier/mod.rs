//! The questions that a dossier answers: one module each. How a filter is read and an answer written is here.

mod counted;
mod dyads;
mod incident;
mod panel;
mod positions;
mod process;
mod records;
mod search;
mod show;
mod sql;
mod story;
mod timeline;

use std::ops::ControlFlow;

use demarche_dossier::{Dossier, DossierError, Filter, FilterError, Vocabulary};

use crate::args::{Asked, Asking, Conditions, Question, TableTo, Writing};
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::table::{Column, Table, Value};
use crate::output::{Destination, Page};

/// Asks a question.
pub(crate) fn run(question: &Question, quiet: bool) -> Result<Verdict, Failure> {
    match question {
        Question::Events(args) => records::events(args, quiet),
        Question::Statements(args) => records::statements(args, quiet),
        Question::Initiatives(args) => records::initiatives(args, quiet),
        Question::Positions(args) => positions::run(args, quiet),
        Question::Timeline(args) => timeline::run(args, quiet),
        Question::Panel(args) => panel::run(args, quiet),
        Question::Dyads(args) => dyads::run(args, quiet),
        Question::Story(args) => story::run(args, quiet),
        Question::Incident(args) => incident::run(args, quiet),
        Question::Process(args) => process::run(args, quiet),
        Question::Show(args) => show::run(args, quiet),
        Question::Search(args) => search::run(args, quiet),
        Question::Sql(args) => sql::run(args, quiet),
    }?;
    Ok(Verdict::Fine)
}

/// An open dossier, and what errors call it.
struct Source {
    dossier: Dossier,
    path: String,
    console: Console,
}

impl Source {
    /// Opens the dossier to ask. One of an earlier version is brought up to date first.
    fn open(asking: &Asking, quiet: bool) -> Result<Self, Failure> {
        let file = &asking.path()?;
        let path = file.display().to_string();
        let console = Console::new(quiet, false);
        let dossier = match Dossier::open_read_only(file) {
            Err(DossierError::Older { found, known }) => {
                console.noted(format_args!("{path}: brought up from version {found} to version {known}"));
                Dossier::open(file)
            }
            opened => opened,
        };
        match dossier {
            Ok(dossier) => Ok(Self { dossier, path, console }),
            Err(cause) => Err(Failure::Dossier { path, cause }),
        }
    }

    /// An error of the dossier.
    fn failed(&self, cause: DossierError) -> Failure {
        match cause {
            DossierError::Filter(cause) => Failure::Filter(cause),
            cause => Failure::Dossier { path: self.path.clone(), cause },
        }
    }

    /// Reads a filter. Names are looked for in the built-in data first, then among those of the dossier.
    fn filter<K: Asked>(&self, conditions: &Conditions<K>) -> Result<Filter, Failure> {
        let given = |key| conditions.pairs().any(|(given, _)| given == key);
        let mut names = Vocabulary::default();
        // Only what is asked for: the issues take longer to read than most questions to answer.
        if given("mode") {
            names.modes = demarche::vocabulary::modes().map_err(demarche::CoderError::from)?;
        }
        if given("context") {
            names.contexts = demarche::vocabulary::contexts().map_err(demarche::CoderError::from)?;
        }
        if given("issue") {
            names.issues = demarche::vocabulary::issues().map_err(demarche::CoderError::from)?;
        }
        match Filter::parse(conditions.pairs(), &names) {
            Err(FilterError::UnknownValue { .. }) => {
                names.extend(self.dossier.vocabulary().map_err(|cause| self.failed(cause))?);
                Ok(Filter::parse(conditions.pairs(), &names)?)
            }
            read => Ok(read?),
        }
    }

    /// Says so where nothing was found.
    fn told(&self, found: u64) {
        if found == 0 {
            self.console.noted("nothing matches");
        }
    }

    /// Asks for rows, hands them to a table and completes it.
    fn tabulated(
        &self,
        to: TableTo,
        writing: &Writing,
        columns: Vec<Column>,
        ask: impl FnOnce(&Dossier, &mut Rows<'_>) -> Result<(), DossierError>,
    ) -> Result<(), Failure> {
        let destination = Destination::open(writing.output.as_deref())?;
        let page = Page::of(&destination);
        let mut table = Table::begin(to, columns, destination, page)?;
        let mut rows = Rows { table: &mut table, failed: None };
        let asked = ask(&self.dossier, &mut rows);
        let failed = rows.failed;
        asked.map_err(|cause| self.failed(cause))?;
        failed.map_or(Ok(()), Err)?;
        self.told(table.rows());
        table.finish()
    }
}

/// Where the rows of an answer go, as long as they can be written.
struct Rows<'a> {
    table: &'a mut Table,
    failed: Option<Failure>,
}

impl Rows<'_> {
    /// Writes a row; breaks off when it cannot be written.
    fn row(&mut self, row: Vec<Value>) -> ControlFlow<()> {
        flow(self.table.row(row), &mut self.failed)
    }
}

/// Goes on as long as all is well, and keeps the failure that ends it.
fn flow(done: Result<(), Failure>, failed: &mut Option<Failure>) -> ControlFlow<()> {
    match done {
        Ok(()) => ControlFlow::Continue(()),
        Err(failure) => {
            *failed = Some(failure);
            ControlFlow::Break(())
        }
    }
}

/// The last row that a limit lets pass breaks off too.
fn within(limit: Option<u64>, given: u64) -> ControlFlow<()> {
    if limit.is_some_and(|limit| given >= limit) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}
