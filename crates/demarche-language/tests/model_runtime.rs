//! The model against an existing runtime: the network of `models/FORMAT.md` built again from candle's operations.
//!
//! None of this crate's arithmetic takes part and activations stay f32, so agreement says both that the kernels compute
//! the network the format describes and that eight-bit activations do not change its choices.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use candle_core::{D, DType, Device::Cpu, Result, Tensor};
use demarche_language::{Model, NamedEntity, NoNames, Segmented, Sentence, Word};
use demarche_record::TextRange;
use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;
use serde_json::Value;

/// What stands ready in the reference file: ids and shapes of all pieces, and the row of each word's first.
#[derive(Deserialize)]
struct Split {
    words: Vec<String>,
    pieces: Vec<u32>,
    shapes: Vec<u32>,
    first: Vec<u32>,
}

/// Of one word: UPOS, number of its head (0 the root), relation, entity tag.
type Choice = [String; 4];

struct Network {
    tensors: HashMap<String, Tensor>,
    labels: HashMap<String, Vec<String>>,
    layers: usize,
    /// How many of the last layers see only the marks and the first pieces.
    word_layers: usize,
    heads: usize,
    epsilon: f64,
}

impl Network {
    fn open(file: &[u8]) -> Result<Self> {
        let (_, header) = SafeTensors::read_metadata(file).unwrap();
        let entry = |key: &str| header.metadata().as_ref().unwrap()[key].as_str();
        let mut tensors = HashMap::new();
        for (name, view) in SafeTensors::deserialize(file).unwrap().tensors() {
            let values: Vec<f32> = match view.dtype() {
                Dtype::I8 => view.data().iter().map(|byte| f32::from(byte.cast_signed())).collect(),
                _ => view.data().as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect(),
            };
            tensors.insert(name, Tensor::from_vec(values, view.shape(), &Cpu)?);
        }
        let scales: Vec<String> = tensors.keys().filter(|name| name.contains(".scale")).cloned().collect();
        for (scale, weight) in scales.iter().map(|name| (name, name.replace(".scale", ".weight"))) {
            tensors.insert(weight.clone(), tensors[&weight].broadcast_mul(&tensors[scale].unsqueeze(1)?)?);
        }
        let labels = serde_json::from_str(entry("labels")).unwrap();
        let [layers, word_layers, heads] = ["layers", "word_layers", "heads"].map(|key| entry(key).parse().unwrap());
        Ok(Self { tensors, labels, layers, word_layers, heads, epsilon: entry("layer_norm_eps").parse().unwrap() })
    }

    fn linear(&self, name: &str, x: &Tensor) -> Result<Tensor> {
        let weight = self.tensors[&format!("{name}.weight")].t()?;
        x.matmul(&weight)?.broadcast_add(&self.tensors[&format!("{name}.bias")])
    }

    fn norm(&self, name: &str, x: &Tensor) -> Result<Tensor> {
        let centred = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
        let deviation = (centred.sqr()?.mean_keepdim(D::Minus1)? + self.epsilon)?.sqrt()?;
        let scaled = centred.broadcast_div(&deviation)?.broadcast_mul(&self.tensors[&format!("{name}.weight")])?;
        scaled.broadcast_add(&self.tensors[&format!("{name}.bias")])
    }

    fn attention(&self, layer: &str, x: &Tensor) -> Result<Tensor> {
        let (rows, width) = x.dims2()?;
        let each = width / self.heads;
        let part = |name: &str| {
            let all = self.linear(&format!("{layer}.{name}"), x)?;
            all.reshape((rows, self.heads, each))?.transpose(0, 1)?.contiguous()
        };
        let powers = (part("q")?.matmul(&part("k")?.t()?)? / (each as f64).sqrt())?.exp()?;
        let shares = powers.broadcast_div(&powers.sum_keepdim(D::Minus1)?)?;
        let mixed = shares.matmul(&part("v")?)?.transpose(0, 1)?.reshape((rows, width))?;
        self.linear(&format!("{layer}.o"), &mixed)
    }

    /// States of the root and of all words.
    fn states(&self, sentence: &Split) -> Result<Tensor> {
        let rows = |name: &str, ids: &[u32]| {
            self.tensors[&format!("embeddings.{name}.weight")].embedding(&Tensor::new(ids, &Cpu)?)
        };
        let positions: Vec<u32> = (0..sentence.pieces.len() as u32).collect();
        let sum = (rows("word", &sentence.pieces)? + rows("shape", &sentence.shapes)? + rows("position", &positions)?)?;
        let mut x = self.norm("embeddings.norm", &sum)?;
        let last = sentence.pieces.len() as u32 - 1;
        let kept: Vec<u32> = std::iter::once(0).chain(sentence.first.iter().copied()).chain([last]).collect();
        for n in 0..self.layers {
            if n + self.word_layers == self.layers {
                x = x.embedding(&Tensor::new(&*kept, &Cpu)?)?;
            }
            let layer = format!("layers.{n}");
            x = self.norm(&format!("{layer}.attention_norm"), &(&x + self.attention(&layer, &x)?)?)?;
            let inner = self.linear(&format!("{layer}.intermediate"), &x)?.gelu_erf()?;
            x =
                self.norm(&format!("{layer}.output_norm"), &(&x + self.linear(&format!("{layer}.output"), &inner)?)?)?;
        }
        let words = if self.word_layers == 0 { sentence.first.clone() } else { (1..kept.len() as u32 - 1).collect() };
        Tensor::cat(&[&self.tensors["root"].unsqueeze(0)?, &x.embedding(&Tensor::new(&*words, &Cpu)?)?], 0)
    }

    /// The best of everything for each word; its head is that of the best arc, whether or not this makes a tree.
    fn choices(&self, sentence: &Split) -> Result<Vec<Choice>> {
        let (states, count) = (self.states(sentence)?, sentence.words.len());
        let words = states.narrow(0, 1, count)?;
        let through = |name: &str, x: &Tensor| self.linear(name, x)?.gelu_erf();
        let (upos, entities) = (self.linear("tags.u", &words)?.to_vec2()?, self.linear("tags.n", &words)?.to_vec2()?);

        let dependents = self.linear("arc_w", &through("arc_dep", &words)?)?;
        let arcs = dependents.matmul(&through("arc_head", &states)?.t()?)?.to_vec2()?;
        let heads: Vec<usize> = (0..count).map(|word| largest(&arcs[word], Some(word + 1))).collect();

        let governors = states.embedding(&Tensor::from_iter(heads.iter().map(|&head| head as u32), &Cpu)?)?;
        let maps = self.linear("rel_w", &through("rel_head", &governors)?)?;
        let ones = Tensor::ones((count, 1), DType::F32, &Cpu)?;
        let dependents = Tensor::cat(&[through("rel_dep", &words)?, ones], 1)?.unsqueeze(2)?;
        let scores = maps.reshape((count, self.labels["r"].len(), ()))?.matmul(&dependents)?.squeeze(2)?.to_vec2()?;
        let root = self.labels["r"].iter().position(|label| label == "root");

        let choice = |word: usize| {
            let relation = root.filter(|_| heads[word] == 0).unwrap_or_else(|| largest(&scores[word], root));
            let [upos, entity] = [largest(&upos[word], None), largest(&entities[word], None)];
            let (upos, relation, entity) =
                (&self.labels["u"][upos], &self.labels["r"][relation], &self.labels["n"][entity]);
            [
                upos.clone(),
                heads[word].to_string(),
                relation.clone(),
                entity.to_uppercase().replace("GEO", "LOC").replace("GPE", "NORP"),
            ]
        };
        Ok((0..count).map(choice).collect())
    }
}

fn largest(scores: &[f32], except: Option<usize>) -> usize {
    (0..scores.len()).filter(|&at| Some(at) != except).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap()
}

fn chosen(sentence: &Sentence, word: usize) -> Choice {
    let token = &sentence.tokens[word];
    let entity = sentence.entities.iter().find(|entity| (entity.first..entity.end).contains(&word));
    let tag =
        |entity: &NamedEntity| format!("{}-{}", if entity.first == word { "B" } else { "I" }, entity.kind.as_str());
    let head = token.head.map_or(0, |head| head + 1).to_string();
    [token.upos.to_string(), head, token.relation.to_string(), entity.map_or("O".into(), tag)]
}

#[test]
fn an_existing_runtime_chooses_alike() -> Result<()> {
    let network = Network::open(include_bytes!("../../../models/english.safetensors"))?;
    let mut reference: Value = serde_json::from_str(include_str!("../../../models/reference.json")).unwrap();
    let sentences: Vec<Split> = serde_json::from_value(reference["sentences"].take()).unwrap();
    let model = Model::builtin().unwrap();
    let (mut words, mut alike) = (0, [0_u32; 4]);
    for pieces in &sentences {
        let range = TextRange::new(0, 0);
        let forms = pieces.words.iter().map(|form| Word { range, form: form.clone() });
        let ours = model.parse(&[Segmented { range, words: forms.collect() }], &NoNames).remove(0);
        for (word, theirs) in network.choices(pieces)?.iter().enumerate() {
            words += 1;
            alike.iter_mut().zip(chosen(&ours, word)).zip(theirs).for_each(|((n, a), b)| *n += u32::from(a == *b));
        }
    }
    for (what, count) in ["UPOS", "heads", "relations", "entities"].iter().zip(alike) {
        println!("{what}: {count} of {words} words alike ({:.1} %)", f64::from(100 * count) / f64::from(words));
        assert!(words > 300 && count * 100 >= words * 98, "{what}: only {count} of {words} words alike");
    }
    Ok(())
}
