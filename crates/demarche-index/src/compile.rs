//! From entries to the bytes of an index.

mod names;
mod persons;
mod texts;
mod write;

use std::collections::{BTreeSet, HashMap, HashSet};

use demarche_record::Code;

use crate::atoms::each_atom;
use crate::entries::{
    Country, CountryId, District, Form, MOST_ENTRIES, Named, Office, People, Province, Role, RoleKind, Sectors, Spot,
};
use crate::error::IndexError;
use crate::format::Section;
use crate::layers::{Layers, division_key};
use crate::names::{Raw, kind, only};
use crate::records::places::RegionRow;
use crate::records::{Stored, Writer, pack};
use crate::rules::{CueOf, CueRow, ReadingRow, RuleRow, Run, Word};
use names::NameList;
pub(crate) use texts::Texts;

/// A name of a country and how it stands for it.
pub type CountryName<'n> = (&'n str, Form);

/// A reading of a name and what speaks for it: a country, or `None` for anything else.
type Meaning = (Option<Code>, Vec<CueOf>);

/// Collects entries and their names, and lays them out as an index.
///
/// Of names written alike, the first added is met first; within a stack of layers, those of a later layer before those
/// of an earlier one.
///
/// ```
/// use demarche_index::entries::{Named, NamedKind, Sectors};
/// use demarche_index::{Compiler, Layer};
/// use demarche_record::Sector;
///
/// let mut compiler = Compiler::new();
/// let group = Named {
///     kind: NamedKind::Group,
///     name: "Zorgon Liberation Front",
///     code: None,
///     sectors: Sectors::new(&[Sector::Reb]).unwrap_or(Sectors::NONE),
///     wikidata: "",
///     term: Default::default(),
///     city: false,
/// };
/// compiler.add_named(&group, ["ZLF"]);
/// let layer = Layer::open(compiler.finish()?)?;
/// layer.verify()?;
/// # Ok::<(), demarche_index::IndexError>(())
/// ```
#[derive(Default)]
pub struct Compiler<'b> {
    base: Option<&'b Layers>,
    texts: Texts,
    sections: HashMap<usize, Vec<u8>>,
    names: NameList,
    country_names: NameList,
    surnames: NameList,
    role_names: NameList,
    office_names: NameList,
    divisions: NameList,
    iso2: HashMap<String, Code>,
    /// Where each country's record stands.
    countries: Vec<(u16, u16)>,
    /// Ranks of offices by the key of their name and the country in which alone they have it.
    ranks: HashMap<(u64, Option<Code>), u8>,
    roles: HashSet<u64>,
    given: BTreeSet<u64>,
    family: BTreeSet<u64>,
    rules: Vec<(u64, Vec<Meaning>)>,
    /// Inhabitants of the cities of second-level divisions.
    people: HashMap<u64, u32>,
    too_large: Option<&'static str>,
}

/// A name as it is also written: "Gideon Saar" for "Gideon Sa'ar". None without an apostrophe between letters.
pub(crate) fn joined(name: &str) -> Option<String> {
    let apostrophe = |char: char| matches!(char, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{02bb}' | '`');
    let within = |(at, mark): (usize, &str)| {
        let letter = |char: Option<char>| char.is_some_and(char::is_alphabetic);
        letter(name[..at].chars().next_back()) && letter(name[at + mark.len()..].chars().next())
    };
    name.match_indices(apostrophe).any(within).then(|| name.replace(apostrophe, ""))
}

/// The atoms of a name, as hashes.
pub(crate) fn hashes(text: &str) -> Vec<u64> {
    let mut out = Vec::new();
    each_atom(text, |atom| out.push(atom.hash));
    out
}

fn key(text: &str) -> u64 {
    crate::names::key_of(hashes(text).into_iter())
}

impl<'b> Compiler<'b> {
    /// For an index that stands by itself.
    pub fn new() -> Self {
        Self::default()
    }

    /// For a layer over others, whose offices and nouns of role it knows.
    pub fn over(base: &'b Layers) -> Self {
        Self { base: Some(base), ..Self::default() }
    }

    /// Adds a country with its names. One of a code that an earlier layer has takes its place, whose names remain.
    pub fn add_country<'n>(&mut self, country: &Country<'_>, names: impl IntoIterator<Item = CountryName<'n>>) {
        let at = self.put(country);
        self.countries.push((pack(country.code), at as u16));
        if self.countries.len() > usize::from(u16::MAX) {
            self.too_large = Some("too many countries");
        }
        for (name, form) in names {
            self.add_country_name(country.code, name, form);
        }
    }

    /// Adds a name of a country, which this or an earlier layer has.
    pub fn add_country_name(&mut self, country: Code, name: &str, form: Form) {
        let what = Raw::of(kind::COUNTRY, Some(form), u32::from(pack(country)));
        self.names.add(name, what);
        self.country_names.add(name, what);
    }

    /// Adds a seat, body, organisation or group with its further names.
    pub fn add_named<'n>(&mut self, named: &Named<'_>, aliases: impl IntoIterator<Item = &'n str>) {
        let at = self.put(named);
        self.add_names(Raw::of(kind::NAMED, None, at), named.name, aliases);
    }

    /// Adds what goes by the names given and not by its canonical name, unless that is among them.
    pub fn add_listed<'n>(&mut self, named: &Named<'_>, names: impl IntoIterator<Item = &'n str>) {
        let at = self.put(named);
        let what = Raw::of(kind::NAMED, None, at);
        names.into_iter().for_each(|name| self.names.add(name, what));
    }

    /// Adds a people with its names and how they stand for it; its own name is an adjective too.
    pub fn add_people<'n>(&mut self, people: &People<'_>, names: impl IntoIterator<Item = (&'n str, Form)>) {
        let at = self.put(people);
        for (name, form) in names {
            self.names.add(name, Raw::of(kind::PEOPLE, Some(form), at));
        }
        self.names.add(people.name, Raw::of(kind::PEOPLE, Some(Form::Adjective), at));
    }

    /// Adds a noun of role.
    pub fn add_role(&mut self, role: &Role<'_>) {
        let at = self.put(role);
        self.role_names.add(role.lemma, Raw::of(kind::ROLE, None, at));
        self.roles.insert(key(role.lemma));
    }

    /// Adds an office with all its writings, each with the one country in which alone it means this office. An office is
    /// also a noun of role, unless there is one written so.
    pub fn add_office<'n>(
        &mut self,
        office: &Office<'_>,
        sectors: Sectors,
        writings: impl IntoIterator<Item = (&'n str, Option<Code>)>,
    ) {
        let at = self.put(office);
        for (writing, country) in writings {
            self.office_names.add_raw(writing, Raw { what: Raw::of(kind::OFFICE, None, at), a: only(country), b: 0 });
            self.ranks.entry((key(writing), country)).or_insert(office.rank());
            // "ambassador to" only helps to tell offices apart.
            let proper = writing.split(' ').any(|word| word.starts_with(char::is_uppercase));
            if !writing.ends_with(" to") && !proper && !self.has_role(writing) {
                let kind = RoleKind::Office;
                self.add_role(&Role { lemma: writing, sectors, same: false, kind, plural: false, common: false });
            }
        }
    }

    fn has_role(&self, writing: &str) -> bool {
        let atoms = hashes(writing);
        self.roles.contains(&crate::names::key_of(atoms.iter().copied()))
            || self.base.is_some_and(|base| base.role_names().sequence(atoms.into_iter()).is_some())
    }

    /// How far an office is from the top, 0 for heads of state and government, in a country that may have its own meaning
    /// of it; `None` for offices that neither this layer nor an earlier one has.
    pub fn rank(&self, office: &str, country: Option<Code>) -> Option<u8> {
        let key = key(office);
        let own = country.and_then(|country| self.ranks.get(&(key, Some(country))));
        own.or_else(|| self.ranks.get(&(key, None)))
            .copied()
            .or_else(|| self.base?.office(office, country).map(Office::rank))
    }

    /// Adds a first-level division with all its names.
    pub fn add_province<'n>(&mut self, province: &Province<'_>, names: impl IntoIterator<Item = &'n str>) {
        let at = self.put(province);
        let what = Raw::of(kind::PROVINCE, None, at);
        self.add_names(what, province.name, names);
        self.divisions.add_key(division_key(province.country, province.admin1, ""), what);
    }

    /// Adds a second-level division with all its names.
    pub fn add_district<'n>(&mut self, district: &District<'_>, names: impl IntoIterator<Item = &'n str>) {
        let at = self.put(district);
        let what = Raw::of(kind::DISTRICT, None, at);
        self.add_names(what, district.name, names);
        self.divisions.add_key(division_key(district.country, district.admin1, district.admin2), what);
    }

    /// Inhabitants of the cities added so far of a second-level division.
    pub(crate) fn people_of(&self, country: CountryId, admin1: &str, admin2: &str) -> u32 {
        self.people.get(&division_key(country, admin1, admin2)).copied().unwrap_or(0)
    }

    /// Adds a city with its further names.
    pub fn add_city<'n>(&mut self, city: &Spot<'_>, aliases: impl IntoIterator<Item = &'n str>) {
        if let Some(country) = city.country.filter(|_| !city.admin2.is_empty()) {
            let sum = self.people.entry(division_key(country, city.admin1, city.admin2)).or_default();
            *sum = sum.saturating_add(city.population);
        }
        let at = self.put(city);
        self.add_names(Raw::of(kind::CITY, None, at), city.name, aliases);
    }

    /// Adds a region, sea, island or other place with its further names.
    pub fn add_region<'n>(&mut self, region: &Spot<'_>, aliases: impl IntoIterator<Item = &'n str>) {
        let at = self.put(&RegionRow(*region));
        self.add_names(Raw::of(kind::REGION, None, at), region.name, aliases);
    }

    /// Makes a writing stand for nothing that earlier layers know by it. What this layer has of that writing remains:
    /// an entry that takes the place of another is added and its names hidden.
    pub fn hide(&mut self, name: &str) {
        for names in [&mut self.names, &mut self.country_names, &mut self.surnames] {
            names.add(name, Raw::HIDES);
        }
    }

    /// The same for a noun of role.
    pub fn hide_role(&mut self, lemma: &str) {
        self.role_names.add(lemma, Raw::HIDES);
    }

    /// Adds what a name means by the words around it.
    pub(crate) fn add_rule(&mut self, name: &[u64], country: Option<Code>, cues: Vec<CueOf>) {
        let key = crate::names::key_of(name.iter().copied());
        match self.rules.iter_mut().find(|(known, _)| *known == key) {
            Some((_, readings)) => readings.push((country, cues)),
            None => self.rules.push((key, vec![(country, cues)])),
        }
    }

    /// Whether a name is a country's in this layer.
    pub(crate) fn has_country_name(&self, atoms: &[u64]) -> bool {
        self.country_names.contains(crate::names::key_of(atoms.iter().copied()))
    }

    fn add_names<'n>(&mut self, what: u32, name: &str, aliases: impl IntoIterator<Item = &'n str>) {
        self.add_written(what, name);
        aliases.into_iter().for_each(|alias| self.add_written(what, alias));
    }

    fn add_written(&mut self, what: u32, name: &str) {
        self.names.add(name, what);
        if let Some(joined) = joined(name) {
            self.names.add(&joined, what);
        }
    }

    /// Writes a record; its number in its section.
    fn put<T: Stored>(&mut self, entry: &T) -> u32 {
        let section = self.sections.entry(T::INTO as usize).or_default();
        let at = (section.len() / T::INTO.width()) as u32;
        entry.write(&mut Writer { out: section, texts: &mut self.texts });
        debug_assert_eq!(section.len(), (at as usize + 1) * T::INTO.width(), "{:?}", T::INTO);
        if at >= MOST_ENTRIES {
            self.too_large = Some("more than 67 million entries of one kind");
        }
        at
    }

    /// Writes records that belong together.
    fn run<T: Stored>(&mut self, entries: &[T]) -> Run {
        let first = self.sections.get(&(T::INTO as usize)).map_or(0, |section| section.len() / T::INTO.width()) as u32;
        for entry in entries {
            self.put(entry);
        }
        let len = u16::try_from(entries.len()).unwrap_or_else(|_| {
            self.too_large = Some("more than 65,535 terms or cues of one entry");
            u16::MAX
        });
        Run { first, len }
    }

    fn put_rules(&mut self) {
        let mut rules = std::mem::take(&mut self.rules);
        rules.sort_by_key(|(key, _)| *key);
        for (key, readings) in rules {
            let mut rows = Vec::new();
            for (country, cues) in readings {
                let mut cue_rows = Vec::new();
                for cue in cues {
                    let (kind, words) = match cue {
                        CueOf::Before(words) => (0, words),
                        CueOf::After(words) => (1, words),
                        CueOf::Near(words) => (2, words),
                        CueOf::GivenNameBefore => (3, Vec::new()),
                        CueOf::SurnameAfter => (4, Vec::new()),
                        CueOf::Default => (5, Vec::new()),
                    };
                    let words: Vec<Word> = words.into_iter().map(Word).collect();
                    cue_rows.push(CueRow { kind, words: self.run(&words) });
                }
                rows.push(ReadingRow { country, cues: self.run(&cue_rows) });
            }
            let readings = self.run(&rows);
            self.put(&RuleRow { key, readings });
        }
    }

    /// The index of a user's layer: without date, its digest that of its contents.
    ///
    /// # Errors
    /// [`IndexError::TooLarge`] when the entries do not fit.
    pub fn finish(self) -> Result<Vec<u8>, IndexError> {
        self.finish_as("", None)
    }

    /// The index of tables of this date and digest.
    pub(crate) fn finish_as(mut self, date: &str, digest: Option<u64>) -> Result<Vec<u8>, IndexError> {
        self.put_rules();
        // A first or last name that is also a noun of role ("King") says nothing of the name beside it.
        let (given, family) = (std::mem::take(&mut self.given), std::mem::take(&mut self.family));
        for (section, atoms) in [(Section::GivenNames, given), (Section::FamilyNames, family)] {
            let known = |atom: u64| {
                self.roles.contains(&crate::names::key_of(std::iter::once(atom)))
                    || self.base.is_some_and(|base| base.role_names().sequence(std::iter::once(atom)).is_some())
            };
            let bytes = atoms.into_iter().filter(|&atom| !known(atom)).flat_map(u64::to_le_bytes).collect();
            self.sections.insert(section as usize, bytes);
        }
        self.countries.sort_unstable();
        let order = self.countries.iter().flat_map(|(_, at)| at.to_le_bytes()).collect();
        self.sections.insert(Section::CountryOrder as usize, order);
        for (section, names) in [
            (Section::Names, self.names),
            (Section::CountryNames, self.country_names),
            (Section::Surnames, self.surnames),
            (Section::RoleNames, self.role_names),
            (Section::OfficeNames, self.office_names),
            (Section::Divisions, self.divisions),
        ] {
            self.sections.insert(section as usize, names.finish());
        }
        if let Some(what) = self.too_large {
            return Err(IndexError::TooLarge(what));
        }
        self.sections.insert(Section::Texts as usize, self.texts.finish()?);
        write::assemble(&self.sections, date, digest)
    }
}

impl Compiler<'_> {
    /// Notes the alpha-2 code by which other tables name a country.
    pub(crate) fn name_iso2(&mut self, iso2: &str, country: Code) {
        self.iso2.insert(iso2.to_owned(), country);
    }

    /// The country of an alpha-2 code.
    pub(crate) fn by_iso2(&self, iso2: &str) -> Option<Code> {
        self.iso2.get(iso2).copied()
    }

    /// The code of the state that acts for a country of this layer or an earlier one.
    pub(crate) fn acts_as(&self, country: Code) -> Option<Code> {
        let packed = pack(country);
        let own = self.countries.iter().find(|(code, _)| *code == packed).and_then(|&(_, at)| {
            let section = self.sections.get(&(Section::Countries as usize))?;
            let start = usize::from(at) * Section::Countries.width() + 2;
            crate::records::unpack(crate::format::u16_at(section, start))
        });
        own.or_else(|| self.base.and_then(|base| Some(base.country(country)?.acts_as)))
    }
}

/// A country by its code, for the fields of places.
pub(crate) fn country_id(code: Code) -> CountryId {
    CountryId::new(code)
}
