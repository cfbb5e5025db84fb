//! Records of actors.

use super::{Fields, Record, Stored, Writer};
use crate::entries::{Gender, Held, Named, NamedKind, Office, People, Person, Role, RoleKind};
use crate::format::Section;

impl<'a> Record<'a> for Named<'a> {
    const SECTION: Section = Section::Named;

    fn read(fields: &mut Fields<'a>) -> Self {
        let mark = fields.byte();
        Self {
            kind: match mark & 7 {
                0 => NamedKind::Seat,
                1 => NamedKind::Body,
                2 => NamedKind::Organisation,
                3 => NamedKind::Group,
                4 => NamedKind::Listed,
                _ => NamedKind::Nobody,
            },
            city: mark & 8 != 0,
            name: fields.text(),
            code: fields.code(),
            sectors: fields.sectors(),
            wikidata: fields.text(),
            term: fields.term(),
        }
    }
}

impl Stored for Named<'_> {
    const INTO: Section = Section::Named;

    fn write(&self, to: &mut Writer<'_>) {
        to.byte(self.kind as u8 | u8::from(self.city) << 3);
        to.text(self.name);
        to.code(self.code);
        to.sectors(self.sectors);
        to.text(self.wikidata);
        to.term(self.term);
    }
}

impl<'a> Record<'a> for People<'a> {
    const SECTION: Section = Section::Peoples;

    fn read(fields: &mut Fields<'a>) -> Self {
        Self { name: fields.text(), religion: fields.text(), ethnicity: fields.text(), country: fields.code() }
    }
}

impl Stored for People<'_> {
    const INTO: Section = Section::Peoples;

    fn write(&self, to: &mut Writer<'_>) {
        to.text(self.name);
        to.text(self.religion);
        to.text(self.ethnicity);
        to.code(self.country);
    }
}

/// A person as the compiler writes one: the terms are records written before, `len` of them from `first` on.
pub(crate) struct PersonRow<'a> {
    pub(crate) name: &'a str,
    pub(crate) wikidata: &'a str,
    pub(crate) gender: Gender,
    pub(crate) first: u32,
    pub(crate) len: u16,
}

impl Stored for PersonRow<'_> {
    const INTO: Section = Section::Persons;

    fn write(&self, to: &mut Writer<'_>) {
        to.text(self.name);
        to.text(self.wikidata);
        to.byte(self.gender as u8);
        to.number(self.first);
        to.short(self.len);
    }
}

impl<'a> Record<'a> for Person<'a> {
    const SECTION: Section = Section::Persons;

    fn read(fields: &mut Fields<'a>) -> Self {
        Self {
            name: fields.text(),
            wikidata: fields.text(),
            gender: match fields.byte() {
                1 => Gender::Female,
                2 => Gender::Male,
                _ => Gender::Unknown,
            },
            held: fields.list(),
        }
    }
}

impl<'a> Record<'a> for Held<'a> {
    const SECTION: Section = Section::Held;

    fn read(fields: &mut Fields<'a>) -> Self {
        let mark = fields.byte();
        Self {
            rank: mark >> 2,
            sure: mark & 1 != 0,
            seen: mark & 2 != 0,
            office: fields.text(),
            code: fields.code(),
            sectors: fields.sectors(),
            term: fields.term(),
        }
    }
}

impl Stored for Held<'_> {
    const INTO: Section = Section::Held;

    fn write(&self, to: &mut Writer<'_>) {
        to.byte(self.rank << 2 | u8::from(self.seen) << 1 | u8::from(self.sure));
        to.text(self.office);
        to.code(self.code);
        to.sectors(self.sectors);
        to.term(self.term);
    }
}

impl<'a> Record<'a> for Role<'a> {
    const SECTION: Section = Section::Roles;

    fn read(fields: &mut Fields<'a>) -> Self {
        let mark = fields.byte();
        Self {
            same: mark & 1 != 0,
            plural: mark & 2 != 0,
            common: mark & 4 != 0,
            kind: match fields.byte() {
                0 => RoleKind::Office,
                1 => RoleKind::Person,
                2 => RoleKind::Group,
                3 => RoleKind::Body,
                _ => RoleKind::Instrument,
            },
            lemma: fields.text(),
            sectors: fields.sectors(),
        }
    }
}

impl Stored for Role<'_> {
    const INTO: Section = Section::Roles;

    fn write(&self, to: &mut Writer<'_>) {
        to.byte(u8::from(self.same) | u8::from(self.plural) << 1 | u8::from(self.common) << 2);
        to.byte(self.kind as u8);
        to.text(self.lemma);
        to.sectors(self.sectors);
    }
}

impl<'a> Record<'a> for Office<'a> {
    const SECTION: Section = Section::Offices;

    fn read(fields: &mut Fields<'a>) -> Self {
        Self { name: fields.text(), level: fields.text() }
    }
}

impl Stored for Office<'_> {
    const INTO: Section = Section::Offices;

    fn write(&self, to: &mut Writer<'_>) {
        to.text(self.name);
        to.text(self.level);
    }
}
