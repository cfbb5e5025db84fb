//! Even-handedness by construction: the encoder never sees which country a sentence is about.
//!
//! Each country name, adjective or plural demonym, of however many words, becomes one placeholder word before the
//! encoder reads the sentence; the article before a name ("the Netherlands") goes with it, "an" before a placeholder
//! becomes "a". Two sentences equal up to their countries are then the same input, so their trees, tags and entities are
//! the same. Afterwards the names' own words are put back, attached inside the name by rule.

use std::borrow::Cow;
use std::sync::Arc;

use crate::analysis::{Bio, Reading};
use crate::labels::{Relation, Upos, Xpos};

/// Which form of a country's name stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameForm {
    /// The name itself: "France", "the Netherlands", "DR Congo".
    Name,
    /// The adjective, and the demonym in the singular: "French", "Chadian".
    Adjective,
    /// The demonym in the plural: "Chadians".
    Plural,
}

/// A country name found in a sentence: words `first..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameMatch {
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub end: usize,
    /// What stands there.
    pub form: NameForm,
}

/// Finds country names among the words of a sentence. A following "'s" is a word of its own and not part of the name.
pub trait NameFinder {
    /// Names, not overlapping; of overlapping ones only the first counts.
    fn find(&self, words: &[&str]) -> Vec<NameMatch>;

    /// Which country the words of a name found speak of: the same number for every name and form of one country. Who
    /// knows no countries has no numbers.
    fn identity(&self, _name: &[&str]) -> Option<u64> {
        None
    }
}

/// Finds no names: the encoder reads every word as written.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoNames;

impl NameFinder for NoNames {
    fn find(&self, _: &[&str]) -> Vec<NameMatch> {
        Vec::new()
    }
}

/// One word the encoder reads, and the words of the sentence it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    /// First word, the article included.
    first: usize,
    /// First word of the name proper.
    name: usize,
    /// One past the last word.
    end: usize,
    /// What it stands for, if it is a placeholder.
    form: Option<NameForm>,
}

/// A sentence as the encoder reads it.
#[derive(Debug)]
pub(crate) struct Masked<'a> {
    /// The words to read.
    pub(crate) words: Vec<Cow<'a, str>>,
    slots: Vec<Slot>,
}

impl<'a> Masked<'a> {
    /// Puts placeholders where `matches` are; those that overlap or do not fit the sentence are passed over.
    pub(crate) fn new(words: &[&'a str], mut matches: Vec<NameMatch>) -> Self {
        matches.sort_by_key(|m| (m.first, m.end));
        let mut slots: Vec<Slot> = Vec::with_capacity(words.len());
        let plain = |at: usize| Slot { first: at, name: at, end: at + 1, form: None };
        let mut next = 0;
        for NameMatch { first, end, form } in matches {
            if first < next || end <= first || end > words.len() {
                continue;
            }
            slots.extend((next..first).map(plain));
            let name = if end - first > 1 && is_the(words[first]) { first + 1 } else { first };
            let before = form == NameForm::Name && name == first && first > next && is_the(words[first - 1]);
            let first = if before { slots.pop().map_or(first, |slot| slot.first) } else { first };
            slots.push(Slot { first, name, end, form: Some(form) });
            next = end;
        }
        slots.extend((next..words.len()).map(plain));
        let capitals = in_capitals(&slots, words);
        let read = |at: usize, slot: &Slot| match slot.form {
            Some(form) => Cow::Borrowed(placeholder(form, capitals)),
            None if slots.get(at + 1).is_some_and(|next| next.form.is_some()) => without_n(words[slot.first]),
            None => Cow::Borrowed(words[slot.first]),
        };
        Self { words: slots.iter().enumerate().map(|(at, slot)| read(at, slot)).collect(), slots }
    }

    /// For each word read, the first word of the sentence it stands for.
    pub(crate) fn firsts(&self) -> impl Iterator<Item = usize> {
        self.slots.iter().map(|slot| slot.first)
    }

    /// For each word of the sentence the number of the word read in its place.
    pub(crate) fn read_as(&self) -> impl Iterator<Item = usize> + '_ {
        self.slots.iter().enumerate().flat_map(|(at, slot)| std::iter::repeat_n(at, slot.end - slot.first))
    }

    /// From readings of the words read to readings of all words of the sentence.
    pub(crate) fn restore(&self, words: &[&str], readings: Vec<Reading>) -> Vec<Reading> {
        if self.slots.len() == words.len() && self.slots.iter().all(|slot| slot.form.is_none()) {
            return readings;
        }
        let tops: Vec<usize> = self.slots.iter().map(|slot| slot.top(words)).collect();
        let mut out = Vec::with_capacity(words.len());
        for (at, (slot, reading)) in self.slots.iter().zip(readings).enumerate() {
            let reading = Reading { head: reading.head.and_then(|head| tops.get(head).copied()), ..reading };
            if slot.form.is_some() {
                slot.spread(words, tops[at], &reading, &mut out);
            } else {
                out.push(reading);
            }
        }
        out
    }
}

impl Slot {
    /// The word that heads the name: the last before its first "of", "and" or comma.
    fn top(&self, words: &[&str]) -> usize {
        last_of_part(words, self.name, self.end)
    }

    /// Readings of the words of a name whose placeholder has `reading`.
    fn spread(&self, words: &[&str], top: usize, reading: &Reading, out: &mut Vec<Reading>) {
        if self.first < self.name {
            // "the embassy" in "the US embassy": the article belongs to the noun that the name modifies.
            let modifies = matches!(reading.relation, Relation::Compound | Relation::Amod | Relation::NmodDesc);
            let head = reading.head.filter(|&head| modifies && head >= self.end).unwrap_or(top);
            let inside = matches!(reading.entity, Bio::Inside(_));
            let entity = if inside { reading.entity } else { Bio::Outside };
            out.push(Reading { entity, ..article(words[self.first], head) });
        }
        let inside = match reading.entity {
            Bio::Begin(kind) => Bio::Inside(kind),
            entity => entity,
        };
        let mut part = self.name;
        let mut part_top = top;
        let mut joined = None;
        for at in self.name..self.end {
            let entity = if at == self.name { reading.entity } else { inside };
            if joins(words[at]).is_some() && at > self.name && at + 1 < self.end {
                joined = joins(words[at]);
                part = at + 1;
                part_top = last_of_part(words, part, self.end);
                out.push(Reading { entity, ..joiner(words[at], part_top) });
            } else if at == top {
                out.push(Reading { lemma: words[at].to_owned(), entity, ..reading.clone() });
            } else if at == part_top {
                let relation = if joined == Some(Relation::Cc) { Relation::Conj } else { Relation::Nmod };
                out.push(Reading { entity, ..inner(words[at], top, relation, self.form) });
            } else if at == part && is_the(words[at]) {
                out.push(Reading { entity, ..article(words[at], part_top) });
            } else {
                out.push(Reading { entity, ..inner(words[at], part_top, Relation::Compound, self.form) });
            }
        }
    }
}

/// Last word of the part of a name that begins at `first`.
fn last_of_part(words: &[&str], first: usize, end: usize) -> usize {
    let stop = (first + 1..end.saturating_sub(1)).find(|&at| joins(words[at]).is_some()).unwrap_or(end);
    stop.saturating_sub(1).max(first)
}

/// The relation of a word that joins two parts of a name ("Republic of Korea", "Trinidad and Tobago").
fn joins(word: &str) -> Option<Relation> {
    match word.to_lowercase().as_str() {
        "of" | "de" | "du" => Some(Relation::Case),
        "and" | "&" => Some(Relation::Cc),
        _ => None,
    }
}

fn is_the(word: &str) -> bool {
    word.eq_ignore_ascii_case("the")
}

fn placeholder(form: NameForm, capitals: bool) -> &'static str {
    match (form, capitals) {
        (NameForm::Name, false) => "Canada",
        (NameForm::Name, true) => "CANADA",
        (NameForm::Adjective, false) => "Canadian",
        (NameForm::Adjective, true) => "CANADIAN",
        (NameForm::Plural, false) => "Canadians",
        (NameForm::Plural, true) => "CANADIANS",
    }
}

/// "a" for "an": which of the two is right depends on the country.
fn without_n(word: &str) -> Cow<'_, str> {
    if word.eq_ignore_ascii_case("an") { Cow::Borrowed(&word[..1]) } else { Cow::Borrowed(word) }
}

/// Whether the words outside names are all in capitals. Decided without the names, since "US" always is.
fn in_capitals(slots: &[Slot], words: &[&str]) -> bool {
    let mut capitals = false;
    for slot in slots.iter().filter(|slot| slot.form.is_none()) {
        let word = words[slot.first];
        if word.chars().any(char::is_lowercase) {
            return false;
        }
        capitals |= word.chars().filter(|c| c.is_uppercase()).count() > 1;
    }
    capitals
}

fn reading(form: &str, head: usize, upos: Upos, xpos: Xpos, relation: Relation, features: &str) -> Reading {
    let (lemma, features) = (form.to_owned(), Arc::from(features));
    Reading { lemma, upos, xpos, features, head: Some(head), relation, entity: Bio::Outside }
}

fn article(form: &str, head: usize) -> Reading {
    reading(&form.to_lowercase(), head, Upos::Det, Xpos::Dt, Relation::Det, "Definite=Def|PronType=Art")
}

fn joiner(form: &str, head: usize) -> Reading {
    match joins(form) {
        Some(Relation::Cc) => reading(&form.to_lowercase(), head, Upos::Cconj, Xpos::Cc, Relation::Cc, "_"),
        _ => reading(&form.to_lowercase(), head, Upos::Adp, Xpos::In, Relation::Case, "_"),
    }
}

/// A word inside a name that does not head it.
fn inner(form: &str, head: usize, relation: Relation, name: Option<NameForm>) -> Reading {
    if !form.chars().any(char::is_alphanumeric) {
        return reading(form, head, Upos::Punct, Xpos::Hyph, Relation::Punct, "_");
    }
    match name {
        Some(NameForm::Adjective | NameForm::Plural) => {
            reading(form, head, Upos::Adj, Xpos::Jj, relation, "Degree=Pos")
        }
        _ => reading(form, head, Upos::Propn, Xpos::Nnp, relation, "Number=Sing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::EntityKind;

    fn masked(sentence: &str, matches: &[(usize, usize, NameForm)]) -> String {
        let words: Vec<&str> = sentence.split(' ').collect();
        let matches = matches.iter().map(|&(first, end, form)| NameMatch { first, end, form }).collect();
        Masked::new(&words, matches).words.join(" ")
    }

    #[test]
    fn names_become_placeholders() {
        use NameForm::{Adjective, Name, Plural};
        for (sentence, matches, expected) in [
            ("The Netherlands met Peru", vec![(1, 2, Name), (3, 4, Name)], "Canada met Canada"),
            ("the South Korean envoy", vec![(1, 3, Adjective)], "the Canadian envoy"),
            ("the Chadians left", vec![(1, 2, Plural)], "the Canadians left"),
            (
                "an Omani envoy in the United Arab Emirates",
                vec![(1, 2, Adjective), (4, 8, Name)],
                "a Canadian envoy in Canada",
            ),
            ("the Gambia 's army", vec![(0, 2, Name)], "Canada 's army"),
            ("MALI SIGNS ACCORD WITH NIGER", vec![(0, 1, Name), (4, 5, Name)], "CANADA SIGNS ACCORD WITH CANADA"),
            ("AN IRISH ENVOY", vec![(1, 2, Adjective)], "A CANADIAN ENVOY"),
            ("US", vec![(0, 1, Name)], "Canada"),
            ("Mali and Chad", vec![(0, 9, Name), (2, 3, Name), (2, 2, Name)], "Mali and Canada"),
        ] {
            assert_eq!(masked(sentence, &matches), expected);
        }
    }

    #[test]
    fn the_words_of_a_name_are_attached_inside() {
        let restore = |sentence: &str, first: usize, end: usize| {
            let words: Vec<&str> = sentence.split(' ').collect();
            let masked = Masked::new(&words, vec![NameMatch { first, end, form: NameForm::Name }]);
            let readings = masked.words.iter().enumerate().map(|(at, word)| {
                let place = if word == "Canada" { Bio::Begin(EntityKind::Place) } else { Bio::Outside };
                let root = word == "left";
                Reading {
                    head: if root { None } else { masked.words.iter().position(|w| w == "left") },
                    entity: place,
                    ..reading(
                        word,
                        at,
                        Upos::Propn,
                        Xpos::Nnp,
                        if root { Relation::Root } else { Relation::Nsubj },
                        "_",
                    )
                }
            });
            let restored = masked.restore(&words, readings.collect());
            let shown = words.iter().zip(restored).map(|(word, r)| {
                let entity = match r.entity {
                    Bio::Outside => "",
                    Bio::Begin(_) => " B",
                    Bio::Inside(_) => " I",
                };
                format!("{word} {} {}{entity}", r.relation, r.head.map_or("-", |head| words[head]))
            });
            shown.collect::<Vec<_>>()
        };
        assert_eq!(restore("Peru left", 0, 1), ["Peru nsubj left B", "left root -"]);
        assert_eq!(
            restore("The Central African Republic left", 1, 4),
            [
                "The det Republic",
                "Central compound Republic B",
                "African compound Republic I",
                "Republic nsubj left I",
                "left root -"
            ]
        );
        assert_eq!(
            restore("Today Trinidad and Tobago left", 1, 4),
            ["Today nsubj left", "Trinidad nsubj left B", "and cc Tobago I", "Tobago conj Trinidad I", "left root -"]
        );
        assert_eq!(
            restore("Democratic Republic of the Congo left", 0, 5),
            [
                "Democratic compound Republic B",
                "Republic nsubj left I",
                "of case Congo I",
                "the det Congo I",
                "Congo nmod Republic I",
                "left root -"
            ]
        );
    }
}
