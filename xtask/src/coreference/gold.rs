//! GUM's chains: `Entity=` in MISC, the id of the entity first. `(4-person-...` opens a mention, `4)` closes it,
//! `(4-person-...)` is one word; `4[1/2]` is a part of a mention in pieces, taken from its first word to its last. What the
//! other fields say (bridging, split antecedents, kind of link) is not scored: appositions and predicates are in the
//! chains, as the annotation has them.

use std::collections::BTreeMap;

/// A mention: sentence, first word, end.
pub(super) type Place = (usize, usize, usize);

/// A document with its words and chains.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) sentences: Vec<Vec<String>>,
    /// Mentions by entity, chains of one too.
    pub(super) chains: BTreeMap<String, Vec<Place>>,
}

/// Documents of a CoNLL-U file whose name holds one of the genres (`GUM_news_...`), or all for none.
pub(super) fn read(text: &str, genres: &[String]) -> Vec<Document> {
    let mut out: Vec<Document> = Vec::new();
    let mut wanted = false;
    let mut rows: Vec<(&str, &str)> = Vec::new();
    for line in text.lines().chain([""]) {
        if let Some(name) = line.strip_prefix("# newdoc id = ") {
            wanted = genres.is_empty() || genres.iter().any(|genre| name.contains(&format!("_{genre}_")));
            if wanted {
                out.push(Document { name: name.to_owned(), ..Document::default() });
            }
        } else if line.is_empty() {
            if let Some(document) = out.last_mut().filter(|_| wanted && !rows.is_empty()) {
                document.take(&rows);
            }
            rows.clear();
        } else if !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            // Ranges ("1-2") and empty nodes ("1.1") are no words of the tree.
            if let [id, form, .., misc] = columns[..]
                && id.bytes().all(|byte| byte.is_ascii_digit())
            {
                rows.push((form, misc));
            }
        }
    }
    out
}

impl Document {
    fn take(&mut self, rows: &[(&str, &str)]) {
        let sentence = self.sentences.len();
        let mut open: Vec<(&str, usize)> = Vec::new();
        for (word, (_, misc)) in rows.iter().enumerate() {
            let Some(marks) = misc.split('|').find_map(|part| part.strip_prefix("Entity=")) else { continue };
            let mut rest = marks;
            while !rest.is_empty() {
                let opens = rest.starts_with('(');
                let body = rest.strip_prefix('(').unwrap_or(rest);
                let end = body.find(['(', ')']).unwrap_or(body.len());
                let closes = body[end..].starts_with(')');
                let id = body[..end].split('-').next().unwrap_or_default();
                let start = if opens {
                    if !closes {
                        open.push((id, word));
                    }
                    Some(word).filter(|_| closes)
                } else {
                    open.iter().rposition(|(opened, _)| *opened == id).map(|at| open.remove(at).1)
                };
                if let Some(start) = start {
                    self.close(id, (sentence, start, word + 1));
                }
                rest = &body[end + usize::from(closes)..];
                if !opens && !closes {
                    break;
                }
            }
        }
        self.sentences.push(rows.iter().map(|(form, _)| (*form).to_owned()).collect());
    }

    fn close(&mut self, id: &str, place: Place) {
        let (entity, piece) = id.split_once('[').unwrap_or((id, "1"));
        let chain = self.chains.entry(entity.to_owned()).or_default();
        match chain.last_mut().filter(|last| !piece.starts_with('1') && last.0 == place.0) {
            Some(last) => last.2 = place.2,
            None => chain.push(place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_chains() {
        let word = |id: usize, form: &str, misc: &str| format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n");
        let text = [
            "# newdoc id = GUM_news_x\n".to_owned(),
            word(1, "Her", "Entity=(3-person-new-coref(4-person-ana)"),
            word(2, "aunt", "A=b|Entity=3)|SpaceAfter=No"),
            word(3, "saw", "_"),
            word(4, "her", "Entity=(4-person-ana)(5[1/2]-object-new"),
            word(5, "x", "Entity=5[1/2])"),
            word(6, "y", "Entity=(5[2/2]-object)"),
            "\n# newdoc id = GUM_whow_y\n".to_owned(),
            word(1, "No", "_"),
        ]
        .concat();
        let found = read(&text, &["news".to_owned()]);
        assert_eq!(found.len(), 1);
        let chain = |id: &str| found[0].chains[id].clone();
        assert_eq!(chain("3"), [(0, 0, 2)]);
        assert_eq!(chain("4"), [(0, 0, 1), (0, 3, 4)]);
        assert_eq!(chain("5"), [(0, 3, 6)]);
        assert_eq!(found[0].sentences, [["Her", "aunt", "saw", "her", "x", "y"]]);
    }
}
