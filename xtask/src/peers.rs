//! Other programs on the same text, run by Python scripts in `benches/peers`.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use demarche::language::EncoderInput;
use serde_json::{Value, json};

use crate::Failure;

const FOLDER: &str = "benches/peers";

/// What the peers are compared with.
pub(crate) struct Ours {
    /// Words in the texts: the count is ours for all.
    pub(crate) words: usize,
    /// From raw text, one thread.
    pub(crate) words_per_second: f64,
    /// The encoder alone.
    pub(crate) encoder_words_per_second: f64,
}

/// Runs the peers and prints what they took; where Python has not what they need, says how to get it.
pub(crate) fn run<'a>(
    python: &Path,
    ours: &Ours,
    texts: impl Iterator<Item = &'a str>,
    inputs: &[EncoderInput],
    model: Option<&Path>,
) -> Result<(), Failure> {
    let folder = std::env::temp_dir().join(format!("demarche-peers-{}", std::process::id()));
    let texts = texts.map(|text| json!({"text": text}));
    let inputs = inputs.iter().map(|input| json!({"ids": input.ids, "shapes": input.shapes, "kept": input.kept}));
    let written = fs::create_dir_all(&folder)
        .and_then(|()| lines(&folder.join("texts.jsonl"), texts))
        .and_then(|()| lines(&folder.join("inputs.jsonl"), inputs));
    let ran = written.map_err(|cause| Failure::File { path: folder.clone(), cause });
    if ran.is_ok() {
        println!("\npeers, one thread, the same text and count of words:");
        let words = ours.words.to_string();
        let model = model.unwrap_or(Path::new("models/english.safetensors"));
        let whole = ["--texts".into(), folder.join("texts.jsonl"), "--words".into(), words.clone().into()];
        peer(python, "spacy_pipeline.py", &whole, "from raw text", ours.words_per_second);
        let encoder = [
            "--inputs".into(),
            folder.join("inputs.jsonl"),
            "--words".into(),
            words.into(),
            "--model".into(),
            model.to_owned(),
        ];
        peer(python, "onnx_encoder.py", &encoder, "encoder alone", ours.encoder_words_per_second);
    }
    // Nothing is lost if the folder stays.
    let _ = fs::remove_dir_all(&folder);
    ran
}

fn lines(path: &Path, values: impl Iterator<Item = Value>) -> io::Result<()> {
    let mut file = io::BufWriter::new(fs::File::create(path)?);
    for value in values {
        writeln!(file, "{value}")?;
    }
    file.flush()
}

/// Runs one script and prints each line `{"name": ..., "words_per_second": ...}` it gives beside our own figure.
fn peer(python: &Path, script: &str, arguments: &[PathBuf], what: &str, ours: f64) {
    let run = Command::new(python)
        .arg(Path::new(FOLDER).join(script))
        .args(arguments)
        // One thread, whatever library does the arithmetic.
        .envs(
            ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"].map(|name| (name, "1")),
        )
        .stderr(Stdio::piped())
        .output();
    match run {
        Ok(output) if output.status.success() => {
            for line in String::from_utf8_lossy(&output.stdout).lines() {
                let Ok(value) = serde_json::from_str::<Value>(line) else { continue };
                if let (Some(name), Some(theirs)) = (value["name"].as_str(), value["words_per_second"].as_f64()) {
                    println!(
                        "  {name}: {theirs:.0} words/s; demarche, {what}: {ours:.0}, {:.2} times that",
                        ours / theirs
                    );
                }
            }
        }
        Ok(output) => {
            let error = String::from_utf8_lossy(&output.stderr);
            println!("  {script} did not run: {}", error.lines().last().unwrap_or("no message"));
            advise();
        }
        Err(error) => {
            println!("  {script} did not run: {}: {error}", python.display());
            advise();
        }
    }
}

fn advise() {
    println!(
        "    to have it: python3 -m venv VENV && VENV/bin/pip install -r {FOLDER}/requirements.txt, then --python VENV/bin/python"
    );
}
