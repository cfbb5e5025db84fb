//! Persons and the names by which they are known.

use super::{Compiler, hashes, joined};
use crate::entries::{Gender, Held};
use crate::names::{Raw, kind};
use crate::records::actors::PersonRow;

impl Compiler<'_> {
    /// Adds a person with the terms in office and further names. The last word of each name is one by which the person is
    /// known alone, and the first where the family name stands first.
    pub fn add_person<'n>(
        &mut self,
        (name, wikidata, gender): (&str, &str, Gender),
        held: &[Held<'_>],
        family_name_first: bool,
        aliases: impl IntoIterator<Item = &'n str>,
    ) {
        let terms = self.run(held);
        let at = self.put(&PersonRow { name, wikidata, gender, first: terms.first, len: terms.len });
        let what = Raw::of(kind::PERSON, None, at);
        self.add_surnames(what, ends(name), family_name_first);
        self.add_written(what, name);
        if let Some(joined) = joined(name) {
            self.add_surnames(what, ends(&joined), family_name_first);
        }
        for alias in aliases {
            self.names.add(alias, what);
            // "The Mullah" and "the Lion of Mali" end in no family name.
            let parts = ends(alias).filter(|(_, last)| !self.has_role(last) && !self.has_country_name(&hashes(last)));
            self.add_surnames(what, parts, family_name_first);
        }
        let parts = hashes(name);
        if let [first, .., last] = parts.as_slice() {
            self.given.insert(*first);
            self.family.insert(*last);
        }
    }

    fn add_surnames(&mut self, what: u32, ends: Option<(&str, &str)>, family_name_first: bool) {
        let Some((first, last)) = ends else { return };
        let bare = last.rsplit('-').next().filter(|_| last.starts_with("al-")).unwrap_or(last);
        self.surnames.add(bare, what);
        if family_name_first {
            self.surnames.add(first, what);
        }
    }
}

/// First and last word of a name of several words, without "Jr." behind it; `None` for one that ends in no family name:
/// "John Paul II", "Albert II, Prince of Monaco".
fn ends(name: &str) -> Option<(&str, &str)> {
    let junior = |word: &str| matches!(word.trim_end_matches('.'), "Jr" | "Sr");
    let regnal = |word: &str| word.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'));
    let mut words: Vec<&str> = name.split_whitespace().map(|word| word.trim_end_matches(',')).collect();
    words.pop_if(|last| junior(last));
    match words.as_slice() {
        [first, .., last] if !regnal(last) && !words.contains(&"of") => Some((first, last)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::ends;

    #[test]
    fn family_names_stand_at_the_ends() {
        for (name, expected) in [
            ("Muammar Qaddafi", Some(("Muammar", "Qaddafi"))),
            ("Ferdinand Marcos Jr.", Some(("Ferdinand", "Marcos"))),
            ("Félix Ulloa, Jr.", Some(("Félix", "Ulloa"))),
            ("John Paul II", None),
            ("Abdullah of Saudi Arabia", None),
            ("Netanyahu", None),
            ("", None),
        ] {
            assert_eq!(ends(name), expected, "{name}");
        }
    }
}
