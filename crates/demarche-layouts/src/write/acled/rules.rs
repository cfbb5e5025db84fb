//! Which events are what in ACLED's layout: the rows of `data/layouts/acled.tsv`.

use demarche_record::{Context, Entity, Event, EventType, Mode};

use super::super::facts::{AcledKind, Table, TableFault};

/// The two sides of an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kinds<T> {
    pub(super) actor: Option<T>,
    pub(super) recipient: Option<T>,
}

/// What a row asks of a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Anyone,
    Armed,
    Civilian,
    Nobody,
    Someone,
}

impl Asked {
    fn parse(written: &str) -> Result<Self, String> {
        Ok(match written {
            "" => Self::Anyone,
            "armed" => Self::Armed,
            "civilian" => Self::Civilian,
            "none" => Self::Nobody,
            "some" => Self::Someone,
            _ => return Err(format!("`{written}` is none of armed, civilian, none, some")),
        })
    }

    fn fits(self, kind: Option<AcledKind>, named: bool) -> bool {
        match self {
            Self::Anyone => true,
            Self::Armed => kind.is_some_and(|kind| kind != AcledKind::Civilians),
            Self::Civilian => kind == Some(AcledKind::Civilians),
            Self::Nobody => !named,
            Self::Someone => named,
        }
    }
}

/// What a row asks of the modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AskedMode {
    Any,
    None,
    One(Mode),
}

/// A row.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    event: EventType,
    mode: AskedMode,
    context: Option<Context>,
    deadly: bool,
    actor: Asked,
    recipient: Asked,
    pub(super) disorder: &'static str,
    pub(super) kind: &'static str,
    pub(super) sub_type: &'static str,
    /// Whether ACLED's first actor is our recipient.
    pub(super) turned: bool,
}

impl Rule {
    /// The crowd that is the first actor of protests and riots.
    pub(super) fn crowd(&self) -> Option<AcledKind> {
        match self.kind {
            "Protests" => Some(AcledKind::Protesters),
            "Riots" => Some(AcledKind::Rioters),
            _ => None,
        }
    }
}

/// All rows, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules(Vec<Rule>);

impl Rules {
    pub(crate) fn read(table: Table<'static>) -> Result<Self, TableFault> {
        let columns =
            ["event", "mode", "context", "deaths", "actor", "recipient", "disorder", "type", "sub_type", "turned"];
        let mut rules = Vec::new();
        for line in table.lines(columns)? {
            let [event, mode, context, deaths, actor, recipient, disorder, kind, sub_type, turned] = line.cells;
            let yes = |cell: &str| match cell {
                "yes" => Ok(true),
                "" => Ok(false),
                _ => Err(line.fault(format!("`{cell}` is neither `yes` nor empty"))),
            };
            let asked = |cell: &str| Asked::parse(cell).map_err(|cause| line.fault(cause));
            if [event, disorder, kind, sub_type].contains(&"") {
                return Err(line.fault("event, disorder, type and sub_type must be given"));
            }
            rules.push(Rule {
                event: EventType::new(event),
                mode: match mode {
                    "" => AskedMode::Any,
                    "none" => AskedMode::None,
                    name => AskedMode::One(Mode::new(name)),
                },
                context: (!context.is_empty()).then(|| Context::new(context)),
                deadly: yes(deaths)?,
                actor: asked(actor)?,
                recipient: asked(recipient)?,
                disorder,
                kind,
                sub_type,
                turned: yes(turned)?,
            });
        }
        Ok(Self(rules))
    }

    /// The first row that fits; nothing where it says that ACLED has no such event.
    pub(super) fn of(&self, event: &Event, kinds: Kinds<AcledKind>, named: Kinds<&Entity>) -> Option<&Rule> {
        let fits = |rule: &&Rule| {
            event.event.contains(&rule.event)
                && match rule.mode {
                    AskedMode::Any => true,
                    AskedMode::None => event.mode.is_empty(),
                    AskedMode::One(mode) => event.mode.contains(&mode),
                }
                && rule.context.is_none_or(|context| event.context.contains(&context))
                && (!rule.deadly || event.dead.is_some_and(|dead| dead > 0))
                && rule.actor.fits(kinds.actor, named.actor.is_some())
                && rule.recipient.fits(kinds.recipient, named.recipient.is_some())
        };
        self.0.iter().find(fits).filter(|rule| rule.kind != "-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_named() {
        let head = "event\tmode\tcontext\tdeaths\tactor\trecipient\tdisorder\ttype\tsub_type\tturned\n";
        let fault = |line: &str| {
            let text = Box::leak(format!("{head}{line}\n").into_boxed_str());
            Rules::read(Table { name: "layouts/acled.tsv", text }).unwrap_err().to_string()
        };
        assert!(fault("ASSAULT\t\t\tno\t\t\tA\tB\tC\t").contains("line 2: `no` is neither `yes` nor empty"));
        assert!(fault("ASSAULT\t\t\t\tarmy\t\tA\tB\tC\t").contains("`army` is none of armed"));
        assert!(fault("ASSAULT\t\t\t\t\t\t\tB\tC\t").contains("must be given"));
    }
}
