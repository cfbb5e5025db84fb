//! A CoNLL-U file as the paragraphs of raw text it was made from, with the right analysis.

use super::score::{Side, Word};

/// Text of the paragraphs and the analysis of them all.
#[derive(Debug, Default)]
pub(super) struct Treebank {
    pub paragraphs: Vec<String>,
    pub gold: Side,
}

/// Reads a file's text; with genres only documents whose name (`GUM_news_...`) holds one of them.
pub(super) fn treebank(text: &str, genres: &[String]) -> Treebank {
    let mut out = Treebank::default();
    let mut rows: Vec<Vec<&str>> = Vec::new();
    // Whether the document at hand is asked for, and whether the next sentence begins a paragraph.
    let (mut wanted, mut fresh) = (genres.is_empty(), true);
    let mut characters = 0;
    for line in text.lines().chain([""]) {
        if let Some(name) = line.strip_prefix("# newdoc id") {
            wanted = genres.is_empty() || genres.iter().any(|genre| name.contains(&format!("_{genre}_")));
            fresh = true;
        } else if line.starts_with("# newpar") && !line.starts_with("# newpar_block") {
            fresh = true;
        } else if line.is_empty() {
            let sentence = std::mem::take(&mut rows);
            if wanted && !sentence.is_empty() {
                if fresh || out.paragraphs.is_empty() {
                    out.paragraphs.push(String::new());
                }
                fresh = false;
                if let Some(paragraph) = out.paragraphs.last_mut() {
                    add(&sentence, paragraph, &mut out.gold, &mut characters);
                }
            }
        } else if !line.starts_with('#') || line.contains('\t') {
            let row: Vec<&str> = line.split('\t').collect();
            rows.extend(Some(row).filter(|row| row.len() == 10));
        }
    }
    out
}

/// Characters of `text` that are no white space.
pub(super) fn shown(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn add(rows: &[Vec<&str>], paragraph: &mut String, gold: &mut Side, characters: &mut usize) {
    let (begun, first) = (*characters, gold.words.len());
    // Last word of the contraction at hand, and its characters.
    let mut contraction = None;
    for row in rows {
        let (id, form) = (row[0], row[1]);
        if id.contains('.') {
            continue;
        }
        let last: Option<usize> = id.split_once('-').and_then(|(_, last)| last.parse().ok());
        let number = id.parse().unwrap_or(0);
        let part = contraction.clone().filter(|(last, _)| number <= *last && number > 0);
        let span = if let Some((_, span)) = part {
            span
        } else {
            let span = *characters..*characters + shown(form);
            *characters = span.end;
            gold.tokens.push(span.clone());
            paragraph.push_str(form);
            if !row[9].split('|').any(|feature| feature == "SpaceAfter=No") {
                paragraph.push(' ');
            }
            span
        };
        if let Some(last) = last {
            contraction = Some((last, span));
            continue;
        }
        gold.words.push(Word {
            span,
            form: form.to_owned(),
            contracted: contraction.as_ref().is_some_and(|(last, _)| number <= *last),
            upos: row[3].to_owned(),
            lemma: row[2].to_owned(),
            relation: row[7].to_owned(),
            head: row[6].parse::<usize>().ok().and_then(|head| head.checked_sub(1)).map(|head| first + head),
        });
    }
    gold.sentences.push(begun..*characters);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_put_together_again() {
        let row = |id: &str, form: &str, head: &str, misc: &str| {
            format!("{id}\t{form}\t{form}\tX\t_\t_\t{head}\tdep\t_\t{misc}\n")
        };
        let text = [
            "# newdoc id = GUM_news_a\n# newpar\n".to_owned(),
            row("1", "We", "3", "_"),
            row("2-3", "don't", "_", "SpaceAfter=No"),
            row("2", "do", "3", "_"),
            row("3", "n't", "0", "_"),
            row("3.1", "_", "_", "_"),
            row("4", ".", "3", "_"),
            "\n".to_owned(),
            row("1", "#", "0", "_"),
            "\n# newpar\n".to_owned(),
            row("1", "End", "0", "_"),
            "\n# newdoc id = GUM_vlog_b\n".to_owned(),
            row("1", "No", "0", "_"),
            "\n".to_owned(),
        ]
        .concat();
        let found = treebank(&text, &["news".to_owned()]);
        assert_eq!(found.paragraphs, ["We don't. # ", "End "]);
        assert_eq!(found.gold.sentences, [0..8, 8..9, 9..12]);
        assert_eq!(found.gold.tokens, [0..2, 2..7, 7..8, 8..9, 9..12]);
        let spans: Vec<_> = found.gold.words.iter().map(|word| (word.span.clone(), word.contracted)).collect();
        let expected = [(0..2, false), (2..7, true), (2..7, true), (7..8, false), (8..9, false), (9..12, false)];
        assert_eq!(spans, expected);
        let heads: Vec<_> = found.gold.words.iter().map(|word| word.head).collect();
        assert_eq!(heads, [Some(2), Some(2), None, Some(2), None, None]);
        assert_eq!(treebank(&text, &[]).paragraphs.len(), 3);
    }
}
