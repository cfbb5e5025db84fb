//! `demarche actors suggest`: names of a collection that no table holds.

use demarche::Coder;
use demarche::document::Discovered;
use demarche::suggest::{Suggestion, Suggestions};

use crate::args::Suggest;
use crate::batch;
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::Destination;
use crate::summary::{Counts, count};

const HEAD: &str = "\
# Names that no table holds, those of most documents first. Nothing here is loaded as it stands: look at each row, mend it,
# and write `sure` or `likely` for `suggested`; then load the file with --actors (see docs/actors.md).
";

pub(crate) fn run(args: &Suggest, quiet: bool) -> Result<Verdict, Failure> {
    let Discovered { inputs, left } = args.reading.inputs()?;
    let mut destination = Destination::open(args.writing.output.as_deref())?;
    let console = Console::new(quiet, destination.is_terminal()).leaving(&left);
    let coder = Coder::new()?.with_actors(&args.actors.read(&console)?)?;
    let work = batch::english(move |document| {
        let analysis = coder.analyse(document);
        let counts = Counts {
            documents: 1,
            sentences: analysis.sentences(),
            words: analysis.words(),
            foreign: document.foreign.clone(),
            ..Counts::default()
        };
        ((document.id.clone(), coder.unknown_names(document, &analysis)), counts)
    });
    let mut names = Suggestions::default();
    let source = batch::remarked(inputs, args.reading.options());
    let tally = batch::each(source, args.reading.threads(), work, &console, |(document, sightings), _| {
        names.add(&document, sightings);
        Ok(())
    })?;
    let found = names.finish(args.least);
    let shown = &found[..found.len().min(args.most)];
    destination.write(page(shown).as_bytes())?;
    destination.finish(tally.any_done())?;
    let verdict = tally.verdict();
    let left = match found.len() - shown.len() {
        0 => String::new(),
        left => format!(" ({left} more; see --most)"),
    };
    console.finish(format_args!("{}\n{} suggested{left}", tally.summary(), count(shown.len() as u64, "name")));
    Ok(verdict)
}

/// Persons first, then all others: two tables in one file.
fn page(found: &[Suggestion]) -> String {
    let mut out = HEAD.to_owned();
    for (header, person) in [(Suggestion::PERSONS, true), (Suggestion::OTHERS, false)] {
        let mut rows = found.iter().filter(|name| name.person == person).peekable();
        if rows.peek().is_some() {
            out.push('\n');
            out.push_str(header);
            out.push('\n');
        }
        rows.for_each(|name| out.push_str(&name.row()));
    }
    out
}
