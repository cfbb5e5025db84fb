//! `xtask coreference`: chains on given words against GUM's, and the examples the scorer is trained on.

mod examples;
mod gold;
mod metrics;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use demarche::CoderError;
use demarche::language::{Chains, Coreference, Model, NameFinder, NoNames, Sentence, States};
use demarche::world::World;
use gold::{Document, Place};
use metrics::Scores;

use crate::{Failure, Verdict, treebank};

/// What to do with a file.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// CoNLL-U with chains in `Entity=`.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only documents of these genres of GUM.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    genres: Vec<String>,
    /// Hide country names from the encoder, as the coder does; without it the model reads the words as written.
    #[arg(long)]
    placeholders: bool,
    /// Score these documents by this model; may be given several times, all are scored together.
    #[arg(long, value_name = "MODEL=DOC,DOC")]
    fold: Vec<String>,
    /// One line a document.
    #[arg(long)]
    documents: bool,
    /// Show what was missed and what is wrong.
    #[arg(long)]
    errors: bool,
    /// Write the scorer's training examples here instead of scoring.
    #[arg(long, value_name = "OUT")]
    examples: Option<PathBuf>,
}

/// A model and the documents it is for; all without a list.
struct Fold {
    scorer: Coreference,
    documents: Option<HashSet<String>>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let text = whole(&arguments.file).map(String::from_utf8)?;
    let documents = gold::read(&text.unwrap_or_default(), &arguments.genres);
    if documents.is_empty() {
        let expected = "`Entity=` in documents of these genres";
        return Err(Failure::NoSentences { path: arguments.file.clone(), expected });
    }
    // No coder: it would refuse weights of other features, which the examples are to replace.
    let (model, world) = (Model::builtin().map_err(CoderError::from)?, World::builtin().map_err(CoderError::from)?);
    let names: &dyn NameFinder = if arguments.placeholders { &world } else { &NoNames };
    if let Some(out) = &arguments.examples {
        let written = examples::write(out, &model, names, &documents);
        written.map_err(|cause| Failure::File { path: out.clone(), cause })?;
        return Ok(Verdict::Holds);
    }
    let mut folds = Vec::new();
    for fold in &arguments.fold {
        let (model, list) = fold.split_once('=').map_or((fold.as_str(), None), |(model, list)| (model, Some(list)));
        let scorer = Coreference::from_bytes(&whole(Path::new(model))?)?;
        folds.push(Fold { scorer, documents: list.map(|list| list.split(',').map(str::to_owned).collect()) });
    }
    if folds.is_empty() {
        folds.push(Fold { scorer: Coreference::builtin()?, documents: None });
    }
    let (mut total, mut counted, mut spent) = (Scores::default(), 0, (Duration::ZERO, Duration::ZERO));
    for document in &documents {
        let wanted = |fold: &&Fold| fold.documents.as_ref().is_none_or(|list| list.contains(&document.name));
        let Some(fold) = folds.iter().find(wanted) else { continue };
        let begun = Instant::now();
        let (sentences, states) = parse(&model, names, document);
        let parsed = Instant::now();
        let chains = fold.scorer.chains(&sentences, &states, names);
        spent = (spent.0 + (parsed - begun), spent.1 + parsed.elapsed());
        let scores = score(document, &chains);
        if arguments.documents {
            println!("{:40} {:6.2}", document.name, scores.average());
        }
        if arguments.errors {
            show(document, &chains);
        }
        total.add(scores);
        counted += 1;
    }
    println!("{}: {counted} documents, {} chains' mentions", arguments.file.display(), total.mentions.recall.1);
    println!("            precision  recall      F1");
    for (name, count) in [("mentions", total.mentions), ("MUC", total.muc), ("B3", total.b3), ("CEAF-phi4", total.ceaf)]
    {
        let [precision, recall, f] = count.scores();
        println!("{name:10}  {precision:9.2}  {recall:6.2}  {f:6.2}");
    }
    println!("average of MUC, B3 and CEAF-phi4  {:6.2}", total.average());
    println!("chains took {:.1} % of the time of the parse", 100.0 * spent.1.as_secs_f64() / spent.0.as_secs_f64());
    Ok(Verdict::Holds)
}

fn whole(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|cause| Failure::File { path: path.to_owned(), cause })
}

fn parse(model: &Model, names: &dyn NameFinder, document: &Document) -> (Vec<Sentence>, States) {
    let given: Vec<_> = document
        .sentences
        .iter()
        .map(|words| treebank::segmented(&words.iter().map(String::as_str).collect::<Vec<_>>()))
        .collect();
    model.parse_with_states(&given, names)
}

fn places(chains: &Chains) -> Vec<Vec<Place>> {
    let place = |&id: &usize| {
        let mention = &chains.mentions()[id];
        (mention.sentence, mention.first, mention.end)
    };
    // Two mentions over the same words are one to the annotation.
    let mut seen = HashSet::new();
    let chain = |chain: &Vec<usize>| chain.iter().map(place).filter(|place| seen.insert(*place)).collect();
    chains.chains().iter().map(chain).collect()
}

fn score(document: &Document, chains: &Chains) -> Scores {
    let key: Vec<Vec<Place>> = document.chains.values().cloned().collect();
    Scores::of(&key, &places(chains))
}

/// Prints the chains of both sides, a mention with its sentence's number.
fn show(document: &Document, chains: &Chains) {
    let words = |&(sentence, first, end): &Place| {
        format!("{}:{}", sentence + 1, document.sentences[sentence][first..end].join(" "))
    };
    println!("== {}", document.name);
    for chain in document.chains.values().filter(|chain| chain.len() > 1) {
        println!("G {}", chain.iter().map(words).collect::<Vec<_>>().join(" | "));
    }
    for chain in places(chains) {
        println!("F {}", chain.iter().map(words).collect::<Vec<_>>().join(" | "));
    }
}
