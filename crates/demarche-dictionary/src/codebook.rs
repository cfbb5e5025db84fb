//! What a CAMEO actor code means in ours: `USAGOVMIL` is USA with the sectors GOV and MIL, `IMGMUSALQ` an international
//! militant group, Islam, al-Qaeda.
//!
//! A code is cut into parts of three letters, read with `data/dictionaries/cameo_codes.tsv`. A part that is in neither that
//! table nor the table of countries is named as unknown; it is never guessed.

use std::collections::HashMap;

use demarche_record::{Code, Sector};

use crate::actors::Inventory;
use crate::fault::{Fault, Problem};

const TABLE: &str = include_str!("../../../data/dictionaries/cameo_codes.tsv");
const FILE: &str = "dictionaries/cameo_codes.tsv";

/// What a code means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// Country or international code.
    pub code: Option<Code>,
    /// PLOVER sectors, without repetition, in the order of the parts.
    pub sectors: Vec<Sector>,
    /// A record's religion.
    pub religion: Option<String>,
    /// A record's ethnicity.
    pub ethnicity: Option<String>,
    /// The country that an organisation, company or group belongs to or works in.
    pub home: Option<Code>,
    /// What the other parts say, in words.
    pub notes: Vec<String>,
    /// Parts that are not known.
    pub unknown: Vec<String>,
}

impl Understood {
    /// Whether every part is known.
    pub fn is_whole(&self) -> bool {
        self.unknown.is_empty()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    International,
    Country,
    Union,
    Cow,
    Region,
    Sector,
    Note,
    Religion,
    Denomination,
    Branch,
    Ethnicity,
    Organisation,
    Group,
}

impl Kind {
    const WORDS: [(&'static str, Self); 13] = [
        ("international", Self::International),
        ("country", Self::Country),
        ("union", Self::Union),
        ("cow", Self::Cow),
        ("region", Self::Region),
        ("sector", Self::Sector),
        ("note", Self::Note),
        ("religion", Self::Religion),
        ("denomination", Self::Denomination),
        ("branch", Self::Branch),
        ("ethnicity", Self::Ethnicity),
        ("organisation", Self::Organisation),
        ("group", Self::Group),
    ];

    const fn is_state(self) -> bool {
        matches!(self, Self::Country | Self::Union | Self::Cow)
    }
}

#[derive(Clone, Debug)]
struct Part {
    kind: Kind,
    becomes: &'static str,
    code: Option<Code>,
    sector: Option<Sector>,
    not_after: Vec<&'static str>,
    means: &'static str,
}

/// The parts of CAMEO's actor codes.
#[derive(Clone, Debug)]
pub struct Codebook {
    parts: HashMap<&'static str, Vec<Part>>,
    /// A country's own code, and the one its actors take.
    countries: HashMap<Code, Code>,
}

impl Codebook {
    /// The shipped table with the world's countries: the own code of each, and the one that its actors take.
    ///
    /// # Errors
    /// The first fault in the table; tests hold that there is none.
    pub fn new(countries: impl IntoIterator<Item = (Code, Code)>) -> Result<Self, Fault> {
        let mut book = Self { parts: HashMap::new(), countries: countries.into_iter().collect() };
        for (index, line) in TABLE.lines().enumerate() {
            if line.is_empty() || line.starts_with("# ") || line.starts_with("code\t") {
                continue;
            }
            let fault = |name: &str, problem: String| Fault {
                file: FILE.to_owned(),
                line: index + 1,
                column: 1,
                problem: Problem::Cell { name: name.to_owned(), problem },
            };
            let mut cells = line.split('\t').map(str::trim);
            let mut cell = || cells.next().unwrap_or_default();
            let (written, kind, becomes, sector, not_after, means) = (cell(), cell(), cell(), cell(), cell(), cell());
            let kind = Kind::WORDS.iter().find(|(word, _)| *word == kind).map(|(_, kind)| *kind);
            let kind = kind.ok_or_else(|| fault("kind", "not a kind of code".to_owned()))?;
            let code = match kind {
                Kind::International | Kind::Country | Kind::Union | Kind::Cow if !becomes.is_empty() => {
                    Some(Code::parse(becomes).map_err(|unknown| fault("becomes", unknown.to_string()))?)
                }
                _ => None,
            };
            let sector = match sector {
                "" => None,
                written => Some(written.parse::<Sector>().map_err(|unknown| fault("sector", unknown.to_string()))?),
            };
            let not_after = not_after.split('|').filter(|part| !part.is_empty()).collect();
            book.parts.entry(written).or_default().push(Part { kind, becomes, code, sector, not_after, means });
        }
        Ok(book)
    }

    fn part(&self, written: &str, kinds: impl Fn(Kind) -> bool) -> Option<&Part> {
        self.parts.get(written).and_then(|parts| parts.iter().find(|part| kinds(part.kind)))
    }

    fn country(&self, written: &str) -> Option<Code> {
        let code = Code::parse(written).ok()?;
        self.countries.get(&code).copied()
    }

    /// Reads the code of an actor dictionary. In an inventory of peoples the first part is their own.
    pub fn actor(&self, written: &str, inventory: Inventory) -> Understood {
        let parts = parts_of(written);
        let mut reader = Reader { book: self, out: Understood::default(), before: Vec::new(), union: false };
        match inventory {
            Inventory::Actors => reader.open(&parts),
            // The people is named by the entry; its code belongs to another inventory.
            Inventory::Ethnic => {}
            Inventory::Religious => parts.iter().for_each(|part| reader.religious(part)),
        }
        reader.out
    }

    /// Reads the code of an agent dictionary, which adds to that of an actor.
    pub fn agent(&self, written: &str, leads: bool) -> Understood {
        let parts = parts_of(written);
        let mut reader = Reader { book: self, out: Understood::default(), before: Vec::new(), union: false };
        if leads {
            reader.open(&parts);
        } else {
            for part in &parts {
                reader.later(part);
            }
        }
        reader.out
    }
}

/// A code in parts of three characters; the last may be shorter.
fn parts_of(written: &str) -> Vec<String> {
    let chars: Vec<char> = written.chars().collect();
    chars.chunks(3).map(|part| part.iter().collect()).collect()
}

struct Reader<'a> {
    book: &'a Codebook,
    out: Understood,
    before: Vec<String>,
    /// Whether a state that follows takes the place of the one read.
    union: bool,
}

impl Reader<'_> {
    fn open(&mut self, parts: &[String]) {
        let Some((first, rest)) = parts.split_first() else { return };
        if let Some(part) = self.book.part(first, |kind| kind == Kind::International) {
            self.out.code = part.code;
            self.sector(part.sector);
            if part.code.is_none() {
                self.out.notes.push(part.means.to_owned());
            }
            self.before.push(first.clone());
        } else if let Some(part) = self.book.part(first, |kind| matches!(kind, Kind::Country | Kind::Union)) {
            self.state(part);
            self.before.push(first.clone());
        } else if let Some(country) = self.book.country(first) {
            self.out.code = Some(country);
            self.before.push(first.clone());
        } else if let Some(part) = self.book.part(first, |kind| kind == Kind::Cow) {
            self.state(part);
            self.before.push(first.clone());
        } else {
            self.later(first);
        }
        for part in rest {
            self.later(part);
        }
    }

    fn state(&mut self, part: &Part) {
        self.out.code = part.code.map(|code| self.book.countries.get(&code).copied().unwrap_or(code));
        self.union = part.kind == Kind::Union;
        self.sector(part.sector);
    }

    fn sector(&mut self, sector: Option<Sector>) {
        if let Some(sector) = sector.filter(|sector| !self.out.sectors.contains(sector)) {
            self.out.sectors.push(sector);
        }
    }

    fn later(&mut self, written: &str) {
        let after_religion = self.out.religion.is_some();
        let international = self.out.code.is_some_and(Code::is_international);
        let country = self.book.country(written);
        let wanted = |kind: Kind| match kind {
            Kind::Sector | Kind::Note | Kind::Religion | Kind::Ethnicity | Kind::Organisation | Kind::Group => true,
            Kind::Denomination => after_religion || country.is_none(),
            Kind::Branch => after_religion,
            Kind::Region => country.is_none() || international,
            Kind::International | Kind::Country | Kind::Union | Kind::Cow => false,
        };
        if let Some(part) = self.book.part(written, wanted) {
            match part.kind {
                Kind::Religion | Kind::Denomination => self.out.religion = Some(part.becomes.to_owned()),
                Kind::Ethnicity => self.out.ethnicity = Some(part.becomes.to_owned()),
                _ => {}
            }
            if part.sector.is_none() {
                self.out.notes.push(part.means.to_owned());
            } else if part.not_after.iter().any(|before| self.before.iter().any(|seen| seen == before)) {
                self.out.notes.push(format!("for {}", part.means));
            } else {
                self.sector(part.sector);
            }
        } else if let Some(country) =
            country.or_else(|| self.book.part(written, |kind| kind.is_state() && kind != Kind::Cow)?.code)
        {
            self.place(country);
        } else if !(after_religion && written.bytes().all(|byte| byte.is_ascii_digit())) {
            self.out.unknown.push(written.to_owned());
        }
        self.before.push(written.to_owned());
    }

    fn place(&mut self, country: Code) {
        if std::mem::take(&mut self.union) {
            self.out.code = Some(country);
        } else if self.out.home.is_none() && self.out.code != Some(country) {
            self.out.home = Some(country);
        }
    }

    fn religious(&mut self, written: &str) {
        let wanted = |kind: Kind| matches!(kind, Kind::Religion | Kind::Denomination);
        if let Some(part) = self.book.part(written, wanted) {
            self.out.religion = Some(part.becomes.to_owned());
        } else if self.out.religion.is_none() {
            self.out.unknown.push(written.to_owned());
        } else if let Some(part) = self.book.part(written, |kind| matches!(kind, Kind::Branch | Kind::Region)) {
            self.out.notes.push(part.means.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Codebook {
        let own = ["USA", "AFG", "PSE", "MUS", "MAR", "RUS", "ARM", "GBR", "ROU", "TLS", "IDN", "COD", "CHN"];
        let mut countries: Vec<(Code, Code)> = own.iter().map(|code| (parse(code), parse(code))).collect();
        countries.push((parse("FLK"), parse("GBR")));
        Codebook::new(countries).expect("the table is sound")
    }

    fn parse(code: &str) -> Code {
        Code::parse(code).expect("a code")
    }

    fn read(written: &str) -> (String, Understood) {
        let understood = book().actor(written, Inventory::Actors);
        let sectors: Vec<&str> = understood.sectors.iter().map(|sector| sector.as_str()).collect();
        let code = understood.code.map_or("-".to_owned(), |code| code.to_string());
        (format!("{code} {}", sectors.join("|")).trim().to_owned(), understood)
    }

    #[test]
    fn codes_become_ours() {
        for (written, expected) in [
            ("USAGOVMIL", "USA GOV|MIL"),
            ("AFGGOVREF", "AFG GOV"),
            ("AFGMED", "AFG JRN"),
            ("PSEREBHMS", "PSE REB"),
            ("PALREB", "PSE REB"),
            ("IGOUNOREFHCR", "IGO REF"),
            ("IGOUNO", "IGO"),
            ("NGOUSAHLH", "NGO SOC|MED"),
            ("MNCUSA", "MNC BUS"),
            ("IMGMUSALQ", "IMG REB"),
            ("ROM", "ROU"),
            ("ZARGOV", "COD GOV"),
            ("TMP", "TLS"),
            ("FLKGOV", "GBR GOV"),
            ("MUSGOV", "MUS GOV"),
            ("USRARM", "ARM"),
            ("USR", "RUS"),
            ("UKGGOV", "GBR GOV"),
            ("ELI", "- ELI"),
            ("INTREB", "- REB"),
            ("ARMUNR", "ARM PRE"),
        ] {
            let (found, understood) = read(written);
            assert_eq!(found, expected, "{written}");
            assert!(understood.is_whole(), "{written}: {:?}", understood.unknown);
        }
    }

    #[test]
    fn religion_home_and_notes_are_kept() {
        let group = read("IMGMUSRUSCNY").1;
        assert_eq!((group.religion.as_deref(), group.ethnicity.as_deref()), (Some("Islam"), Some("Chechen")));
        assert_eq!(group.home, Some(parse("RUS")));
        assert_eq!(read("NGOMAR").1.home, Some(parse("MAR")));
        assert_eq!(read("NGOCHRMAR").1.religion.as_deref(), Some("Maronite Christianity"));
        assert_eq!(read("NGOCHRPRO214").1.religion.as_deref(), Some("Protestantism"));
    }

    #[test]
    fn what_is_not_known_is_named() {
        assert_eq!(read("KNTGOV").1.unknown, ["KNT"]);
        assert_eq!(read("MNCCN").1.unknown, ["CN"]);
        assert_eq!(read("KNTGOV").0, "- GOV");
    }

    #[test]
    fn other_inventories() {
        let religious = |written| book().actor(written, Inventory::Religious);
        assert_eq!(religious("BUDMAH111").religion.as_deref(), Some("Buddhism"));
        assert_eq!(religious("CHRCTH010").religion.as_deref(), Some("Catholicism"));
        assert_eq!(religious("MUS").code, None);
        let ethnic = book().actor("AFR", Inventory::Ethnic);
        assert_eq!((ethnic.code, ethnic.is_whole()), (None, true));
        assert_eq!(book().agent("GOVMED", false).sectors, [Sector::Gov]);
        assert_eq!(book().agent("OPPMED", false).sectors, [Sector::Opp, Sector::Jrn]);
        assert_eq!(book().agent("IGO", true).code, Some(Code::IGO));
    }
}
