//! The initiatives of `tests/gold`: a reader's undertakings of each report compared with what comes out.
//!
//! Those of a report are matched one to one within a kind so that most parties and mediators agree. An entity is right if its
//! code is the reader's, or its words stand in the reader's words.

use std::collections::BTreeMap;

use demarche_document::from_text;
use demarche_record::{Entity, Initiative, InitiativeKind, Record, Span, Stage};
use jiff::civil::Date;
use serde::Deserialize;

use super::Counts;
use crate::coder::Coder;

/// What is wrong with a file of initiatives.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {cause}; see tests/gold/README.md for the format")]
pub struct InitiativeError {
    line: usize,
    cause: serde_json::Error,
}

/// A report with its initiatives.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldReportText {
    /// Its id.
    pub id: String,
    /// The report.
    pub text: String,
    /// Its day.
    pub date: Date,
    initiatives: Vec<GoldInitiative>,
}

#[derive(Clone, Debug, Deserialize)]
struct GoldInitiative {
    kind: InitiativeKind,
    stage: Stage,
    stages: Vec<GoldStage>,
    party: Vec<GoldEntity>,
    mediator: Vec<GoldEntity>,
    host: Vec<GoldEntity>,
    venue: Option<String>,
    conflict: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct GoldStage {
    stage: Stage,
    sentence: String,
}

#[derive(Clone, Debug, Deserialize)]
struct GoldEntity {
    text: String,
    code: Option<String>,
}

/// Initiatives of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KindScore {
    /// Found among those that came out and the reader's.
    pub found: Counts,
    /// Found ones whose latest stage is right.
    pub stage: usize,
}

/// How initiatives fared.
#[derive(Clone, Debug, Default)]
pub struct InitiativeReport {
    /// Reports compared.
    pub texts: usize,
    /// Found: same kind and at least one party or mediator.
    pub all: KindScore,
    /// The same by kind.
    pub by_kind: BTreeMap<InitiativeKind, KindScore>,
    /// Tellings of stages: same stage in a sentence that holds the reader's words. Like what follows, of found ones only.
    pub stages: Counts,
    /// Parties.
    pub party: Counts,
    /// Mediators.
    pub mediator: Counts,
    /// Parties and mediators whose code is the reader's, where the reader has one.
    pub coded: Counts,
    /// Hosts.
    pub host: Counts,
    /// Venues.
    pub venue: Counts,
    /// Conflicts, by overlap of their words.
    pub conflict: Counts,
    /// One line a difference.
    pub faults: Vec<String>,
}

/// Reads reports, one JSON object a line.
///
/// # Errors
/// [`InitiativeError`] with the line that does not parse.
pub fn initiatives(lines: &str) -> Result<Vec<GoldReportText>, InitiativeError> {
    lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(n, line)| serde_json::from_str(line).map_err(|cause| InitiativeError { line: n + 1, cause }))
        .collect()
}

/// Whether a span lies upon some occurrence of the words.
fn upon(text: &str, words: &str, span: Span) -> bool {
    text.match_indices(words).any(|(at, words)| span.start < at + words.len() && at < span.end)
}

fn same_code(gold: &GoldEntity, entity: &Entity) -> bool {
    gold.code.is_some() && gold.code == entity.code.map(|code| code.to_string())
}

/// Pairs of the reader's entities with those that came out, each used once; those right in code and words go first.
fn pairs(text: &str, gold: &[GoldEntity], found: &[Entity], spans: &[Span]) -> Vec<(usize, usize)> {
    let mut ranked: Vec<(u8, usize, usize)> = Vec::new();
    for (g, wanted) in gold.iter().enumerate() {
        for (f, entity) in found.iter().enumerate() {
            let words = spans.get(f).is_some_and(|&span| upon(text, &wanted.text, span))
                || spans.is_empty()
                    && (wanted.text.contains(&entity.entity_text) || entity.entity_text.contains(&wanted.text));
            let rank = 2 * u8::from(words) + u8::from(same_code(wanted, entity));
            if rank > 0 {
                ranked.push((3 - rank, g, f));
            }
        }
    }
    ranked.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, g, f) in ranked {
        if !out.iter().any(|&(a, b)| a == g || b == f) {
            out.push((g, f));
        }
    }
    out
}

impl GoldInitiative {
    /// Parties and mediators that agree.
    fn agreement(&self, text: &str, found: &Initiative) -> usize {
        pairs(text, &self.party, &found.party, &found.evidence.party).len()
            + pairs(text, &self.mediator, &found.mediator, &found.evidence.mediator).len()
    }

    fn shown(&self) -> String {
        let names = |list: &[GoldEntity]| list.iter().map(|e| e.text.as_str()).collect::<Vec<_>>().join(", ");
        format!("{} {}: {} / {}", self.kind, self.stage, names(&self.party), names(&self.mediator))
    }
}

fn shown(initiative: &Initiative) -> String {
    let names = |list: &[Entity]| {
        let name =
            |e: &Entity| format!("{} {}", e.entity_text, e.code.map_or_else(|| "?".to_owned(), |c| c.to_string()));
        list.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let stages: Vec<String> = initiative.stages.iter().map(|mark| mark.stage.to_string()).collect();
    format!(
        "{} {} ({}): {} / {}",
        initiative.kind,
        initiative.stage,
        stages.join(" "),
        names(&initiative.party),
        names(&initiative.mediator)
    )
}

impl InitiativeReport {
    /// Compares one report with what comes out of it.
    pub fn compare(&mut self, coder: &Coder, gold: &GoldReportText) {
        self.texts += 1;
        let mut document = from_text(&gold.id, &gold.text);
        document.date = Some(gold.date);
        let found: Vec<Initiative> = coder
            .code(&document)
            .records
            .into_iter()
            .filter_map(|record| match record {
                Record::Initiative(initiative) => Some(*initiative),
                _ => None,
            })
            .collect();
        let mut ranked: Vec<(usize, usize, usize)> = Vec::new();
        for (g, wanted) in gold.initiatives.iter().enumerate() {
            for (f, initiative) in found.iter().enumerate().filter(|(_, i)| i.kind == wanted.kind) {
                let agreement = wanted.agreement(&gold.text, initiative);
                if agreement > 0 {
                    ranked.push((agreement, g, f));
                }
            }
        }
        ranked.sort_unstable_by_key(|&(agreement, g, f)| (std::cmp::Reverse(agreement), g, f));
        let mut matched: Vec<(usize, usize)> = Vec::new();
        for (_, g, f) in ranked {
            if !matched.iter().any(|&(a, b)| a == g || b == f) {
                matched.push((g, f));
            }
        }
        for (g, wanted) in gold.initiatives.iter().enumerate() {
            self.count(wanted.kind, |score| score.found.gold += 1);
            match matched.iter().find(|pair| pair.0 == g) {
                Some(&(_, f)) => self.pair(gold, wanted, &found[f]),
                None => self.faults.push(format!("{} missed  {}", gold.id, wanted.shown())),
            }
        }
        for (f, initiative) in found.iter().enumerate() {
            self.count(initiative.kind, |score| score.found.predicted += 1);
            if !matched.iter().any(|pair| pair.1 == f) {
                self.faults.push(format!("{} extra   {}", gold.id, shown(initiative)));
            }
        }
    }

    fn count(&mut self, kind: InitiativeKind, then: impl Fn(&mut KindScore)) {
        then(&mut self.all);
        then(self.by_kind.entry(kind).or_default());
    }

    fn pair(&mut self, gold: &GoldReportText, wanted: &GoldInitiative, found: &Initiative) {
        let text = gold.text.as_str();
        let right = wanted.stage == found.stage;
        self.count(wanted.kind, |score| {
            score.found.right += 1;
            score.stage += usize::from(right);
        });
        let mut wrong: Vec<String> = Vec::new();
        if !right {
            wrong.push(format!("stage is {}", wanted.stage));
        }
        let mut told = vec![false; found.stages.len()];
        for stage in &wanted.stages {
            let same = |mark: &demarche_record::StageMark| {
                mark.stage == stage.stage && upon(text, &stage.sentence, mark.sentence)
            };
            let at = (0..found.stages.len()).find(|&n| !told[n] && same(&found.stages[n]));
            if let Some(n) = at {
                told[n] = true;
            } else {
                wrong.push(format!("no {} “{}”", stage.stage, stage.sentence));
            }
        }
        add(&mut self.stages, told.iter().filter(|told| **told).count(), found.stages.len(), wanted.stages.len());
        let evidence = &found.evidence;
        let lists = [
            ("party", &wanted.party, &found.party, &evidence.party[..], &mut self.party),
            ("mediator", &wanted.mediator, &found.mediator, &evidence.mediator[..], &mut self.mediator),
            ("host", &wanted.host, &found.host, &[][..], &mut self.host),
        ];
        for (role, gold, entities, spans, counts) in lists {
            let pairs = pairs(text, gold, entities, spans);
            add(counts, pairs.len(), entities.len(), gold.len());
            if role != "host" {
                let coded = pairs.iter().filter(|&&(g, f)| same_code(&gold[g], &entities[f])).count();
                let known = entities.iter().filter(|entity| entity.code.is_some()).count();
                add(&mut self.coded, coded, known, gold.iter().filter(|entity| entity.code.is_some()).count());
            }
            for (_, entity) in gold.iter().enumerate().filter(|(g, _)| !pairs.iter().any(|pair| pair.0 == *g)) {
                wrong.push(format!("no {role} “{}”", entity.text));
            }
            for (_, entity) in entities.iter().enumerate().filter(|(f, _)| !pairs.iter().any(|pair| pair.1 == *f)) {
                wrong.push(format!("extra {role} “{}”", entity.entity_text));
            }
        }
        let venue = found.venue.as_ref().map(|venue| venue.extracted_place.as_str());
        let same = match (&wanted.venue, venue) {
            (Some(gold), Some(found)) => gold.contains(found) || found.contains(gold.as_str()),
            _ => false,
        };
        add(&mut self.venue, usize::from(same), usize::from(venue.is_some()), usize::from(wanted.venue.is_some()));
        if !same && (venue.is_some() || wanted.venue.is_some()) {
            wrong.push(format!("venue {} is {}", venue.unwrap_or("-"), wanted.venue.as_deref().unwrap_or("-")));
        }
        let conflict = evidence.conflict;
        let same = wanted.conflict.as_ref().zip(conflict).is_some_and(|(gold, span)| upon(text, gold, span));
        let (has, wants) = (usize::from(conflict.is_some()), usize::from(wanted.conflict.is_some()));
        add(&mut self.conflict, usize::from(same), has, wants);
        if !wrong.is_empty() {
            self.faults.push(format!("{} differs {}: {}", gold.id, shown(found), wrong.join("; ")));
        }
    }
}

fn add(counts: &mut Counts, right: usize, predicted: usize, gold: usize) {
    counts.right += right;
    counts.predicted += predicted;
    counts.gold += gold;
}
