//! Numbers as a line of small bars.

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A bar a number, at most `width` of them: where there are more, neighbours are added up. Nothing is a blank, the greatest
/// number the whole bar.
pub(crate) fn of(numbers: &[u64], width: usize) -> String {
    let each = numbers.len().div_ceil(width.max(1)).max(1);
    let sums: Vec<u64> = numbers.chunks(each).map(|part| part.iter().sum()).collect();
    let greatest = sums.iter().copied().max().unwrap_or_default();
    sums.iter()
        .map(|&sum| match sum {
            0 => ' ',
            // Something is at least the smallest bar.
            sum => BARS[((sum * 8).div_ceil(greatest) as usize).clamp(1, 8) - 1],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn nothing_is_blank_and_the_greatest_whole() {
        assert_eq!(of(&[0, 1, 4, 8, 100], 10), " ▁▁▁█");
        assert_eq!(of(&[0, 1, 2, 4], 2), "▂█");
        assert_eq!(of(&[0, 0], 5), "  ");
        assert_eq!(of(&[], 5), "");
    }
}
