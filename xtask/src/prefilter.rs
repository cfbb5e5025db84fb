//! `xtask prefilter`: what it saves to leave unread what no record can come of, and that it changes nothing.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use demarche::{Analysis, Coder, Document};

use crate::{Failure, Verdict, documents};

/// One way of coding all documents.
#[derive(Default)]
struct Way {
    lines: Vec<u8>,
    read: usize,
    time: Duration,
}

impl Way {
    fn code(
        &mut self,
        coder: &Coder,
        document: &Document,
        analyse: fn(&Coder, &Document) -> Analysis,
    ) -> Result<(), Failure> {
        let start = Instant::now();
        let analysis = analyse(coder, document);
        let report = coder.code_analysed(document, &analysis);
        self.time += start.elapsed();
        self.read += analysis.parts.iter().filter(|part| part.read).map(|part| part.sentences.len()).sum::<usize>();
        for record in &report.records {
            serde_json::to_writer(&mut self.lines, record)?;
            self.lines.push(b'\n');
        }
        Ok(())
    }
}

pub(crate) fn run(files: &[PathBuf]) -> Result<Verdict, Failure> {
    let coder = Coder::new()?;
    let documents = documents::all(files)?;
    let (mut all, mut needed) = (Way::default(), Way::default());
    // Sentences with no word that could be a trigger, and of those, with no capital but the first and no pronoun either.
    let (mut silent, mut idle) = (0, 0);
    for document in &documents {
        // By turns, so that a change in the machine's speed falls on both.
        all.code(&coder, document, Coder::analyse)?;
        needed.code(&coder, document, Coder::analyse_to_code)?;
        let lexicon = &coder.coding().lexicon;
        for sentence in coder.analyse(document).parts.iter().flat_map(|part| &part.sentences) {
            if !lexicon.may_trigger(sentence.tokens.iter().map(|token| token.form.as_str())) {
                silent += 1;
                let names = |form: &str| form.contains(char::is_uppercase);
                let first = sentence.tokens.first().is_some_and(|token| token.upos == demarche::language::Upos::Propn);
                let named = first || sentence.tokens.iter().skip(1).any(|token| names(&token.form));
                let pronoun = sentence.tokens.iter().any(|token| token.upos == demarche::language::Upos::Pron);
                idle += usize::from(!named && !pronoun);
            }
        }
    }
    let share = |part: usize| 100.0 * part as f64 / all.read.max(1) as f64;
    let seconds = |way: &Way| way.time.as_secs_f64();
    println!("{} documents, {} sentences", documents.len(), all.read);
    println!(
        "no possible trigger: {silent} sentences ({:.1} %); nor name nor pronoun: {idle} ({:.1} %)",
        share(silent),
        share(idle)
    );
    println!(
        "left unread: {} sentences ({:.1} %); {:.2} s instead of {:.2} s ({:.1} % less)",
        all.read - needed.read,
        share(all.read - needed.read),
        seconds(&needed),
        seconds(&all),
        100.0 * (1.0 - seconds(&needed) / seconds(&all).max(1e-9)),
    );
    if all.lines != needed.lines {
        println!("the records are not the same");
        return Ok(Verdict::Fails);
    }
    println!("the records are the same {} bytes", all.lines.len());
    Ok(Verdict::Holds)
}
