//! The names of a document that may be places, with their readings, in text order.

use std::collections::HashSet;

use demarche_index::entries::{CountryId, Form, NamedKind, Referent};
use demarche_language::{EntityKind, Sentence, TokenId};
use demarche_record::TextRange;

use super::candidate::{Candidate, Sort};
use super::clues::Clues;
use super::lexicon::key;
use super::reading::atoms;
use crate::scan::{Match, Scan};
use crate::world::World;

/// A name, or a country's adjective, which only says where other names lie.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// Its sentence; one past the last for a given mention outside all sentences.
    pub(crate) at: usize,
    pub(crate) first: TokenId,
    pub(crate) end: TokenId,
    pub(crate) range: TextRange,
    /// The same for names written alike.
    pub(crate) key: u64,
    pub(crate) candidates: Vec<Candidate>,
    /// "Lebanese": no place itself.
    pub(crate) adjective: bool,
    /// Whether it is surely a name of a place, so that others may be judged by it.
    pub(crate) trusted: bool,
    /// Number of the given mention.
    pub(crate) given: Option<usize>,
    pub(crate) clues: Clues,
}

/// What a document is, for its names.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a> {
    pub(crate) world: &'a World,
    pub(crate) written: &'a str,
    pub(crate) sentences: &'a [Sentence],
    pub(crate) scans: &'a [Scan],
}

impl Text<'_> {
    /// All names in text order. Given mentions take the place of names they overlap.
    pub(crate) fn names(&self, given: &[TextRange]) -> Vec<Name> {
        let mut out = Vec::new();
        let mut passed: HashSet<u64> = HashSet::new();
        for at in 0..self.sentences.len() {
            self.names_of(at, &mut out, &mut passed);
        }
        // "West Nile virus" is shortened to "West Nile".
        out.retain(|name| {
            !passed.contains(&name.key) || name.candidates.iter().any(|known| known.sort == Sort::Country)
        });
        if !given.is_empty() {
            out.retain(|name| !given.iter().any(|range| name.range.overlaps(*range)));
            out.extend(given.iter().enumerate().map(|(number, &range)| self.given(number, range)));
            out.sort_by_key(|name| (name.at, name.first, name.range.start, name.given));
        }
        super::clues::find(self, &mut out);
        out
    }

    /// Whether a name is no place because of the word behind it, or only points somewhere ("the West").
    fn is_no_place(&self, at: usize, first: TokenId, end: TokenId) -> bool {
        let tokens = &self.sentences[at].tokens;
        let words = &self.world.place_words;
        let next = tokens.get(end);
        next.is_some_and(|next| words.names_no_place(next))
            || (first..end).all(|token| words.points_within(&tokens[token]) || tokens[token].form == "-")
                && next.is_none_or(|next| words.kind(next) != Some(Sort::Division))
    }

    fn names_of(&self, at: usize, out: &mut Vec<Name>, passed: &mut HashSet<u64>) {
        let (scan, sentence) = (&self.scans[at], &self.sentences[at]);
        let is_place =
            |token: TokenId| sentence.entity_at(token).is_some_and(|entity| entity.kind == EntityKind::Place);
        let mut token = 0;
        while token < sentence.tokens.len() {
            if let Some((first, end)) = self.longer(at, token) {
                self.unknown(at, first, end, out);
                token = end;
                continue;
            }
            let abbreviated = self.abbreviated(at, token, out);
            if !abbreviated.is_empty() {
                self.push(at, (token, token + 1), abbreviated, out);
                token += 1;
                continue;
            }
            let Some(found) = scan.match_at(token) else {
                token = self.unmatched(at, token, is_place(token), out);
                continue;
            };
            token = found.end;
            if self.is_no_place(at, found.first, found.end) {
                passed.insert(key(scan.atoms_of(found.first, found.end)));
                continue;
            }
            let readings = scan.readings(found);
            // A body, person or people first of all.
            let other = match readings.first() {
                Some(Referent::Named(named)) => {
                    !matches!(self.world.named(*named).kind, NamedKind::Seat | NamedKind::Listed | NamedKind::Nobody)
                }
                Some(Referent::Person(_) | Referent::People(..)) => true,
                _ => false,
            };
            let seat = matches!(readings.first(), Some(Referent::Named(_)));
            let range = self.range(at, found.first, found.end);
            let adjective = readings.iter().find_map(|reading| match reading {
                Referent::Country(country, form) if !form.is_name() => Some(*country),
                _ => None,
            });
            let mut candidates =
                if other { Vec::new() } else { self.world.candidates(readings, range.of(self.written)) };
            let by_adjective = candidates.is_empty();
            if by_adjective {
                candidates.extend(adjective.and_then(|country| self.country(country, range)));
            }
            if candidates.is_empty() {
                continue;
            }
            let country = matches!(readings.first(), Some(Referent::Country(..)));
            out.push(Name {
                at,
                first: found.first,
                end: found.end,
                range,
                key: key(scan.atoms_of(found.first, found.end)),
                adjective: by_adjective,
                trusted: country || seat || is_place(found.first),
                candidates,
                given: None,
                clues: Clues::default(),
            });
        }
    }

    /// What an abbreviation of a division stands for ("Springfield, [Mo.]"). Behind another name it is nothing else.
    fn abbreviated(&self, at: usize, token: TokenId, names: &[Name]) -> Vec<Candidate> {
        let (scan, sentence) = (&self.scans[at], &self.sentences[at]);
        let comma = token.checked_sub(1).is_some_and(|comma| matches!(sentence.tokens[comma].form.as_str(), "," | "("));
        let behind = comma && names.last().is_some_and(|name| name.at == at && name.end + 1 == token);
        if !behind && scan.match_at(token).is_some() {
            return Vec::new();
        }
        let readings: Vec<Referent> =
            self.world.place_words.divisions(scan.atoms_of(token, token + 1), !behind).collect();
        self.world.candidates(&readings, &sentence.tokens[token].form)
    }

    /// A place that the language model knows by its looks alone; the next token.
    fn unmatched(&self, at: usize, token: TokenId, is_place: bool, out: &mut Vec<Name>) -> TokenId {
        let (scan, sentence) = (&self.scans[at], &self.sentences[at]);
        let mut end = token + 1;
        if !is_place {
            return end;
        }
        let entity = sentence.entity_at(token).map_or(end, |entity| entity.end);
        while end < entity && scan.match_at(end).is_none() {
            end += 1;
        }
        if !self.is_no_place(at, token, end) {
            self.unknown(at, token, end, out);
        }
        end
    }

    /// A name of a place as the language model sees it, of which a table's name is only a part: "Nueva [Ecija]", "Eastern
    /// [Creek]". Words that only point within ("northern Mali") or tell the kind ("Idlib province") are no part of a name.
    fn longer(&self, at: usize, token: TokenId) -> Option<(TokenId, TokenId)> {
        let (scan, sentence) = (&self.scans[at], &self.sentences[at]);
        let entity = sentence.entity_at(token).filter(|entity| entity.kind == EntityKind::Place)?;
        let words = &self.world.place_words;
        let bare = |token: TokenId| {
            sentence.tokens[token].form.starts_with(char::is_uppercase) && scan.match_at(token).is_none()
        };
        if token != entity.first && bare(token - 1) {
            return None;
        }
        let named = |token: TokenId| bare(token) || scan.match_at(token).is_some();
        let end = (token..entity.end).find(|&token| !named(token)).unwrap_or(entity.end);
        let matched: Vec<&Match> = (token..end).filter_map(|token| scan.match_at(token)).collect();
        let found = matched.first().copied()?;
        // Two names side by side ("Cairo Egypt") are two.
        if matched.iter().any(|other| other.first != found.first) || found.first < token || found.end > end {
            return None;
        }
        let country = matches!(scan.readings(found).first(), Some(Referent::Country(..)));
        let before = (token..found.first).any(|token| {
            let word = &sentence.tokens[token];
            !(words.points_within(word) && (country || word.form.starts_with(char::is_lowercase)))
                && words.kind(word).is_none()
        });
        let behind = (found.end..end).any(|token| words.kind(&sentence.tokens[token]).is_none());
        (before || behind).then_some((token, end))
    }

    /// A name that the index did not find as it stands.
    fn unknown(&self, at: usize, first: TokenId, end: TokenId, out: &mut Vec<Name>) {
        let written = self.range(at, first, end).of(self.written);
        let candidates = self.world.candidates(&self.world.readings(written), written);
        self.push(at, (first, end), candidates, out);
    }

    fn push(&self, at: usize, (first, end): (TokenId, TokenId), candidates: Vec<Candidate>, out: &mut Vec<Name>) {
        out.push(Name {
            at,
            first,
            end,
            range: self.range(at, first, end),
            key: key(self.scans[at].atoms_of(first, end)),
            trusted: !candidates.is_empty(),
            candidates,
            adjective: false,
            given: None,
            clues: Clues::default(),
        });
    }

    fn given(&self, number: usize, range: TextRange) -> Name {
        let at = self.sentences.iter().position(|sentence| sentence.range.overlaps(range));
        let tokens = at.map(|at| &self.sentences[at].tokens).map(Vec::as_slice).unwrap_or_default();
        let first = tokens.iter().position(|token| token.range.overlaps(range)).unwrap_or(0);
        let end = tokens.iter().rposition(|token| token.range.overlaps(range)).map_or(first, |last| last + 1);
        let written = range.of(self.written);
        let readings = self.world.readings(written);
        Name {
            at: at.unwrap_or(self.sentences.len()),
            first,
            end,
            range,
            key: key(&atoms(written)),
            candidates: self.world.candidates(&readings, written),
            adjective: false,
            trusted: true,
            given: Some(number),
            clues: Clues::default(),
        }
    }

    fn country(&self, country: CountryId, range: TextRange) -> Option<Candidate> {
        self.world.candidate(Referent::Country(country, Form::Name), range.of(self.written))
    }

    fn range(&self, at: usize, first: TokenId, end: TokenId) -> TextRange {
        let tokens = &self.sentences[at].tokens;
        match (tokens.get(first), tokens.get(end.saturating_sub(1))) {
            (Some(first), Some(last)) => first.range.cover(last.range),
            _ => TextRange::default(),
        }
    }
}
