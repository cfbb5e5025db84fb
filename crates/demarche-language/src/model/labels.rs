//! The label lists of a model file as the types of this crate.

use std::sync::Arc;

use serde::Deserialize;

use super::entities::parse_tag;
use super::heads::Sizes;
use super::lemma::LemmaRule;
use super::weights::ModelError;
use crate::analysis::Bio;
use crate::labels::{Relation, Upos, Xpos};

/// Labels in the order of the heads' outputs.
pub(super) struct Labels {
    pub(super) upos: Vec<Upos>,
    pub(super) xpos: Vec<Xpos>,
    pub(super) relations: Vec<Relation>,
    pub(super) features: Vec<Arc<str>>,
    pub(super) rules: Vec<LemmaRule>,
    pub(super) entities: Vec<Bio>,
    /// Index of `root` among the relations.
    root: usize,
}

/// The metadata entry `labels`.
#[derive(Deserialize)]
struct Lists {
    u: Vec<String>,
    x: Vec<String>,
    r: Vec<String>,
    f: Vec<String>,
    l: Vec<String>,
    n: Vec<String>,
}

impl Labels {
    /// Reads the JSON of the metadata entry `labels`.
    pub(super) fn read(json: &str) -> Result<Self, ModelError> {
        let wrong = |reason: String| ModelError::Metadata { key: "labels", reason };
        let lists: Lists = serde_json::from_str(json).map_err(|error| wrong(error.to_string()))?;
        let relations = all("relation", &lists.r, Relation::parse)?;
        let root = relations.iter().position(|&relation| relation == Relation::Root);
        Ok(Self {
            upos: all("part of speech", &lists.u, Upos::parse)?,
            xpos: all("Penn tag", &lists.x, Xpos::parse)?,
            // "?" stands for features too rare to be learnt.
            features: all("features", &lists.f, |f| Some(if f == "?" { "_" } else { f }.into()))?,
            rules: all("lemma rule", &lists.l, LemmaRule::parse)?,
            entities: all("entity tag", &lists.n, parse_tag)?,
            root: root.ok_or_else(|| wrong("no relation is `root`".into()))?,
            relations,
        })
    }

    /// Lengths of the lists.
    pub(super) fn sizes(&self) -> Sizes {
        Sizes {
            tags: [self.upos.len(), self.xpos.len(), self.features.len(), self.rules.len(), self.entities.len()],
            relations: self.relations.len(),
            root: self.root,
        }
    }
}

fn all<T>(what: &str, labels: &[String], parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, ModelError> {
    let wrong = |reason| ModelError::Metadata { key: "labels", reason };
    if labels.is_empty() {
        return Err(wrong(format!("no label for {what}")));
    }
    let one =
        |label: &String| parse(label).ok_or_else(|| wrong(format!("{label:?} is not a {what} this program knows")));
    labels.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_labels_are_named() {
        let read = |relation: &str, tag: &str| {
            let json = format!(r#"{{"u":["NOUN"],"x":["NN"],"r":["{relation}"],"f":["?"],"l":["1+"],"n":["{tag}"]}}"#);
            Labels::read(&json)
        };
        assert!(read("root", "O").is_ok_and(|labels| &*labels.features[0] == "_"));
        for (relation, tag, message) in
            [("nsubj", "O", "no relation is"), ("subj", "O", "subj"), ("root", "B-xyz", "B-xyz")]
        {
            assert!(read(relation, tag).err().unwrap().to_string().contains(message), "{message}");
        }
        assert!(Labels::read("{}").is_err());
    }
}
