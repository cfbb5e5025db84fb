//! A user's own data: frames, issues, words of initiatives, an ontology, put over what ships with the program.

/// A file's text and names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataFile {
    /// The name that errors give, mostly the path as the user wrote it.
    pub name: String,
    /// The path below the folder of the data (`water.toml`, `ontology/events.tsv`): what the data's version and the ids of frames
    /// are made of, so that neither depends on where the folder lies.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The tables and lists of an ontology; each is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OntologyFiles {
    /// `ontology.toml`: whether the built-in ontology is replaced.
    pub settings: Option<DataFile>,
    /// `events.tsv`: event types and modes with quad class, score and CAMEO code.
    pub events: Option<DataFile>,
    /// `goldstein.tsv`: CAMEO codes and their Goldstein values.
    pub goldstein: Option<DataFile>,
    /// `composition.tsv`: acts within acts.
    pub composition: Option<DataFile>,
    /// `contexts.toml`: words of contexts.
    pub contexts: Option<DataFile>,
    /// `mode_cues.toml`: words that add a mode.
    pub mode_cues: Option<DataFile>,
    /// `support_verbs.toml`: verbs around event nouns.
    pub support_verbs: Option<DataFile>,
}

impl OntologyFiles {
    /// The names of the files.
    pub const NAMES: [&'static str; 7] = [
        "ontology.toml",
        "events.tsv",
        "goldstein.tsv",
        "composition.tsv",
        "contexts.toml",
        "mode_cues.toml",
        "support_verbs.toml",
    ];

    /// The place of the file of a name; `None` where an ontology has no such file.
    pub fn named(&mut self, name: &str) -> Option<&mut Option<DataFile>> {
        Some(match name {
            "ontology.toml" => &mut self.settings,
            "events.tsv" => &mut self.events,
            "goldstein.tsv" => &mut self.goldstein,
            "composition.tsv" => &mut self.composition,
            "contexts.toml" => &mut self.contexts,
            "mode_cues.toml" => &mut self.mode_cues,
            "support_verbs.toml" => &mut self.support_verbs,
            _ => return None,
        })
    }

    /// The files that are there.
    pub fn present(&self) -> impl Iterator<Item = &DataFile> {
        [
            &self.settings,
            &self.events,
            &self.goldstein,
            &self.composition,
            &self.contexts,
            &self.mode_cues,
            &self.support_verbs,
        ]
        .into_iter()
        .flatten()
    }
}

/// A user's own data: one layer over the built-in one, or over an earlier layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extension {
    /// Files of frames.
    pub frames: Vec<DataFile>,
    /// Files of issues.
    pub issues: Vec<DataFile>,
    /// Files of the words of initiatives.
    pub initiatives: Vec<DataFile>,
    /// The ontology's files.
    pub ontology: OntologyFiles,
}

impl Extension {
    /// All files, in a fixed order.
    pub fn files(&self) -> impl Iterator<Item = &DataFile> {
        self.frames.iter().chain(&self.issues).chain(&self.initiatives).chain(self.ontology.present())
    }

    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files().next().is_none()
    }
}
