//! Names that also name something else: for each reading, the words that speak for it.

use demarche_record::Code;

use crate::format::Section;
use crate::list::List;
use crate::records::{Fields, Record, Stored, Writer};

/// A word or phrase that speaks for a reading.
#[derive(Clone, Copy, Debug)]
pub enum Cue<'a> {
    /// These words stand right before the name.
    Before(List<'a, Word>),
    /// These words stand right after it.
    After(List<'a, Word>),
    /// These words stand anywhere in the sentence.
    Near(List<'a, Word>),
    /// A first name of a known person stands right before it.
    GivenNameBefore,
    /// A last name of a known person stands right after it.
    SurnameAfter,
    /// What is meant when nothing speaks for any reading.
    Default,
}

/// One word of a cue: the hash of its atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(pub u64);

/// One reading of a name.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The country meant; `None` for anything else.
    pub country: Option<Code>,
    /// What speaks for it.
    pub cues: List<'a, Cue<'a>>,
}

/// All readings of a name.
pub(crate) struct Rule<'a> {
    pub(crate) key: u64,
    pub(crate) readings: List<'a, Reading<'a>>,
}

impl<'a> Record<'a> for Rule<'a> {
    const SECTION: Section = Section::RuleNames;

    fn read(fields: &mut Fields<'a>) -> Self {
        Self { key: fields.long(), readings: fields.list() }
    }
}

impl<'a> Record<'a> for Reading<'a> {
    const SECTION: Section = Section::Readings;

    fn read(fields: &mut Fields<'a>) -> Self {
        Self { country: fields.code(), cues: fields.list() }
    }
}

impl<'a> Record<'a> for Cue<'a> {
    const SECTION: Section = Section::Cues;

    fn read(fields: &mut Fields<'a>) -> Self {
        let kind = fields.byte();
        let words = fields.list();
        match kind {
            0 => Self::Before(words),
            1 => Self::After(words),
            2 => Self::Near(words),
            3 => Self::GivenNameBefore,
            4 => Self::SurnameAfter,
            _ => Self::Default,
        }
    }
}

impl Record<'_> for Word {
    const SECTION: Section = Section::CueWords;

    fn read(fields: &mut Fields<'_>) -> Self {
        Self(fields.long())
    }
}

/// A run of records written before.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    pub(crate) first: u32,
    pub(crate) len: u16,
}

impl Run {
    fn write(self, to: &mut Writer<'_>) {
        to.number(self.first);
        to.short(self.len);
    }
}

/// A rule as the compiler writes one.
pub(crate) struct RuleRow {
    pub(crate) key: u64,
    pub(crate) readings: Run,
}

impl Stored for RuleRow {
    const INTO: Section = Section::RuleNames;

    fn write(&self, to: &mut Writer<'_>) {
        to.long(self.key);
        self.readings.write(to);
    }
}

/// A reading as the compiler writes one.
pub(crate) struct ReadingRow {
    pub(crate) country: Option<Code>,
    pub(crate) cues: Run,
}

impl Stored for ReadingRow {
    const INTO: Section = Section::Readings;

    fn write(&self, to: &mut Writer<'_>) {
        to.code(self.country);
        self.cues.write(to);
    }
}

/// A cue as the compiler takes one, its words as atoms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CueOf {
    Before(Vec<u64>),
    After(Vec<u64>),
    Near(Vec<u64>),
    GivenNameBefore,
    SurnameAfter,
    Default,
}

/// A cue as the compiler writes one.
pub(crate) struct CueRow {
    pub(crate) kind: u8,
    pub(crate) words: Run,
}

impl Stored for CueRow {
    const INTO: Section = Section::Cues;

    fn write(&self, to: &mut Writer<'_>) {
        to.byte(self.kind);
        self.words.write(to);
    }
}

impl Stored for Word {
    const INTO: Section = Section::CueWords;

    fn write(&self, to: &mut Writer<'_>) {
        to.long(self.0);
    }
}
