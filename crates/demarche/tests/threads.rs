//! The number of threads, and what else a coder has read, change nothing.

#[allow(dead_code)] // of the texts only their documents are of use here
mod texts;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use demarche::Coder;
use texts::Received;

/// How many of the shared documents are coded.
const SHARED: usize = 60;

fn written(coder: &Coder, received: &Received) -> String {
    let records = coder.code(&received.document).records;
    records.iter().map(|record| serde_json::to_string(record).expect("a record is JSON") + "\n").collect()
}

/// Every document's records as JSON Lines, by `threads` threads that take the next document as they get to it.
fn coded(coder: &Coder, texts: &[Received], threads: usize) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let out = Mutex::new(vec![String::new(); texts.len()]);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(received) = texts.get(at) else { break };
                    let text = written(coder, received);
                    out.lock().expect("no thread has failed")[at] = text;
                }
            });
        }
    });
    out.into_inner().expect("no thread has failed")
}

#[test]
fn one_thread_and_four_write_the_same_bytes() {
    let coder = Coder::new().unwrap();
    let mut texts = texts::examples();
    texts.extend(texts::shared().into_iter().step_by(5).take(SHARED));
    let one = coded(&coder, &texts, 1);
    assert!(one.iter().any(|records| !records.is_empty()));
    for (received, (one, four)) in texts.iter().zip(one.iter().zip(coded(&coder, &texts, 4))) {
        assert_eq!(*one, four, "{}", received.document.id);
    }
    // A document says the same whatever was read before it.
    let other = Coder::new().unwrap();
    for (received, one) in texts.iter().zip(&one).rev() {
        assert_eq!(*one, written(&other, received), "{}", received.document.id);
    }
}
