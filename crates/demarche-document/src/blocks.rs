//! What each block of a document is: title, body, or what stands around it.
//!
//! The rule over all rules: when in doubt, a block is a paragraph. Losing a title line costs a record that the body
//! mostly repeats; losing body costs records.

use demarche_record::TextRange;
use jiff::civil::Date;

use crate::date::{self, WrittenDate};
use crate::dateline::{self, Dateline};
use crate::furniture::{self, Patterns};
use crate::paragraphs::{dangles, is_bullet, is_closed};

/// A stretch of the text, in order and without overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where in the decoded text.
    pub range: TextRange,
}

/// What a block is. Only paragraphs and quotes are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// A subhead.
    Heading,
    /// Place, date and agency before the first sentence.
    Dateline,
    /// Body.
    Paragraph,
    /// Body that quotes (`<blockquote>`).
    Quote,
    /// What is said of a picture.
    Caption,
    /// Who wrote the story or took the picture.
    Credit,
    /// Body in another language than the document's English.
    Foreign,
    /// Everything else around an article: navigation, prompts to share and comment, links to other stories, rights.
    Furniture,
}

impl BlockKind {
    /// Whether blocks of this kind are the article's own text.
    pub const fn is_body(self) -> bool {
        matches!(self, Self::Paragraph | Self::Quote)
    }
}

/// A block before it is known what it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) range: TextRange,
    /// What the markup says it is.
    pub(crate) hint: Option<BlockKind>,
}

/// Where the candidates come from, which decides what may be a title.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source<'a> {
    /// A text file: its first line may be a title.
    Text,
    /// A page: titles and headings are marked, the rest is judged as text.
    Html,
    /// The `text` of a JSON line and its `title`.
    Value {
        /// The separate title, if there is one.
        title: Option<&'a str>,
    },
}

/// The blocks of a document, with the title and the dateline found among them.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    pub(crate) blocks: Vec<Block>,
    pub(crate) title: Option<TextRange>,
    pub(crate) dateline: Option<Dateline>,
    /// A whole date on a line of its own above the body.
    pub(crate) dated: Option<Date>,
}

/// Words in a title, a subhead, a caption below the title, at most.
const TITLE_WORDS: usize = 25;
const HEADING_WORDS: usize = 10;
const CAPTION_WORDS: usize = 20;
/// A marked caption, credit or byline longer than this is a container wrongly marked.
const MARKED_WORDS: usize = 80;
/// Characters of a block that is a paragraph even without a full stop.
const LONG: usize = 90;

/// Decides what each candidate is.
pub(crate) fn classify(text: &str, candidates: &[Candidate], source: Source<'_>) -> Structure {
    let mut kinds: Vec<BlockKind> =
        candidates.iter().map(|candidate| by_wording(candidate.range.of(text), candidate.hint)).collect();
    let lines: Vec<&str> = candidates.iter().map(|candidate| candidate.range.of(text)).collect();
    let title = title(&lines, &mut kinds, source);
    end_of_page(&lines, &mut kinds);
    other_stories(&lines, &mut kinds);
    if let Some(title) = title {
        caption_below(&lines, &mut kinds, title);
    }
    headings(&lines, &mut kinds);
    never_empty(candidates, &mut kinds);

    let mut structure = Structure {
        blocks: candidates
            .iter()
            .zip(&kinds)
            .map(|(candidate, &kind)| Block { kind, range: candidate.range })
            .collect(),
        title: title.map(|index| candidates[index].range),
        dateline: None,
        dated: lines.iter().zip(&kinds).take_while(|(_, kind)| !kind.is_body()).find_map(|(line, _)| {
            match date::in_words(line)? {
                WrittenDate::Full(date) => Some(date),
                WrittenDate::MonthDay { .. } => None,
            }
        }),
    };
    if let Some(index) =
        structure.title.and_then(|range| structure.blocks.iter().position(|block| block.range == range))
        && structure.blocks[index].kind != BlockKind::Title
    {
        structure.title = None;
    }
    cut_dateline(text, &mut structure);
    structure
}

/// What wording and markup say, without regard to neighbours.
fn by_wording(line: &str, hint: Option<BlockKind>) -> BlockKind {
    let patterns = Patterns::get();
    let words = line.split_whitespace().count();
    match hint {
        Some(BlockKind::Caption | BlockKind::Credit) if words > MARKED_WORDS => return BlockKind::Paragraph,
        Some(kind @ (BlockKind::Title | BlockKind::Caption | BlockKind::Credit | BlockKind::Furniture)) => return kind,
        _ => {}
    }
    let fallback = hint.unwrap_or(BlockKind::Paragraph);
    if !line.chars().any(char::is_alphanumeric) {
        return BlockKind::Furniture;
    }
    if words > MARKED_WORDS {
        return fallback;
    }
    let clean = furniture::normalised(line);
    let dated = words <= 6 && date::in_words(line).is_some();
    if dated || patterns.end.fit(&clean) || patterns.related.fit(&clean) || patterns.furniture.fit(&clean) {
        BlockKind::Furniture
    } else if patterns.byline.fit(&clean) || furniture::is_byline(line) {
        BlockKind::Credit
    } else if patterns.caption.fit(&clean) || words <= 45 && furniture::ends_in_credit(line) {
        BlockKind::Caption
    } else if patterns.credit.fit(&clean) {
        BlockKind::Credit
    } else {
        fallback
    }
}

/// From the first prompt to comment on, all is furniture, if the body stands before it.
fn end_of_page(lines: &[&str], kinds: &mut [BlockKind]) {
    let patterns = Patterns::get();
    let body = |index: usize| if kinds[index].is_body() { lines[index].len() } else { 0 };
    let total: usize = (0..lines.len()).map(body).sum();
    let mut before = 0;
    let prompt = (0..lines.len()).find(|&index| {
        before += body(index);
        // Body of which most stands below the prompt is not the readers' part.
        before > 0
            && before >= (total - before) / 4
            && kinds[index] == BlockKind::Furniture
            && patterns.end.fit(&furniture::normalised(lines[index]))
    });
    if let Some(prompt) = prompt {
        kinds[prompt..].fill(BlockKind::Furniture);
    }
}

/// Below "Related articles" lines without a full stop lead to other stories.
fn other_stories(lines: &[&str], kinds: &mut [BlockKind]) {
    let mut in_list = false;
    for (line, kind) in lines.iter().zip(kinds) {
        if *kind == BlockKind::Furniture {
            in_list |= Patterns::get().related.fit(&furniture::normalised(line));
        } else if in_list && kind.is_body() && !is_full(line) && !is_closed(line) {
            *kind = BlockKind::Furniture;
        } else {
            in_list = false;
        }
    }
}

/// The title line, if there is one; kinds are set accordingly.
fn title(lines: &[&str], kinds: &mut [BlockKind], source: Source<'_>) -> Option<usize> {
    let marked = kinds.iter().position(|kind| *kind == BlockKind::Title);
    let first = kinds.iter().position(|kind| kind.is_body());
    if let Source::Value { title: Some(title) } = source {
        // The title is known; a body that repeats it does so as a title line.
        if let Some(first) = first
            && letters(lines[first]) == letters(title)
            && kinds[first + 1..].iter().any(|kind| kind.is_body())
        {
            kinds[first] = BlockKind::Title;
        }
        return None;
    }
    if let Some(marked) = marked {
        // A page that repeats its title above the body does so as a title line.
        let repeated = |line: &str| line.len() <= 2 * lines[marked].len() && letters(line) == letters(lines[marked]);
        if let Some(first) = first
            && repeated(lines[first])
            && kinds[first + 1..].iter().any(|kind| kind.is_body())
        {
            kinds[first] = BlockKind::Title;
        }
    }
    if marked.is_some() || matches!(source, Source::Html) && kinds.contains(&BlockKind::Heading) {
        return marked;
    }
    let first = first?;
    let line = lines[first];
    let asks = line.ends_with(['?', '!']) && matches!(source, Source::Text) && !dateline::looks_spoken(line);
    let fits = line.split_whitespace().count() <= TITLE_WORDS
        && (!is_closed(line) || asks && !line.contains(". "))
        && !line.ends_with(':')
        && !line.contains('\n')
        && !dangles(line)
        && !is_bullet(line)
        && line.starts_with(|first: char| first.is_uppercase() || !first.is_alphabetic())
        && line.chars().any(char::is_alphabetic)
        && dateline::find(line, TextRange::new(0, line.len())).is_none();
    let body_follows = (first + 1..lines.len()).any(|index| kinds[index].is_body() && is_full(lines[index]));
    if fits && body_follows {
        kinds[first] = BlockKind::Title;
        return Some(first);
    }
    None
}

/// A short line without full stop directly below the title is a caption, where body follows.
fn caption_below(lines: &[&str], kinds: &mut [BlockKind], title: usize) {
    let passed = |kind: BlockKind| matches!(kind, BlockKind::Credit | BlockKind::Furniture);
    let Some(below) = (title + 1..lines.len()).find(|&index| !passed(kinds[index])) else {
        return;
    };
    let line = lines[below];
    if kinds[below] == BlockKind::Paragraph
        && line.split_whitespace().count() <= CAPTION_WORDS
        && !is_closed(line)
        && !line.ends_with(':')
        && !dangles(line)
        && !is_bullet(line)
        && !line.split_whitespace().any(|word| Patterns::get().words.reporting.contains(&word.to_lowercase()))
        && dateline::find(line, TextRange::new(0, line.len())).is_none()
        && (below + 1..lines.len()).any(|index| kinds[index].is_body() && is_full(lines[index]))
    {
        kinds[below] = BlockKind::Caption;
    }
}

/// Subheads: few words without full stop between paragraphs, and no sentence.
fn headings(lines: &[&str], kinds: &mut [BlockKind]) {
    // For each block whether a full paragraph follows, captions and credits passed over.
    let mut follows = vec![false; lines.len()];
    for index in (1..lines.len()).rev() {
        follows[index - 1] = match kinds[index] {
            BlockKind::Caption | BlockKind::Credit => follows[index],
            kind => kind.is_body() && is_full(lines[index]),
        };
    }
    let mut full_before = false;
    let mut marked_before = false;
    for index in 0..lines.len() {
        let kind = kinds[index];
        if index > 0 && kind == BlockKind::Paragraph && (full_before || marked_before) && is_heading(lines[index]) {
            // An item of a list stands beside others like it.
            let in_list = lines.get(index + 1).is_some_and(|next| is_bullet(next) || is_heading(next))
                || lines[index - 1].ends_with(':');
            if follows[index] && !in_list {
                kinds[index] = BlockKind::Heading;
            }
        }
        full_before |= kind.is_body() && is_full(lines[index]);
        if kinds[index] != BlockKind::Furniture {
            marked_before = !kinds[index].is_body();
        }
    }
}

fn is_heading(line: &str) -> bool {
    let words: Vec<String> = line
        .split_whitespace()
        .map(|word| word.trim_matches(|end: char| !end.is_alphanumeric() && end != '\'').to_lowercase())
        .collect();
    let patterns = &Patterns::get().words;
    let sentence = words.iter().any(|word| patterns.finite.contains(word))
        || words.windows(2).any(|pair| pair[0].ends_with("ed") && patterns.determiner.contains(&pair[1]));
    (1..=HEADING_WORDS).contains(&words.len())
        && line.starts_with(|first: char| first.is_uppercase() || "‘’“”'\"".contains(first) || first.is_ascii_digit())
        && !line.ends_with(['.', '!', ':', ';', ',', '"', '”', '…'])
        && !opens_quotation(line)
        && !line.contains('\n')
        && !dangles(line)
        && !is_bullet(line)
        && !sentence
}

/// Whether a line opens a quotation and leaves it open: speech rather than a subhead.
fn opens_quotation(line: &str) -> bool {
    line.starts_with(['"', '“']) && !line.chars().skip(1).any(|mark| matches!(mark, '"' | '”'))
}

/// Whether a line is a paragraph beyond doubt: a closed sentence or a long line.
fn is_full(line: &str) -> bool {
    is_closed(line) && line.split_whitespace().count() >= 4 || line.chars().count() >= LONG || line.ends_with(':')
}

/// A document whose every block looks like furniture is one that we do not understand: its best blocks are body.
/// (A page of nothing but links has no body.)
fn never_empty(candidates: &[Candidate], kinds: &mut [BlockKind]) {
    if kinds.iter().any(|kind| kind.is_body()) {
        return;
    }
    // What the markup does not set apart; else a heading, or the only thing there is.
    let mut found = false;
    for (candidate, kind) in candidates.iter().zip(kinds.iter_mut()) {
        if matches!(candidate.hint, None | Some(BlockKind::Paragraph | BlockKind::Quote)) {
            *kind = candidate.hint.unwrap_or(BlockKind::Paragraph);
            found = true;
        }
    }
    let marked = |kind: &BlockKind| matches!(kind, BlockKind::Title | BlockKind::Heading | BlockKind::Caption);
    if !found && let Some(index) = kinds.iter().position(marked).or((kinds.len() == 1).then_some(0)) {
        kinds[index] = BlockKind::Paragraph;
    }
}

/// Parts the dateline from the first paragraph that has one (of the first three).
fn cut_dateline(text: &str, structure: &mut Structure) {
    let spoken = structure
        .blocks
        .iter()
        .filter(|block| block.kind.is_body() && dateline::looks_spoken(block.range.of(text)))
        .count();
    let first: Vec<usize> =
        (0..structure.blocks.len()).filter(|&index| structure.blocks[index].kind.is_body()).take(3).collect();
    for index in first {
        let block = structure.blocks[index];
        let Some(found) = dateline::find(text, block.range) else {
            continue;
        };
        if spoken > 1 && found.range.of(text).ends_with(':') && found.date.is_none() && found.agency.is_none() {
            return;
        }
        let rest = TextRange::new(found.range.end, block.range.end);
        let skipped = rest.len() - rest.of(text).trim_start().len();
        let rest = TextRange::new(rest.start + skipped, rest.end);
        let others = structure.blocks.iter().enumerate().any(|(other, block)| other != index && block.kind.is_body());
        if rest.is_empty() && !others {
            return;
        }
        structure.blocks[index] = Block { kind: BlockKind::Dateline, range: found.range };
        if !rest.is_empty() {
            structure.blocks.insert(index + 1, Block { kind: block.kind, range: rest });
        }
        structure.dateline = Some(found);
        return;
    }
}

/// Letters and digits alone, in lower case: how a title is compared with a line.
fn letters(line: &str) -> String {
    line.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
