//! `xtask read`: documents drawn by a seed, every sentence with its records.

use std::path::Path;

use demarche::record::{Field, Record};
use demarche::{Coder, Document};

use crate::shown::Shown;
use crate::{Failure, Verdict, documents};

pub(crate) fn run(file: &Path, seed: u64, count: usize, why: bool) -> Result<Verdict, Failure> {
    let coder = Coder::new()?;
    let documents = documents::all(&[file.to_owned()])?;
    let drawn = draw(documents.len(), seed, count);
    println!("{} of {} documents, seed {seed}", drawn.len(), documents.len());
    for at in drawn {
        print(&coder, &documents[at], why);
    }
    Ok(Verdict::Holds)
}

fn print(coder: &Coder, document: &Document, why: bool) {
    let date = document.date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    println!("\n# {}\n{} ({date})", document.id, document.title().unwrap_or("untitled"));
    let explanation = coder.explain(document);
    let shown = Shown::new(document);
    for sentence in &explanation.sentences {
        let number = if sentence.field == Field::Title { 0 } else { sentence.number };
        println!("\n{number}. {}", sentence.text);
        for record in &explanation.records {
            let (field, sequence) = match record {
                Record::Event(event) => (event.evidence.field, event.text_info.sequence),
                Record::Statement(statement) => (statement.evidence.field, statement.text_info.sequence),
                Record::Initiative(_) => continue,
            };
            if field == sentence.field && sequence == number {
                println!("  {}", shown.record(record));
            }
        }
        if why {
            for reason in &sentence.unread {
                println!("  none: {reason}");
            }
        }
    }
    println!();
    for record in explanation.records.iter().filter(|record| matches!(record, Record::Initiative(_))) {
        println!("  {}", shown.record(record));
    }
}

/// `count` different numbers below `total`, ascending: the first of a shuffle by `seed`.
pub(crate) fn draw(total: usize, seed: u64, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..total).collect();
    let mut state = seed;
    let count = count.min(total);
    for at in 0..count {
        let other = at + (next(&mut state) % (total - at) as u64) as usize;
        order.swap(at, other);
    }
    order.truncate(count);
    order.sort_unstable();
    order
}

/// `SplitMix64` (Steele, Lea and Flood 2014): the same numbers on every machine.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn a_seed_draws_the_same_documents() {
        assert_eq!(draw(229, 7, 10), draw(229, 7, 10));
        assert_ne!(draw(229, 7, 10), draw(229, 8, 10));
        assert_eq!(draw(3, 1, 10), [0, 1, 2]);
        assert!(draw(0, 1, 10).is_empty());
    }
}
