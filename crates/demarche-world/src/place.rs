//! Which place a name means: a country, a division, a city, a region.
//!
//! Candidates share a writing ("Tripoli" lies in Libya and in Lebanon). What the text says beside the name decides first
//! ("Tripoli, Lebanon", "the Lebanese city of Tripoli"), then the countries the document names, then rank and size. Where
//! nothing but a small lead in size would decide, the name is kept unresolved.

use demarche_language::{EntityKind, Relation, TokenId, Upos};
use demarche_record::{Code, Place, TextRange};

use crate::actor::{Actor, ActorKind};
use crate::builder::Builder;
use crate::entries::{CountryId, Form, NamedKind, Referent, Spot};
use crate::load_places::KINDS;
use crate::phrase;
use crate::scan::Match;
use crate::world::World;

/// A place named in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// The name in the decoded text.
    pub range: TextRange,
    /// The same as tokens of its sentence, half open.
    pub tokens: (TokenId, TokenId),
    /// Canonical name; `None` where the name could not be resolved.
    pub name: Option<String>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Name of the first-level division.
    pub province: Option<String>,
    /// Name of the country.
    pub country: Option<String>,
    /// Code of the country or territory.
    pub country_code: Option<Code>,
    /// GeoNames feature class.
    pub feature_class: Option<String>,
    /// GeoNames feature code.
    pub feature_code: Option<String>,
    /// 1 country, 2 province, 3 district, 4 city, 5 part of a city; `None` for waters and wider regions.
    pub resolution: Option<u8>,
    /// 0 to 1.
    pub confidence: f32,
    /// Whether the report names the place's country.
    pub(crate) supported: bool,
}

impl Located {
    /// The record's place; `text` is the decoded text of the document.
    pub fn to_place(&self, text: &str) -> Place {
        Place {
            extracted_place: self.range.of(text).split_whitespace().collect::<Vec<_>>().join(" "),
            resolved_place: self.name.clone(),
            geonameid: self.geonameid,
            lat: self.lat,
            lon: self.lon,
            city: self.name.clone().filter(|_| self.resolution == Some(4)),
            district: None,
            province: self.province.clone(),
            country: self.country.clone(),
            country_code: self.country_code,
            feature_class: self.feature_class.clone(),
            feature_code: self.feature_code.clone(),
            resolution: self.resolution,
        }
    }

    fn unresolved() -> Self {
        Self {
            range: TextRange::default(),
            tokens: (0, 0),
            name: None,
            geonameid: None,
            lat: None,
            lon: None,
            province: None,
            country: None,
            country_code: None,
            feature_class: None,
            feature_code: None,
            resolution: None,
            confidence: 0.3,
            supported: false,
        }
    }
}

/// What speaks for a candidate, in steps of about one order of magnitude of population.
mod weight {
    /// The text names its country or division right beside it.
    pub(super) const CONTAINER: f32 = 8.0;
    /// The sentence names its country.
    pub(super) const SENTENCE: f32 = 1.5;
    /// Each naming of its country in the document, up to four.
    pub(super) const DOCUMENT: f32 = 1.0;
    /// By how much a reading may be lighter than the heaviest and still be chosen for its country.
    pub(super) const MINOR: f32 = 2.0;
    /// A capital.
    pub(super) const CAPITAL: f32 = 3.0;
    /// Seat of a division.
    pub(super) const SEAT: f32 = 1.5;
    /// The name is its first name, not a further one.
    pub(super) const OWN_NAME: f32 = 0.7;
    /// A division, where nothing says "province".
    pub(super) const PROVINCE: f32 = 6.2;
    /// A region or town of the extra table, which lists only what news names.
    pub(super) const REGION: f32 = 5.6;
    /// Lead over the next best that decides without any support.
    pub(super) const LEAD: f32 = 0.5;
    /// Score below which nothing is resolved without support: a city of 100,000.
    pub(super) const FLOOR: f32 = 5.0;
}

/// Weight of a country by its name.
const COUNTRY: f32 = 12.0;

/// What the surroundings of a name say about where it lies.
#[derive(Debug, Default)]
pub(crate) struct Hints {
    /// Countries and divisions named right beside it.
    pub(crate) containers: Vec<Referent>,
    /// Countries of the sentence.
    pub(crate) sentence: Vec<CountryId>,
    /// Whether a word like "province" stands beside it.
    pub(crate) division: bool,
}

impl World {
    /// The best of several readings; `count` tells how often the document names a country.
    pub(crate) fn locate(
        &self,
        readings: &[Referent],
        written: &str,
        hints: &Hints,
        count: impl Fn(CountryId) -> u32,
    ) -> Option<Located> {
        let mut best: Option<(f32, bool, Referent)> = None;
        let mut second = f32::MIN;
        let bases = readings.iter().filter_map(|&reading| self.base(reading, written, hints));
        let most = bases.map(|(base, ..)| base).fold(0.0, f32::max);
        for &reading in readings {
            let Some((score, supported)) = self.score(reading, written, hints, most, &count) else { continue };
            match best {
                Some((top, ..)) if score <= top => second = second.max(score),
                _ => {
                    second = best.map_or(second, |(top, ..)| top.max(second));
                    best = Some((score, supported, reading));
                }
            }
        }
        let (score, supported, reading) = best?;
        let lead = score - second;
        if !matches!(reading, Referent::Country(..)) && !supported && (score < weight::FLOOR || lead < weight::LEAD) {
            return None;
        }
        let mut located = self.located(reading)?;
        located.supported = supported;
        located.confidence = match () {
            () if matches!(reading, Referent::Country(..)) => 0.97,
            () if supported => (0.8 + 0.04 * lead).clamp(0.5, 0.97),
            () => (0.5 + 0.1 * lead).clamp(0.3, 0.9),
        };
        Some(located)
    }

    /// What a reading weighs of itself, with its country and division.
    fn base(&self, reading: Referent, written: &str, hints: &Hints) -> Option<(f32, Option<CountryId>, &'static str)> {
        Some(match reading {
            Referent::Country(_, Form::Name) => (COUNTRY, None, ""),
            Referent::City(city) => {
                let spot = self.city(city);
                (spot_weight(spot, written), spot.country, spot.admin1)
            }
            Referent::Region(region) => {
                let spot = self.region(region);
                let size = if spot.population > 0 { (spot.population as f32).log10() } else { 0.0 };
                (size.max(weight::REGION), spot.country, spot.admin1)
            }
            Referent::Province(province) => {
                let province = self.province(province);
                let named = if hints.division { weight::CONTAINER } else { 0.0 };
                (weight::PROVINCE + named, Some(province.country), province.admin1)
            }
            _ => return None,
        })
    }

    /// What a reading weighs in its surroundings, and whether they support it. `most` is the weight of the heaviest reading
    /// of the name: one far lighter needs its country right beside it ("Geneva" in a report on the United States is not
    /// the town in Illinois).
    fn score(
        &self,
        reading: Referent,
        written: &str,
        hints: &Hints,
        most: f32,
        count: &impl Fn(CountryId) -> u32,
    ) -> Option<(f32, bool)> {
        let (base, country, admin1) = self.base(reading, written, hints)?;
        if matches!(reading, Referent::Country(..)) {
            return Some((base, true));
        }
        let minor = base + weight::MINOR < most;
        let mut score = base;
        let mut supported = false;
        if let Some(country) = country {
            let inside = hints.containers.iter().any(|container| match container {
                Referent::Country(outer, _) => *outer == country,
                Referent::Province(province) => {
                    let outer = self.province(*province);
                    outer.country == country && outer.admin1 == admin1 && !matches!(reading, Referent::Province(_))
                }
                _ => false,
            });
            if inside {
                score += weight::CONTAINER;
                supported = true;
            }
            if !minor && hints.sentence.contains(&country) {
                score += weight::SENTENCE;
                supported = true;
            }
            let named = if minor { 0 } else { count(country) };
            if named > 0 {
                score += weight::DOCUMENT * named.min(4) as f32;
                supported |= named > 1;
            }
        }
        Some((score, supported))
    }

    /// A reading as a place.
    fn located(&self, reading: Referent) -> Option<Located> {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let mut out = Located::unresolved();
        let country = match reading {
            Referent::Country(country, _) => {
                let known = self.country_at(country);
                out.name = text(known.name);
                (out.geonameid, out.lat, out.lon) = (known.geonameid, known.lat, known.lon);
                (out.feature_class, out.feature_code) = (text("A"), text("PCLI"));
                out.resolution = Some(1);
                Some(country)
            }
            Referent::Province(province) => {
                let known = self.province(province);
                out.name = text(known.name);
                out.province = text(known.name);
                (out.geonameid, out.lat, out.lon) = (known.geonameid, known.lat, known.lon);
                (out.feature_class, out.feature_code) = (text("A"), text("ADM1"));
                out.resolution = Some(2);
                Some(known.country)
            }
            Referent::City(_) | Referent::Region(_) => {
                let known = match reading {
                    Referent::City(city) => self.city(city),
                    Referent::Region(region) => self.region(region),
                    _ => return None,
                };
                out.name = text(known.name);
                (out.geonameid, out.lat, out.lon) = (known.geonameid, known.lat, known.lon);
                (out.feature_class, out.feature_code) = (text(known.feature_class), text(known.feature_code));
                out.resolution = known.resolution;
                out.province =
                    known.country.and_then(|country| self.province_name(country, known.admin1)).and_then(text);
                if known.resolution == Some(2) {
                    out.province = text(known.name);
                }
                known.country
            }
            _ => return None,
        };
        if let Some(country) = country.map(|country| self.country_at(country)) {
            out.country = text(country.name);
            out.country_code = Some(country.code);
        }
        Some(out)
    }

    fn province_name(&self, country: CountryId, admin1: &str) -> Option<&str> {
        if admin1.is_empty() {
            return None;
        }
        self.division(country, admin1).map(|province| self.province(province).name)
    }
}

fn spot_weight(spot: &Spot, written: &str) -> f32 {
    let size = (spot.population.max(1_000) as f32).log10();
    let rank = match spot.feature_code {
        "PPLC" => weight::CAPITAL,
        "PPLA" => weight::SEAT,
        _ => 0.0,
    };
    let own = if spot.name.eq_ignore_ascii_case(written) { weight::OWN_NAME } else { 0.0 };
    size + rank + own
}

impl Builder<'_> {
    /// The places of a sentence, each with the token that heads it.
    pub(crate) fn places(&mut self, at: usize) -> Vec<(TokenId, Located)> {
        let mut out: Vec<(TokenId, Located)> = Vec::new();
        let matches: Vec<Match> = self.scans[at].matches.clone();
        for found in &matches {
            if let Some(place) = self.place(at, found) {
                out.push((found.top, place));
            }
        }
        // Names of places that no table holds are kept as written.
        let sentence = &self.sentences[at];
        for entity in sentence.entities.iter().filter(|entity| entity.kind == EntityKind::Place) {
            let covered = (entity.first..entity.end).any(|token| self.scans[at].match_at(token).is_some());
            if !covered && entity.end > entity.first {
                let mut place = Located::unresolved();
                place.tokens = (entity.first, entity.end);
                place.range = self.range(at, entity.first, entity.end);
                out.push((crate::scan::top_of(sentence, entity.first, entity.end), place));
            }
        }
        out.sort_by_key(|(_, place)| place.tokens);
        out
    }

    /// The place a name stands for, if it names one.
    pub(crate) fn place(&self, at: usize, found: &Match) -> Option<Located> {
        let scan = &self.scans[at];
        let readings = scan.readings(found);
        if !readings.iter().any(|reading| {
            matches!(
                reading,
                Referent::Country(_, Form::Name) | Referent::City(_) | Referent::Region(_) | Referent::Province(_)
            )
        }) {
            return None;
        }
        let other = match readings.first() {
            Some(Referent::Named(named)) => self.world.named(*named).kind != NamedKind::Seat,
            Some(Referent::Person(_) | Referent::People(..)) => true,
            _ => false,
        };
        if other {
            return None;
        }
        // A group or organisation that bears a town's name, or a part of a longer name.
        let inside_name = self.sentences[at].entity_at(found.first).is_some_and(|entity| {
            entity.kind == EntityKind::Organisation && entity.end - entity.first > found.end - found.first
        });
        let named = self.sentences[at].entity_at(found.first);
        // A town is only what the language model also takes for a name of its own: "March", "Tank", "Police" are not.
        let stray = named.is_none()
            && !matches!(readings.first(), Some(Referent::Country(..) | Referent::Named(_) | Referent::Region(_)));
        let hinted = || {
            let sentence = &self.sentences[at];
            phrase::preposition(sentence, found.top)
                .is_some_and(|word| matches!(word.as_str(), "in" | "at" | "near" | "from" | "to" | "of"))
                && found.end - found.first > 1
        };
        if stray && !hinted() {
            return None;
        }
        if inside_name && !matches!(readings.first(), Some(Referent::Country(..))) {
            return None;
        }
        let range = self.range(at, found.first, found.end);
        let written = range.of(self.text);
        let hints = self.hints(at, found);
        let mut place = self
            .world
            .locate(readings, written, &hints, |country| self.count_of(country))
            .unwrap_or_else(Located::unresolved);
        // The name of a person, unless the report speaks of that place's country.
        let person = self.sentences[at].entity_at(found.first).is_some_and(|entity| entity.kind == EntityKind::Person);
        if person && !place.supported && !matches!(readings.first(), Some(Referent::Country(..) | Referent::Named(_))) {
            return None;
        }
        if place.name.is_none() {
            let named =
                self.sentences[at].entity_at(found.first).is_some_and(|entity| entity.kind == EntityKind::Place);
            if !named {
                return None;
            }
        }
        place.range = range;
        place.tokens = (found.first, found.end);
        Some(place)
    }

    fn hints(&self, at: usize, found: &Match) -> Hints {
        const BEFORE: usize = 5;
        let scan = &self.scans[at];
        let tokens = &self.sentences[at].tokens;
        let mut hints = Hints::default();
        for other in scan.matches.iter().filter(|other| other.first != found.first) {
            for reading in scan.readings(other) {
                if let Referent::Country(country, _) = reading {
                    hints.sentence.push(*country);
                }
            }
        }
        let mut contain = |other: &Match| {
            hints.containers.extend(
                scan.readings(other)
                    .iter()
                    .filter(|reading| matches!(reading, Referent::Country(..) | Referent::Province(_))),
            );
        };
        // "Tripoli, Lebanon", "Tripoli (Lebanon)", "Tripoli in Lebanon"
        let beside = tokens.get(found.end).is_some_and(|token| matches!(token.form.as_str(), "," | "(" | "in"));
        if beside && let Some(next) = scan.match_at(found.end + 1).filter(|next| next.first == found.end + 1) {
            contain(next);
            if tokens.get(next.end).is_some_and(|token| token.form == ",")
                && let Some(further) = scan.match_at(next.end + 1)
            {
                contain(further);
            }
        }
        // "Lebanon's Tripoli", "the Lebanese city of Tripoli", "Lebanese port Tripoli"
        for token in (found.first.saturating_sub(BEFORE)..found.first).rev() {
            if let Some(previous) = scan.match_at(token) {
                contain(previous);
                break;
            }
            if matches!(tokens[token].upos, Upos::Verb | Upos::Punct | Upos::Cconj | Upos::Sconj)
                || tokens[token].upos == Upos::Adp && !tokens[token].form.eq_ignore_ascii_case("of")
            {
                break;
            }
        }
        let kind = |token: Option<usize>| {
            token
                .and_then(|token| tokens.get(token))
                .is_some_and(|token| KINDS.contains(&token.lemma.to_lowercase().as_str()))
        };
        hints.division = kind(Some(found.end))
            || (found.first >= 2
                && tokens[found.first - 1].form.eq_ignore_ascii_case("of")
                && kind(found.first.checked_sub(2)));
        hints
    }

    /// A place as an actor: of its country, and not itself acting.
    pub(crate) fn place_actor(&self, at: usize, found: &Match) -> Option<Actor> {
        let place = self.place(at, found)?;
        place.name.as_ref()?;
        let mut actor = Actor::new(ActorKind::Place, "place", place.confidence * 0.9);
        actor.code = place.country_code.and_then(|code| self.world.country(code)).map(|country| country.acts_as);
        actor.canonical = place.name;
        actor.can_act = false;
        // Some places speak ("Benghazi said"): only as subject of a verb may one act.
        if matches!(self.sentences[at].tokens[found.top].relation, Relation::Nsubj) {
            actor.can_act = actor.code.is_some();
        }
        Some(actor)
    }
}
