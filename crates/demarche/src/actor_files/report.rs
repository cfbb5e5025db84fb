//! What `demarche actors check` tells of a file: faults, counts, and whether its names come out as it says.

use std::collections::HashMap;

use demarche_dictionary::{
    ActorFile, Actors, Agents, Codebook, Content, Fault, Problem, Reach, RowEntry, TableKind, Tables, Understood,
};
use demarche_record::{Code, Sector};
use demarche_world::{ActorKind, World};
use jiff::civil::Date;

use super::agreement::{self, Found, Meaning};
use super::dictionary::{deciding, key, meanings};
use super::{ActorFileError, codebook, tables, with_file};

/// A name that does not come out as its file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Line, from 1.
    pub line: usize,
    /// The name.
    pub name: String,
    /// The day asked for.
    pub on: Option<Date>,
    /// Code and sectors as the file says.
    pub expected: String,
    /// Code and sectors as found.
    pub found: String,
}

/// A name that a later line of the same file takes over, or a row that says again what another says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// The line that has no say, or that repeats.
    pub line: usize,
    /// The line that decides, or that was there before.
    pub other: usize,
    /// The name.
    pub name: String,
}

/// A name of a table that the tables below know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// Line, from 1.
    pub line: usize,
    /// The name.
    pub name: String,
    /// What they know it as.
    pub known: String,
}

/// What there is to say of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileReport {
    /// The file.
    pub name: String,
    /// What it is, in words.
    pub sort: &'static str,
    /// Entries or rows.
    pub entries: usize,
    /// Names, nouns or phrases.
    pub names: usize,
    /// Codes with dates, rows with a term; for discard lists the phrases that leave out a document.
    pub dated: usize,
    /// Everything that is not as it should be, codes that are not understood among them.
    pub faults: Vec<Fault>,
    /// Codes that are not wholly understood.
    pub not_understood: usize,
    /// Names whose code is understood and which no later line takes over.
    pub looked_up: usize,
    /// Those of them that come out as the file says, on the first, the last and three days between of every term.
    pub agree: usize,
    /// Those that come out so without the file, by the files before it and the built-in tables.
    pub already: usize,
    /// Those that do not.
    pub differences: Vec<Difference>,
    /// Names that a later line takes over; rows that repeat another.
    pub repeated: Vec<Repeated>,
    /// Names of tables that the layers below know.
    pub overlaps: Vec<Overlap>,
    /// Rows that wait for a reader.
    pub waiting: usize,
}

/// Reports on files, each put over those before it.
///
/// # Errors
/// [`ActorFileError`] if a shipped table is damaged or a file is too large.
pub fn reports(files: &[ActorFile]) -> Result<Vec<FileReport>, ActorFileError> {
    let mut world = World::builtin()?;
    let Some(book) = codebook(&world, files)? else { return Ok(Vec::new()) };
    let mut out = Vec::new();
    for file in files {
        let before = world.clone();
        let mut report = FileReport {
            name: file.name.clone(),
            entries: file.entries(),
            faults: file.faults.clone(),
            waiting: file.waiting(),
            ..FileReport::default()
        };
        let strange = super::unknown_countries(&world, file);
        if strange.is_empty() {
            world = with_file(world, file, &book)?;
        }
        report.faults.extend(strange);
        match &file.content {
            Content::Actors(actors) => report.actors((&before, &world), &book, actors),
            Content::Agents(agents) => report.agents((&before, &world), &book, agents),
            Content::Tables(tables) => report.tables((&before, &world), tables),
            Content::Discards(discards) => {
                report.sort = "discard list";
                report.names = discards.entries.len();
                report.dated = discards.entries.iter().filter(|entry| entry.reach == Reach::Document).count();
            }
        }
        report.faults.sort_by_key(|fault| (fault.line, fault.column));
        out.push(report);
    }
    Ok(out)
}

/// Code and sectors in one string.
fn shown(code: Option<Code>, sectors: &[Sector]) -> String {
    let code = code.map_or_else(|| "?".to_owned(), |code| code.to_string());
    sectors.iter().fold(code, |out, sector| out + " " + sector.as_str())
}

fn shown_found(found: &Found) -> String {
    found.as_ref().map_or_else(|| "nobody".to_owned(), |(code, sectors)| shown(*code, sectors))
}

fn shown_meaning(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Nobody => "nobody".to_owned(),
        Meaning::People(_) => "a people".to_owned(),
        Meaning::Actor(understood) => shown(understood.code, &understood.sectors),
    }
}

/// Nouns of role are looked up as those of a country that has few bodies with names of their own.
const NATION: &str = "Nauruan";

impl FileReport {
    fn code(&mut self, written: &str, (line, column): (usize, usize), understood: Understood) {
        if !understood.is_whole() {
            self.not_understood += 1;
            let problem = Problem::UnknownParts { code: written.to_owned(), parts: understood.unknown };
            self.faults.push(Fault { file: self.name.clone(), line, column, problem });
        }
    }

    fn actors(&mut self, (before, world): (&World, &World), book: &Codebook, actors: &Actors) {
        self.sort = "actor dictionary";
        let deciding = deciding(actors);
        for (at, entry) in actors.entries.iter().enumerate() {
            self.names += entry.patterns.len();
            for dated in &entry.codes {
                self.dated += usize::from(dated.period != demarche_dictionary::Period::ALWAYS);
                if let Some(code) = &dated.code {
                    self.code(code, (dated.line, dated.column), book.actor(code, actors.inventory));
                }
            }
            let meanings = meanings(book, entry, actors.inventory);
            let whole = meanings.iter().all(|(_, meaning)| match meaning {
                Meaning::Actor(understood) | Meaning::People(understood) => understood.is_whole(),
                Meaning::Nobody => true,
            });
            for pattern in &entry.patterns {
                let decides = deciding.get(&key(&pattern.words)).copied();
                if let Some(other) = decides.filter(|other| *other != at).and_then(|other| actors.entries.get(other)) {
                    let other = other.patterns.first().map_or(0, |first| first.line);
                    self.repeated.push(Repeated { line: pattern.line, other, name: pattern.words.clone() });
                    continue;
                }
                if !whole {
                    continue;
                }
                self.looked_up += 1;
                let already = |(period, meaning): &(demarche_dictionary::Period, Meaning)| {
                    agreement::says_already(before, &pattern.words, *period, meaning)
                };
                self.already += usize::from(meanings.iter().all(already));
                let wrong = meanings.iter().find_map(|(period, meaning)| {
                    let mut days = agreement::days(*period).into_iter();
                    days.find(|day| !agreement::agrees(world, &pattern.words, meaning, *day)).map(|day| (day, meaning))
                });
                match wrong {
                    None => self.agree += 1,
                    Some((day, meaning)) => self.differences.push(Difference {
                        line: pattern.line,
                        name: pattern.words.clone(),
                        on: Some(day),
                        expected: shown_meaning(meaning),
                        found: shown_found(&agreement::found(world, &pattern.words, day).0),
                    }),
                }
            }
        }
    }

    fn agents(&mut self, worlds: (&World, &World), book: &Codebook, agents: &Agents) {
        self.sort = "agent dictionary";
        let mut last: HashMap<Vec<u64>, usize> = HashMap::new();
        for entry in &agents.entries {
            for form in &entry.forms {
                last.insert(key(&form.words), entry.line);
            }
        }
        for entry in &agents.entries {
            self.names += entry.forms.len();
            let understood = book.agent(&entry.code, entry.leads);
            self.code(&entry.code, (entry.line, entry.column), understood.clone());
            for form in &entry.forms {
                let line = last.get(&key(&form.words)).copied().unwrap_or(entry.line);
                if line != entry.line {
                    self.repeated.push(Repeated { line: entry.line, other: line, name: form.words.clone() });
                    continue;
                }
                if !understood.is_whole() || understood.sectors.is_empty() {
                    continue;
                }
                self.noun(worlds, entry.line, &form.words, &understood.sectors);
            }
        }
    }

    /// A noun of role is looked up as that of some country.
    fn noun(&mut self, (before, world): (&World, &World), line: usize, noun: &str, sectors: &[Sector]) {
        self.looked_up += 1;
        let role = |world: &World| {
            let found = world.lookup(&format!("{NATION} {}", noun.to_lowercase()), None).into_iter().next();
            // Where the country has a body of that name, it is the body that must have the sectors.
            found.filter(|found| matches!(found.kind, ActorKind::Role | ActorKind::Body))
        };
        self.already += usize::from(role(before).is_some_and(|found| found.sectors == sectors));
        let found = role(world);
        if found.as_ref().is_some_and(|found| found.sectors == sectors) {
            self.agree += 1;
            return;
        }
        let expected = sectors.iter().map(|sector| sector.as_str()).collect::<Vec<_>>().join(" ");
        let found = shown_found(&found.map(|found| (None, found.sectors)));
        self.differences.push(Difference { line, name: noun.to_owned(), on: None, expected, found });
    }

    fn tables(&mut self, (before, world): (&World, &World), tables: &Tables) {
        self.sort = "tables";
        let mut met: HashMap<(TableKind, Vec<u64>), Vec<usize>> = HashMap::new();
        for (at, row) in tables.rows.iter().enumerate() {
            let names = tables::names(&row.entry);
            self.names += names.len();
            let period = row.entry.period();
            self.dated += usize::from(period != demarche_dictionary::Period::ALWAYS);
            let main = names.first().copied().unwrap_or_default();
            let same = met.entry((row.entry.table(), key(main))).or_default();
            let clash = same.iter().filter_map(|other| tables.rows.get(*other)).find(|other| {
                let office = |entry: &RowEntry| match entry {
                    RowEntry::Holder(holder) => Some((holder.office.clone(), holder.code)),
                    _ => None,
                };
                other.entry.period().overlaps(period) && office(&other.entry) == office(&row.entry)
            });
            if let Some(other) = clash {
                self.repeated.push(Repeated { line: row.line, other: other.line, name: main.to_owned() });
            }
            same.push(at);
            for name in &names {
                let told =
                    |found: &demarche_world::Resolution| found.kind != ActorKind::Place || found.canonical.is_some();
                let known = before.lookup(name, None).into_iter().find(told);
                if let Some(known) = known.filter(|_| !matches!(row.entry, RowEntry::Role(_))) {
                    let code = shown(known.code, &known.sectors);
                    let known = format!("{} {code} ({})", known.canonical.unwrap_or_default(), known.path);
                    self.overlaps.push(Overlap { line: row.line, name: (*name).to_owned(), known });
                }
            }
            if !row.suggested {
                self.row((before, world), row.line, &row.entry, &names);
            }
        }
    }

    fn row(&mut self, (before, world): (&World, &World), line: usize, entry: &RowEntry, names: &[&str]) {
        let (code, sectors) = match entry {
            RowEntry::Named(row) => (row.code, &row.sectors),
            RowEntry::Holder(row) => (row.code, &row.sectors),
            RowEntry::Role(row) if !row.same => return self.noun((before, world), line, &row.lemma, &row.sectors),
            RowEntry::Role(_) | RowEntry::People(_) | RowEntry::Place(_) => return,
        };
        let code = code.map(|code| world.country(code).map_or(code, |country| country.acts_as));
        let day = agreement::days(entry.period()).get(2).copied();
        for name in names {
            self.looked_up += 1;
            let same = |found: &demarche_world::Resolution| found.code == code && found.sectors == *sectors;
            self.already += usize::from(before.lookup(name, day).iter().any(same));
            let found = world.lookup(name, day);
            if found.iter().any(same) {
                self.agree += 1;
                continue;
            }
            let first = found.into_iter().next().map(|found| (found.code, found.sectors));
            self.differences.push(Difference {
                line,
                name: (*name).to_owned(),
                on: day,
                expected: shown(code, sectors),
                found: shown_found(&first),
            });
        }
    }
}
