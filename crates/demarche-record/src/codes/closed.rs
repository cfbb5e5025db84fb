//! Closed inventories: the compiler refuses a wrong one.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::UnknownCode;

/// Declares a closed inventory of codes.
macro_rules! closed {
    ($(#[$doc:meta])* $name:ident, $inventory:literal { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),* }

        impl $name {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code as written in records.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownCode;

            fn from_str(written: &str) -> Result<Self, UnknownCode> {
                match written {
                    $($code => Ok(Self::$variant),)*
                    _ => Err(UnknownCode { written: written.to_owned(), inventory: $inventory }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

closed! {
    /// PLOVER's sector of an actor.
    Sector, "PLOVER sector" {
        /// Farmers.
        Agr = "AGR",
        /// Business.
        Bus = "BUS",
        /// Police.
        Cop = "COP",
        /// Criminals.
        Crm = "CRM",
        /// Civilians, protesters.
        Cvl = "CVL",
        /// Education.
        Edu = "EDU",
        /// Former officials and families of officials.
        Eli = "ELI",
        /// Executive and its ministries.
        Gov = "GOV",
        /// Journalists and media.
        Jrn = "JRN",
        /// Courts.
        Jud = "JUD",
        /// Labour.
        Lab = "LAB",
        /// Legislature.
        Leg = "LEG",
        /// Health workers.
        Med = "MED",
        /// State military forces.
        Mil = "MIL",
        /// Opposition.
        Opp = "OPP",
        /// Partially recognised entity.
        Pre = "PRE",
        /// Paramilitaries on the government's side.
        Prm = "PRM",
        /// Political party.
        Pty = "PTY",
        /// Armed opposition.
        Reb = "REB",
        /// Refugees and displaced people.
        Ref = "REF",
        /// Religious bodies and clergy.
        Rel = "REL",
        /// Civil society not covered elsewhere.
        Soc = "SOC",
        /// Intelligence services.
        Spy = "SPY",
        /// Unidentified armed men.
        Uaf = "UAF",
        /// Unidentified.
        Unk = "UNK",
    }
}

closed! {
    /// How real the happening of a record is.
    Status, "status" {
        /// It took place.
        Happened = "happened",
        /// It is going on.
        Ongoing = "ongoing",
        /// It is scheduled.
        Planned = "planned",
        /// It depends on something.
        Conditional = "conditional",
        /// Background from an earlier time.
        Historical = "historical",
        /// It did not take place.
        Negated = "negated",
    }
}

closed! {
    /// Standing of the act that a speech act speaks of.
    ContentStatus, "content status" {
        /// Announced, promised or agreed.
        Planned = "planned",
        /// Asked for.
        Demanded = "demanded",
        /// Depending on something.
        Conditional = "conditional",
        /// Claimed to have happened.
        Alleged = "alleged",
        /// Denied.
        Denied = "denied",
        /// Refused or said not to be.
        Negated = "negated",
    }
}

closed! {
    /// How exact a date is.
    DatePrecision, "date precision" {
        /// To the day.
        Day = "day",
        /// To the week.
        Week = "week",
        /// To the month.
        Month = "month",
        /// To the year.
        Year = "year",
    }
}

closed! {
    /// What a speaker does in a statement.
    SpeechAct, "speech act" {
        /// States.
        Say = "say",
        /// Makes known.
        Announce = "announce",
        /// Calls for something.
        CallFor = "call_for",
        /// Urges someone.
        Urge = "urge",
        /// Supports.
        Support = "support",
        /// Welcomes.
        Welcome = "welcome",
        /// Opposes.
        Oppose = "oppose",
        /// Condemns.
        Condemn = "condemn",
        /// Voices concern.
        Concern = "concern",
        /// Lays blame.
        Blame = "blame",
        /// Denies.
        Deny = "deny",
        /// Offers.
        Offer = "offer",
        /// Promises.
        Promise = "promise",
        /// Warns.
        Warn = "warn",
        /// Regrets.
        Regret = "regret",
        /// Proposes.
        Propose = "propose",
    }
}

closed! {
    /// Position taken on the issue of a statement.
    Stance, "stance" {
        /// In favour.
        For = "for",
        /// Opposed.
        Against = "against",
        /// Neither.
        Neutral = "neutral",
    }
}

closed! {
    /// How a statement's words are reported.
    Quotation, "quotation kind" {
        /// In quote marks.
        Direct = "direct",
        /// "said that".
        Indirect = "indirect",
        /// Partly in quote marks.
        Mixed = "mixed",
        /// Told by the reporter ("voiced concern over").
        Narrated = "narrated",
    }
}

closed! {
    /// Kind of a diplomatic initiative.
    InitiativeKind, "initiative kind" {
        /// A third party brings the sides together.
        Mediation = "mediation",
        /// The sides talk.
        Negotiation = "negotiation",
        /// Fighting is to stop.
        Ceasefire = "ceasefire",
        /// A plan for peace.
        PeacePlan = "peace_plan",
        /// An inquiry.
        Investigation = "investigation",
        /// Anything else.
        Other = "other",
    }
}

closed! {
    /// How far an initiative has come.
    Stage, "initiative stage" {
        /// Someone proposes it.
        Proposed = "proposed",
        /// A mediator or party offers it.
        Offered = "offered",
        /// A party accepts it.
        Accepted = "accepted",
        /// It is going on.
        UnderWay = "under_way",
        /// The parties agreed.
        Agreed = "agreed",
        /// It holds.
        InForce = "in_force",
        /// It was prolonged.
        Extended = "extended",
        /// It was broken.
        Violated = "violated",
        /// It ended without result.
        Collapsed = "collapsed",
        /// A party rejected it.
        Rejected = "rejected",
    }
}

closed! {
    /// What a figure counts.
    CountKind, "count kind" {
        /// Deaths.
        Dead = "dead",
        /// Wounded.
        Injured = "injured",
        /// Detained.
        Arrested = "arrested",
        /// Driven from home.
        Displaced = "displaced",
        /// Size of a crowd or force.
        Size = "size",
    }
}

closed! {
    /// Where in the input a record's text stands.
    Field, "field" {
        /// The separate title.
        Title = "title",
        /// The text.
        Text = "text",
    }
}

closed! {
    /// What decided a code.
    DecidedBy, "decision" {
        /// A frame of the data files.
        Frame = "frame",
        /// The trained classifier.
        Classifier = "classifier",
        /// Both: the classifier agrees with the frame, or chose the event of what it found.
        Both = "both",
        /// Nothing here: the record was imported from another data set.
        Import = "import",
    }
}
