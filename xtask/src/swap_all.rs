//! `xtask swap`: the swap test on all pairs.

use std::collections::BTreeMap;
use std::thread;

use demarche::Coder;

use crate::swap::{self, Difference};
use crate::{Failure, Verdict};

pub(crate) fn run(only: &str) -> Result<Verdict, Failure> {
    let coder = Coder::new()?;
    let pairs = swap::pairs();
    let (mut sentences, mut differing, mut unexpected) = (0, 0, 0);
    let mut by_country: BTreeMap<&str, usize> = BTreeMap::new();
    for template in swap::templates().iter().filter(|template| template.to_string().contains(only)) {
        let reference = template.reference(&coder);
        let holds = template.holds(&reference);
        let differences: Vec<Difference> = in_parallel(&pairs, |&pair| template.difference(&coder, pair, &reference));
        sentences += pairs.len();
        differing += differences.len();
        unexpected += usize::from(!holds);
        println!("{} of {} differ: {template}", differences.len(), pairs.len());
        if !holds {
            println!("  does not give what it should, but {}", reference.join("\n      "));
        }
        for difference in &differences {
            println!("{difference}");
            for country in difference.countries() {
                *by_country.entry(country).or_default() += 1;
            }
        }
    }
    println!("{differing} of {sentences} sentences differ; {unexpected} templates do not give what they should");
    let mut by_country: Vec<_> = by_country.into_iter().collect();
    by_country.sort_by_key(|&(country, count)| (std::cmp::Reverse(count), country));
    for (country, count) in by_country {
        println!("  {count:>5}  {country}");
    }
    Ok(if differing + unexpected == 0 { Verdict::Holds } else { Verdict::Fails })
}

/// What `work` finds, in the order of `items`.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> Option<R> + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let chunk = items.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> = items
            .chunks(chunk)
            .map(|chunk| scope.spawn(move || chunk.iter().filter_map(work).collect::<Vec<_>>()))
            .collect();
        running
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
            .collect()
    })
}
