//! Lemmas: the edit rule the model chooses for a word, and a lexicon of forms whose lemma is certain.

use std::borrow::Cow;
use std::collections::HashMap;

use super::weights::ModelError;
use crate::labels::Upos;

/// How letters are folded before an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// As it stands.
    Kept,
    /// All lower.
    Lower,
    /// The first as it stands, the rest lower.
    Title,
}

/// How a lemma is made from a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LemmaRule {
    /// Cut characters from the end of the folded form, then append.
    Edit {
        /// How to fold the form.
        case: Case,
        /// Characters to cut.
        cut: usize,
        /// What to append.
        tail: Box<str>,
    },
    /// The lemma whatever the form.
    Replace(Box<str>),
}

impl LemmaRule {
    /// Reads a rule: `=`, `L`, `T`, `?` (as `L`), `[L|T]n+s`, `!s`.
    pub(super) fn parse(rule: &str) -> Option<Self> {
        if let Some(lemma) = rule.strip_prefix('!') {
            return Some(Self::Replace(lemma.into()));
        }
        let (case, edit) = match rule.chars().next()? {
            '=' | '?' if rule.len() > 1 => return None,
            '=' => (Case::Kept, ""),
            '?' => (Case::Lower, ""),
            'L' => (Case::Lower, &rule[1..]),
            'T' => (Case::Title, &rule[1..]),
            _ => (Case::Kept, rule),
        };
        let (cut, tail) = match edit {
            "" => (0, ""),
            edit => edit.split_once('+').and_then(|(cut, tail)| Some((cut.parse().ok()?, tail)))?,
        };
        Some(Self::Edit { case, cut, tail: tail.into() })
    }

    /// The lemma of a form. A cut longer than the form leaves the appended part alone.
    pub(super) fn apply(&self, form: &str) -> String {
        match self {
            Self::Replace(lemma) => lemma.to_string(),
            Self::Edit { case, cut, tail } => {
                let folded = match case {
                    Case::Kept => Cow::Borrowed(form),
                    Case::Lower => Cow::Owned(form.to_lowercase()),
                    Case::Title => {
                        let first = form.chars().next().map_or(0, char::len_utf8);
                        Cow::Owned([&form[..first], &form[first..].to_lowercase()].concat())
                    }
                };
                let end = match cut {
                    0 => folded.len(),
                    cut => folded.char_indices().nth_back(cut - 1).map_or(0, |(at, _)| at),
                };
                [&folded[..end], tail].concat()
            }
        }
    }
}

/// Lemmas of forms in lower case with their part of speech.
#[derive(Default)]
pub(super) struct Lexicon {
    /// By `form TAB part of speech`.
    lemmas: HashMap<&'static str, &'static str>,
}

impl Lexicon {
    /// Reads lines `form TAB part of speech TAB lemma`; `#` begins a comment line.
    pub(super) fn parse(lines: &'static str) -> Result<Self, ModelError> {
        let mut lemmas = HashMap::with_capacity(lines.len() / 20);
        for (at, line) in lines.lines().enumerate() {
            if line.starts_with("# ") || line.is_empty() {
                continue;
            }
            let Some((key, lemma)) = line.rsplit_once('\t').filter(|(key, _)| key.contains('\t')) else {
                return Err(ModelError::Lexicon { line: at + 1 });
            };
            lemmas.insert(key, lemma);
        }
        Ok(Self { lemmas })
    }

    /// The lemma of a form as the given part of speech, if it is certain. A number loses the commas between thousands.
    pub(super) fn get(&self, form: &str, upos: Upos) -> Option<Cow<'static, str>> {
        if upos == Upos::Num && in_thousands(form) {
            return Some(Cow::Owned(form.replace(',', "")));
        }
        let key = [&form.to_lowercase(), "\t", upos.as_str()].concat();
        self.lemmas.get(key.as_str()).map(|&lemma| Cow::Borrowed(lemma))
    }
}

/// Whether a form is digits in groups of three parted by commas, as "12,000".
fn in_thousands(form: &str) -> bool {
    let mut groups = form.split(',');
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let leads = groups.next().is_some_and(|group| (1..=3).contains(&group.len()) && digits(group));
    leads && form.contains(',') && groups.all(|group| group.len() == 3 && digits(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_make_lemmas() {
        for (form, rule, lemma) in [
            ("Doha", "=", "Doha"),
            ("From", "L", "from"),
            ("TALKS", "?", "talks"),
            ("LIMA", "T", "Lima"),
            ("comes", "1+", "come"),
            ("Countries", "L3+y", "country"),
            ("NATIONS", "T1+", "Nation"),
            ("was", "!be", "be"),
            ("is", "5+x", "x"),
            ("événements", "1+", "événement"),
            ("C++s", "1++", "C+++"),
            ("", "1+a", "a"),
        ] {
            assert_eq!(LemmaRule::parse(rule).unwrap().apply(form), lemma, "{form} {rule}");
        }
        for wrong in ["", "==", "x", "L+", "1", "-1+a", "?1+a"] {
            assert_eq!(LemmaRule::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_lexicon_knows_parts_of_speech() {
        let lexicon = Lexicon::parse("# form\nsaw\tVERB\tsee\nsaw\tNOUN\tsaw\n").unwrap();
        assert_eq!(lexicon.get("Saw", Upos::Verb).as_deref(), Some("see"));
        assert_eq!(lexicon.get("saw", Upos::Noun).as_deref(), Some("saw"));
        assert_eq!(lexicon.get("saw", Upos::Adj), None);
        let number = |form| lexicon.get(form, Upos::Num);
        assert_eq!((number("12,000").as_deref(), number("1,234,567").as_deref()), (Some("12000"), Some("1234567")));
        assert!(["12", "1,5", "1234,567", ",000", "12,00a", "12,"].into_iter().all(|form| number(form).is_none()));
        assert!(Lexicon::parse("saw\tVERB\n").err().unwrap().to_string().contains("line 1"));
    }
}
