//! Direct speech: quotation marks tied to the verb that goes before or follows them.

use demarche_record::{Quotation, TextRange};

use crate::labels::{Relation, Upos};
use crate::sentence::TokenId;

use super::marks::{Quoted, near};
use super::{Attribution, Passage, speaker};

/// Words that a quotation has beyond which it is more than a name.
const LONG: usize = 4;
/// Fewest words of a quotation that stands without a cue.
const MIN_ALONE: usize = 3;
/// Most words between a quotation and the cue that follows it.
const MAX_BETWEEN: usize = 30;
/// Most words between a question and the cue that follows it.
const MAX_ASKER: usize = 6;
/// How many quotations back one may belong to the same cue, or stand in one sentence.
const LATEST: usize = 16;

/// A cue that goes with a quotation.
#[derive(Clone, Copy)]
struct Tie {
    sentence: usize,
    verb: TokenId,
    /// The text that holds the cue and its speaker.
    region: TextRange,
    /// Whether it follows the quotation.
    follows: bool,
    /// Stands right beside it, so that nothing else can be meant.
    close: bool,
}

impl Passage<'_> {
    /// Quotations with a cue. One that the cue divides is one attribution; so is one that goes on right after it.
    pub(super) fn direct(self, quoted: &[Quoted]) -> Vec<Attribution> {
        let ties: Vec<Option<Tie>> = (0..quoted.len()).map(|n| self.tie(quoted, n)).collect();
        let mut out: Vec<(Attribution, TextRange)> = Vec::new();
        for (n, quotation) in quoted.iter().enumerate() {
            let Some(tie) = ties[n] else {
                // "...," he said. "..."
                let goes_on = out.iter_mut().rev().take(LATEST).find(|(_, region)| {
                    let between = TextRange::new(region.end, quotation.outer.start).of(self.text);
                    region.end <= quotation.outer.start && between.trim().is_empty() && !between.contains('\n')
                });
                if let Some((attribution, region)) = goes_on
                    && self.alone(quotation)
                {
                    attribution.content.extend(self.pieces(quotation));
                    *region = TextRange::new(quotation.outer.end, quotation.outer.end);
                }
                continue;
            };
            let same = out.iter_mut().rev().take(LATEST).find(|(attribution, _)| {
                attribution.cue.as_ref().is_some_and(|cue| cue.sentence == tie.sentence && cue.head == tie.verb)
            });
            if let Some((attribution, region)) = same {
                attribution.content.extend(self.pieces(quotation));
                region.end = region.end.max(quotation.outer.end);
                continue;
            }
            let mut content = self.pieces(quotation);
            let mut kind = Quotation::Direct;
            if tie.follows
                && let Some(prefix) = self.prefix(quoted, n)
                && let Some(first) = content.first_mut()
            {
                first.start = prefix;
                kind = Quotation::Mixed;
            }
            let speaker = self.speaker_beside(tie, quotation).map(|head| self.mention(tie.sentence, head));
            let attribution = Attribution { kind, cue: Some(self.cue(tie.sentence, tie.verb, &[])), content, speaker };
            let region =
                if tie.follows { tie.region } else { TextRange::new(quotation.outer.end, quotation.outer.end) };
            out.push((attribution, region));
        }
        for (attribution, _) in &mut out {
            attribution.content.sort_unstable();
        }
        out.into_iter()
            .map(|(attribution, _)| attribution)
            .filter(|attribution| !attribution.content.is_empty())
            .collect()
    }

    /// Quotations of whole sentences that no cue goes with: whoever spoke last goes on.
    pub(super) fn standing_alone(self, quoted: &[Quoted], found: &[Attribution]) -> Vec<Attribution> {
        let mut cited: Vec<TextRange> = found
            .iter()
            .filter(|attribution| attribution.kind != Quotation::Indirect)
            .flat_map(|attribution| attribution.content.iter().copied())
            .collect();
        cited.sort_unstable();
        let mut tellings: Vec<(usize, &Attribution)> = found
            .iter()
            .filter(|attribution| attribution.speaker.is_some())
            .filter_map(|attribution| attribution.cue.as_ref().map(|cue| (cue.range.start, attribution)))
            .collect();
        tellings.sort_by_key(|&(start, _)| start);
        // One told within another's words does not speak on.
        let mut open: Vec<TextRange> =
            found.iter().flat_map(|attribution| attribution.content.iter().copied()).collect();
        open.sort_unstable();
        let mut reach = (0, 0);
        tellings.retain(|&(start, _)| {
            while let Some(content) = open.get(reach.0).filter(|content| content.start <= start) {
                reach = (reach.0 + 1, reach.1.max(content.end));
            }
            reach.1 <= start
        });
        let mut out = Vec::new();
        for quotation in quoted.iter().filter(|quotation| quotation.depth == 0 && self.alone(quotation)) {
            let inner = quotation.inner();
            // Contents nest at most a few deep, so that the next ones before tell.
            let before = cited.partition_point(|content| content.start < inner.end);
            if cited[before.saturating_sub(LATEST)..before].iter().any(|content| content.overlaps(inner)) {
                continue;
            }
            let last = tellings.partition_point(|&(start, _)| start < quotation.outer.start);
            let content = self.pieces(quotation);
            if let Some((_, attribution)) = last.checked_sub(1).and_then(|n| tellings.get(n))
                && !content.is_empty()
            {
                out.push(Attribution { kind: Quotation::Direct, cue: None, content, speaker: attribution.speaker });
            }
        }
        out
    }

    fn pieces(self, quotation: &Quoted) -> Vec<TextRange> {
        quotation.pieces.iter().map(|&piece| self.trimmed(piece)).filter(|piece| !piece.is_empty()).collect()
    }

    /// Whether a quotation is made of whole sentences, with nothing of the writer's in them.
    fn alone(self, quotation: &Quoted) -> bool {
        let inner = quotation.inner().of(self.text).trim();
        let Some(first) = self.sentence_at(quotation.outer.start) else { return false };
        let last_byte = quotation.outer.end.saturating_sub(1);
        let last = self.sentence_at(last_byte).unwrap_or(first);
        let before = TextRange::new(self.sentences[first].range.start, quotation.outer.start).of(self.text);
        let after = TextRange::new(quotation.outer.end, self.sentences[last].range.end).of(self.text);
        quotation.closed
            && inner.ends_with(['.', '!', '?', '…', ',', '—', '\'', '’', '"', '”'])
            && inner.split_whitespace().take(MIN_ALONE).count() == MIN_ALONE
            && !before.contains(char::is_alphanumeric)
            && !after.contains(char::is_alphanumeric)
    }

    /// The cue that goes with a quotation.
    fn tie(self, quoted: &[Quoted], n: usize) -> Option<Tie> {
        let before = self.cue_before(quoted, n);
        let after = self.cue_after(quoted, n);
        match (before, after) {
            (Some(before), Some(after)) => Some(if before.close { before } else { after }),
            (before, after) => before.or(after),
        }
    }

    /// The quotation that one stands in.
    fn around(self, quoted: &[Quoted], n: usize) -> TextRange {
        let outer = quoted[n].outer;
        if quoted[n].depth == 0 {
            return TextRange::new(0, self.text.len());
        }
        quoted[..n]
            .iter()
            .rev()
            .find(|around| around.depth < quoted[n].depth && around.outer.contains(outer))
            .map_or(TextRange::new(0, self.text.len()), Quoted::inner)
    }

    /// The text from the beginning of the sentence, or from an earlier quotation, to the opening mark.
    fn before(self, quoted: &[Quoted], n: usize) -> Option<(usize, TextRange)> {
        let quotation = &quoted[n];
        let sentence = self.sentence_at(quotation.outer.start)?;
        let earlier = quoted[n.saturating_sub(LATEST)..n]
            .iter()
            .filter(|other| other.outer.end <= quotation.outer.start && other.depth <= quotation.depth)
            .map(|other| other.outer.end)
            .max()
            .unwrap_or(0);
        let start = self.sentences[sentence].range.start.max(earlier).max(self.around(quoted, n).start);
        Some((sentence, TextRange::new(start.min(quotation.outer.start), quotation.outer.start)))
    }

    fn cue_before(self, quoted: &[Quoted], n: usize) -> Option<Tie> {
        let quotation = &quoted[n];
        let (mut sentence, mut region) = self.before(quoted, n)?;
        if !region.of(self.text).contains(char::is_alphanumeric) {
            // "The minister said:" as a sentence of its own.
            sentence = sentence.checked_sub(1)?;
            let range = self.sentences[sentence].range;
            let open = range.of(self.text).trim_end().ends_with([':', ',']);
            if !open || near(quoted, range).iter().any(|other| other.outer.end == range.end) {
                return None;
            }
            region = range;
        }
        let text = region.of(self.text).trim_end();
        let words = &self.sentences[sentence].tokens;
        let others = near(&quoted[..n], region);
        let free = |token: &TokenId| {
            !others.iter().any(|other| other.depth >= quotation.depth && other.inner().contains(words[*token].range))
        };
        let within: Vec<TokenId> = self.tokens_in(sentence, region).filter(free).collect();
        let quoting = |lemma: &str| self.lexicon.quotes(lemma);
        let verb = self.cues(sentence, quoting).into_iter().rev().find(|verb| within.contains(verb))?;
        // "Writing in his blog, he dubbed the dispute": the words are what something is called.
        let names = |lemma: &str| self.lexicon.rates(lemma) && !self.lexicon.quotes(lemma);
        if self.cues(sentence, names).iter().any(|later| *later > verb && within.contains(later)) {
            return None;
        }
        let between = within.iter().filter(|&&token| token > verb && words[token].upos != Upos::Punct).count();
        let said = quotation.inner().of(self.text).trim_start();
        let capital = said.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
            || said.starts_with(['[', '.', '…']);
        let long = said.split_whitespace().nth(LONG).is_some();
        let close = between == 0 && long;
        let lemma = self.lemma(sentence, verb);
        let behind =
            |wanted: &str| within.iter().any(|&token| token > verb && words[token].form.eq_ignore_ascii_case(wanted));
        // A that-clause holds the quotation; so does what something is described as.
        let clause = words.get(verb + 1).is_some_and(|next| next.form.eq_ignore_ascii_case("that"));
        let rated = lemma == "describe" && behind("as");
        let addressed = lemma == "tell" && between < 4;
        let accepted = if text.ends_with(':') {
            true
        } else if clause || rated {
            false
        } else if text.ends_with([',', '-', '–', '—']) {
            capital || between == 0 || addressed || (long && between < 8)
        } else {
            // 'said "there is hope"', 'wrote in a letter "There is hope."'
            let ends = said.trim_end().ends_with(['.', '?', '!']);
            let beside = between == 0 || (between < 6 && capital && long && ends);
            beside && self.clause_like(quotation) && !text.ends_with(" that")
        };
        let close = text.ends_with(':') || (accepted && close);
        accepted.then_some(Tie { sentence, verb, region, follows: false, close })
    }

    /// Whether what stands between the marks has a verb.
    fn clause_like(self, quotation: &Quoted) -> bool {
        let inner = quotation.inner();
        let Some(sentence) = self.sentence_at(quotation.outer.start) else { return false };
        (sentence..self.sentences.len()).take_while(|&s| self.sentences[s].range.start < inner.end).any(|s| {
            self.tokens_in(s, inner).any(|t| matches!(self.sentences[s].tokens[t].upos, Upos::Verb | Upos::Aux))
        })
    }

    fn cue_after(self, quoted: &[Quoted], n: usize) -> Option<Tie> {
        let quotation = &quoted[n];
        let around = self.around(quoted, n);
        let inner = quotation.inner();
        let said = inner.of(self.text).trim_end();
        let mut sentence = self.sentence_at(quotation.outer.end.saturating_sub(1))?;
        let next = quoted[n + 1..]
            .iter()
            .map(|other| other.outer.start)
            .find(|&start| start >= quotation.outer.end)
            .unwrap_or(self.text.len());
        let limit = |end: usize| end.min(next).min(around.end);
        let range = self.sentences[sentence].range;
        let mut region = TextRange::new(quotation.outer.end, limit(range.end).max(quotation.outer.end));
        let paused = said.ends_with([',', '?', '!', '—', '–', '-', '…'])
            || self.text.get(quotation.outer.end..).is_some_and(|rest| rest.starts_with(','));
        if !region.of(self.text).contains(char::is_alphanumeric) {
            // The sentence was cut at the mark.
            let following = sentence + 1;
            let same = self.paragraph_of.get(following) == self.paragraph_of.get(sentence);
            if following >= self.sentences.len() || (!said.ends_with([',', '—', '–', '-']) && !same) {
                return None;
            }
            sentence = following;
            let range = self.sentences[sentence].range;
            if range.start >= limit(range.end) {
                return None;
            }
            region = TextRange::new(range.start.max(quotation.outer.end), limit(range.end));
            // "... it?" Solorio responded, "One of": the next quotation's cue.
            let held = region.of(self.text).trim_end();
            if !said.ends_with(',')
                && next < self.text.len()
                && held.ends_with([',', ':'])
                && held.starts_with(char::is_uppercase)
            {
                return None;
            }
        }
        let s = &self.sentences[sentence];
        let within: Vec<TokenId> =
            self.tokens_in(sentence, region).filter(|&token| s.tokens[token].upos != Upos::Punct).collect();
        let quoting = |lemma: &str| self.lexicon.quotes(lemma);
        let cues = self.cues(sentence, quoting);
        let place = within.iter().position(|token| cues.contains(token))?;
        let verb = within[place];
        let lead = &within[..place];
        let first = s.tokens[*within.first()?].form.to_lowercase();
        let joined = ["which", "who", "that", "and", "but", "or", "where", "when", "as"].contains(&first.as_str());
        let predicate = lead.iter().any(|&t| {
            s.tokens[t].upos == Upos::Verb
                && !matches!(s.tokens[t].relation, Relation::Acl | Relation::AclRelcl | Relation::Amod)
        });
        if joined || predicate || lead.len() > MAX_BETWEEN {
            return None;
        }
        // A cue that takes a that-clause of its own tells that and not the quotation.
        let own = s.dependents(verb).iter().any(|&d| {
            d > verb
                && s.tokens[d].relation == Relation::Ccomp
                && within.contains(&d)
                && s.dependents_by(d, Relation::Mark).any(|m| m > verb)
        });
        // Nobody speaks where the cue stands alone.
        if own || within.len() == 1 {
            return None;
        }
        let pronoun = lead.len() == 1 && s.tokens[lead[0]].upos == Upos::Pron;
        let beside = lead.is_empty() || pronoun;
        let accepted = if said.ends_with(['?', '!']) {
            beside || (lead.len() < MAX_ASKER && s.tokens[verb].lemma != "go")
        } else {
            paused || beside
        };
        accepted.then_some(Tie { sentence, verb, region, follows: true, close: false })
    }

    /// Where the sentence begins of which only the end stands in marks ('In Africa, "farmers will not report," she said').
    fn prefix(self, quoted: &[Quoted], n: usize) -> Option<usize> {
        let (sentence, region) = self.before(quoted, n)?;
        if quoted[n].depth > 0 || region.start != self.sentences[sentence].range.start {
            return None;
        }
        let text = region.of(self.text);
        let within: Vec<TokenId> = self.tokens_in(sentence, region).collect();
        let told =
            self.cues(sentence, |lemma| self.lexicon.quotes(lemma)).into_iter().any(|verb| within.contains(&verb));
        (text.contains(char::is_alphanumeric) && !told).then_some(region.start)
    }

    /// Who speaks beside a quotation: the subject of the cue, else the noun phrase beside it.
    fn speaker_beside(self, tie: Tie, quotation: &Quoted) -> Option<TokenId> {
        let sentence = &self.sentences[tie.sentence];
        let outside = |token: TokenId| !quotation.outer.overlaps(sentence.tokens[token].range);
        let subject = speaker::of(sentence, tie.verb).filter(|&token| outside(token));
        if let Some(subject) = subject
            && (!tie.follows || tie.region.contains(sentence.tokens[subject].range))
        {
            return Some(subject);
        }
        let within: Vec<TokenId> = self
            .tokens_in(tie.sentence, tie.region)
            .filter(|&token| {
                speaker::nominal(sentence, token)
                    && matches!(sentence.tokens[token].upos, Upos::Noun | Upos::Propn | Upos::Pron)
                    && !matches!(
                        sentence.tokens[token].relation,
                        Relation::Obl | Relation::OblUnmarked | Relation::NmodPoss | Relation::Iobj
                    )
            })
            .collect();
        let heads = |side: &[TokenId]| {
            side.iter().copied().find(|&token| sentence.tokens[token].head.is_none_or(|head| !side.contains(&head)))
        };
        let verb = within.partition_point(|&token| token < tie.verb);
        let (left, right) = within.split_at(verb);
        // "said the minister": what stands right behind.
        let right: Vec<TokenId> = right.iter().copied().filter(|_| tie.follows).collect();
        heads(left).or_else(|| heads(&right)).or(subject)
    }
}
