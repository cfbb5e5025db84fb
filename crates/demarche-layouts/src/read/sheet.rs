//! A row while it is read: its cells by the names of their columns.

use demarche_record::{DatePrecision, Entity, Place, Span};
use jiff::civil::Date;

use super::cells::Cell;
use super::codes::{Act, Codes, Names, nobody};
use super::columns::{self, Plan};
use super::fault::FaultKind;
use super::lines::Line;
use super::row::{Party, Row};

/// What a layout's reader sees of a row.
pub(super) struct Sheet<'a> {
    pub(super) codes: &'a Codes,
    pub(super) names: &'a dyn Names,
    pub(super) plan: &'a Plan,
    pub(super) line: &'a Line,
    pub(super) cells: &'a [Cell],
    pub(super) notes: Vec<String>,
}

impl Sheet<'_> {
    /// The value of a column; empty where there is none.
    pub(super) fn value(&self, column: &str) -> &str {
        self.plan.cell(self.cells, column).map_or("", |cell| cell.value.as_str())
    }

    /// The value of a column, if there is one.
    pub(super) fn text(&self, column: &str) -> Option<String> {
        Some(self.value(column).to_owned()).filter(|value| !value.is_empty())
    }

    /// The value of a column as a number, if it is one.
    pub(super) fn number(&self, column: &str) -> Option<f64> {
        columns::number(self.value(column))
    }

    /// The value of a column as a whole number, if it is one.
    pub(super) fn whole(&self, column: &str) -> Option<u64> {
        self.value(column).trim_end_matches(".0").parse().ok()
    }

    /// Where a column's cell stands in the file; the whole row where that cannot be told.
    pub(super) fn span(&self, column: &str) -> Span {
        match self.plan.cell(self.cells, column) {
            Some(cell) if self.line.exact => {
                Span::new(self.line.span.start + cell.at.start, self.line.span.start + cell.at.end)
            }
            _ => self.line.span,
        }
    }

    /// The day in a column.
    pub(super) fn day(&self, column: &str) -> Result<Date, FaultKind> {
        let value = self.value(column);
        columns::date(value).ok_or_else(|| FaultKind::Date(value.to_owned()))
    }

    /// Columns and their values, of those that have one.
    pub(super) fn particulars(&self, columns: &[&'static str]) -> Vec<(&'static str, String)> {
        columns.iter().filter_map(|column| Some((*column, self.text(column)?))).collect()
    }

    /// A party whose cell is that of `column`.
    pub(super) fn party(&self, entity: Entity, column: &str) -> Party {
        Party { entity, span: self.span(column) }
    }

    /// Whom a name stands for, where the data set gives neither country nor sector; what is known already stays.
    pub(super) fn named(&mut self, mut entity: Entity, name: &str, on: Date) -> Entity {
        if entity.code.is_some() || name.is_empty() {
            return entity;
        }
        let Some(known) = self.names.look_up(name, on) else {
            self.notes.push(format!("`{name}` not known"));
            return entity;
        };
        entity.code = known.code;
        if entity.sector.is_empty() {
            entity.sector = known.sectors;
        }
        entity.identifier_id = entity.identifier_id.or(known.id);
        entity.identifier_text = entity.identifier_text.or(known.name);
        self.notes.push(format!("`{name}` by its name"));
        entity
    }

    /// The row, with an act on a day; the layout adds what else it has.
    pub(super) fn row(&mut self, act: Act, date: Date, date_column: &str, code_column: &str) -> Row {
        Row {
            line: self.line.number,
            span: self.line.span,
            characters: self.line.characters.clone(),
            repaired: false,
            date,
            enddate: None,
            precision: DatePrecision::Day,
            date_span: self.span(date_column),
            source: Vec::new(),
            target: Vec::new(),
            event: act.event,
            mode: act.mode,
            context: act.context,
            quad: act.quad,
            scale: act.scale,
            cameo: act.cameo,
            goldstein: act.goldstein,
            code_span: self.span(code_column),
            place: None,
            dead: None,
            url: None,
            particulars: Vec::new(),
            notes: std::mem::take(&mut self.notes),
        }
    }

    /// A place of the names and the point in these columns; `None` where they say nothing.
    pub(super) fn place(&self, columns: &PlaceColumns) -> Option<(Place, Span)> {
        let [city, district, province] = [columns.city, columns.district, columns.province].map(|name| self.text(name));
        let name = self.text(columns.name);
        let written = self.value(columns.country);
        let countries = &self.codes.countries;
        let country = countries.by_code(written).or_else(|| countries.by_name(written));
        let degrees = |column, most: f64| self.number(column).filter(|degrees| degrees.abs() <= most);
        let point = degrees(columns.latitude, 90.0).zip(degrees(columns.longitude, 180.0));
        let resolution = match (&city, &district, &province) {
            (Some(_), _, _) => Some(4),
            (_, Some(_), _) => Some(3),
            (_, _, Some(_)) => Some(2),
            _ => (!written.is_empty()).then_some(1),
        };
        let country_name = country.map(|country| country.name.to_owned()).or_else(|| self.text(columns.country));
        let resolved = name.or_else(|| [&city, &district, &province, &country_name].into_iter().find_map(Clone::clone));
        if resolved.is_none() && point.is_none() {
            return None;
        }
        let at = [columns.written, columns.name, columns.city, columns.district, columns.province, columns.country];
        let at = at.into_iter().find(|column| !self.value(column).is_empty());
        let place = Place {
            extracted_place: at.map_or_else(String::new, |column| self.value(column).to_owned()),
            resolved_place: resolved,
            geonameid: None,
            lat: point.map(|point| point.0),
            lon: point.map(|point| point.1),
            city,
            district,
            province,
            country: country_name,
            country_code: country.map(|country| country.code),
            feature_class: None,
            feature_code: None,
            resolution,
        };
        Some((place, at.map_or(self.line.span, |column| self.span(column))))
    }

    /// An entity with a text and nothing else.
    pub(super) fn entity(text: &str) -> Entity {
        Entity { entity_text: text.to_owned(), ..nobody() }
    }
}

/// Names of the columns that tell a place; empty where a layout has none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PlaceColumns {
    /// As the report writes it.
    pub(super) written: &'static str,
    pub(super) name: &'static str,
    pub(super) city: &'static str,
    pub(super) district: &'static str,
    pub(super) province: &'static str,
    pub(super) country: &'static str,
    pub(super) latitude: &'static str,
    pub(super) longitude: &'static str,
}
