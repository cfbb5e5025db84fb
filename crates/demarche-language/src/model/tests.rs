//! The whole model against the reference file that training made with the same arithmetic, emulated by torch.

use super::*;
use crate::analysis::{Bio, Word};
use crate::labels::EntityKind;
use crate::placeholder::NoNames;
use demarche_record::TextRange;
use serde::Deserialize;

#[derive(Deserialize)]
struct Reference {
    first_sentence: States,
    sentences: Vec<Expected>,
}

#[derive(Deserialize)]
struct States {
    embeddings: Vec<Vec<f32>>,
    layers: Vec<Vec<Vec<f32>>>,
}

#[derive(Deserialize)]
struct Expected {
    words: Vec<String>,
    pieces: Vec<u32>,
    shapes: Vec<u8>,
    first: Vec<usize>,
    upos: Vec<String>,
    xpos: Vec<String>,
    feats: Vec<String>,
    entities: Vec<String>,
    heads: Vec<usize>,
    relations: Vec<String>,
    lemmas: Vec<String>,
}

fn reference() -> Reference {
    serde_json::from_str(include_str!("../../../../models/reference.json")).unwrap()
}

fn segmented<S: AsRef<str>>(words: &[S]) -> Segmented {
    let mut at = 0;
    let words = words.iter().map(|word| {
        let form = word.as_ref().to_owned();
        let range = TextRange::new(at, at + form.len());
        at = range.end + 1;
        Word { range, form }
    });
    let words: Vec<Word> = words.collect();
    Segmented { range: TextRange::new(0, at.saturating_sub(1)), words }
}

fn masked(words: &[String]) -> Masked<'_> {
    Masked::new(&words.iter().map(String::as_str).collect::<Vec<_>>(), Vec::new())
}

#[test]
fn pieces_and_choices_agree_with_the_reference() {
    let model = Model::builtin().unwrap();
    let mut work = Workspace::default();
    let (mut words, mut different) = (0, Vec::new());
    for expected in reference().sentences {
        let masked = masked(&expected.words);
        let pieces = model.pieces(&masked);
        let ids: Vec<u32> = [vec![model.vocabulary.start], pieces.ids.concat(), vec![model.vocabulary.end]].concat();
        assert_eq!(ids, expected.pieces, "{:?}", expected.words);
        let shapes = pieces.ids.iter().zip(&pieces.shapes).flat_map(|(ids, &shape)| vec![shape; ids.len()]);
        assert_eq!(shapes.collect::<Vec<_>>(), expected.shapes[1..expected.shapes.len() - 1]);
        let states = model.states(&[&pieces], &mut work, None, &mut ());
        let choice = model.heads.choose(model.isa, &states, &[expected.words.len()], &mut ()).remove(0);
        for (i, word) in expected.words.iter().enumerate() {
            let labels = &model.labels;
            let features: &str = &labels.features[choice.features[i]];
            let found = [
                labels.upos[choice.upos[i]].as_str(),
                labels.xpos[choice.xpos[i]].as_str(),
                features,
                &tag_of(labels.entities[choice.entities[i]]),
                &choice.heads[i].to_string(),
                labels.relations[choice.relations[i]].as_str(),
                &labels.rules[choice.rules[i]].apply(word),
            ]
            .join(" ");
            let features = if expected.feats[i] == "?" { "_" } else { &expected.feats[i] };
            let right = [
                &expected.upos[i],
                &expected.xpos[i],
                features,
                &expected.entities[i],
                &expected.heads[i].to_string(),
                &expected.relations[i],
                &expected.lemmas[i],
            ]
            .join(" ");
            words += 1;
            if found != right {
                different.push(format!("{word}: {found} instead of {right}"));
            }
        }
    }
    // Two sums in another order may fall on two sides of a rounding step, which decides between near equals.
    assert!(words > 300 && different.len() * 200 <= words, "of {words} words:\n{}", different.join("\n"));
}

fn tag_of(bio: Bio) -> String {
    let name = |kind| match kind {
        EntityKind::Person => "per",
        EntityKind::Organisation => "org",
        EntityKind::Place => "geo",
        EntityKind::Norp => "gpe",
    };
    match bio {
        Bio::Outside => "O".into(),
        Bio::Begin(kind) => format!("B-{}", name(kind)),
        Bio::Inside(kind) => format!("I-{}", name(kind)),
    }
}

#[test]
fn states_agree_with_the_reference() {
    let model = Model::builtin().unwrap();
    let reference = reference();
    let expected = &reference.sentences[0];
    let last = expected.pieces.len() - 1;
    let kept: Vec<usize> = std::iter::once(0).chain(expected.first.iter().copied()).chain([last]).collect();
    let batch = Batch {
        ids: expected.pieces.clone(),
        shapes: expected.shapes.clone(),
        ends: vec![last + 1],
        kept_ends: vec![kept.len()],
        kept,
    };
    for (layers, right) in
        std::iter::once(&reference.first_sentence.embeddings).chain(&reference.first_sentence.layers).enumerate()
    {
        let mut work = Workspace::default();
        let states = model.encoder.encode_to(layers, model.isa, &batch, &mut work, None, &mut ());
        // The reference has all pieces after the last layer that computes them, the program only the rows that go on.
        let fewer = states.len() < right.len() * model.encoder.width() && right.len() == expected.pieces.len();
        let rows: Vec<usize> = if fewer { batch.kept.clone() } else { (0..right.len()).collect() };
        let right = rows.iter().flat_map(|&row| &right[row]);
        let mut off: Vec<f32> = states.iter().zip(right).map(|(a, b)| (a - b).abs()).collect();
        assert_eq!(off.len(), states.len());
        off.sort_by(f32::total_cmp);
        println!("after {layers} layers: largest difference {}, median {}", off[off.len() - 1], off[off.len() / 2]);
        assert!(off[off.len() - 1] < 1e-3, "after {layers} layers: {}", off[off.len() - 1]);
    }
}

#[test]
fn nothing_depends_on_the_instruction_set_or_the_batch() {
    let sentences: Vec<Segmented> = reference().sentences.iter().map(|s| segmented(&s.words)).collect();
    let mut model = Model::builtin().unwrap();
    let together = model.parse(&sentences, &NoNames);
    let alone: Vec<Sentence> = sentences.iter().flat_map(|s| model.parse(std::slice::from_ref(s), &NoNames)).collect();
    assert_eq!(together, alone);
    let pieces: Vec<Pieces> = reference().sentences.iter().map(|s| model.pieces(&masked(&s.words))).collect();
    let bits = |model: &Model| -> Vec<u32> {
        let states = model.states(&pieces.iter().collect::<Vec<_>>(), &mut Workspace::default(), None, &mut ());
        states.iter().map(|f| f.to_bits()).collect()
    };
    let here = bits(&model);
    for isa in Isa::all() {
        model.isa = isa;
        assert!(bits(&model) == here, "{isa:?}");
        assert_eq!(model.parse(&sentences, &NoNames), together, "{isa:?}");
    }
    let threads: Vec<Vec<Sentence>> = std::thread::scope(|scope| {
        let parse = || scope.spawn(|| model.parse(&sentences, &NoNames));
        [parse(), parse(), parse()].map(|thread| thread.join().unwrap()).into()
    });
    assert!(threads.iter().all(|result| *result == together));
}

#[test]
fn long_sentences_are_not_cut() {
    let model = Model::builtin().unwrap();
    let clause = ["Peru", "and", "Chad", "signed", "the", "accord", "in", "Geneva", "on", "Monday", ","];
    let words: Vec<&str> = clause.iter().copied().cycle().take(2000).collect();
    let parsed = model.parse(&[segmented(&words)], &NoNames).remove(0);
    assert_eq!(parsed.tokens.len(), 2000);
    assert_eq!(parsed.tokens.iter().filter(|t| t.head.is_none()).count(), 1);
    // The same clause in the middle of a window and at the seam of two is read the same.
    let accords: Vec<_> = parsed.tokens.iter().skip(5).step_by(11).map(|t| (t.upos, t.lemma.as_str())).collect();
    assert!(accords.iter().all(|accord| *accord == accords[0]), "{accords:?}");
    assert!(parsed.subtree(parsed.root().unwrap()).len() == 2000);
}

#[test]
fn nothing_from_nothing() {
    let model = Model::builtin().unwrap();
    assert!(model.parse(&[], &NoNames).is_empty());
    let odd = [segmented::<&str>(&[]), segmented(&["", "\u{200b}"]), segmented(&["Peru"]), segmented::<&str>(&[])];
    let parsed = model.parse(&odd, &NoNames);
    assert_eq!(parsed.iter().map(|s| s.tokens.len()).collect::<Vec<_>>(), [0, 2, 1, 0]);
    assert!(model.version().starts_with("english-"));
}

#[test]
fn damaged_files_are_refused() {
    let whole = Model::from_bytes(ENGLISH).unwrap();
    assert_eq!(whole.version(), Model::builtin().unwrap().version());
    for length in [0, 7, 8, 1000, 200_000, ENGLISH.len() / 2, ENGLISH.len() - 1] {
        assert!(Model::from_bytes(&ENGLISH[..length]).is_err(), "{length} bytes");
    }
    for (old, new, message) in [
        (r#""layers":"6""#, r#""layers":"7""#, "layers.6."),
        (r#""word_layers":"3""#, r#""word_layers":"6""#, "word_layers"),
        (r#""heads":"12""#, r#""heads":"13""#, "heads"),
        ("[CLS]", "[CLX]", "no piece [CLS]"),
        (r#"\"nsubj\""#, r#"\"nsuby\""#, "nsuby"),
        ("\"I8\"", "\"U8\"", "U8"),
    ] {
        let at = memchr::memmem::find(ENGLISH, old.as_bytes()).unwrap();
        let mut bytes = ENGLISH.to_vec();
        bytes[at..at + old.len()].copy_from_slice(new.as_bytes());
        let error = Model::from_bytes(&bytes).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(message), "{new}: {error}");
    }
}
