//! Sentences whose words are given: CoNLL-U, of which only comments, word numbers and forms are read.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use demarche::TextRange;
use demarche::document::{DocumentError, Input};
use demarche::language::{Segmented, Word};

use crate::batch::{Trouble, shown};
use crate::failure::words as cause_of;

/// Sentences handed on together.
const CHUNK: usize = 64;

/// A sentence as given.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Given {
    /// Comment lines with their `#`.
    pub(crate) comments: Vec<String>,
    /// Forms of its words.
    pub(crate) words: Vec<String>,
    /// Multiword tokens: the word they stand before (from 0), their number and form.
    pub(crate) multiword: Vec<(usize, String, String)>,
}

impl Given {
    /// The sentence for the model, on a text of its words with blanks between them.
    pub(crate) fn segmented(&self) -> Segmented {
        let mut at = 0;
        let words: Vec<Word> = self
            .words
            .iter()
            .map(|form| {
                let range = TextRange::new(at, at + form.len());
                at = range.end + 1;
                Word { range, form: form.clone() }
            })
            .collect();
        Segmented { range: TextRange::new(0, at.saturating_sub(1)), words }
    }

    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.comments.is_empty() && self.multiword.is_empty()
    }

    /// Takes one line of a sentence; what is wrong with it if it does not fit.
    fn take(&mut self, line: &str) -> Result<(), &'static str> {
        if line.starts_with('#') {
            self.comments.push(line.to_owned());
            return Ok(());
        }
        let mut columns = line.split('\t');
        let (Some(number), Some(form)) = (columns.next(), columns.next()) else {
            return Err("a word needs its number and its form with a tab between them");
        };
        if form.is_empty() {
            return Err("a word without a form");
        }
        if number.contains('.') {
            // An empty node stands for no word of the text.
            return Ok(());
        }
        if number.contains('-') {
            self.multiword.push((self.words.len(), number.to_owned(), form.to_owned()));
            return Ok(());
        }
        if number.parse() != Ok(self.words.len() + 1) {
            return Err("words must be numbered 1, 2, 3 and so on");
        }
        self.words.push(form.to_owned());
        Ok(())
    }
}

/// The sentences of all inputs in chunks. A sentence that is not CoNLL-U is an error, the next one is read all the same.
pub(crate) fn sentences(
    inputs: Vec<Result<Input, DocumentError>>,
    max_bytes: u64,
) -> impl Iterator<Item = Result<Vec<Given>, Trouble>> + Send + 'static {
    inputs.into_iter().flat_map(move |input| -> Box<dyn Iterator<Item = _> + Send> {
        let opened = input.map_err(Trouble::from).and_then(|input| {
            let name = shown(&input.name());
            let reader: Box<dyn Read + Send> = match &input {
                Input::Stdin => Box::new(io::stdin()),
                Input::File(path) => Box::new(File::open(path).map_err(|error| unreadable(&name, &error))?),
            };
            Ok(Sentences {
                name,
                reader: BufReader::new(reader),
                max_bytes,
                line: 0,
                any: false,
                held: None,
                ended: false,
            })
        });
        match opened {
            Ok(sentences) => Box::new(sentences),
            Err(trouble) => Box::new(std::iter::once(Err(trouble))),
        }
    })
}

fn unreadable(name: &str, error: &io::Error) -> Trouble {
    let message = format!("{name}: cannot be read ({}); check the path and its permissions", cause_of(error));
    Trouble { kind: "unreadable", message }
}

/// The sentences of one input.
struct Sentences<R> {
    name: String,
    reader: BufReader<R>,
    max_bytes: u64,
    /// Number of the line last read.
    line: u64,
    any: bool,
    /// An error that waits until the sentences before it are handed on.
    held: Option<Trouble>,
    ended: bool,
}

impl<R: Read> Iterator for Sentences<R> {
    type Item = Result<Vec<Given>, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(trouble) = self.held.take() {
            return Some(Err(trouble));
        }
        let mut chunk = Vec::new();
        while chunk.len() < CHUNK && !self.ended {
            match self.sentence() {
                Ok(Some(sentence)) => chunk.push(sentence),
                Ok(None) => self.ended = true,
                Err(trouble) if chunk.is_empty() => return Some(Err(trouble)),
                Err(trouble) => {
                    self.held = Some(trouble);
                    break;
                }
            }
        }
        if !chunk.is_empty() {
            return Some(Ok(chunk));
        }
        let nothing = !std::mem::replace(&mut self.any, true);
        nothing
            .then(|| Err(Trouble { kind: "empty", message: format!("{}: empty; give a file of CoNLL-U", self.name) }))
    }
}

impl<R: Read> Sentences<R> {
    /// The next sentence, `None` at the end.
    fn sentence(&mut self) -> Result<Option<Given>, Trouble> {
        let mut sentence = Given::default();
        let mut wrong: Option<Trouble> = None;
        let mut size = 0;
        while let Some(line) = self.next_line()? {
            let line = match line {
                Ok(line) => line,
                Err(trouble) => {
                    wrong.get_or_insert(trouble);
                    continue;
                }
            };
            if line.is_empty() {
                if sentence.is_empty() && wrong.is_none() {
                    continue;
                }
                break;
            }
            self.any = true;
            size += line.len() as u64;
            if wrong.is_some() {
                continue;
            }
            if size > self.max_bytes {
                wrong = Some(self.trouble("too large", "a sentence over the limit of --max-bytes"));
            } else if let Err(cause) = sentence.take(&line) {
                wrong = Some(self.trouble("not CoNLL-U", cause));
            }
        }
        if wrong.is_none() && sentence.words.is_empty() && !sentence.is_empty() {
            wrong = Some(self.trouble("not CoNLL-U", "comments without words after them"));
        }
        match wrong {
            Some(trouble) => {
                self.any = true;
                Err(trouble)
            }
            None if sentence.is_empty() => Ok(None),
            None => Ok(Some(sentence)),
        }
    }

    /// The next line without its end, never held beyond the limit.
    fn next_line(&mut self) -> Result<Option<Result<String, Trouble>>, Trouble> {
        let mut bytes = Vec::new();
        let limit = self.max_bytes.saturating_add(1);
        let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut bytes);
        if let Err(error) = read {
            self.ended = true;
            self.any = true;
            return Err(unreadable(&self.name, &error));
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        self.line += 1;
        if bytes.last() != Some(&b'\n') && bytes.len() as u64 == limit {
            self.pass_line();
            return Ok(Some(Err(self.trouble("too large", "a line over the limit of --max-bytes"))));
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        let skip = if self.line == 1 && bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let line = String::from_utf8(bytes.split_off(skip)).map_err(|_| self.trouble("not UTF-8", "CoNLL-U is UTF-8"));
        Ok(Some(line))
    }

    /// Passes over the rest of a line; an error comes up again with the next line.
    fn pass_line(&mut self) {
        while let Ok(available) = self.reader.fill_buf() {
            if available.is_empty() {
                return;
            }
            let end = available.iter().position(|&byte| byte == b'\n');
            let used = end.map_or(available.len(), |end| end + 1);
            self.reader.consume(used);
            if end.is_some() {
                return;
            }
        }
    }

    fn trouble(&self, kind: &'static str, cause: &str) -> Trouble {
        Trouble { kind, message: format!("{}:{}: {cause}", self.name, self.line) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &'static [u8], max_bytes: u64) -> Vec<Result<Vec<Given>, String>> {
        let reader = BufReader::new(bytes);
        let sentences =
            Sentences { name: "f".to_owned(), reader, max_bytes, line: 0, any: false, held: None, ended: false };
        sentences.map(|item| item.map_err(|trouble| trouble.message)).collect()
    }

    fn words(given: &Given) -> Vec<&str> {
        given.words.iter().map(String::as_str).collect()
    }

    #[test]
    fn numbers_forms_and_comments_are_read() {
        let got =
            read(b"# sent_id = a\n1-2\tdon't\t_\n1\tdo\tX\tY\n2\tn't\tX\n2.1\tgo\t_\n3\tgo\n\n\n1\tYes\r\n", 1000);
        let [Ok(chunk)] = &got[..] else { panic!("{got:?}") };
        assert_eq!(words(&chunk[0]), ["do", "n't", "go"]);
        assert_eq!(chunk[0].comments, ["# sent_id = a"]);
        assert_eq!(chunk[0].multiword, [(0, "1-2".to_owned(), "don't".to_owned())]);
        assert_eq!(words(&chunk[1]), ["Yes"]);
        assert_eq!(chunk[0].segmented().words[1].range, TextRange::new(3, 6));
    }

    #[test]
    fn a_bad_sentence_does_not_keep_back_the_next() {
        let got = read(b"1\ta\n\n1\tb\n3\tc\n\n1\td\n\nno tabs\n\n1\t\xFF\n\n# alone\n", 1000);
        let told: Vec<String> = got
            .iter()
            .map(|item| item.as_ref().map_or_else(Clone::clone, |chunk| words(&chunk[0]).join(" ")))
            .collect();
        assert_eq!(
            told,
            [
                "a",
                "f:4: words must be numbered 1, 2, 3 and so on",
                "d",
                "f:8: a word needs its number and its form with a tab between them",
                "f:10: CoNLL-U is UTF-8",
                "f:12: comments without words after them",
            ]
        );
    }

    #[test]
    fn empty_and_endless_inputs() {
        assert_eq!(read(b"", 10), [Err("f: empty; give a file of CoNLL-U".to_owned())]);
        assert_eq!(read(b"\n\n", 10), [Err("f: empty; give a file of CoNLL-U".to_owned())]);
        let got = read(b"1\taaaaaaaaaaaaaaaaaaaaaaaaa\n\n1\tb\n", 10);
        assert_eq!(got[0], Err("f:1: a line over the limit of --max-bytes".to_owned()));
        assert!(got[1].is_ok());
    }
}
