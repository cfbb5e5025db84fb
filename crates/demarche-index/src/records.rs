//! Records: how each entry lies in its section. `read` and `write` name the same fields in the same order.

pub(crate) mod actors;
pub(crate) mod places;

use demarche_record::{Code, Sector};

use crate::dates::{PartialDate, Term};
use crate::entries::{CountryId, Sectors};
use crate::format::{Section, text_at, u16_at, u32_at, u64_at};
use crate::layer::Parts;
use crate::list::List;

/// What is read from a section as a record.
pub(crate) trait Record<'a>: Sized {
    /// The section.
    const SECTION: Section;
    /// Reads the fields one after another; what is missing is zero or empty.
    fn read(fields: &mut Fields<'a>) -> Self;
}

/// What is written to a section as a record.
pub(crate) trait Stored {
    /// The section.
    const INTO: Section;
    /// Writes the fields in the order in which they are read.
    fn write(&self, to: &mut Writer<'_>);
}

/// The fields of one record, read from first to last.
pub(crate) struct Fields<'a> {
    record: &'a [u8],
    parts: Parts<'a>,
}

/// No place: latitudes and longitudes are kept in ten-millionths of a degree.
const NOWHERE: i32 = i32::MIN;
const PER_DEGREE: f64 = 1e7;

impl<'a> Fields<'a> {
    pub(crate) fn new(record: &'a [u8], parts: Parts<'a>) -> Self {
        Self { record, parts }
    }

    fn skip(&mut self, bytes: usize) {
        self.record = self.record.get(bytes..).unwrap_or_default();
    }

    pub(crate) fn byte(&mut self) -> u8 {
        let value = self.record.first().copied().unwrap_or(0);
        self.skip(1);
        value
    }

    pub(crate) fn short(&mut self) -> u16 {
        let value = u16_at(self.record, 0);
        self.skip(2);
        value
    }

    pub(crate) fn number(&mut self) -> u32 {
        let value = u32_at(self.record, 0);
        self.skip(4);
        value
    }

    pub(crate) fn long(&mut self) -> u64 {
        let value = u64_at(self.record, 0);
        self.skip(8);
        value
    }

    /// A number of which zero is none.
    pub(crate) fn id(&mut self) -> Option<u32> {
        Some(self.number()).filter(|&id| id > 0)
    }

    pub(crate) fn text(&mut self) -> &'a str {
        let at = self.number();
        text_at(self.parts.section(Section::Texts), at)
    }

    /// A run of records of another section: its first and their number.
    pub(crate) fn list<T: Record<'a>>(&mut self) -> List<'a, T> {
        let (first, len) = (self.number(), self.short());
        List::new(self.parts, first, u32::from(len))
    }

    pub(crate) fn code(&mut self) -> Option<Code> {
        unpack(self.short())
    }

    pub(crate) fn country(&mut self) -> Option<CountryId> {
        self.code().map(CountryId::new)
    }

    pub(crate) fn sectors(&mut self) -> Sectors {
        let numbers: [u8; Sectors::MOST] = std::array::from_fn(|_| self.byte());
        let known = numbers.iter().filter_map(|&number| Sector::ALL.get(usize::from(number.checked_sub(1)?)).copied());
        Sectors::of(known)
    }

    pub(crate) fn term(&mut self) -> Term {
        Term { start: PartialDate::unpack(self.number()), end: PartialDate::unpack(self.number()) }
    }

    pub(crate) fn degrees(&mut self) -> Option<f64> {
        let value = self.number() as i32;
        // Division rounds correctly: what was written with up to seven decimals is read as the same number.
        (value != NOWHERE).then(|| f64::from(value) / PER_DEGREE)
    }
}

/// Where the fields of one record go.
pub(crate) struct Writer<'c> {
    pub(crate) out: &'c mut Vec<u8>,
    pub(crate) texts: &'c mut crate::compile::Texts,
}

impl Writer<'_> {
    pub(crate) fn byte(&mut self, value: u8) {
        self.out.push(value);
    }

    pub(crate) fn short(&mut self, value: u16) {
        self.out.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn number(&mut self, value: u32) {
        self.out.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn long(&mut self, value: u64) {
        self.out.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn id(&mut self, value: Option<u32>) {
        self.number(value.unwrap_or(0));
    }

    pub(crate) fn text(&mut self, text: &str) {
        let at = self.texts.keep(text);
        self.number(at);
    }

    pub(crate) fn code(&mut self, code: Option<Code>) {
        self.short(code.map_or(0, pack));
    }

    pub(crate) fn country(&mut self, country: Option<CountryId>) {
        self.code(country.map(CountryId::code));
    }

    pub(crate) fn sectors(&mut self, sectors: Sectors) {
        for at in 0..Sectors::MOST {
            let number = sectors.get(at).and_then(|sector| Sector::ALL.iter().position(|known| known == sector));
            self.byte(number.map_or(0, |number| number as u8 + 1));
        }
    }

    pub(crate) fn term(&mut self, term: Term) {
        self.number(term.start.map_or(0, PartialDate::pack));
        self.number(term.end.map_or(0, PartialDate::pack));
    }

    pub(crate) fn degrees(&mut self, degrees: Option<f64>) {
        let value = degrees
            .filter(|degrees| degrees.abs() <= 180.0)
            .map_or(NOWHERE, |degrees| (degrees * PER_DEGREE).round() as i32);
        self.number(value as u32);
    }
}

/// A code as a number from 1.
pub(crate) fn pack(code: Code) -> u16 {
    1 + code.as_str().bytes().fold(0, |number, letter| number * 26 + u16::from(letter.saturating_sub(b'A')))
}

/// The code of a number; none for zero and for what is no code's number.
pub(crate) fn unpack(number: u16) -> Option<Code> {
    let number = number.checked_sub(1)?;
    let letter = |number: u16| b'A' + (number % 26) as u8;
    if number >= 26 * 26 * 26 {
        return None;
    }
    let letters = [letter(number / 676), letter(number / 26), letter(number)];
    std::str::from_utf8(&letters).ok().and_then(|written| Code::parse(written).ok())
}
