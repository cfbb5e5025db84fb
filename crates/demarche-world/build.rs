//! Compiles the tables of `data/` into the index that the library embeds.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let data = Path::new("../../data");
    for part in ["actors", "places", "VERSION.tsv"] {
        println!("cargo::rerun-if-changed={}", data.join(part).display());
    }
    match demarche_index::compile_directory(data) {
        Ok(index) => Ok(std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("world.index"), index)?),
        Err(fault) => {
            println!("cargo::error=data/{fault}");
            Err("the tables of data/ have a fault".into())
        }
    }
}
