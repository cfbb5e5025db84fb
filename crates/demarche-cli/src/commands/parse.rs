//! `demarche parse`: text to CoNLL-U.

use demarche::Coder;
use demarche::language::NoNames;

use crate::args::Parse;
use crate::batch::{self, Outcome};
use crate::conllu::{pretokenized, write};
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::output::Destination;
use crate::summary::Counts;

pub(crate) fn run(args: &Parse, quiet: bool) -> Result<Verdict, Failure> {
    let inputs = args.reading.inputs()?;
    let destination = Destination::open(args.writing.output.as_deref())?;
    let coder = Coder::new()?;
    let console = Console::new(quiet, destination.is_terminal());
    let threads = args.reading.threads();
    if !args.pretokenized {
        let work = batch::english(move |document| {
            let analysis = coder.analyse(document);
            let counts =
                Counts { documents: 1, sentences: analysis.sentences(), words: analysis.words(), ..Counts::default() };
            (write::document(document, &analysis).into_bytes(), counts)
        });
        return batch::run(batch::documents(inputs, args.reading.options()), threads, work, destination, console);
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
