//! Base forms that an inflected word may have. A frame's lemma is compared with all of them, so that a slip of the
//! model's lemmatiser ("clashe") hides no trigger, and one that makes another word of it ("sea" of "seized") makes none.

use std::collections::HashMap;

use demarche_language::{Token, Upos};

const IRREGULAR: &str = include_str!("../../../../data/language/irregular.tsv");

/// The irregular forms of English.
#[derive(Clone, Debug)]
pub struct Inflection {
    irregular: HashMap<&'static str, Vec<&'static str>>,
}

impl Default for Inflection {
    fn default() -> Self {
        let mut irregular: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
        let rows = IRREGULAR.lines().filter(|line| !line.starts_with('#')).skip(1);
        for (form, lemma) in rows.filter_map(|line| line.split_once('\t')) {
            irregular.entry(form).or_default().push(lemma);
        }
        Self { irregular }
    }
}

impl Inflection {
    /// Lower-case base forms the word may have: the model's lemma first, then irregular and regular ones, the form itself; all
    /// are among the [possible](Self::possible) ones.
    pub fn bases(&self, token: &Token) -> Vec<String> {
        let form = token.form.to_lowercase();
        let mut out = vec![token.lemma.to_lowercase()];
        if out[0] != form && !self.possible(&form).contains(&out[0]) {
            out.clear();
        }
        let mut add = |base: String| {
            if base.len() > 1 && !out.contains(&base) {
                out.push(base);
            }
        };
        for lemma in self.irregular.get(form.as_str()).into_iter().flatten() {
            add((*lemma).to_owned());
        }
        match token.upos {
            Upos::Verb | Upos::Aux | Upos::Adj => {
                for suffix in ["ed", "ing"] {
                    if let Some(stem) = form.strip_suffix(suffix) {
                        stems(stem, &mut add);
                    }
                }
                third_person(&form, &mut add);
            }
            Upos::Noun | Upos::Propn => third_person(&form, &mut add),
            _ => {}
        }
        add(form);
        out
    }
}

impl Inflection {
    /// All base forms that a word may have, whichever part of speech it is: known without the model.
    pub fn possible(&self, form: &str) -> Vec<String> {
        let form = form.to_lowercase();
        let mut out: Vec<String> = Vec::new();
        let mut add = |base: String| {
            if !out.contains(&base) {
                out.push(base);
            }
        };
        for lemma in self.irregular.get(form.as_str()).into_iter().flatten() {
            add((*lemma).to_owned());
        }
        for suffix in ["ed", "ing"] {
            if let Some(stem) = form.strip_suffix(suffix) {
                stems(stem, &mut add);
            }
        }
        third_person(&form, &mut add);
        add(form);
        out
    }
}

/// "stopp" -> stop, stopp, stoppe; "tri" -> try.
fn stems(stem: &str, add: &mut impl FnMut(String)) {
    add(stem.to_owned());
    add(format!("{stem}e"));
    let mut letters = stem.chars().rev();
    if let (Some(last), Some(before)) = (letters.next(), letters.next())
        && last == before
        && last.is_ascii_alphabetic()
    {
        add(stem[..stem.len() - last.len_utf8()].to_owned());
    }
    if let Some(rest) = stem.strip_suffix('i') {
        add(format!("{rest}y"));
    }
    if let Some(rest) = stem.strip_suffix("ck") {
        add(format!("{rest}c"));
    }
}

/// "tries" -> try, "clashes" -> clash, "attacks" -> attack; the same letters make plurals.
fn third_person(form: &str, add: &mut impl FnMut(String)) {
    if let Some(rest) = form.strip_suffix("ies") {
        add(format!("{rest}y"));
    }
    if let Some(rest) = form.strip_suffix("es") {
        add(rest.to_owned());
    }
    if let Some(rest) = form.strip_suffix('s')
        && !form.ends_with("ss")
    {
        add(rest.to_owned());
    }
}
