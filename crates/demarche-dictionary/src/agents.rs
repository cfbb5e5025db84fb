//! Agent dictionaries: common nouns of role and the code they add to that of the actor they belong to.
//!
//! `NOUN {PLURAL, PLURAL} [~CODE]`. Without braces the regular plural is formed (`Y` becomes `IES`, `S` becomes `SES`, else
//! `S`); empty braces mean that there is none. `!NAME! = ONE, TWO` defines a substitution set; a line with `!NAME!` stands
//! for a line with each of them, without plurals. `~` before the code: it follows the actor's; after it: it comes first.

use std::collections::BTreeMap;

use demarche_record::Span;

use crate::actors::words;
use crate::fault::{Fault, Problem};
use crate::lines::{Line, lines};

/// A form of a noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its words, parted by single spaces, as written otherwise.
    pub words: String,
    /// Whether it is the plural of another.
    pub plural: bool,
}

/// Nouns of one line and their code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentEntry {
    /// The forms.
    pub forms: Vec<Form>,
    /// The code, without `~`.
    pub code: String,
    /// Whether the code stands before that of the actor.
    pub leads: bool,
    /// Line, from 1.
    pub line: usize,
    /// Column of the code in characters, from 1.
    pub column: usize,
    /// Bytes of the file: the noun as written.
    pub span: Span,
}

/// An agent dictionary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agents {
    /// Its entries in the order of the file.
    pub entries: Vec<AgentEntry>,
}

/// The most nouns that one line may stand for.
const MOST_FORMS: usize = 256;

/// Reads an agent dictionary. What cannot be read is named in the faults and passed over.
pub fn read_agents(file: &str, bytes: &[u8]) -> (Agents, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut sets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut entries = Vec::new();
    for line in &lines(file, bytes, &mut faults) {
        let read = if line.text.contains('!') && line.text.contains('=') {
            set(&line.text).map(|(name, members)| {
                sets.insert(name, members);
            })
        } else {
            entry(line, &sets).map(|entry| entries.push(entry))
        };
        if let Err((at, problem)) = read {
            faults.push(line.fault(file, at, problem));
        }
    }
    faults.sort_by_key(|fault| (fault.line, fault.column));
    (Agents { entries }, faults)
}

type At = (usize, Problem);

/// `!NAME! = ONE, TWO`.
fn set(text: &str) -> Result<(String, Vec<String>), At> {
    let bad = || (0, Problem::BadSet);
    let (name, members) = text.split_once('=').ok_or_else(bad)?;
    let name = name.trim().strip_prefix('!').and_then(|name| name.strip_suffix('!')).ok_or_else(bad)?.trim();
    let members: Vec<String> =
        members.split(',').map(|member| member.trim().to_owned()).filter(|member| !member.is_empty()).collect();
    if name.is_empty() || name.contains('!') || members.is_empty() {
        return Err(bad());
    }
    Ok((name.to_owned(), members))
}

fn entry(line: &Line<'_>, sets: &BTreeMap<String, Vec<String>>) -> Result<AgentEntry, At> {
    let text = &*line.text;
    let start = text.len() - text.trim_start().len();
    let no_code = || (start, Problem::NoCode(words(text)));
    let open = text.find('[').ok_or_else(no_code)?;
    let close = text[open..].find(']').map(|close| open + close).ok_or((open, Problem::Bracket))?;
    let code = text[open + 1..close].trim();
    let (code, leads) = match (code.strip_prefix('~'), code.strip_suffix('~')) {
        (Some(code), _) => (code, false),
        (None, Some(code)) => (code, true),
        (None, None) => (code, false),
    };
    if code.is_empty() {
        return Err((open, Problem::EmptyCode));
    }
    let (noun, plurals) = match (text[..open].find('{'), text[..open].find('}')) {
        (None, None) => (&text[..open], None),
        (Some(brace), Some(end)) if brace < end => (&text[..brace], Some(&text[brace + 1..end])),
        (Some(at), _) | (None, Some(at)) => return Err((at, Problem::Bracket)),
    };
    let singular = words(noun);
    if !singular.contains(char::is_alphanumeric) {
        return Err((start, Problem::NoWord));
    }
    let mut forms = Vec::new();
    if singular.contains('!') {
        for words in substituted(&singular, sets).map_err(|problem| (start, problem))? {
            forms.push(Form { words, plural: false });
        }
    } else {
        let plurals = match plurals {
            Some(plurals) => plurals.split([',', ' ', '\t']).map(words).filter(|form| !form.is_empty()).collect(),
            None => vec![regular_plural(&singular)],
        };
        forms.push(Form { words: singular, plural: false });
        forms.extend(plurals.into_iter().map(|words| Form { words, plural: true }));
    }
    let span = line.span(start, noun.trim_end().len().max(start));
    Ok(AgentEntry { forms, code: code.to_owned(), leads, line: line.number, column: line.column(open + 1), span })
}

/// Every reading of a noun with sets. A set's name within a word, letters on both sides, is part of that word
/// (`AD!MINIST!RATION`: such lines come from replacing the name everywhere).
fn substituted(noun: &str, sets: &BTreeMap<String, Vec<String>>) -> Result<Vec<String>, Problem> {
    let mut out = vec![String::new()];
    let mut rest = noun;
    while let Some(open) = rest.find('!') {
        let inner = &rest[open + 1..];
        let close = inner.find('!').ok_or(Problem::BadSet)?;
        let (name, after) = (&inner[..close], &inner[close + 1..]);
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let within = letter(rest[..open].chars().next_back()) && letter(after.chars().next());
        let members: Vec<&str> = match sets.get(name) {
            Some(_) if within => vec![name],
            Some(members) => members.iter().map(String::as_str).collect(),
            None => return Err(Problem::NoSet(name.to_owned())),
        };
        if out.len() * members.len() > MOST_FORMS {
            return Err(Problem::TooManyForms(MOST_FORMS));
        }
        out = out
            .iter()
            .flat_map(|before| members.iter().map(move |member| format!("{before}{}{member}", &rest[..open])))
            .collect();
        rest = after;
    }
    Ok(out.into_iter().map(|before| words(&(before + rest))).collect())
}

fn regular_plural(noun: &str) -> String {
    match noun.strip_suffix(['Y', 'y']) {
        Some(stem) => format!("{stem}IES"),
        None if noun.ends_with(['S', 's']) => format!("{noun}ES"),
        None => format!("{noun}S"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forms, code, whether the code leads.
    type Read = (Vec<String>, String, bool);

    fn read(text: &str) -> (Vec<Read>, Vec<String>) {
        let (agents, faults) = read_agents("f", text.as_bytes());
        let entries = agents
            .entries
            .into_iter()
            .map(|entry| (entry.forms.into_iter().map(|form| form.words).collect(), entry.code, entry.leads));
        (entries.collect(), faults.iter().map(ToString::to_string).collect())
    }

    fn forms(text: &str) -> Vec<String> {
        let (entries, faults) = read(text);
        assert_eq!(faults, [""; 0], "{text}");
        entries.into_iter().flat_map(|entry| entry.0).collect()
    }

    #[test]
    fn plurals() {
        assert_eq!(
            forms("DEPUTY [~GOV]\nBOSS[~BUS] # c\nAIDE [~GOV]"),
            ["DEPUTY", "DEPUTIES", "BOSS", "BOSSES", "AIDE", "AIDES"]
        );
        assert_eq!(
            forms("POLICE {} [~COP]\nCHAMBER_OF_COMMERCE {CHAMBERS_OF_COMMERCE} [~BUS]"),
            ["POLICE", "CHAMBER OF COMMERCE", "CHAMBERS OF COMMERCE"]
        );
    }

    #[test]
    fn sets_are_put_in() {
        let text = "!PERSON! = MAN, WOMEN\n!MINIST! = MINISTER, MINISTRY\nFIRE!PERSON! {} [~GOV]\n\
                    !MINIST! FOR_AD!MINIST!RATION [~GOV]";
        assert_eq!(forms(text), ["FIREMAN", "FIREWOMEN", "MINISTER FOR ADMINISTRATION", "MINISTRY FOR ADMINISTRATION"]);
    }

    #[test]
    fn codes_before_and_after() {
        let (entries, _) = read("NGO_WORKER [~NGO]\nTREATY_BODY [IGO~]");
        assert_eq!((&*entries[0].1, entries[0].2, &*entries[1].1, entries[1].2), ("NGO", false, "IGO", true));
    }

    #[test]
    fn faults_are_named_and_passed_over() {
        let (entries, faults) = read("A\nB [~X}\nC!D! [~X]\nE} [~X]\nF []\n!G = H\n_ [~X]\nI [~X]\n");
        assert_eq!(entries.len(), 1);
        let lines: Vec<&str> = faults.iter().filter_map(|fault| fault.split(':').nth(1)).collect();
        assert_eq!(lines, ["1", "2", "3", "4", "5", "6", "7"]);
    }
}
