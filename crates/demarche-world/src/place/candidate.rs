//! A reading of a name as a place on the map.

use demarche_record::TextRange;

use super::Located;
use super::weights::Base;
use crate::world::World;
use demarche_index::entries::{Caution, CountryId, DistrictId, Form, ProvinceId, Referent, Spot};

/// What sort of place a reading is, as far as words beside a name tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Country,
    Division,
    Settlement,
    Feature,
}

/// A place that a name may stand for.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) referent: Referent,
    pub(crate) sort: Sort,
    pub(crate) country: Option<CountryId>,
    /// The first-level division it lies in, or is.
    pub(crate) province: Option<ProvinceId>,
    /// The second-level division it lies in, or is.
    pub(crate) district: Option<DistrictId>,
    /// Unit vector from the centre of the earth; `None` where no coordinates are known.
    pub(crate) point: Option<Point>,
    /// What it weighs of itself.
    pub(crate) base: f32,
    /// Whether nearness to it tells where something is: not so for countries and seas.
    pub(crate) precise: bool,
}

impl Candidate {
    /// Whether a reading lies in another.
    pub(crate) fn lies_in(&self, outer: &Self) -> bool {
        let inner = self;
        if inner.referent == outer.referent {
            return false;
        }
        let within = |km: f32| inner.point.zip(outer.point).is_some_and(|(inner, outer)| inner.km(outer) <= km);
        match outer.referent {
            Referent::Country(..) => inner.sort != Sort::Country && inner.country == outer.country,
            Referent::Province(province) => {
                inner.province == Some(province) && !matches!(inner.referent, Referent::Province(_))
            }
            Referent::District(_) => {
                inner.district == outer.district
                    && !matches!(inner.referent, Referent::Province(_) | Referent::District(_))
            }
            Referent::City(_) => inner.sort != Sort::Country && within(CITY_KM),
            Referent::Region(_) => inner.sort != Sort::Country && within(REGION_KM),
            _ => false,
        }
    }
}

/// A point of the globe as a unit vector: distances then need no trigonometry but one arc sine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point([f32; 3]);

impl Point {
    pub(crate) fn new(lat: f64, lon: f64) -> Self {
        let (lat, lon) = (lat.to_radians(), lon.to_radians());
        Self([(lat.cos() * lon.cos()) as f32, (lat.cos() * lon.sin()) as f32, lat.sin() as f32])
    }

    /// Great-circle distance in kilometres.
    pub(crate) fn km(self, other: Self) -> f32 {
        let square: f32 = self.0.iter().zip(other.0).map(|(a, b)| (a - b) * (a - b)).sum();
        2.0 * 6371.0 * (square.sqrt() / 2.0).min(1.0).asin()
    }
}

fn at(lat: Option<f64>, lon: Option<f64>) -> Option<Point> {
    lat.zip(lon).map(|(lat, lon)| Point::new(lat, lon))
}

/// Within so many kilometres of a city's centre a place is said to lie in the city.
const CITY_KM: f32 = 60.0;
/// The same for a region's middle.
const REGION_KM: f32 = 300.0;

impl World {
    /// A reading as a place; `None` where it is no place.
    pub(crate) fn candidate(&self, referent: Referent, written: &str) -> Option<Candidate> {
        let base = &self.weights.base;
        Some(match referent {
            Referent::Country(id, Form::Name | Form::FormerName) => {
                let known = self.country_at(id);
                Candidate {
                    referent,
                    sort: Sort::Country,
                    country: Some(id),
                    province: None,
                    district: None,
                    point: at(known.lat, known.lon),
                    base: base.country,
                    precise: false,
                }
            }
            Referent::Province(id) => {
                let known = self.province(id);
                Candidate {
                    referent,
                    sort: Sort::Division,
                    country: Some(known.country),
                    province: Some(id),
                    district: None,
                    point: at(known.lat, known.lon),
                    base: base.province,
                    precise: true,
                }
            }
            Referent::District(id) => {
                let known = self.district(id);
                let people = (known.population as f32).max(1.0).log10() + base.district_people;
                let own = if known.name.eq_ignore_ascii_case(written) { base.own_name } else { 0.0 };
                Candidate {
                    referent,
                    sort: Sort::Division,
                    country: Some(known.country),
                    province: self.division(known.country, known.admin1),
                    district: Some(id),
                    point: self.within(known.lat.zip(known.lon), known.country, known.admin1),
                    base: base.district.max(people) + own,
                    precise: true,
                }
            }
            Referent::City(id) => {
                let spot = self.city(id);
                self.spot(referent, &spot, city_base(base, &spot, written))
            }
            Referent::Region(id) => {
                let spot = self.region(id);
                self.spot(referent, &spot, region_base(base, &spot))
            }
            Referent::Country(..) | Referent::Named(_) | Referent::Person(_) | Referent::People(..) => return None,
        })
    }

    fn spot(&self, referent: Referent, spot: &Spot<'_>, base: f32) -> Candidate {
        let province = spot.country.and_then(|country| self.division(country, spot.admin1));
        let sort = match (spot.feature_class, spot.resolution) {
            ("A", _) | (_, Some(2 | 3)) => Sort::Division,
            ("P", _) => Sort::Settlement,
            _ => Sort::Feature,
        };
        Candidate {
            referent,
            sort,
            country: spot.country,
            province,
            district: spot.country.and_then(|country| self.subdivision(country, spot.admin1, spot.admin2)),
            point: at(spot.lat, spot.lon),
            base,
            precise: spot.resolution.is_some(),
        }
    }

    /// Degrees, or where they are unknown those of the first-level division.
    fn degrees(&self, own: Option<(f64, f64)>, country: CountryId, admin1: &str) -> Option<(f64, f64)> {
        own.or_else(|| {
            let outer = self.province(self.division(country, admin1)?);
            outer.lat.zip(outer.lon)
        })
    }

    fn within(&self, own: Option<(f64, f64)>, country: CountryId, admin1: &str) -> Option<Point> {
        self.degrees(own, country, admin1).map(|(lat, lon)| Point::new(lat, lon))
    }

    /// A reading as a place of the record.
    pub(crate) fn located(&self, referent: Referent) -> Option<Located> {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let mut out = Located::unresolved(TextRange::default());
        let country = match referent {
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
            Referent::District(district) => {
                let known = self.district(district);
                out.name = text(known.name);
                out.district = text(known.name);
                let province = self.division(known.country, known.admin1);
                out.province = province.and_then(|province| text(self.province(province).name));
                out.geonameid = known.geonameid;
                (out.lat, out.lon) = self.degrees(known.lat.zip(known.lon), known.country, known.admin1).unzip();
                (out.feature_class, out.feature_code) = (text("A"), text("ADM2"));
                out.resolution = Some(3);
                Some(known.country)
            }
            Referent::City(_) | Referent::Region(_) => {
                let known = match referent {
                    Referent::City(city) => self.city(city),
                    Referent::Region(region) => self.region(region),
                    _ => return None,
                };
                out.name = text(known.name);
                (out.geonameid, out.lat, out.lon) = (known.geonameid, known.lat, known.lon);
                (out.feature_class, out.feature_code) = (text(known.feature_class), text(known.feature_code));
                out.resolution = known.resolution;
                let province = known.country.and_then(|country| self.division(country, known.admin1));
                let district = known.country.and_then(|country| self.subdivision(country, known.admin1, known.admin2));
                out.district = district.and_then(|district| text(self.district(district).name));
                out.province = province.and_then(|province| text(self.province(province).name));
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
}

fn city_base(base: &Base, spot: &Spot<'_>, written: &str) -> f32 {
    let size = (spot.population as f32).max(base.least_people).log10();
    let rank = match spot.feature_code {
        "PPLC" => base.capital,
        "PPLA" => base.seat,
        "PPLA2" | "PPLA3" => base.lesser_seat,
        "PPLX" => base.section,
        _ => 0.0,
    };
    let own = if spot.name.eq_ignore_ascii_case(written) { base.own_name } else { 0.0 };
    let caution = match spot.caution {
        Caution::Word => base.caution_word,
        Caution::Name => base.caution_name,
        Caution::None => 0.0,
    };
    size + rank + own + caution
}

fn region_base(base: &Base, spot: &Spot<'_>) -> f32 {
    let size = if spot.population > 0 { (spot.population as f32).log10() } else { 0.0 };
    match spot.feature_code {
        "CONT" => base.continent,
        "OCN" | "SEA" => base.ocean,
        _ if spot.is_wide() => base.wide,
        _ => base.region.max(size),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_in_km() {
        let (paris, london) = (Point::new(48.8566, 2.3522), Point::new(51.5074, -0.1278));
        assert!((paris.km(london) - 343.6).abs() < 1.0);
        assert!((Point::new(0.0, 180.0).km(Point::new(0.0, -180.0))).abs() < 0.1);
        assert!((Point::new(90.0, 0.0).km(Point::new(-90.0, 0.0)) - 20_015.0).abs() < 5.0);
    }
}
