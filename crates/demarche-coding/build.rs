//! Lists the frame, issue and initiative files of `data/`, so that adding a file needs no code, and hashes all data that decide
//! records.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use xxhash_rust::xxh3::Xxh3;

/// Folders and files of `data/` that decide which records come out, but for actors and places, which have a version of their own.
const DECIDING: [&str; 7] = ["frames", "furniture.toml", "genres", "initiatives", "issues", "language", "ontology"];

fn data() -> io::Result<PathBuf> {
    Ok(Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../../data"))
}

fn out(name: &str) -> io::Result<PathBuf> {
    Ok(Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join(name))
}

/// The names of a folder's files of these endings, in order.
fn names(folder: &Path, endings: &[&str]) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.to_owned()))
        .filter(|name| Path::new(name).extension().and_then(|e| e.to_str()).is_some_and(|e| endings.contains(&e)))
        .collect();
    names.sort();
    Ok(names)
}

fn list(folder: &str, into: &str) -> io::Result<()> {
    let root = data()?.join(folder);
    println!("cargo::rerun-if-changed={}", root.display());
    let mut code = String::from("[\n");
    for name in names(&root, &["toml"])? {
        let path = root.join(&name);
        println!("cargo::rerun-if-changed={}", path.display());
        let _ =
            writeln!(code, "    ({:?}, include_str!({:?})),", format!("{folder}/{name}"), path.display().to_string());
    }
    code.push(']');
    fs::write(out(into)?, code)
}

/// Writes the hash of the deciding files: their names and bytes.
fn version(into: &str) -> io::Result<()> {
    let mut hash = Xxh3::new();
    for name in DECIDING {
        let path = data()?.join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        let files = if path.is_dir() {
            names(&path, &["toml", "tsv"])?.into_iter().map(|file| path.join(file)).collect()
        } else {
            vec![path]
        };
        for file in files {
            println!("cargo::rerun-if-changed={}", file.display());
            hash.update(name.as_bytes());
            hash.update(file.file_name().and_then(|name| name.to_str()).unwrap_or_default().as_bytes());
            hash.update(&[0]);
            hash.update(&fs::read(&file)?);
            hash.update(&[0]);
        }
    }
    fs::write(out(into)?, format!("u64::from_be_bytes({:?})", hash.digest().to_be_bytes()))
}

fn main() -> io::Result<()> {
    list("frames", "frame_files.rs")?;
    list("initiatives", "initiative_files.rs")?;
    version("data_version.rs")
}
