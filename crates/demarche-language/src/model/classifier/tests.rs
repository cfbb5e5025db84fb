//! The classifier's arithmetic, with weights drawn by a fixed rule.

use std::collections::HashMap;

use demarche_record::TextRange;
use safetensors::tensor::{Dtype, TensorView, serialize};

use super::*;
use crate::analysis::{Segmented, Word};
use crate::placeholder::{NameFinder, NameForm, NameMatch, NoNames};

/// Tensors drawn by a fixed rule.
struct Draw {
    state: u32,
    tensors: Vec<(String, Dtype, Vec<usize>, Vec<u8>)>,
}

impl Draw {
    fn next(&mut self) -> u32 {
        self.state = self.state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.state >> 8
    }

    fn floats(&mut self, name: &str, shape: &[usize], low: f32, high: f32) {
        let count: usize = shape.iter().product();
        let bytes = (0..count).flat_map(|_| (low + (high - low) * (self.next() as f32 / 16_777_216.0)).to_le_bytes());
        let bytes = bytes.collect();
        self.tensors.push((name.to_owned(), Dtype::F32, shape.to_vec(), bytes));
    }

    fn matrix(&mut self, name: &str, outputs: usize, inputs: usize) {
        let bytes = (0..outputs * inputs).map(|_| (self.next() >> 16) as u8).collect();
        self.tensors.push((format!("{name}.weight"), Dtype::I8, vec![outputs, inputs], bytes));
        self.floats(&format!("{name}.scale"), &[outputs], 0.0003, 0.001);
        self.floats(&format!("{name}.bias"), &[outputs], -0.1, 0.1);
    }
}

/// Bytes of a classifier of two layers whose weights look like any trained ones but mean nothing.
fn drawn(model: &Model, change: impl Fn(&mut HashMap<String, String>)) -> Vec<u8> {
    let width = model.width();
    let mut draw = Draw { state: 7, tensors: Vec::new() };
    draw.floats("marks.weight", &[3, width], -1.0, 1.0);
    for n in 0..2 {
        for part in ["q", "k", "v", "o"] {
            draw.matrix(&format!("layers.{n}.{part}"), width, width);
        }
        draw.matrix(&format!("layers.{n}.intermediate"), 2 * width, width);
        draw.matrix(&format!("layers.{n}.output"), width, 2 * width);
        for part in ["attention_norm", "output_norm"] {
            draw.floats(&format!("layers.{n}.{part}.weight"), &[width], 0.5, 1.5);
            draw.floats(&format!("layers.{n}.{part}.bias"), &[width], -0.1, 0.1);
        }
    }
    draw.matrix("hidden", 64, 4 * width);
    for (name, outputs) in [("event", 3), ("mode", 2), ("fit", 2), ("context", 2)] {
        draw.matrix(name, outputs, 64);
    }
    let labels = r#"{"event":["MEET","HIT","NONE"],"mode":["HIT/air","MEET/visit"],"context":["war","trade"]}"#;
    let entries = [
        ("format_version", "1"),
        ("encoder", model.version()),
        ("labels", labels),
        ("heads", "12"),
        ("layer_norm_eps", "1e-12"),
        ("temperature", "1.5"),
    ];
    let mut metadata: HashMap<String, String> = entries.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    change(&mut metadata);
    let views = draw
        .tensors
        .iter()
        .map(|(name, dtype, shape, bytes)| (name.as_str(), TensorView::new(*dtype, shape.clone(), bytes).unwrap()));
    serialize(views, Some(metadata.into_iter().collect())).unwrap()
}

fn segmented(text: &str) -> Segmented {
    let mut at = 0;
    let words = text.split(' ').map(|form| {
        let range = TextRange::new(at, at + form.len());
        at = range.end + 1;
        Word { range, form: form.to_owned() }
    });
    let words = words.collect();
    Segmented { range: TextRange::new(0, text.len()), words }
}

/// Sentences of several lengths, one of them of more than one window, and questions about them.
fn asked(model: &Model, names: &dyn NameFinder) -> (EarlyStates, Vec<Marked>) {
    let long = "Peru and Chad signed the accord in Geneva on Monday , ".repeat(40);
    let texts = [
        "Norway urged Mali to withdraw .",
        long.trim(),
        "Rebels shelled a convoy of the army near Goma .",
        "It rained .",
        "The envoy of Chad met rebels from the Central African Republic in Paris on Tuesday .",
    ];
    let sentences: Vec<Segmented> = texts.iter().map(|text| segmented(text)).collect();
    let (_, _, states) = model.parse_with_early_states(&sentences, names);
    let marked = |sentence, trigger: &[usize], actors: &[usize], recipients: &[usize]| Marked {
        sentence,
        trigger: trigger.to_vec(),
        actors: actors.to_vec(),
        recipients: recipients.to_vec(),
    };
    let mut questions = vec![
        marked(0, &[1], &[0], &[2]),
        marked(1, &[3], &[0], &[2]),
        marked(2, &[1], &[0], &[6]),
        marked(2, &[1, 3], &[0], &[]),
        marked(3, &[1], &[], &[]),
        // None of its words is there.
        marked(3, &[70], &[0], &[0]),
        marked(3, &[], &[0], &[]),
        marked(9, &[0], &[], &[]),
        marked(4, &[4], &[1, 0, 1], &[5, 900]),
    ];
    for _ in 0..3 {
        questions.extend(questions.clone());
    }
    (states, questions)
}

fn bits(answers: &[Option<Answer>]) -> Vec<Option<Vec<u32>>> {
    let all = |a: &Answer| {
        let numbers = [&a.events[..], &a.modes, &[a.actors_fit, a.recipients_fit], &a.contexts].concat();
        numbers.iter().map(|x| x.to_bits()).collect()
    };
    answers.iter().map(|answer| answer.as_ref().map(all)).collect()
}

#[derive(Deserialize)]
struct Reference {
    ids: Vec<u32>,
    shapes: Vec<u8>,
    kept: Vec<usize>,
    /// Rows of the sentence.
    actor: Vec<usize>,
    recipient: Vec<usize>,
    trigger: Vec<usize>,
    /// Scores before softmax and logistic function.
    event: Vec<f32>,
    mode: Vec<f32>,
    fit: Vec<f32>,
    context: Vec<f32>,
}

/// The network against what training computed by the same definition.
#[test]
fn scores_agree_with_the_reference() {
    let model = Model::builtin().unwrap();
    let classifier = Classifier::builtin(&model).unwrap();
    let reference: Vec<Reference> =
        serde_json::from_str(include_str!("../../../../../models/events_reference.json")).unwrap();
    let mut off: Vec<f32> = Vec::new();
    for question in &reference {
        let pieces = super::super::encoder::Batch {
            ids: question.ids.clone(),
            shapes: question.shapes.clone(),
            ends: vec![question.ids.len()],
            kept: question.kept.clone(),
            kept_ends: vec![question.kept.len()],
        };
        let mut early = Vec::new();
        let mut work = Workspace::default();
        model.encoder.encode(model.isa, &pieces, &mut work, Some(&mut early), &mut ());
        // Each row is a word of its own here, the mark of the beginning is none.
        let mut states = EarlyStates::new(model.width());
        states.push(&early, 0..question.kept.len() - 2);
        let words = |rows: &[usize]| rows.iter().map(|row| row - 1).collect();
        let marked = Marked {
            sentence: 0,
            trigger: words(&question.trigger),
            actors: words(&question.actor),
            recipients: words(&question.recipient),
        };
        let answer = classifier.answer(&states, &[marked]).remove(0).unwrap();
        let mut events = question.event.clone();
        for x in &mut events {
            *x /= classifier.temperature;
        }
        softmax(&mut events);
        let shares = |scores: &[f32]| scores.iter().map(|&x| logistic(x)).collect::<Vec<_>>();
        let right = [events, shares(&question.mode), shares(&question.fit), shares(&question.context)].concat();
        let found =
            [answer.events, answer.modes, vec![answer.actors_fit, answer.recipients_fit], answer.contexts].concat();
        assert_eq!(found.len(), right.len());
        off.extend(found.iter().zip(&right).map(|(found, right)| (found - right).abs()));
    }
    off.sort_by(f32::total_cmp);
    let (mean, largest) = (off.iter().sum::<f32>() / off.len() as f32, off[off.len() - 1]);
    println!("{} probabilities, differences: mean {mean}, largest {largest}", off.len());
    // Two sums in another order may fall on two sides of a rounding step; six layers carry that on.
    assert!(off.len() > 1000 && mean < 0.001 && largest < 0.05, "mean {mean}, largest {largest}");
}

#[test]
fn answers_depend_on_nothing_but_the_question() {
    let model = Model::builtin().unwrap();
    let bytes = drawn(&model, |_| ());
    let classifier = Classifier::from_bytes(&bytes, &model).unwrap();
    let (states, questions) = asked(&model, &NoNames);
    let together = bits(&classifier.answer(&states, &questions));
    let answered: Vec<bool> = together[..9].iter().map(Option::is_some).collect();
    assert_eq!(answered, [true, false, true, true, true, false, false, false, true]);
    assert_ne!(together[2], together[3], "marks count");
    let alone =
        questions.iter().flat_map(|q| bits(&classifier.answer(&states, std::slice::from_ref(q)))).collect::<Vec<_>>();
    assert_eq!(together, alone, "the batch");
    for set in InstructionSet::all() {
        let (states, _) = asked(&Model::builtin().unwrap().with_instruction_set(set), &NoNames);
        let classifier = Classifier::from_bytes(&bytes, &model).unwrap().with_instruction_set(set);
        assert_eq!(together, bits(&classifier.answer(&states, &questions)), "{set}");
    }
    std::thread::scope(|scope| {
        for thread in [0; 3].map(|_| scope.spawn(|| bits(&classifier.answer(&states, &questions)))) {
            assert_eq!(thread.join().unwrap(), together, "the thread");
        }
    });
    let probable = |x: &f32| (0.0..=1.0).contains(x);
    for answer in classifier.answer(&states, &questions).iter().flatten() {
        assert!((answer.events.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(answer.modes.iter().chain(&answer.contexts).all(probable) && probable(&answer.actors_fit));
    }
    assert!(classifier.answer(&EarlyStates::default(), &questions).iter().all(Option::is_none));
    assert!(classifier.answer(&states, &[]).is_empty());
}

/// Finds the names it was made with.
struct Named(Vec<&'static [&'static str]>);

impl NameFinder for Named {
    fn find(&self, words: &[&str]) -> Vec<NameMatch> {
        let mut out = Vec::new();
        for name in &self.0 {
            let starts = words.windows(name.len()).enumerate().filter(|(_, words)| words == name);
            out.extend(starts.map(|(first, _)| NameMatch { first, end: first + name.len(), form: NameForm::Name }));
        }
        out
    }
}

#[test]
fn which_country_it_is_does_not_matter() {
    let model = Model::builtin().unwrap();
    let classifier = Classifier::from_bytes(&drawn(&model, |_| ()), &model).unwrap();
    let names = Named(vec![&["Norway"], &["the", "Central", "African", "Republic"], &["Mali"], &["Chad"]]);
    let answer = |text: &str, actors: &[usize], trigger: usize| {
        let (_, _, states) = model.parse_with_early_states(&[segmented(text)], &names);
        let marked = Marked { trigger: vec![trigger], actors: actors.to_vec(), ..Marked::default() };
        bits(&classifier.answer(&states, &[marked]))
    };
    assert_eq!(answer("Norway urged Mali", &[0], 1), answer("Chad urged Norway", &[0], 1));
    assert_eq!(answer("Norway urged Mali", &[0], 1), answer("the Central African Republic urged Chad", &[1, 2, 3], 4));
}

#[test]
fn other_encoders_and_damaged_files_are_refused() {
    let model = Model::builtin().unwrap();
    let refused = |key: &'static str, value: &'static str| {
        let bytes = drawn(&model, |metadata| drop(metadata.insert(key.to_owned(), value.to_owned())));
        Classifier::from_bytes(&bytes, &model).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert!(refused("encoder", "english-0").contains("belongs to the encoder english-0"));
    assert!(refused("temperature", "0").contains("temperature"));
    assert!(refused("heads", "6").contains("heads"));
    assert!(refused("labels", r#"{"event":["A"],"mode":["A/b"],"context":["c"]}"#).contains("event.weight"));
    assert!(refused("labels", r#"{"event":[],"mode":[],"context":[]}"#).contains("empty"));
    let bytes = drawn(&model, |_| ());
    for length in [0, 8, 5000, bytes.len() - 1] {
        assert!(Classifier::from_bytes(&bytes[..length], &model).is_err(), "{length} bytes");
    }
}
