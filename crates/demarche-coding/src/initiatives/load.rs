//! Loading the files of initiatives: those that ship with the program, and a user's over them.

use std::collections::{BTreeMap, HashMap};

use demarche_record::{InitiativeKind, Stage};
use serde::Deserialize;
use toml::Spanned;

use super::{InitiativeExample, Initiatives, Opens, Side, Telling, Undertaking};
use crate::conflicts::{Conflict, Overridden};
use crate::files::{Extension, FrameError, Position, TomlFile};
use crate::frames::{Lexicon, Pattern, PatternKind, Slot};

/// The files that ship with the program, in reading order.
pub(super) const BUILTIN: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/initiative_files.rs"));

/// The keys of a file.
const KEYS: [&str; 9] =
    ["undertaking", "telling", "figure", "envoys", "conflicts", "elsewhere", "denials", "aspects", "examples"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UndertakingEntry {
    id: String,
    kinds: Vec<InitiativeKind>,
    #[serde(default = "always")]
    opens: Opens,
    #[serde(default)]
    attributes: Vec<String>,
    #[serde(default)]
    plural: bool,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
    stage: Option<Stage>,
    #[serde(default)]
    by: Side,
    #[serde(default)]
    sides: Vec<Slot>,
    #[serde(default)]
    examples: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TellingEntry {
    id: String,
    stage: Option<Stage>,
    together: Option<Together>,
    negated: Option<Stage>,
    #[serde(default)]
    over: BTreeMap<Stage, Over>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    at: Vec<Slot>,
    #[serde(default)]
    by: Side,
    #[serde(default)]
    to: Side,
    #[serde(default)]
    kinds: Vec<InitiativeKind>,
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    before: bool,
    #[serde(default)]
    examples: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Together {
    stage: Stage,
    #[serde(default)]
    kinds: Vec<InitiativeKind>,
}

/// A stage, or `"nothing"`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Over {
    Stage(Stage),
    Nothing(Nothing),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Nothing {
    Nothing,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureEntry {
    part: Side,
    nouns: Vec<String>,
}

const fn always() -> Opens {
    Opens::Always
}

/// The patterns of an entry's lists of words; an empty word, or none at all, is a fault.
fn patterns(
    entry: (&str, &Position),
    lists: &[(PatternKind, &[String])],
    faults: &mut Vec<FrameError>,
) -> Vec<Pattern> {
    let (id, position) = entry;
    let mut out = Vec::new();
    for (kind, list) in lists {
        for written in *list {
            match Pattern::parse(*kind, written) {
                Some(pattern) => out.push(pattern),
                None => faults.push(FrameError::at(position, format!("`{id}`: a word is empty; write one"))),
            }
        }
    }
    if lists.iter().all(|(_, list)| list.is_empty()) {
        let problem = format!("`{id}`: no words: give `verbs`, `nouns` or, for a telling, `adjectives`");
        faults.push(FrameError::at(position, problem));
    }
    out
}

/// One file while it is read.
struct Reading<'a> {
    layer: usize,
    stem: &'a str,
    /// Ids that this file has had.
    seen: HashMap<String, Position>,
    examples: Vec<(String, Spanned<String>)>,
    faults: &'a mut Vec<FrameError>,
    conflicts: &'a mut Vec<Conflict>,
}

impl Reading<'_> {
    /// The full id of an entry; none if the layer has it already.
    fn id(&mut self, id: &str, position: &Position, below: Option<(usize, &Position)>) -> Option<String> {
        let full = format!("{}/{id}", self.stem);
        let own = below.filter(|(layer, _)| *layer == self.layer).map(|(_, position)| position.clone());
        if let Some(first) = self.seen.insert(full.clone(), position.clone()).or(own) {
            let problem = format!("`{id}` is given twice, first at {}:{}; rename one", first.file, first.line);
            self.faults.push(FrameError::at(position, problem));
            return None;
        }
        if let Some((_, below)) = below {
            let overridden = Overridden::Initiative { id: full.clone(), below: below.clone() };
            self.conflicts.push(Conflict { position: position.clone(), overridden });
        }
        Some(full)
    }
}

impl Initiatives {
    /// Adds the words of one file; `file` names it in errors and in ids (without `.toml`).
    ///
    /// # Errors
    /// The first [`FrameError`]: TOML that does not parse, an unknown key, kind, stage or part, an entry without words, an id given
    /// twice, or an example that cannot be read.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), FrameError> {
        let mut faults = Vec::new();
        self.read(file, text, 0, &mut faults, &mut Vec::new());
        self.index();
        faults.into_iter().next().map_or(Ok(()), Err)
    }

    /// The built-in words with those of layers over them: an entry of the same id takes the place of the one below.
    pub(crate) fn load(
        layers: &[Extension],
        faults: &mut Vec<FrameError>,
        conflicts: &mut Vec<Conflict>,
    ) -> Result<Self, FrameError> {
        let mut out = Self::builtin()?;
        for (n, layer) in layers.iter().enumerate() {
            for file in &layer.initiatives {
                out.read(&file.name, &file.text, n + 1, faults, conflicts);
            }
        }
        out.index();
        Ok(out)
    }

    fn index(&mut self) {
        let of = |patterns: &[(Pattern, usize)]| Lexicon::of(patterns.iter().map(|(pattern, id)| (pattern, *id)));
        self.lexicons = self.patterns.each_ref().map(|patterns| of(patterns));
    }

    /// Reads a file, leaving out what has a fault.
    fn read(
        &mut self,
        file: &str,
        text: &str,
        layer: usize,
        faults: &mut Vec<FrameError>,
        conflicts: &mut Vec<Conflict>,
    ) {
        let before = faults.len();
        let Some(mut toml) = TomlFile::parse(file, text, faults) else { return };
        if toml.is_empty() {
            let problem = "nothing in the file; write `[[undertaking]]` or `[[telling]]` and its keys";
            faults.push(toml.source.error(&(0..0), problem));
        }
        let undertakings = toml.entries::<UndertakingEntry>("undertaking", faults);
        let tellings = toml.entries::<TellingEntry>("telling", faults);
        let figures = toml.entries::<FigureEntry>("figure", faults);
        let lists = [
            (&mut self.envoys, "envoys"),
            (&mut self.conflicts, "conflicts"),
            (&mut self.elsewhere, "elsewhere"),
            (&mut self.denials, "denials"),
            (&mut self.aspects, "aspects"),
        ];
        for (list, key) in lists {
            list.extend(toml.take::<Vec<String>>(key, faults).map(Spanned::into_inner).unwrap_or_default());
        }
        let shared = toml.take::<Vec<Spanned<String>>>("examples", faults).map(Spanned::into_inner);
        let stem = file.rsplit(['/', '\\']).next().unwrap_or(file).trim_end_matches(".toml");
        let examples = shared.unwrap_or_default().into_iter().map(|line| (stem.to_owned(), line)).collect();
        let mut reading = Reading { layer, stem, seen: HashMap::new(), examples, faults, conflicts };
        for entry in undertakings {
            self.undertaking(toml.source.position(entry.span().start), entry.into_inner(), &mut reading);
        }
        for entry in tellings {
            self.telling(toml.source.position(entry.span().start), entry.into_inner(), &mut reading);
        }
        let Reading { examples, faults, .. } = reading;
        for entry in figures {
            let FigureEntry { part, nouns } = entry.into_inner();
            self.figures.extend(nouns.into_iter().map(|noun| (noun, part)));
        }
        for (owner, line) in examples {
            match line.get_ref().parse::<InitiativeExample>() {
                Ok(parsed) => {
                    let position = toml.source.position(line.span().start);
                    self.examples.push(InitiativeExample { owner, layer, position, ..parsed });
                }
                Err(problem) => faults.push(toml.source.error(&line.span(), problem)),
            }
        }
        toml.finish(&KEYS, faults);
        if let Some(own) = faults.get_mut(before..) {
            own.sort_by_key(|fault| (fault.line, fault.column));
        }
    }

    fn undertaking(&mut self, position: Position, entry: UndertakingEntry, reading: &mut Reading<'_>) {
        let before = reading.faults.len();
        let lists = [(PatternKind::Noun, &entry.nouns[..]), (PatternKind::Verb, &entry.verbs[..])];
        let patterns = patterns((&entry.id, &position), &lists, reading.faults);
        if entry.kinds.is_empty() && entry.opens != Opens::Never {
            let problem = format!("`{}`: no kind; give `kinds` or `opens = \"never\"`", entry.id);
            reading.faults.push(FrameError::at(&position, problem));
        }
        let full = format!("{}/{}", reading.stem, entry.id);
        let below = self.undertakings.iter().rposition(|below| below.id == full);
        let known = below.and_then(|n| self.undertakings.get(n)).map(|below| (below.layer, &below.position));
        let Some(id) = reading.id(&entry.id, &position, known) else { return };
        if reading.faults.len() > before {
            return;
        }
        if let Some(below) = below {
            self.replaced(0, below, &id);
        }
        let number = self.undertakings.len();
        self.patterns[0].extend(patterns.into_iter().map(|pattern| (pattern, number)));
        reading.examples.extend(entry.examples.into_iter().map(|line| (id.clone(), line)));
        self.undertakings.push(Undertaking {
            id,
            layer: reading.layer,
            position,
            kinds: entry.kinds,
            opens: entry.opens,
            attributes: entry.attributes.into_iter().collect(),
            plural: entry.plural,
            stage: entry.stage,
            by: entry.by,
            sides: entry.sides,
        });
    }

    fn telling(&mut self, position: Position, entry: TellingEntry, reading: &mut Reading<'_>) {
        let before = reading.faults.len();
        let lists = [
            (PatternKind::Verb, &entry.verbs[..]),
            (PatternKind::Noun, &entry.nouns[..]),
            (PatternKind::Adjective, &entry.adjectives[..]),
        ];
        let patterns = patterns((&entry.id, &position), &lists, reading.faults);
        let full = format!("{}/{}", reading.stem, entry.id);
        let below = self.tellings.iter().rposition(|below| below.id == full);
        let known = below.and_then(|n| self.tellings.get(n)).map(|below| (below.layer, &below.position));
        let Some(id) = reading.id(&entry.id, &position, known) else { return };
        if reading.faults.len() > before {
            return;
        }
        if let Some(below) = below {
            self.replaced(1, below, &id);
        }
        let number = self.tellings.len();
        self.patterns[1].extend(patterns.into_iter().map(|pattern| (pattern, number)));
        reading.examples.extend(entry.examples.into_iter().map(|line| (id.clone(), line)));
        let over = |(stage, over)| match over {
            Over::Stage(to) => (stage, Some(to)),
            Over::Nothing(Nothing::Nothing) => (stage, None),
        };
        self.tellings.push(Telling {
            id,
            layer: reading.layer,
            position,
            stage: entry.stage,
            together: entry.together.map(|together| (together.stage, together.kinds)),
            negated: entry.negated,
            over: entry.over.into_iter().map(over).collect(),
            at: entry.at,
            by: entry.by,
            to: entry.to,
            kinds: entry.kinds,
            alone: entry.alone,
            weak: entry.weak,
            before: entry.before,
        });
    }

    /// Takes an entry out of force: its words name nothing any more, and its examples are not run.
    fn replaced(&mut self, list: usize, number: usize, id: &str) {
        if let Some(patterns) = self.patterns.get_mut(list) {
            patterns.retain(|(_, of)| *of != number);
        }
        self.examples.retain(|example| example.owner != id);
    }
}
