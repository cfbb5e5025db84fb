//! Lists the frame and issue files of `data/`, so that adding a file needs no code.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn list(folder: &str, out: &str) -> io::Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../../data").join(folder);
    println!("cargo::rerun-if-changed={}", root.display());
    let mut names: Vec<String> = fs::read_dir(&root)?
        .filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.to_owned()))
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "toml"))
        .collect();
    names.sort();
    let mut code = String::from("[\n");
    for name in names {
        let path = root.join(&name);
        println!("cargo::rerun-if-changed={}", path.display());
        let _ =
            writeln!(code, "    ({:?}, include_str!({:?})),", format!("{folder}/{name}"), path.display().to_string());
    }
    code.push(']');
    fs::write(Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join(out), code)
}

fn main() -> io::Result<()> {
    list("frames", "frame_files.rs")
}
