//! `xtask bench language`: how fast raw text is analysed, where the time goes, and beside whom.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use demarche::language::{InstructionSet, Model, NoNames, Segmented, Segmenter, Stage, StageTimes};
use demarche::{Document, TextRange};

use crate::{Failure, Verdict, documents, peers};

/// Reports that are read when no file is given.
const NEWS: &str = "../shared/data/texts/wikinews/geovirus.jsonl";
/// Reports of our own, when those are not there.
const EXAMPLES: &str = "examples";
/// Rounds of one measurement of the peak: some milliseconds.
const ROUNDS: u32 = 500_000;

/// What to measure.
pub(crate) struct Options {
    /// Files or folders; none: news from `../shared`.
    pub(crate) files: Vec<PathBuf>,
    /// A model file to take the place of the one in the program.
    pub(crate) model: Option<PathBuf>,
    /// Words to read, about.
    pub(crate) words: usize,
    /// Runs over each document, of which the quickest counts.
    pub(crate) repeat: usize,
    /// Python for the peers.
    pub(crate) python: PathBuf,
}

/// A document and its blocks of text.
struct Text {
    text: String,
    blocks: Vec<TextRange>,
}

/// What one instruction set took: the sum over documents of the quickest run of each.
#[derive(Default)]
struct Measured {
    words: usize,
    total: Duration,
    segmenting: Duration,
    stages: Vec<StageTimes>,
}

impl Measured {
    fn of(&self, stage: Stage) -> Duration {
        self.stages.iter().map(|times| times.of(stage)).sum()
    }

    fn multiply_adds(&self) -> f64 {
        self.stages.iter().map(|times| times.multiply_adds() as f64).sum()
    }

    fn words_per_second(&self) -> f64 {
        self.words as f64 / self.total.as_secs_f64()
    }
}

pub(crate) fn language(options: &Options) -> Result<Verdict, Failure> {
    let start = Instant::now();
    let mut model = builtin_or(options.model.as_deref())?;
    println!("{}, loaded in {:.0} ms", model.version(), start.elapsed().as_secs_f64() * 1e3);
    let segmenter = Segmenter::builtin().map_err(|error| Failure::Language(error.to_string()))?;
    let texts = texts(options, &segmenter)?;

    let mut last = Measured::default();
    for set in InstructionSet::all() {
        model = model.with_instruction_set(set);
        last = measured(&segmenter, &model, &texts, options.repeat);
        print(set, &last);
    }
    let (one, two) = (elapsed(&segmenter, &model, &texts, 1, options), elapsed(&segmenter, &model, &texts, 2, options));
    let times = one.as_secs_f64() / two.as_secs_f64();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    println!("\ntwo threads: {times:.2} times one ({cores} processors here)");

    let sentences: Vec<Segmented> = texts.iter().flat_map(|text| segmented(&segmenter, text)).collect();
    let encoder = [Stage::Embedding, Stage::Products, Stage::Attention, Stage::Rows];
    let encoder: Duration = encoder.iter().map(|&stage| last.of(stage)).sum();
    let ours = peers::Ours {
        words: last.words,
        words_per_second: last.words_per_second(),
        encoder_words_per_second: last.words as f64 / encoder.as_secs_f64(),
    };
    peers::run(
        &options.python,
        &ours,
        texts.iter().map(|text| text.text.as_str()),
        &model.encoder_inputs(&sentences, &NoNames),
        options.model.as_deref(),
    )?;
    Ok(Verdict::Holds)
}

fn builtin_or(path: Option<&Path>) -> Result<Model, Failure> {
    let Some(path) = path else { return Model::builtin().map_err(|error| Failure::Language(error.to_string())) };
    let bytes = fs::read(path).map_err(|cause| Failure::File { path: path.to_owned(), cause })?;
    Model::from_bytes(&bytes).map_err(|error| Failure::Language(format!("{}: {error}", path.display())))
}

/// Documents with about as many words as asked for, taken evenly from all there are.
fn texts(options: &Options, segmenter: &Segmenter) -> Result<Vec<Text>, Failure> {
    let files = match (options.files.is_empty(), Path::new(NEWS).exists()) {
        (false, _) => options.files.clone(),
        (true, true) => vec![PathBuf::from(NEWS)],
        (true, false) => {
            println!("{NEWS} is not there: reading {EXAMPLES}/, which is short; give --file for news of your own");
            vec![PathBuf::from(EXAMPLES)]
        }
    };
    let text = |document: &Document| Text {
        text: document.body.as_str().to_owned(),
        blocks: document.body_blocks().map(|block| block.range).collect(),
    };
    let all: Vec<Text> = documents::all(&files)?.iter().map(text).collect();
    let words: Vec<usize> =
        all.iter().map(|text| segmented(segmenter, text).iter().map(|sentence| sentence.words.len()).sum()).collect();
    let step = words.iter().sum::<usize>().div_ceil(options.words.max(1)).max(1);
    let taken = words.iter().step_by(step).sum::<usize>();
    println!("{} documents, {taken} words, one thread", all.len().div_ceil(step));
    Ok(all.into_iter().step_by(step).collect())
}

fn segmented(segmenter: &Segmenter, text: &Text) -> Vec<Segmented> {
    text.blocks.iter().flat_map(|&block| segmenter.segment(&text.text, block)).collect()
}

fn measured(segmenter: &Segmenter, model: &Model, texts: &[Text], repeat: usize) -> Measured {
    let mut out = Measured::default();
    for text in texts {
        let run = || {
            let start = Instant::now();
            let sentences = segmented(segmenter, text);
            let segmenting = start.elapsed();
            let (parsed, stages) = model.parse_measured(&sentences, &NoNames);
            (start.elapsed(), segmenting, stages, parsed.iter().map(|sentence| sentence.tokens.len()).sum::<usize>())
        };
        let quickest = (0..repeat.max(1)).map(|_| run()).min_by_key(|run| run.0);
        if let Some((total, segmenting, stages, words)) = quickest {
            out.total += total;
            out.segmenting += segmenting;
            out.stages.push(stages);
            out.words += words;
        }
    }
    out
}

fn print(set: InstructionSet, measured: &Measured) {
    let micros = |time: Duration| time.as_secs_f64() * 1e6 / measured.words.max(1) as f64;
    println!("\n{set}: {:.0} words/s, {:.1} us a word", measured.words_per_second(), micros(measured.total));
    println!("  {:<26}{:>7.2} us", "sentences and words", micros(measured.segmenting));
    let mut rest = measured.total.saturating_sub(measured.segmenting);
    for stage in Stage::ALL {
        rest = rest.saturating_sub(measured.of(stage));
        println!("  {:<26}{:>7.2} us", stage.as_str(), micros(measured.of(stage)));
    }
    println!("  {:<26}{:>7.2} us", "rest", micros(rest));
    let (done, most) = (measured.multiply_adds() / measured.of(Stage::Products).as_secs_f64(), peak(set));
    println!(
        "  matrix products of the encoder: {:.2} million multiply-adds a word, {:.0} of at most {:.0} Gop/s (two a \
         multiply-add): {:.0} %",
        measured.multiply_adds() / 1e6 / measured.words.max(1) as f64,
        2.0 * done / 1e9,
        2.0 * most / 1e9,
        100.0 * done / most,
    );
}

/// Multiplications with addition a second from registers alone: the quickest of some runs.
fn peak(set: InstructionSet) -> f64 {
    let run = || {
        let start = Instant::now();
        let count = set.spin(ROUNDS);
        count as f64 / start.elapsed().as_secs_f64()
    };
    (0..20).map(|_| run()).fold(0.0, f64::max)
}

/// Time for all texts on so many threads, the quickest of some runs.
fn elapsed(segmenter: &Segmenter, model: &Model, texts: &[Text], threads: usize, options: &Options) -> Duration {
    let run = || {
        let (start, next) = (Instant::now(), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                        model.parse(&segmented(segmenter, text), &NoNames);
                    }
                });
            }
        });
        start.elapsed()
    };
    (0..options.repeat.max(1)).map(|_| run()).min().unwrap_or_default()
}
