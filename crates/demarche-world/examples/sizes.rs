//! Prints the size of each part of the built-in index of actors and places.
#![expect(clippy::print_stdout, reason = "an example prints what it is about")]

use demarche_world::World;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let world = World::builtin()?;
    let mut all = 0;
    for (part, bytes) in world.layers().layers().iter().flat_map(demarche_world::index::Layer::sizes) {
        println!("{part:14} {bytes:>10}");
        all += bytes;
    }
    println!("{:14} {all:>10}  {}", "all", world.version());
    Ok(())
}
