//! Which part of a page is the article.
//!
//! Prose (long blocks with few links) is summed up the tree. The article is what calls itself so and holds at least half
//! of the page's prose, or else the innermost element that holds four fifths of it. Prose beside it, in the element
//! around it, stays: articles are cut in two by advertisements.

use demarche_record::TextRange;

use crate::blocks::{BlockKind, Candidate};
use crate::date;
use crate::furniture::normalised;
use crate::paragraphs::is_closed;
use crate::text::Text;

use super::{ContainerKind, Mark, RawBlock, Walked};

/// Bytes of a block that may be prose without a full stop.
const LONG: usize = 120;
/// Bytes of a block outside of the article that is kept as body all the same.
const LONG_OUTSIDE: usize = 100;

/// Whether a block reads as prose: a sentence or a long line, mostly not links.
pub(crate) fn is_prose(block: &RawBlock, text: &Text) -> bool {
    let line = block.range.of(text.as_str());
    block.linked * 2 < block.range.len()
        && (is_closed(line) && line.split_whitespace().count() >= 5 || block.range.len() >= LONG)
}

/// The page's blocks as candidates, those outside of the article as furniture.
pub(crate) fn choose(walked: &Walked) -> Vec<Candidate> {
    let article = article(walked);
    let within = within(walked, article);
    // What calls itself the article is all of it; a guess may have missed a part.
    let around = match walked.containers[article].kind {
        ContainerKind::Other => self::within(walked, walked.containers[article].parent as usize),
        ContainerKind::Article | ContainerKind::Body => within.clone(),
    };
    let title = title(walked, &within);
    let mut candidates: Vec<Candidate> = Vec::new();
    for (index, block) in walked.blocks.iter().enumerate() {
        let inside = within[block.container as usize];
        let line = block.range.of(walked.text.as_str());
        let strong = is_prose(block, &walked.text) && line.len() >= LONG_OUTSIDE && block.linked * 10 < line.len();
        let beside = around[block.container as usize] && strong && is_closed(line);
        let hint = match block.mark {
            _ if Some(index) == title => Some(BlockKind::Title),
            Mark::Furniture | Mark::FurnitureClass | Mark::PageTitle | Mark::Top => Some(BlockKind::Furniture),
            _ if !inside && !beside => Some(BlockKind::Furniture),
            // A line that is a link and no sentence leads to another story.
            Mark::Plain if block.linked * 10 >= line.len() * 9 && !is_closed(line) => Some(BlockKind::Furniture),
            Mark::Plain => None,
            Mark::Sub => Some(BlockKind::Heading),
            Mark::Quote => Some(BlockKind::Quote),
            Mark::Caption => Some(BlockKind::Caption),
            Mark::Credit => Some(BlockKind::Credit),
        };
        let mut range = block.range;
        if hint == Some(BlockKind::Title) && block.mark == Mark::PageTitle {
            range.end = range.start + without_site(line, walked.metadata.headline.as_deref()).len();
        }
        candidates.push(Candidate { range, hint });
    }
    let title = title.map(|index| normalised(candidates[index].range.of(walked.text.as_str())));
    candidates.into_iter().flat_map(|candidate| lines(candidate, walked.text.as_str(), title.as_deref())).collect()
}

/// The lines that `<br>` makes of a block, where they are more than a break within a sentence: after a full stop, and
/// below a title or a date set above the text.
fn lines(candidate: Candidate, text: &str, title: Option<&str>) -> Vec<Candidate> {
    let mut lines = Vec::new();
    let mut start = candidate.range.start;
    if candidate.hint.is_none() {
        for (at, _) in candidate.range.of(text).match_indices('\n') {
            let line = &text[start..candidate.range.start + at];
            let own = is_closed(line) || title == Some(&*normalised(line)) || date::in_words(line).is_some();
            if own && !line.trim().is_empty() {
                lines.push(Candidate { range: TextRange::new(start, start + line.len()), hint: None });
                start += line.len() + 1;
            }
        }
    }
    lines.push(Candidate { range: TextRange::new(start, candidate.range.end), ..candidate });
    lines.retain(|line| !line.range.is_empty());
    lines
}

/// The container that is the article.
fn article(walked: &Walked) -> usize {
    let count = walked.containers.len();
    let mut prose = vec![0_usize; count];
    for block in &walked.blocks {
        if matches!(block.mark, Mark::Plain | Mark::Quote) && is_prose(block, &walked.text) {
            prose[block.container as usize] += block.range.len();
        }
    }
    // A container's parent stands before it.
    for index in (1..count).rev() {
        prose[walked.containers[index].parent as usize] += prose[index];
    }
    let total = prose[0];
    if total == 0 {
        return 0;
    }
    for wanted in [ContainerKind::Body, ContainerKind::Article] {
        let best = (1..count)
            .filter(|&index| walked.containers[index].kind == wanted && prose[index] * 2 >= total)
            .max_by_key(|&index| (prose[index], index));
        if let Some(best) = best {
            return best;
        }
    }
    let mut best = 0;
    // Each container stands after its parent, so that one pass finds the way down.
    for (index, container) in walked.containers.iter().enumerate().skip(1) {
        if container.parent as usize == best && prose[index] * 5 >= total * 4 {
            best = index;
        }
    }
    best
}

/// For each container whether it is `root` or lies in it.
fn within(walked: &Walked, root: usize) -> Vec<bool> {
    let mut within = vec![false; walked.containers.len()];
    within[root] = true;
    for index in 1..within.len() {
        within[index] |= within[walked.containers[index].parent as usize];
    }
    within
}

/// The block that is the headline: the `<h1>` that the page's title begins with, else one in the article, else the first
/// that is no furniture, else the page's title.
fn title(walked: &Walked, within: &[bool]) -> Option<usize> {
    let line = |index: usize| walked.blocks[index].range.of(walked.text.as_str());
    let page = walked.blocks.iter().position(|block| block.mark == Mark::PageTitle);
    let known: Vec<String> = walked
        .metadata
        .headline
        .iter()
        .map(|headline| normalised(headline))
        .chain(page.map(|index| normalised(line(index))))
        .collect();
    let tops = || (0..walked.blocks.len()).filter(|&index| walked.blocks[index].mark == Mark::Top);
    tops()
        .find(|&index| {
            let top = normalised(line(index));
            // The site's name is in the page's title too, but at its end, or it is the whole of it.
            known.iter().any(|title| title.starts_with(&top) && top.split(' ').count() > 1)
        })
        .or_else(|| tops().find(|&index| within[walked.blocks[index].container as usize]))
        .or_else(|| tops().next())
        .or(page)
}

/// A page's title without the name of the site at its end.
fn without_site<'a>(title: &'a str, headline: Option<&str>) -> &'a str {
    if let Some(headline) = headline
        && title.starts_with(headline)
    {
        return &title[..headline.len()];
    }
    let cut = [" | ", " – ", " — ", " - ", " :: ", " « "].iter().filter_map(|mark| title.rfind(mark)).max();
    match cut {
        // What is cut off must be short, what is left the greater part.
        Some(at) if title[..at].split_whitespace().count() >= 3 && title.len() - at < at => title[..at].trim_end(),
        _ => title,
    }
}
