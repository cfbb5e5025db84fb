//! Weighing the readings of all names of a document against each other.
//!
//! Each name is weighed by what it is and what stands beside it; then, a few times over, also by what the others were taken
//! for: their countries, their divisions, how near they lie. Work grows with names times readings, not with pairs of names.

use std::collections::HashMap;

use super::candidate::{Candidate, Point, Sort};
use super::home::Home;
use super::names::Name;
use crate::world::World;
use demarche_index::entries::{CountryId, ProvinceId, Referent};

/// What a name was taken for.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) referent: Referent,
    /// 0 to 1.
    pub(crate) confidence: f32,
    /// Whether something besides the name itself speaks for it.
    pub(crate) supported: bool,
    /// The name is in no table; this is where it is said to lie.
    pub(crate) by_container: bool,
}

/// Decides all names of a document; `None` where nothing decides.
///
/// `beside` is another part of the document, already decided: the text of a title.
pub(crate) fn resolve(
    world: &World,
    names: &[Name],
    home: Home,
    beside: Option<&Context>,
) -> (Vec<Option<Decision>>, Context) {
    let mut context = Context::of(world, &[], &[], home, beside);
    let mut chosen: Vec<Option<Choice>> = Vec::new();
    let mut containers = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        let here = contained(world, names, at);
        if here.iter().any(|&weight| weight > 0.0) {
            containers.entry(name.key).or_insert((at, here));
        }
    }
    for _ in 0..world.weights.decision.passes.max(1) {
        let weigh = |(at, name): (usize, &Name)| weigh(world, names, at, name, &context, &containers);
        chosen = names.iter().enumerate().map(weigh).collect();
        context = Context::of(world, names, &chosen, home, beside);
    }
    let decided: Vec<Option<Decision>> =
        names.iter().zip(&chosen).map(|(name, choice)| decide(world, name, choice.as_ref())).collect();
    let by_container = |(at, name): (usize, &Name)| {
        decided[at].clone().or_else(|| if name.adjective { None } else { outer(world, names, at, &decided) })
    };
    (names.iter().enumerate().map(by_container).collect(), context)
}

/// The best reading of a name.
#[derive(Clone, Copy, Debug)]
struct Choice {
    candidate: usize,
    confidence: f32,
    supported: bool,
}

/// What the names of a document were taken for, all together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    home: Home,
    countries: HashMap<CountryId, f32>,
    provinces: HashMap<ProvinceId, f32>,
    /// The shares of names written alike, which do not speak for themselves.
    own_countries: HashMap<(u64, CountryId), f32>,
    own_provinces: HashMap<(u64, ProvinceId), f32>,
    /// How many divisions of a country are named.
    divisions: HashMap<CountryId, u32>,
    /// The weight of the country named most.
    most: f32,
    /// Places that others may be near to, with the key of the name.
    anchors: Vec<(u64, Point, f32)>,
    /// What names were taken for, the most often taken.
    senses: HashMap<u64, Referent>,
    /// Whether the senses are of another part.
    taken: bool,
}

/// A country's adjective or a seat tells less of where things are than its name.
const ADJECTIVE: f32 = 0.5;

impl Context {
    fn of(world: &World, names: &[Name], chosen: &[Option<Choice>], home: Home, beside: Option<&Self>) -> Self {
        let mut out = match beside {
            Some(beside) => Self { taken: true, ..beside.clone() },
            None => Self { home, ..Self::default() },
        };
        if let (None, (Some(country), _)) = (beside, home.dateline) {
            *out.countries.entry(country).or_default() += 1.0;
        }
        // In the order of the text, so that the same anchors are kept everywhere.
        let mut anchors: Vec<(u64, Referent, Point, f32)> = Vec::new();
        let mut known: HashMap<(u64, u32), usize> = HashMap::new();
        for (name, choice) in names.iter().zip(chosen) {
            let Some(choice) =
                choice.filter(|choice| name.trusted && choice.confidence >= world.weights.decision.least_confidence)
            else {
                continue;
            };
            let candidate = &name.candidates[choice.candidate];
            let weight = if name.adjective { ADJECTIVE } else { choice.confidence };
            if let Some(country) = candidate.country {
                *out.countries.entry(country).or_default() += weight;
                *out.own_countries.entry((name.key, country)).or_default() += weight;
            }
            if let Some(province) = candidate.province {
                *out.provinces.entry(province).or_default() += weight;
                *out.own_provinces.entry((name.key, province)).or_default() += weight;
            }
            if let Some(point) = candidate.point.filter(|_| candidate.precise && !name.adjective) {
                let at = *known.entry((name.key, choice.candidate as u32)).or_insert(anchors.len());
                match anchors.get_mut(at) {
                    Some(anchor) => anchor.3 += weight,
                    None => anchors.push((name.key, candidate.referent, point, weight)),
                }
            }
        }
        for &province in out.provinces.keys() {
            *out.divisions.entry(world.province(province).country).or_default() += 1;
        }
        let named = out.countries.values().copied().fold(0.0, f32::max);
        let weights = &world.weights.document;
        out.most = (weights.country * (1.0 + named).log2()).min(weights.country_most);
        if beside.is_none() {
            for (key, referent, ..) in anchors.iter().rev() {
                out.senses.insert(*key, *referent);
            }
        }
        anchors.sort_by(|a, b| b.3.total_cmp(&a.3));
        anchors.truncate(world.weights.decision.anchors);
        out.anchors.extend(anchors.into_iter().map(|(key, _, point, weight)| (key, point, weight.min(1.0))));
        out.anchors.extend(home.dateline.1.filter(|_| beside.is_none()).map(|point| (0, point, 1.0)));
        out
    }

    /// What the document speaks for a reading; `rival` where the name is also a country's, `minor` where its country alone
    /// must not count.
    fn weigh(&self, world: &World, key: u64, candidate: &Candidate, rival: bool, minor: bool) -> f32 {
        let weights = &world.weights.document;
        let mut score = 0.0;
        if candidate.sort == Sort::Country {
            return 0.0;
        }
        if self.senses.get(&key) == Some(&candidate.referent) && self.taken {
            score += world.weights.beside.other_mention;
        }
        if let Some(country) = candidate.country.filter(|_| !minor) {
            let own = self.own_countries.get(&(key, country)).copied().unwrap_or(0.0);
            let others = self.countries.get(&country).map_or(0.0, |all| (all - own).max(0.0));
            score += (weights.country * (1.0 + others).log2()).min(weights.country_most);
            if self.home.country == Some(country) {
                score += weights.home_country;
            }
        }
        if let Some(province) = candidate.province {
            let own = self.own_provinces.get(&(key, province)).copied().unwrap_or(0.0);
            let others = self.provinces.get(&province).map_or(0.0, |all| (all - own).max(0.0));
            score += (weights.division * (1.0 + others).log2()).min(weights.division_most);
        }
        if rival && let (Referent::Province(province), Some(country)) = (candidate.referent, candidate.country) {
            let own = u32::from(self.provinces.contains_key(&province));
            let others = self.divisions.get(&country).map_or(0, |all| all - own.min(*all));
            score += (weights.siblings * (1.0 + others as f32).log2()).min(weights.siblings_most);
        }
        if let Some(point) = candidate.point.filter(|_| candidate.precise) {
            let nearness = |other: Point| (-point.km(other) / weights.near_km).exp();
            let near: f32 = self
                .anchors
                .iter()
                .filter(|(other, ..)| *other != key)
                .map(|(_, other, weight)| weight * nearness(*other))
                .sum();
            score += (weights.near * near).min(weights.near_most);
            if let Some(town) = self.home.town {
                score += weights.home_near * nearness(town);
            }
        }
        score
    }
}

/// What the containers beside a name speak for each of its readings.
fn contained(world: &World, names: &[Name], at: usize) -> Vec<f32> {
    let beside = &world.weights.beside;
    let name = &names[at];
    let weight = |candidate: &Candidate| {
        let mut most = 0.0f32;
        for &(other, sure) in &name.clues.containers {
            let weight = if sure { beside.container } else { beside.listed_container };
            let holds = |outer: &&Candidate| candidate.lies_in(outer);
            let candidates = names.get(other).map_or(&[][..], |outer| &outer.candidates);
            if let Some(outer) = candidates.iter().find(holds) {
                let sharp = matches!(outer.sort, Sort::Country | Sort::Division);
                most = most.max(if sharp { weight } else { weight * 0.6 });
            }
        }
        most
    };
    name.candidates.iter().map(weight).collect()
}

type Containers = HashMap<u64, (usize, Vec<f32>)>;

fn weigh(
    world: &World,
    names: &[Name],
    at: usize,
    name: &Name,
    context: &Context,
    containers: &Containers,
) -> Option<Choice> {
    let weights = &world.weights;
    let mut own = contained(world, names, at);
    // Another mention of the same name may say where it lies; candidates of names written alike stand in one order.
    if own.iter().all(|&weight| weight == 0.0)
        && let Some((first, known)) = containers.get(&name.key)
        && names[*first].candidates.len() == own.len()
    {
        let share = weights.beside.other_mention / weights.beside.container;
        own = known.iter().map(|weight| weight * share).collect();
    }
    let places = name.candidates.iter().filter(|candidate| candidate.sort != Sort::Country);
    let heaviest = places.map(|candidate| candidate.base).fold(f32::MIN, f32::max);
    let rival = name.candidates.iter().any(|candidate| candidate.sort == Sort::Country);
    let mut scores: Vec<(f32, f32)> = Vec::with_capacity(name.candidates.len());
    for (candidate, container) in name.candidates.iter().zip(&own) {
        let beside = container + outer_weight(world, names, name, candidate) + kind_weight(world, name, candidate);
        let minor = candidate.base + weights.decision.minor < heaviest;
        let sentence = sentence_weight(world, names, at, candidate, minor);
        let elsewhere = context.weigh(world, name.key, candidate, rival, minor);
        scores.push((candidate.base + beside + sentence + elsewhere, beside + sentence + elsewhere));
    }
    // Of equals the first: the tables' order.
    let mut best = 0;
    for (at, (score, _)) in scores.iter().enumerate() {
        if *score > scores[best].0 {
            best = at;
        }
    }
    let (top, support) = *scores.get(best)?;
    let scale = weights.decision.scale;
    let unknown = weights.base.unknown + weights.document.unknown_share * context.most;
    let unknown = if name.adjective { f32::MIN } else { unknown };
    let share = |score: f32| ((score - top) / scale).exp();
    let all: f32 = scores.iter().map(|(score, _)| *score).chain([unknown]).map(share).sum();
    // A town and the district around it are one place for whoever asks where something is.
    let point = name.candidates[best].point;
    let here = |candidate: &Candidate| {
        candidate.point.zip(point).is_some_and(|(other, point)| other.km(point) <= weights.decision.same_km)
    };
    let around: f32 = name
        .candidates
        .iter()
        .zip(&scores)
        .enumerate()
        .filter(|(at, (candidate, _))| *at == best || here(candidate))
        .map(|(_, (_, (score, _)))| share(*score))
        .sum();
    Some(Choice {
        candidate: best,
        confidence: (around / all).min(weights.decision.most_confidence),
        supported: support >= 1.0,
    })
}

/// "Buffalo, New York": the second name is what holds the first.
fn outer_weight(world: &World, names: &[Name], name: &Name, candidate: &Candidate) -> f32 {
    if !matches!(candidate.sort, Sort::Country | Sort::Division) {
        return 0.0;
    }
    let holds = |&inner: &usize| {
        let inner = &names[inner];
        inner.candidates.iter().any(|inner| inner.lies_in(candidate))
    };
    if name.clues.outer_of.iter().any(holds) { world.weights.beside.outer } else { 0.0 }
}

fn kind_weight(world: &World, name: &Name, candidate: &Candidate) -> f32 {
    let beside = &world.weights.beside;
    if candidate.sort == Sort::Country {
        return 0.0;
    }
    match name.clues.kind {
        Some(kind) if kind == candidate.sort => beside.kind,
        Some(Sort::Division) if candidate.sort == Sort::Settlement => beside.other_kind,
        Some(Sort::Feature) => beside.other_kind,
        _ if name.clues.longer => beside.other_kind,
        _ => 0.0,
    }
}

/// Countries and divisions that the sentence names besides.
fn sentence_weight(world: &World, names: &[Name], at: usize, candidate: &Candidate, minor: bool) -> f32 {
    let name = &names[at];
    let beside = &world.weights.beside;
    let (from, upto) = name.clues.sentence;
    let (mut country, mut division) = (false, false);
    if candidate.sort != Sort::Country {
        for (other, named) in names.iter().enumerate().take(upto).skip(from) {
            if other == at || named.key == name.key {
                continue;
            }
            for outer in &named.candidates {
                match outer.referent {
                    Referent::Country(..) => country |= !minor && outer.country == candidate.country,
                    Referent::Province(_) => division |= candidate.lies_in(outer),
                    _ => {}
                }
            }
        }
    }
    f32::from(u8::from(country)) * beside.sentence_country + f32::from(u8::from(division)) * beside.sentence_division
}

fn decide(world: &World, name: &Name, choice: Option<&Choice>) -> Option<Decision> {
    let choice =
        choice.filter(|choice| !name.adjective && choice.confidence >= world.weights.decision.least_confidence)?;
    Some(Decision {
        referent: name.candidates[choice.candidate].referent,
        confidence: choice.confidence,
        supported: choice.supported,
        by_container: false,
    })
}

/// The division or town that a name nobody knows is said to lie in.
fn outer(world: &World, names: &[Name], at: usize, decided: &[Option<Decision>]) -> Option<Decision> {
    let (other, _) = names[at].clues.containers.iter().find(|(other, sure)| *sure && *other > at)?;
    let decision = decided.get(*other)?.as_ref()?;
    let candidate = world.candidate(decision.referent, "")?;
    matches!(candidate.sort, Sort::Division | Sort::Settlement).then_some(Decision {
        referent: decision.referent,
        confidence: world.weights.decision.by_container * decision.confidence,
        supported: true,
        by_container: true,
    })
}
