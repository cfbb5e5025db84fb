//! Actor dictionaries of TABARI and PETRARCH: names, other names, and the codes they have in time.
//!
//! A line that begins with neither `+` nor a bracket names a new entry; `+` lines give it more names; codes stand in
//! brackets behind a name or on lines of their own, and the first whose dates hold is the one. `_` and spaces part the
//! words of a name, which stand together; a last `_` means nothing to the coders of today and nothing here. `[---]` says
//! that the name is no actor.

use demarche_record::Span;

use crate::fault::{Fault, Problem};
use crate::lines::{Line, lines};
use crate::period::Period;

/// Which inventory the codes of a dictionary are from; its header says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inventory {
    /// CAMEO's actors.
    #[default]
    Actors,
    /// CAMEO's ethnic groups: `ARG` is Aragonese there.
    Ethnic,
    /// CAMEO's religious groups.
    Religious,
}

/// A name of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Its words, parted by single spaces, as written otherwise.
    pub words: String,
    /// Line, from 1.
    pub line: usize,
    /// Bytes of the file.
    pub span: Span,
}

/// A code and when it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// As written; `None` where the name is said to be no actor.
    pub code: Option<String>,
    /// When.
    pub period: Period,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Bytes of the file: what stands in the brackets.
    pub span: Span,
}

/// An actor with its names and codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActorEntry {
    /// Its names, the first one first.
    pub patterns: Vec<Pattern>,
    /// Its codes in the order of the file; the first that holds is the one.
    pub codes: Vec<Dated>,
}

impl ActorEntry {
    /// What the entry says of each time: parts without overlap, `None` for no actor. Times it says nothing of are left out.
    pub fn in_time(&self) -> Vec<(Period, &Dated)> {
        let mut out: Vec<(Period, &Dated)> = Vec::new();
        for dated in &self.codes {
            let mut free = vec![dated.period];
            for (taken, _) in &out {
                free = free.into_iter().flat_map(|part| part.without(*taken)).collect();
            }
            out.extend(free.into_iter().map(|part| (part, dated)));
        }
        out
    }
}

/// An actor dictionary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actors {
    /// Where its codes are from.
    pub inventory: Inventory,
    /// Its entries in the order of the file, each with a name and a code.
    pub entries: Vec<ActorEntry>,
}

/// Reads an actor dictionary. What cannot be read is named in the faults and passed over.
pub fn read_actors(file: &str, bytes: &[u8]) -> (Actors, Vec<Fault>) {
    let mut reader = Reader { file, faults: Vec::new(), entries: Vec::new(), open: None };
    let found = lines(file, bytes, &mut reader.faults);
    for line in &found {
        reader.line(line);
    }
    reader.close();
    let Reader { mut faults, entries, .. } = reader;
    faults.sort_by_key(|fault| (fault.line, fault.column));
    (Actors { inventory: inventory(bytes), entries }, faults)
}

/// The inventory named in the comments at the head of the file.
fn inventory(bytes: &[u8]) -> Inventory {
    let mut head = String::new();
    for line in bytes.split(|&byte| byte == b'\n').take_while(|line| line.starts_with(b"#")) {
        for word in String::from_utf8_lossy(line).trim_start_matches('#').split_whitespace() {
            head.push_str(&word.to_lowercase());
            head.push(' ');
        }
    }
    if head.contains("cameo ethnic groups codes") {
        Inventory::Ethnic
    } else if head.contains("cameo religion groups codes") {
        Inventory::Religious
    } else {
        Inventory::Actors
    }
}

/// An entry that is being read, with the fault to name should it have no code.
struct Open {
    entry: ActorEntry,
    codeless: Fault,
    /// Whether a bracket was met that could not be used: then the entry's fault is named already.
    bad_code: bool,
}

struct Reader<'a> {
    file: &'a str,
    faults: Vec<Fault>,
    entries: Vec<ActorEntry>,
    open: Option<Open>,
}

impl Reader<'_> {
    fn line(&mut self, line: &Line<'_>) {
        let text = &*line.text;
        let bracket = text.find('[').unwrap_or(text.len());
        let name = &text[..bracket];
        let at = name.len() - name.trim_start().len();
        if name.contains([']', '{', '}']) {
            self.fault(line, at, Problem::Bracket);
            return;
        }
        let codes = match codes(line, bracket) {
            Ok(codes) => codes,
            Err(at) => {
                self.fault(line, at, Problem::Bracket);
                return;
            }
        };
        let name = name.trim();
        if let Some(other) = name.strip_prefix('+') {
            self.other(line, at + 1, other);
        } else if !name.is_empty() {
            self.begin(line, at, name);
        }
        for (at, inside) in codes {
            self.code(line, at, inside);
        }
        if let Some(end) = text.rfind(']') {
            let after = text[end + 1..].trim();
            if !after.is_empty() {
                self.fault(line, end + 1, Problem::After(after.to_owned()));
            }
        }
    }

    fn fault(&mut self, line: &Line<'_>, at: usize, problem: Problem) {
        self.faults.push(line.fault(self.file, at, problem));
    }

    fn begin(&mut self, line: &Line<'_>, at: usize, name: &str) {
        self.close();
        let Some(pattern) = self.pattern(line, at, name) else { return };
        let codeless = line.fault(self.file, at, Problem::NoCode(pattern.words.clone()));
        let entry = ActorEntry { patterns: vec![pattern], codes: Vec::new() };
        self.open = Some(Open { entry, codeless, bad_code: false });
    }

    fn other(&mut self, line: &Line<'_>, at: usize, name: &str) {
        let Some(pattern) = self.pattern(line, at, name) else { return };
        match &mut self.open {
            Some(open) => open.entry.patterns.push(pattern),
            None => self.fault(line, at, Problem::NoEntry),
        }
    }

    fn pattern(&mut self, line: &Line<'_>, at: usize, name: &str) -> Option<Pattern> {
        let words = words(name);
        if !words.contains(char::is_alphanumeric) {
            self.fault(line, at, Problem::NoWord);
            return None;
        }
        Some(Pattern { words, line: line.number, span: line.span(at, at + name.len()) })
    }

    fn code(&mut self, line: &Line<'_>, at: usize, inside: &str) {
        let mut parts = inside.trim().splitn(2, char::is_whitespace);
        let code = parts.next().unwrap_or_default();
        let restriction = parts.next().unwrap_or_default().trim();
        let Some(open) = &mut self.open else {
            self.fault(line, at, Problem::NoEntry);
            return;
        };
        let period = if code.is_empty() {
            Err(Problem::EmptyCode)
        } else if restriction.is_empty() {
            Ok((Period::ALWAYS, None))
        } else {
            Period::parse(restriction)
        };
        match period {
            Ok((period, mended)) => {
                let code = Some(code.to_owned()).filter(|code| code != NO_ACTOR);
                let span = line.span(at, at + inside.len());
                open.entry.codes.push(Dated { code, period, line: line.number, column: line.column(at), span });
                if let Some(problem) = mended {
                    self.fault(line, at, problem);
                }
            }
            Err(problem) => {
                open.bad_code = true;
                self.fault(line, at, problem);
            }
        }
    }

    fn close(&mut self) {
        let Some(Open { entry, codeless, bad_code }) = self.open.take() else { return };
        if !entry.codes.is_empty() {
            self.entries.push(entry);
        } else if !bad_code {
            self.faults.push(codeless);
        }
    }
}

/// The code of a name that is no actor.
const NO_ACTOR: &str = "---";

/// What stands in the brackets of a line from `at` on, with its place; the place of a bracket without its fellow.
fn codes<'a>(line: &'a Line<'_>, mut at: usize) -> Result<Vec<(usize, &'a str)>, usize> {
    let text = &*line.text;
    let mut out = Vec::new();
    while let Some(open) = text[at..].find('[').map(|open| at + open) {
        let inside = open + 1;
        let close = text[inside..].find(']').map(|close| inside + close).ok_or(open)?;
        if text[inside..close].contains('[') {
            return Err(open);
        }
        out.push((inside, &text[inside..close]));
        at = close + 1;
    }
    Ok(out)
}

/// The words of a name, parted by single spaces.
pub(crate) fn words(name: &str) -> String {
    name.split(|c: char| c == '_' || c.is_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<ActorEntry>, Vec<String>) {
        let (actors, faults) = read_actors("f", text.as_bytes());
        (actors.entries, faults.iter().map(ToString::to_string).collect())
    }

    fn names(entry: &ActorEntry) -> Vec<&str> {
        entry.patterns.iter().map(|pattern| pattern.words.as_str()).collect()
    }

    #[test]
    fn names_and_codes() {
        let text = "ZORGONIA_  [ZOR]\n+ZORGON_\n+ZORGONIAN_ARMY [ZORMIL]\n\nJANE_DOE_ ; c\n\t[ZORELI 750101-800101]\n\
                    \t[ZORGOV >800101] [ZORELI]\n\t[---]\n";
        let (entries, faults) = read(text);
        assert_eq!(faults, [""; 0]);
        assert_eq!(names(&entries[0]), ["ZORGONIA", "ZORGON", "ZORGONIAN ARMY"]);
        assert_eq!(&text[entries[0].patterns[1].span.start..entries[0].patterns[1].span.end], "ZORGON_");
        let codes: Vec<_> = entries[1].codes.iter().map(|dated| (dated.code.as_deref(), dated.line)).collect();
        assert_eq!(codes, [(Some("ZORELI"), 6), (Some("ZORGOV"), 7), (Some("ZORELI"), 7), (None, 8)]);
    }

    #[test]
    fn the_first_code_that_holds_is_the_one() {
        let (entries, _) = read("A_\n[X 750101-800101]\n[Y 700101-780101]\n[Z]\n[W]\n");
        let parts: Vec<_> = entries[0]
            .in_time()
            .into_iter()
            .map(|(period, dated)| {
                let day = |day: Option<jiff::civil::Date>| day.map_or(0, jiff::civil::Date::year);
                (dated.code.as_deref().unwrap_or_default(), day(period.from), day(period.until))
            })
            .collect();
        assert_eq!(parts, [("X", 1975, 1980), ("Y", 1970, 1975), ("Z", 0, 1970), ("Z", 1980, 0)]);
    }

    #[test]
    fn faults_are_named_and_passed_over() {
        let (entries, faults) = read("[X]\nA_\nB_ [\nC] [Y]\nD_ [Y] z\nE_ [Y <17041975]\n__ [Y]\nF_ []\n");
        assert_eq!(entries.len(), 1);
        assert_eq!(
            faults,
            [
                "f:1:2: no entry stands above this line; it is passed over",
                "f:2:1: `A` has no code and is passed over; give it one, or write `+` before it if it is another name of \
                 the entry above",
                "f:3:4: a bracket without its fellow; the line is passed over",
                "f:4:1: a bracket without its fellow; the line is passed over",
                "f:5:7: `z` after the code is passed over; write `;` or `#` before a comment",
                "f:6:5: `17041975` is no date (YYMMDD or YYYYMMDD); the code is passed over",
                "f:7:1: no word in the name; it is passed over",
                "f:7:5: no entry stands above this line; it is passed over",
                "f:8:5: empty brackets; they are passed over",
            ]
        );
    }

    #[test]
    fn the_header_names_the_inventory() {
        let (actors, _) = read_actors("f", b"# made from the CAMEO ethnic \n# groups codes\n\nA_ [ARG]\n");
        assert_eq!(actors.inventory, Inventory::Ethnic);
    }
}
