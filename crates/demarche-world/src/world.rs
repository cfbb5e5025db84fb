//! The world as one value: what the data says, and what users put over it.

use demarche_index::{Country, Layer, Layers};
use demarche_record::Code;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::context::ContextWords;
use crate::entries::PersonId;
use crate::error::WorldError;
use crate::place::{Lexicon, Weights};

/// The tables of `data/`, compiled when the program is built.
static BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/world.index"));

/// Everything known about who and where. Opened once, shared by all workers; nothing in it changes.
///
/// ```
/// let world = demarche_world::World::builtin()?;
/// let mali = world.country(demarche_record::Code::parse("MLI")?).map(|country| country.name);
/// assert_eq!(mali, Some("Mali"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct World {
    layers: Layers,
    context_words: Arc<ContextWords>,
    /// Who held offices of a country; made when first asked for.
    holders: OnceLock<HashMap<Code, Vec<PersonId>>>,
    version: String,
    pub(crate) weights: Weights,
    pub(crate) place_words: Lexicon,
}

impl World {
    /// The world of the embedded tables. Opens them where they lie and reads none but the
    /// short list of what may be taken for the document's country.
    ///
    /// # Errors
    /// [`WorldError`] when the program itself is damaged.
    pub fn builtin() -> Result<Self, WorldError> {
        let layers = Layers::new(Layer::open(BUILTIN)?);
        let place_words = Lexicon::load(&layers)?;
        let mut world = Self {
            layers,
            context_words: Arc::new(ContextWords::load()?),
            holders: OnceLock::new(),
            version: String::new(),
            weights: Weights::builtin()?,
            place_words,
        };
        world.version = world.describe();
        Ok(world)
    }

    /// The world with an index of a user's own over it, made by [`demarche_index::Compiler`]. Its names are met before
    /// those of the layers below; what it hides is not met at all.
    ///
    /// ```
    /// use demarche_index::Compiler;
    /// use demarche_index::entries::{Named, NamedKind, Sectors};
    /// use demarche_record::Sector;
    ///
    /// let world = demarche_world::World::builtin()?;
    /// let mut own = Compiler::over(world.layers());
    /// own.add_named(
    ///     &Named {
    ///         kind: NamedKind::Group,
    ///         name: "Zorgon Liberation Front",
    ///         code: None,
    ///         sectors: Sectors::new(&[Sector::Reb]).unwrap_or(Sectors::NONE),
    ///         wikidata: "",
    ///         term: Default::default(),
    ///         city: false,
    ///     },
    ///     ["ZLF"],
    /// );
    /// let own = own.finish()?;
    /// let world = world.with_layer(own)?;
    /// assert_eq!(world.lookup("ZLF", None)[0].canonical.as_deref(), Some("Zorgon Liberation Front"));
    /// # Ok::<(), demarche_world::WorldError>(())
    /// ```
    ///
    /// # Errors
    /// [`WorldError::Index`] when the bytes are no index, are damaged, or there are too many layers.
    pub fn with_layer(mut self, index: Vec<u8>) -> Result<Self, WorldError> {
        let layer = Layer::open(index)?;
        layer.verify()?;
        self.layers.push(layer)?;
        self.holders = OnceLock::new();
        self.version = self.describe();
        Ok(self)
    }

    /// Version of the data: its date and a digest of all tables and layers, the same on every machine.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Date of the embedded data, `YYYY-MM-DD`.
    pub fn date(&self) -> &str {
        self.layers.layers().first().map_or("", Layer::date)
    }

    /// All entries and names, layer by layer.
    pub fn layers(&self) -> &Layers {
        &self.layers
    }

    /// The country or territory of a code; `None` for international codes and unknown ones.
    pub fn country(&self, code: Code) -> Option<Country<'_>> {
        self.layers.country(code)
    }

    /// All countries and territories, in the order of the table.
    pub fn countries(&self) -> impl Iterator<Item = Country<'_>> {
        self.layers.countries()
    }

    pub(crate) fn context_words(&self) -> &ContextWords {
        &self.context_words
    }

    /// The persons who ever held an office of a country.
    pub(crate) fn holders(&self, code: Code) -> &[PersonId] {
        let by_country = self.holders.get_or_init(|| {
            let mut out: HashMap<Code, Vec<PersonId>> = HashMap::new();
            for id in self.layers.person_ids() {
                for code in self.layers.person(id).held.iter().filter_map(|held| held.code) {
                    let known = out.entry(code).or_default();
                    if known.last() != Some(&id) {
                        known.push(id);
                    }
                }
            }
            out
        });
        by_country.get(&code).map_or(&[], Vec::as_slice)
    }

    fn describe(&self) -> String {
        let mix = |all: u64, part: u64| all.rotate_left(5).wrapping_mul(0x517c_c1b7_2722_0a95) ^ part;
        let settings = crate::place::TEXTS.iter().flat_map(|text| text.bytes()).map(u64::from).fold(0, mix);
        let layers = self.layers.layers().iter().map(Layer::digest);
        let digest = layers.fold(mix(settings, ContextWords::digest()), mix);
        format!("{}+{digest:016x}", self.date())
    }
}
