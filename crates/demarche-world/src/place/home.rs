//! Where a document comes from: its publisher's country or town, and its dateline.

use std::collections::HashMap;

use demarche_index::Table;
use demarche_index::entries::CountryId;

use super::Located;
use super::candidate::Point;
use crate::background::Background;
use crate::error::WorldError;
use crate::world::World;

const FILE: &str = "places/publishers.tsv";
pub(super) const TEXT: &str = include_str!("../../../../data/places/publishers.tsv");

/// Where a document comes from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Home {
    pub(crate) country: Option<CountryId>,
    /// The town of a local publisher.
    pub(crate) town: Option<Point>,
    /// The dateline's country and, where it is no country, its place.
    pub(crate) dateline: (Option<CountryId>, Option<Point>),
}

/// Publishers by domain and by name, and what endings of domains say.
#[derive(Clone, Debug, Default)]
pub(super) struct Publishers {
    domains: HashMap<&'static str, Seat>,
    names: HashMap<String, Seat>,
    endings: HashMap<String, CountryId>,
}

/// Country and town of a publisher.
type Seat = (Option<CountryId>, Option<Point>);

impl Publishers {
    /// Reads the table; `anywhere` are endings that tell no country.
    pub(super) fn load(countries: &HashMap<&str, CountryId>, anywhere: Vec<String>) -> Result<Self, WorldError> {
        let endings = countries.iter().map(|(iso2, country)| (iso2.to_lowercase(), *country));
        let mut out = Self { endings: endings.collect(), ..Self::default() };
        if let Some(britain) = countries.get("GB") {
            out.endings.insert("uk".to_owned(), *britain);
        }
        for ending in anywhere {
            out.endings.remove(&ending);
        }
        Table { file: FILE, text: TEXT }.each(["domain", "name", "iso2", "lat", "lon"], |row| {
            let country = match row.cell(2) {
                "" => None,
                iso2 => Some(
                    *countries
                        .get(iso2)
                        .ok_or_else(|| row.fault(2, demarche_index::Problem::UnknownCountry(iso2.to_owned())))?,
                ),
            };
            let town = row.number(3)?.zip(row.number(4)?).map(|(lat, lon)| Point::new(lat, lon));
            out.domains.insert(row.needed(0)?, (country, town));
            out.names.insert(row.needed(1)?.to_lowercase(), (country, town));
            Ok(())
        })?;
        Ok(out)
    }

    fn seat(&self, publisher: Option<&str>, url: Option<&str>) -> Seat {
        let host = url.and_then(host).map(str::to_lowercase).unwrap_or_default();
        // "news.example.co.ke", "example.co.ke", "co.ke", "ke"
        let suffixes = std::iter::successors(Some(&host[..]), |host| host.split_once('.').map(|(_, rest)| rest));
        let by_domain = suffixes.into_iter().find_map(|suffix| self.domains.get(suffix));
        let by_name = || self.names.get(&publisher?.trim().to_lowercase());
        let by_ending = || {
            let ending = host.rsplit_once('.')?.1;
            self.endings.get(ending).map(|country| (Some(*country), None))
        };
        by_domain.or_else(by_name).copied().or_else(by_ending).unwrap_or_default()
    }
}

/// The host of an address, `https://user@www.example.org:80/path`.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    host.split(':').next().filter(|host| host.contains('.'))
}

impl World {
    /// The place of a dateline.
    pub(crate) fn dateline(&self, background: &Background<'_>) -> Option<Located> {
        let (written, range) = background.dateline?;
        let place = self.locate_name(written).unwrap_or_else(|| Located::unresolved(range));
        Some(Located { range, ..place })
    }

    pub(crate) fn home(&self, background: &Background<'_>, dateline: Option<&Located>) -> Home {
        let (country, town) = self.place_words.publishers.seat(background.publisher, background.url);
        let dateline_country = dateline.and_then(|place| place.country_code).and_then(|code| self.country_id(code));
        let point = dateline.filter(|place| place.resolution.is_some_and(|level| level > 1));
        let point = point.and_then(|place| place.lat.zip(place.lon)).map(|(lat, lon)| Point::new(lat, lon));
        Home { country, town, dateline: (dateline_country, point) }
    }
}

#[cfg(test)]
mod tests {
    use demarche_record::TextRange;

    use super::*;

    #[test]
    fn publishers_are_at_home_somewhere() {
        let world = World::builtin().expect("the tables load");
        let country = |publisher, url| {
            let home = world.home(&Background { publisher, url, ..Background::default() }, None);
            home.country.map(|country| country.code().to_string())
        };
        for (url, expected) in [
            ("https://www.dallasnews.com/news/2012/x", Some("USA")),
            ("http://news.example.co.ke:8080/a?b=c", Some("KEN")),
            ("https://example.co.uk", Some("GBR")),
            ("https://en.wikinews.org/wiki/X", None),
            ("https://example.io/a", None),
            ("no address", None),
        ] {
            assert_eq!(country(None, Some(url)).as_deref(), expected, "{url}");
        }
        assert_eq!(country(Some("the dallas morning news"), None).as_deref(), Some("USA"));
        let background = Background { dateline: Some(("DALLAS", TextRange::new(0, 6))), ..Background::default() };
        let dateline = world.dateline(&background);
        assert!(world.home(&background, dateline.as_ref()).dateline.1.is_some());
    }
}
