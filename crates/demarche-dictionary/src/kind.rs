//! Telling what sort of file one has been given, from its lines.

use crate::fault::DictionaryError;

/// Sorts of file that tell of actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// An actor dictionary.
    Actors,
    /// An agent dictionary.
    Agents,
    /// A discard list.
    Discards,
    /// A table of ours, tab-separated.
    Table,
}

/// Most words in a phrase of a discard list; running text has longer lines.
const LONGEST_PHRASE: usize = 12;

/// The sort of a file.
///
/// # Errors
/// [`DictionaryError`] where the file is of no sort that tells of actors, in one line that says what it is.
pub fn recognise(file: &str, bytes: &[u8]) -> Result<FileKind, DictionaryError> {
    // A stray zero byte stands in a dictionary of the field; programs and pictures are full of them.
    if bytes.split(|&byte| byte == 0).count() > 1 + bytes.len() / 100 {
        return Err(DictionaryError::Unknown(file.to_owned()));
    }
    let text = String::from_utf8_lossy(bytes);
    let lines = || {
        let lines = text.lines().map(|line| line.trim_start_matches('\u{feff}'));
        lines.filter(|line| !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with("<!"))
    };
    let Some(first) = lines().next() else { return Err(DictionaryError::Empty(file.to_owned())) };
    let brackets = |line: &str| line.split('#').next().is_some_and(|line| line.contains('['));
    if lines().any(|line| line.starts_with("<ISSUE")) {
        return Err(DictionaryError::Issues(file.to_owned()));
    }
    let verbs = |line: &&str| line.starts_with("- ") || line.starts_with("--- ") || line.starts_with('&');
    let agents =
        |line: &&str| line.contains("[~") || line.contains("~]") || line.starts_with('!') && line.contains('=');
    if lines().filter(verbs).count() * 20 > lines().count() {
        return Err(DictionaryError::Verbs(file.to_owned()));
    }
    if first.contains('\t') && !brackets(first) && !first.starts_with(['\t', '+']) && header(first) {
        return Ok(FileKind::Table);
    }
    if lines().any(brackets) {
        let votes = lines().filter(|line| brackets(line)).count();
        let kind = if lines().filter(agents).count() * 2 > votes { FileKind::Agents } else { FileKind::Actors };
        return Ok(kind);
    }
    // Phrases, a line each: in capitals, or with the sign for whole documents. Text is neither.
    let bare = |line: &&str| {
        let phrase = line.split('#').next().unwrap_or_default();
        let shouted = !phrase.contains(char::is_lowercase) || phrase.starts_with('+');
        shouted && phrase.split_whitespace().count() <= LONGEST_PHRASE
    };
    if lines().filter(bare).count() * 10 >= lines().count() * 9 {
        return Ok(FileKind::Discards);
    }
    Err(DictionaryError::Unknown(file.to_owned()))
}

/// Whether a line names columns: words in lower case.
fn header(line: &str) -> bool {
    line.split('\t').all(|cell| cell.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_ ".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_are_told_apart() {
        for (text, kind) in [
            ("# c\nA_ [USA]\n+B\n\tC [X]\n", FileKind::Actors),
            ("A_\n\t[USA]\n+B\n", FileKind::Actors),
            ("!P! = A, B\nA [~GOV]\nB [IGO~]\n", FileKind::Agents),
            ("1914\nWORLD CUP\n+World Cup # x\n", FileKind::Discards),
            ("# c\nname\taliases\tcode\tsector\nA\t\tUSA\tGOV\n", FileKind::Table),
        ] {
            assert_eq!(recognise("f", text.as_bytes()), Ok(kind), "{text}");
        }
    }

    #[test]
    fn others_are_refused_in_one_line() {
        let refused = |text: &str| recognise("f", text.as_bytes()).expect_err(text).to_string();
        assert!(
            refused("&AUX\n+WAS\n--- GRANT [070] ---\n- * A [1]\n").starts_with("f: a dictionary of verb patterns")
        );
        assert!(refused("<ISSUE CATEGORY=\"A\">\nn:a [B]\n").starts_with("f: a list of issues"));
        assert!(refused("Paris met Berlin on Sunday.\nIt said so.\n").starts_with("f: neither a dictionary"));
        assert!(refused("# only a comment\n").starts_with("f: no entry"));
    }
}
