//! From the words of a document to its genre.

use std::collections::BTreeMap;

use demarche_record::{Field, TextRange};

use super::words::{Word, is_form_of, words};
use super::{Cue, Genre, GenreCue, GenreFinding, Genres, Style, Where};
use crate::document::{Document, Title};

/// How the words of a style list name any year of the past.
const YEAR: &str = "<year>";
/// Words behind which the rate of a style's words is taken at full worth.
const FULL: f64 = 100.0;
/// Repeats of a cue that count.
const REPEATS: usize = 12;

/// A stretch of a document that is counted, and what a cue in it is worth.
struct Stretch {
    field: Field,
    words: Vec<Word>,
    title: bool,
}

/// A cue as found: how often, in the best zone, first where.
struct Hit<'a> {
    cue: &'a Cue,
    times: usize,
    zone: f64,
    first: (Field, TextRange),
}

impl Genres {
    /// What genre a document is, by its title, its address and publisher, and its text.
    ///
    /// ```
    /// let genres = demarche_document::Genres::builtin().unwrap();
    /// let text = "The striker scored a hat-trick in the second half of the World Cup quarterfinal.";
    /// let document = demarche_document::from_text("match", text);
    /// assert_eq!(genres.of(&document).genre.name, "sport");
    /// ```
    pub fn of(&self, document: &Document) -> GenreFinding<'_> {
        let stretches = stretches(document);
        let total = stretches.iter().map(|stretch| stretch.words.len()).sum::<usize>() as f64;
        let length = (total.max(self.scoring.shortest) / 100.0).sqrt();
        let mut found: Vec<Vec<GenreCue>> = vec![Vec::new(); self.list.len()];
        // Cues that are more than hints.
        let mut telling = vec![0; self.list.len()];
        for hit in self.hits(&stretches).into_values() {
            let repeats: f64 = (1..=hit.times.min(REPEATS)).map(|n| 1.0 / n as f64).sum();
            telling[hit.cue.genre] += usize::from(hit.cue.weight > self.scoring.weight.hint);
            found[hit.cue.genre].push(GenreCue {
                cue: hit.cue.written.clone(),
                times: hit.times,
                first: Some(hit.first),
                points: hit.cue.weight * hit.zone * repeats,
            });
        }
        let mut scored: Vec<(usize, GenreFinding<'_>)> = Vec::with_capacity(self.list.len());
        for ((genre, mut cues), mut telling) in self.list.iter().zip(found).zip(telling) {
            let mut points = cues.iter().map(|cue| cue.points).sum::<f64>() / length;
            for cue in genre.styles.iter().filter_map(|style| rate(style, &stretches, total, document)) {
                points += cue.points;
                telling += 1;
                cues.push(cue);
            }
            for cue in self.given(genre, document) {
                points += cue.points;
                telling += self.scoring.fewest;
                cues.push(cue);
            }
            cues.sort_by(|a, b| b.points.total_cmp(&a.points).then_with(|| a.cue.cmp(&b.cue)));
            scored.push((telling, GenreFinding { genre, points, cues }));
        }
        self.chosen(scored)
    }

    /// The genre with most points, if it leads the default far enough; one that is relevant where it is close.
    fn chosen<'a>(&self, mut scored: Vec<(usize, GenreFinding<'a>)>) -> GenreFinding<'a> {
        let (_, default) = scored.remove(0);
        let wanted = (default.points * self.scoring.margin + self.scoring.lead).max(self.scoring.floor);
        scored.retain(|(telling, finding)| *telling >= self.scoring.fewest && finding.points >= wanted);
        // Of equal ones the first: the sort keeps their order.
        scored.sort_by(|(_, a), (_, b)| b.points.total_cmp(&a.points));
        let Some((_, best)) = scored.first() else { return default };
        let near = best.points - self.scoring.lead;
        let place = scored.iter().position(|(_, finding)| finding.genre.relevant && finding.points > near).unwrap_or(0);
        scored.swap_remove(place).1
    }

    /// Every cue that is found, by its genre and wording.
    fn hits<'a>(&'a self, stretches: &[Stretch]) -> BTreeMap<(usize, &'a str, bool), Hit<'a>> {
        let mut hits: BTreeMap<(usize, &str, bool), Hit<'_>> = BTreeMap::new();
        let mut before = 0;
        for stretch in stretches {
            let mut busy = vec![0; self.list.len()];
            for (at, word) in stretch.words.iter().enumerate() {
                let zone = match (stretch.title, before < self.scoring.head) {
                    (true, _) => self.scoring.zone.title,
                    (false, true) => self.scoring.zone.head,
                    (false, false) => self.scoring.zone.body,
                };
                before += usize::from(!stretch.title);
                for cue in self.at(&word.form) {
                    let apt = match cue.place {
                        Where::Anywhere => true,
                        Where::Title => stretch.title,
                        Where::Opening => at == 0 && (stretch.title || before == 1),
                    };
                    let behind = stretch.words.get(at + 1..).unwrap_or_default();
                    // A cue that counts in some places only may stand on the words of another.
                    let special = cue.place != Where::Anywhere;
                    if !apt || !special && at < busy[cue.genre] || !fits(cue, &word.form, behind) {
                        continue;
                    }
                    let last = behind.get(cue.rest.len().wrapping_sub(1)).unwrap_or(word);
                    if !special {
                        busy[cue.genre] = at + 1 + cue.rest.len();
                    }
                    let place = (stretch.field, TextRange::new(word.range.start, last.range.end));
                    let hit = hits.entry((cue.genre, cue.written.as_str(), special)).or_insert(Hit {
                        cue,
                        times: 0,
                        zone,
                        first: place,
                    });
                    hit.times += 1;
                    hit.zone = hit.zone.max(zone);
                }
            }
        }
        hits
    }

    /// Cues that may begin with a word, as it stands or without its plural ending.
    fn at(&self, form: &str) -> impl Iterator<Item = &Cue> {
        let singular = form.strip_suffix('s');
        let stem = singular.and_then(|form| form.strip_suffix('e'));
        [Some(form), singular, stem].into_iter().flatten().filter_map(|form| self.cues.get(form)).flatten()
    }

    /// What the document's address and publisher tell of a genre.
    fn given(&self, genre: &Genre, document: &Document) -> Vec<GenreCue> {
        let weight = &self.scoring.weight;
        let cue = |cue: String, points| GenreCue { cue, times: 1, first: None, points };
        let mut out = Vec::new();
        if let Some(url) = &document.url {
            let url = url.to_lowercase();
            let parts: Vec<&str> = url.split(['/', '.', '?', '&', '=']).collect();
            let told = genre.addresses.iter().find(|address| parts.contains(&address.as_str()));
            out.extend(told.map(|part| cue(format!("/{part}/ in the address"), weight.address)));
        }
        if let Some(publisher) = &document.publisher {
            let publisher = publisher.to_lowercase();
            let told = genre.publishers.iter().find(|name| publisher == **name);
            out.extend(told.map(|name| cue(format!("publisher {name}"), weight.publisher)));
        }
        out
    }
}

/// Whether a cue that begins with a word goes on as the text does.
fn fits(cue: &Cue, first: &str, behind: &[Word]) -> bool {
    // Short words have no plural, and only the last word of a phrase has one.
    let Some((last, middle)) = cue.rest.split_last() else { return is_form_of(first, &cue.first) };
    cue.first == first
        && behind.len() > middle.len()
        && middle.iter().zip(behind).all(|(wanted, word)| *wanted == word.form)
        && behind.get(middle.len()).is_some_and(|word| is_form_of(&word.form, last))
}

/// The title and the paragraphs, as words.
fn stretches(document: &Document) -> Vec<Stretch> {
    let mut out = Vec::new();
    let body = document.body.as_str();
    match &document.title {
        Some(Title::Separate(title)) => {
            let text = title.as_str();
            out.push(Stretch { field: Field::Title, words: words(text, TextRange::new(0, text.len())), title: true });
        }
        Some(Title::Block(range)) => {
            out.push(Stretch { field: Field::Text, words: words(body, *range), title: true });
        }
        None => {}
    }
    for block in document.body_blocks() {
        out.push(Stretch { field: Field::Text, words: words(body, block.range), title: false });
    }
    out
}

/// A style, if its words are frequent enough.
fn rate(style: &Style, stretches: &[Stretch], total: f64, document: &Document) -> Option<GenreCue> {
    let now = document.date.map_or(2000, |date| i32::from(date.year()));
    let years = style.words.iter().any(|word| word == YEAR);
    let is_past = |form: &str| form.len() == 4 && form.parse::<i32>().is_ok_and(|year| (1000..now - 1).contains(&year));
    let mut times = 0;
    let mut first = None;
    for stretch in stretches {
        for word in &stretch.words {
            if style.words.contains(&word.form) || years && is_past(&word.form) {
                times += 1;
                first = first.or(Some((stretch.field, word.range)));
            }
        }
    }
    let per_hundred = times as f64 * 100.0 / total.max(1.0);
    let points = ((per_hundred - style.above) * style.worth).min(style.most) * (total / FULL).min(1.0);
    (points > 0.0).then(|| GenreCue { cue: style.name.clone(), times, first, points })
}
