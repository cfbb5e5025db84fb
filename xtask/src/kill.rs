//! `xtask kill`: runs that are killed at random points and started again lose nothing and double nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use demarche_dossier::{Dossier, DossierError};

use crate::{Failure, Verdict};

/// Kills runs of `demarche add` and of `demarche code --resume` at random points.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The program.
    #[arg(long, value_name = "FILE", default_value = "target/release/demarche")]
    program: PathBuf,
    /// How many points, for each of the two commands.
    #[arg(long, value_name = "N", default_value = "200")]
    points: u32,
    /// Which points; the same seed takes the same shares of a run's time.
    #[arg(long, value_name = "N", default_value = "1")]
    seed: u64,
    /// Documents of the run; they are made up.
    #[arg(long, value_name = "N", default_value = "1500")]
    documents: u64,
    /// An empty folder to work in.
    #[arg(long, value_name = "FOLDER")]
    folder: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let folder = &arguments.folder;
    fs::create_dir_all(folder).map_err(file(folder))?;
    let input = folder.join("documents.jsonl");
    fs::write(&input, documents(arguments.documents)).map_err(file(&input))?;
    let add = Add { input: &input, whole: folder.join("whole.db"), killed: folder.join("killed.db") };
    let resume = Resume { input: &input, whole: folder.join("whole"), killed: folder.join("killed") };
    let mut draw = Draw(arguments.seed);
    let holds = trial(arguments, &add, &mut draw)? && trial(arguments, &resume, &mut draw)?;
    Ok(if holds { Verdict::Holds } else { Verdict::Fails })
}

/// A command that can be stopped and started again.
trait Kind {
    const NAME: &'static str;
    fn arguments(&self, killed: bool) -> Vec<String>;
    /// Takes away what killed runs made.
    fn clear(&self) -> Result<(), Failure>;
    /// What is wrong with what a killed run has left.
    fn fault(&self) -> Option<String>;
    /// Whether what killed runs made is what an undisturbed run made.
    fn same(&self) -> Result<bool, Failure>;
}

/// Numbers that look random, from a seed.
struct Draw(u64);

impl Draw {
    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        // SplitMix64 (Steele, Lea, Flood 2014).
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn trial<K: Kind>(arguments: &Arguments, kind: &K, draw: &mut Draw) -> Result<bool, Failure> {
    let program = &arguments.program;
    let run = |killed: bool| -> Result<Duration, Failure> {
        let start = Instant::now();
        let status = command(program, kind, killed).status().map_err(file(program))?;
        if status.success() { Ok(start.elapsed()) } else { Err(Failure::Run { command: K::NAME, status }) }
    };
    let long = run(false)?;
    // With nothing left to do: what it takes to start.
    let short = run(false)?;
    println!("{}: {:.2} s undisturbed, {:.2} s with nothing to do", K::NAME, long.as_secs_f64(), short.as_secs_f64());
    kind.clear()?;
    let (mut ended, mut rounds) = (0, 0);
    for point in 1..=arguments.points {
        let mut child = command(program, kind, true).spawn().map_err(file(program))?;
        let from = short.mul_f64(0.5);
        thread::sleep(from + long.saturating_sub(from).mul_f64(draw.share()));
        child.kill().map_err(file(program))?;
        let done = child.wait().map_err(file(program))?.success();
        if let Some(fault) = kind.fault() {
            println!("{}, point {point}: {fault}", K::NAME);
            return Ok(false);
        }
        if done {
            ended += 1;
            rounds += 1;
            if !kind.same()? {
                println!("{}, point {point}: not what an undisturbed run makes", K::NAME);
                return Ok(false);
            }
            kind.clear()?;
        }
    }
    run(true)?;
    let same = kind.same()?;
    println!(
        "{}: {} points, {} of them in a run, {} batches completed: {}",
        K::NAME,
        arguments.points,
        arguments.points - ended,
        rounds + 1,
        if same { "nothing lost, nothing doubled" } else { "not what an undisturbed run makes" }
    );
    Ok(same)
}

fn command<K: Kind>(program: &Path, kind: &K, killed: bool) -> Command {
    let mut command = Command::new(program);
    command.args(kind.arguments(killed)).stdin(Stdio::null()).stderr(Stdio::null());
    command
}

struct Add<'a> {
    input: &'a Path,
    whole: PathBuf,
    killed: PathBuf,
}

impl Add<'_> {
    fn digest(path: &Path) -> Result<String, DossierError> {
        let dossier = Dossier::open_read_only(path)?;
        dossier.verify()?;
        Ok(dossier.digest()?.to_string())
    }
}

impl Kind for Add<'_> {
    const NAME: &'static str = "add";

    fn arguments(&self, killed: bool) -> Vec<String> {
        let to = if killed { &self.killed } else { &self.whole };
        // Small batches, so that there are many places to be killed at.
        let words = ["add", "-q", "--batch", "20", "--to"].map(str::to_owned);
        words.into_iter().chain([to, self.input].map(|path| path.display().to_string())).collect()
    }

    fn clear(&self) -> Result<(), Failure> {
        for ending in ["", "-wal", "-shm"] {
            let path = PathBuf::from(format!("{}{ending}", self.killed.display()));
            if path.exists() {
                fs::remove_file(&path).map_err(file(&path))?;
            }
        }
        Ok(())
    }

    fn fault(&self) -> Option<String> {
        if !self.killed.exists() {
            return None;
        }
        // How many documents it holds tells nothing: batches are also written when a second is over.
        Dossier::open(&self.killed).and_then(|dossier| dossier.verify()).err().map(|error| error.to_string())
    }

    fn same(&self) -> Result<bool, Failure> {
        Ok(Self::digest(&self.whole)? == Self::digest(&self.killed)?)
    }
}

struct Resume<'a> {
    input: &'a Path,
    whole: PathBuf,
    killed: PathBuf,
}

impl Resume<'_> {
    fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(file(folder))? {
            let path = entry.map_err(file(folder))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.insert(name, fs::read(&path).map_err(file(&path))?);
        }
        Ok(files)
    }
}

impl Kind for Resume<'_> {
    const NAME: &'static str = "code --resume";

    fn arguments(&self, killed: bool) -> Vec<String> {
        let to = if killed { &self.killed } else { &self.whole };
        let words = ["code", "-q", "--to", "jsonl", "--resume", "--part", "20", "-o"].map(str::to_owned);
        words.into_iter().chain([to, self.input].map(|path| path.display().to_string())).collect()
    }

    fn clear(&self) -> Result<(), Failure> {
        if self.killed.exists() { fs::remove_dir_all(&self.killed).map_err(file(&self.killed)) } else { Ok(()) }
    }

    /// Whatever parts are there are whole.
    fn fault(&self) -> Option<String> {
        if !self.killed.exists() {
            return None;
        }
        let (whole, killed) = (Self::files(&self.whole).ok()?, Self::files(&self.killed).ok()?);
        let part = killed.iter().filter(|(name, _)| name.starts_with("part-"));
        part.into_iter()
            .find(|(name, bytes)| whole.get(*name) != Some(bytes))
            .map(|(name, _)| format!("{name} differs"))
    }

    fn same(&self) -> Result<bool, Failure> {
        Ok(Self::files(&self.whole)? == Self::files(&self.killed)?)
    }
}

/// Short reports, no two of them alike.
fn documents(number: u64) -> String {
    const NAMES: [&str; 12] =
        ["Chad", "Mali", "Peru", "Fiji", "Oman", "Laos", "Togo", "Cuba", "Iran", "Kenya", "Norway", "Ghana"];
    const ACTS: [&str; 6] = [
        "urged {} to withdraw its troops from the border",
        "accused {} of closing the river port",
        "expelled two diplomats of {}",
        "agreed to send food aid to {}",
        "and {} met for talks on fishing rights",
        "rejected an offer of {} to mediate",
    ];
    let mut out = String::new();
    for n in 0..number {
        let pick = |step: u64| NAMES[((n / step + n * 5) % 12) as usize];
        let (one, other) = (pick(1), NAMES[((n * 5 + n + 1 + n / 12 % 11) % 12) as usize]);
        let act = ACTS[(n % 6) as usize].replace("{}", other);
        let (day, month) = (1 + n % 28, 1 + n / 28 % 12);
        // A string takes all that is written into it.
        let _ = writeln!(
            out,
            r#"{{"id": "report-{n}", "date": "2024-{month:02}-{day:02}", "publisher": "Paper {}", "text": "{one} {act} on the {}th day of case {n}, officials said."}}"#,
            n % 7,
            n % 90 + 4
        );
    }
    out
}

fn file(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    let path = path.to_owned();
    move |cause| Failure::File { path: path.clone(), cause }
}
