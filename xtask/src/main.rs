//! demarche
fn main() {}
