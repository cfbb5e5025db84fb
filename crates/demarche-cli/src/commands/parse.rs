//! `demarche parse`: text to CoNLL-U or JSON Lines.

use demarche::Coder;
use demarche::document::Discovered;
use demarche::language::NoNames;

use crate::args::{Parse, ParseTo};
use crate::batch::{self, Outcome};
use crate::conllu::{pretokenized, write};
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, analysis, jsonl};
use crate::summary::Counts;

pub(crate) fn run(args: &Parse, quiet: bool) -> Result<Verdict, Failure> {
    let Discovered { inputs, left } = args.reading.inputs()?;
    let destination = Destination::open(args.writing.output.as_deref())?;
    let console = Console::new(quiet, destination.is_terminal()).leaving(&left);
    let coder = Coder::new()?.with_actors(&args.actors.read(&console)?)?;
    let threads = args.reading.threads();
    if !args.pretokenized {
        let to = args.to;
        let work = batch::english(move |document| {
            let analysis = coder.analyse(document);
            let counts = Counts {
                documents: 1,
                sentences: analysis.sentences(),
                words: analysis.words(),
                foreign: document.foreign.clone(),
                ..Counts::default()
            };
            let out = match to {
                ParseTo::Conllu => write::document(&coder, document, &analysis).into_bytes(),
                ParseTo::Jsonl => jsonl::lines(&[analysis::shown(&coder, document, &analysis)]),
            };
            (out, counts)
        });
        return batch::run(batch::remarked(inputs, args.reading.options()), threads, work, destination, console);
    }
    let placeholders = args.placeholders;
    let work = move |given: Vec<pretokenized::Given>| {
        let words: Vec<_> = given.iter().map(pretokenized::Given::segmented).collect();
        let sentences = if placeholders {
            coder.model().parse(&words, coder.world())
        } else {
            coder.model().parse(&words, &NoNames)
        };
        let counts = Counts {
            sentences: sentences.len(),
            words: sentences.iter().map(|sentence| sentence.tokens.len()).sum(),
            ..Counts::default()
        };
        let mut out = String::new();
        for (given, sentence) in given.iter().zip(&sentences) {
            write::given(&mut out, given, sentence);
        }
        Outcome::Made(out.into_bytes(), counts)
    };
    batch::run(pretokenized::sentences(inputs, args.reading.max_bytes), threads, work, destination, console)
}
