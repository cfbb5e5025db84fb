//! What of a record has no column of its own: spans, witnesses, paths. Kept as JSON in the column `rest`, so that a
//! record comes back exactly as it was put in.

use std::borrow::Cow;

use demarche_record::{Antecedent, CiteInfo, Content, Field, Span, TextInfo, Vote, Why, Witness};
use serde::{Deserialize, Serialize};

use crate::batch::{Document, Run};

/// Where a record's sentence differs from the one stored under its number.
#[derive(Serialize, Deserialize)]
pub(crate) struct OwnSentence<'a> {
    pub(crate) field: Field,
    pub(crate) span: Span,
    pub(crate) text_info: TextInfo,
    /// Absent where texts are not kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) text: Option<Cow<'a, str>>,
}

/// What decided, but for the frame and for what the run says already.
#[derive(Serialize, Deserialize)]
pub(crate) struct Reason<'a> {
    #[serde(skip_serializing_if = "is_empty_str", default)]
    path: Cow<'a, str>,
    #[serde(skip_serializing_if = "is_empty", default)]
    resolved: Cow<'a, [String]>,
    #[serde(skip_serializing_if = "is_empty", default)]
    antecedents: Cow<'a, [Antecedent]>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    same_as: Option<Cow<'a, str>>,
    /// What the classifier of events gave.
    #[serde(skip_serializing_if = "is_empty", default)]
    vote: Cow<'a, [Vote]>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    model: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    data: Option<Cow<'a, str>>,
    /// The citation, where it is not the document's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    cite_info: Option<Cow<'a, CiteInfo>>,
}

impl<'a> Reason<'a> {
    pub(crate) fn new(why: &'a Why, cite: &'a CiteInfo, document: &Document, run: &Run) -> Self {
        Self {
            path: Cow::Borrowed(&why.path),
            resolved: Cow::Borrowed(&why.resolved),
            antecedents: Cow::Borrowed(&why.antecedents),
            same_as: why.same_as.as_deref().map(Cow::Borrowed),
            vote: Cow::Borrowed(&why.vote),
            model: (why.model != run.model).then_some(Cow::Borrowed(&why.model)),
            data: (why.data != run.data).then_some(Cow::Borrowed(&why.data)),
            cite_info: (!is_of(cite, document, run)).then_some(Cow::Borrowed(cite)),
        }
    }

    /// The record's `why` and `cite_info`; `frame` and `by` are columns, `run` and `cite` the document's.
    pub(crate) fn restore(
        self,
        frame: Option<String>,
        by: demarche_record::DecidedBy,
        model: &str,
        data: &str,
        cite: &CiteInfo,
    ) -> (Why, CiteInfo) {
        let why = Why {
            frame,
            path: self.path.into_owned(),
            by,
            resolved: self.resolved.into_owned(),
            antecedents: self.antecedents.into_owned(),
            same_as: self.same_as.map(Cow::into_owned),
            vote: self.vote.into_owned(),
            model: self.model.map_or_else(|| model.to_owned(), Cow::into_owned),
            data: self.data.map_or_else(|| data.to_owned(), Cow::into_owned),
        };
        (why, self.cite_info.map_or_else(|| cite.clone(), Cow::into_owned))
    }
}

/// Whether a citation says of a document what the dossier would say.
fn is_of(cite: &CiteInfo, document: &Document, run: &Run) -> bool {
    cite.url == document.url
        && cite.title == document.title
        && cite.language == document.language
        && cite.publication == document.publisher
        && cite.genre == document.genre
        && cite.coder == run.program
        && cite.version == run.version
}

/// Lists of spans that are longer than the list of entities they belong to, which the rows of entities cannot hold.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Surplus<'a> {
    #[serde(skip_serializing_if = "is_empty", default)]
    pub(crate) first: Cow<'a, [Span]>,
    #[serde(skip_serializing_if = "is_empty", default)]
    pub(crate) second: Cow<'a, [Span]>,
    #[serde(skip_serializing_if = "is_empty", default)]
    pub(crate) third: Cow<'a, [Span]>,
}

impl<'a> Surplus<'a> {
    /// What of the three lists stands beyond the lengths given; `None` where nothing does, as it should be.
    pub(crate) fn of(lists: [(&'a [Span], usize); 3]) -> Option<Self> {
        let [first, second, third] =
            lists.map(|(spans, length)| Cow::Borrowed(spans.get(length..).unwrap_or_default()));
        let any = !(first.is_empty() && second.is_empty() && third.is_empty());
        any.then_some(Self { first, second, third })
    }
}

/// Rest of an event.
#[derive(Serialize, Deserialize)]
pub(crate) struct EventRest<'a> {
    pub(crate) why: Reason<'a>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) content: Option<Cow<'a, Content>>,
    #[serde(skip_serializing_if = "is_empty", default)]
    pub(crate) witness: Cow<'a, [Witness]>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) place: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) date: Option<Span>,
    #[serde(skip_serializing_if = "is_empty", default)]
    pub(crate) counts: Cow<'a, [Span]>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) surplus: Option<Surplus<'a>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) sentence: Option<OwnSentence<'a>>,
}

/// Rest of a statement.
#[derive(Serialize, Deserialize)]
pub(crate) struct StatementRest<'a> {
    pub(crate) why: Reason<'a>,
    /// Words of the text: absent where texts are not kept.
    #[serde(skip_serializing_if = "is_empty", default)]
    pub(crate) hedge: Cow<'a, [String]>,
    /// Where these stand in the sentence, in place of them where texts are not kept.
    #[serde(skip_serializing_if = "is_empty", default)]
    pub(crate) hedge_places: Cow<'a, [(usize, usize)]>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) surplus: Option<Surplus<'a>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) sentence: Option<OwnSentence<'a>>,
}

/// Rest of an initiative.
#[derive(Serialize, Deserialize)]
pub(crate) struct InitiativeRest<'a> {
    pub(crate) why: Reason<'a>,
    #[serde(skip_serializing_if = "is_empty", default)]
    pub(crate) sentence: Cow<'a, [Span]>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) venue: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) conflict: Option<Span>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) surplus: Option<Surplus<'a>>,
}

// The signature is what serde asks for.
#[allow(clippy::ptr_arg)]
fn is_empty<T: Clone>(list: &Cow<'_, [T]>) -> bool {
    list.is_empty()
}

#[allow(clippy::ptr_arg)]
fn is_empty_str(text: &Cow<'_, str>) -> bool {
    text.is_empty()
}
