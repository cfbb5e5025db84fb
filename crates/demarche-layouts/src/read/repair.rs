//! Rows with more cells than columns: a tab stands within a name, or twice between two cells.
//!
//! Cells are joined where that makes every cell fit its column, and nowhere else: a number must come to stand where numbers
//! do, a date where dates do. Where nothing fits, the row is a fault.

use super::cells::Cell;
use super::columns::Plan;

/// Most surplus cells that are looked into.
const MOST: usize = 16;

/// The cells of a row as many as there are columns, and whether that took a repair.
pub(super) fn fit(mut cells: Vec<Cell>, plan: &Plan) -> Option<(Vec<Cell>, bool)> {
    let width = plan.width();
    if cells.len() == width {
        return Some((cells, false));
    }
    if cells.len() < width {
        // Empty cells at the end may have been cut off, as some editors do.
        let (usual, fits) = (cells.len() >= plan.least(), cells.len() * 2 > width && all_fit(&cells, plan));
        let end = cells.last().map_or(0, |cell| cell.at.end);
        cells.resize(width, Cell { value: String::new(), at: end..end });
        return (usual || fits).then_some((cells, !usual));
    }
    let surplus = cells.len() - width;
    if cells[width..].iter().all(|cell| cell.value.is_empty()) && all_fit(&cells[..width], plan) {
        cells.truncate(width);
        return Some((cells, true));
    }
    if surplus > MOST {
        return None;
    }
    let once = (0..width).map(|at| joined(&cells, at, surplus));
    let mut found = best(once, plan);
    if found.is_none() && surplus == 2 {
        // Two tabs too many, at two places.
        let twice = (0..=width).flat_map(|first| {
            let step = joined(&cells, first, 1);
            (first + 1..width).map(move |second| joined(&step, second, 1))
        });
        found = best(twice, plan);
    }
    found.map(|cells| (cells, true))
}

/// Of the rows that fit, the first that loses no tab within a name, else the first.
fn best(rows: impl Iterator<Item = Vec<Cell>>, plan: &Plan) -> Option<Vec<Cell>> {
    let mut second = None;
    for row in rows.filter(|row| row.len() == plan.width() && all_fit(row, plan)) {
        if !row.iter().any(|cell| cell.value.contains('\t')) {
            return Some(row);
        }
        second.get_or_insert(row);
    }
    second.map(|mut row| {
        for cell in &mut *row {
            cell.value = cell.value.replace('\t', " ");
        }
        row
    })
}

/// The cells with `surplus` ones behind `at` joined to it; a tab is kept between two that are not empty.
fn joined(cells: &[Cell], at: usize, surplus: usize) -> Vec<Cell> {
    let mut out = cells.get(..at).unwrap_or(cells).to_vec();
    let parts = cells.get(at..=at + surplus).unwrap_or_default();
    if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
        let words: Vec<&str> = parts.iter().map(|cell| cell.value.as_str()).filter(|value| !value.is_empty()).collect();
        out.push(Cell { value: words.join("\t"), at: first.at.start..last.at.end });
        out.extend_from_slice(cells.get(at + surplus + 1..).unwrap_or_default());
    }
    out
}

/// Whether every cell may stand in its column, and those that no row can be without say something.
fn all_fit(cells: &[Cell], plan: &Plan) -> bool {
    let stands = |(index, cell): (usize, &Cell)| {
        plan.kinds().get(index).is_some_and(|kind| kind.admits(&cell.value))
            && !(cell.value.is_empty() && plan.must_say(index))
    };
    cells.iter().enumerate().all(stands)
}

#[cfg(test)]
mod tests {
    use super::super::columns::{Kind, column, needed};
    use super::*;

    const COLUMNS: &[super::super::columns::Column] = &[
        needed("id", Kind::Whole),
        needed("date", Kind::Date),
        column("name", Kind::Text),
        column("country", Kind::Codes),
        column("score", Kind::Number),
    ];

    fn fitted(row: &str) -> Option<Vec<String>> {
        let line = super::super::lines::Line { text: row.replace('|', "\t"), ..Default::default() };
        let cells = super::super::cells::Parting::Tab.cells(&line);
        let found = fit(cells, &Plan::in_order(COLUMNS, COLUMNS.len()))?;
        Some(found.0.into_iter().map(|cell| cell.value).collect())
    }

    #[test]
    fn surplus_tabs_are_joined_where_only_one_way_fits() {
        let right = Some(["1", "2023-01-02", "A B", "FRA", "-2.0"].map(str::to_owned).to_vec());
        for row in [
            "1|2023-01-02|A B|FRA|-2.0",
            "1|2023-01-02|A B|FRA|-2.0||",
            "1||2023-01-02|A B|FRA|-2.0",
            "1|2023-01-02|A|B|FRA|-2.0",
            "1||2023-01-02|A|B|FRA|-2.0",
            "1|2023-01-02|A B||FRA|-2.0",
        ] {
            assert_eq!(fitted(row), right, "{row}");
        }
        assert_eq!(fitted("1|2023-01-02|A|x|y|z|FRA|?"), None);
        assert_eq!(fitted("1|2"), None);
        assert_eq!(fitted("1|2023-01-02|A").map(|row| row.len()), Some(5));
    }
}
