//! A timeline as a picture: events by quad class above, their mean score below, in SVG that follows a dark page.

use std::error::Error;
use std::ops::Range;

use demarche_dossier::{Bucket, Timeline};
use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::failure::Failure;

/// Width, and heights of the two parts, in pixels.
const SIZE: (u32, u32) = (960, 520);
const UPPER: u32 = 350;
/// Columns of pixels left of the axes.
const LEFT: u32 = 64;

/// Quad classes and their colours, which the colour-blind tell apart (Okabe and Ito) and which stand out from white and black.
const QUADS: [(&str, RGBColor); 4] = [
    ("verbal cooperation", RGBColor(86, 180, 233)),
    ("material cooperation", RGBColor(0, 114, 178)),
    ("verbal conflict", RGBColor(230, 159, 0)),
    ("material conflict", RGBColor(213, 94, 0)),
];
/// Events of a user's own types, which may have no class.
const OTHER: (&str, RGBColor) = ("other", RGBColor(150, 150, 150));

/// On a light page; [`DARK`] turns them round on a dark one.
const PAPER: RGBColor = RGBColor(255, 255, 255);
const INK: RGBColor = RGBColor(31, 41, 55);
const LINES: RGBColor = RGBColor(209, 213, 219);
const SCORE: RGBColor = RGBColor(0, 158, 115);

/// Rules for a dark page: a style sheet goes before the attributes of SVG.
const DARK: &str = "<style>@media (prefers-color-scheme: dark) { \
    rect[fill=\"#FFFFFF\"] { fill: #111827 } text { fill: #E5E7EB } \
    [stroke=\"#1F2937\"] { stroke: #9CA3AF } [stroke=\"#D1D5DB\"] { stroke: #374151 } }</style>";

/// The picture.
pub(crate) fn svg(title: &str, timeline: &Timeline) -> Result<String, Failure> {
    let mut picture = String::new();
    draw(&mut picture, title, &timeline.buckets)
        .map_err(|cause| Failure::Made { what: "picture", cause: cause.to_string() })?;
    // Behind the opening tag, which is the first.
    if let Some(at) = picture.find("<svg").and_then(|svg| Some(svg + picture.get(svg..)?.find('>')? + 1)) {
        picture.insert_str(at, &format!("\n{DARK}"));
    }
    Ok(picture)
}

/// Places of a number of periods, one beside the other, named where there is room.
struct Periods(usize);

impl Ranged for Periods {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let share = (value + 0.5) / self.0.max(1) as f64;
        limit.0 + (f64::from(limit.1 - limit.0) * share).round() as i32
    }

    fn key_points<H: KeyPointHint>(&self, hint: H) -> Vec<f64> {
        let step = self.0.div_ceil(hint.max_num_points().clamp(1, 12)).max(1);
        (0..self.0).step_by(step).map(|period| period as f64).collect()
    }

    fn range(&self) -> Range<f64> {
        -0.5..self.0 as f64 - 0.5
    }
}

fn draw(picture: &mut String, title: &str, buckets: &[Bucket]) -> Result<(), Box<dyn Error>> {
    let root = SVGBackend::with_string(picture, SIZE).into_drawing_area();
    root.fill(&PAPER)?;
    let (upper, lower) = root.split_vertically(UPPER);
    let label = |at: &f64| {
        let bucket = buckets.get(at.round().max(0.0) as usize);
        bucket.map_or_else(String::new, |bucket| bucket.period.to_string())
    };
    let text = ("sans-serif", 14).into_font().color(&INK);

    let most = buckets.iter().map(|bucket| bucket.counts.events).max().unwrap_or_default().max(1);
    let mut events = ChartBuilder::on(&upper)
        .caption(title, ("sans-serif", 20).into_font().color(&INK))
        .margin(12)
        .margin_right(24)
        .set_label_area_size(LabelAreaPosition::Left, LEFT)
        .set_label_area_size(LabelAreaPosition::Bottom, 28)
        // Room above the bars for the legend.
        .build_cartesian_2d(Periods(buckets.len()), 0_u64..most + most.div_ceil(5))?;
    events
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(LINES)
        .axis_style(INK)
        .x_label_formatter(&label)
        .x_labels(12)
        .y_labels(6)
        .y_desc("events")
        .label_style(text.clone())
        .axis_desc_style(text.clone())
        .draw()?;
    let width = if buckets.len() > 200 { 0.5 } else { 0.4 };
    let mut parts: Vec<_> = QUADS.iter().enumerate().map(|(quad, &of)| (of, Some(quad))).collect();
    if buckets.iter().any(|bucket| other(bucket) > 0) {
        parts.push((OTHER, None));
    }
    let mut legend = LEFT as i32 + 24;
    for ((name, colour), quad) in parts {
        let bars = buckets.iter().enumerate().filter_map(move |(at, bucket)| {
            let below: u64 = bucket.counts.quads.iter().take(quad.unwrap_or(QUADS.len())).sum();
            let height = quad.map_or_else(|| other(bucket), |quad| bucket.counts.quads[quad]);
            let at = at as f64;
            let corners = [(at - width, below), (at + width, below + height)];
            (height > 0).then(|| Rectangle::new(corners, colour.filled()))
        });
        events.draw_series(bars)?;
        upper.draw(&Rectangle::new([(legend, 48), (legend + 12, 60)], colour.filled()))?;
        upper.draw(&Text::new(name, (legend + 18, 54), text.clone().pos(Pos::new(HPos::Left, VPos::Center))))?;
        // About as wide as its letters.
        legend += 44 + 7 * name.len() as i32;
    }

    let mut score = ChartBuilder::on(&lower)
        .margin(12)
        .margin_right(24)
        .margin_top(0)
        .set_label_area_size(LabelAreaPosition::Left, LEFT)
        .set_label_area_size(LabelAreaPosition::Bottom, 28)
        .build_cartesian_2d(Periods(buckets.len()), -10_f64..10_f64)?;
    score
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(LINES)
        .axis_style(INK)
        .x_label_formatter(&label)
        .x_labels(12)
        .y_labels(5)
        .y_label_formatter(&|score| format!("{score:.0}"))
        .y_desc("mean score")
        .label_style(text.clone())
        .axis_desc_style(text)
        .draw()?;
    let points: Vec<(f64, f64)> =
        buckets.iter().enumerate().filter_map(|(at, bucket)| Some((at as f64, bucket.counts.mean_score?))).collect();
    // No line leads over periods without a score.
    for run in points.chunk_by(|one, next| next.0 - one.0 < 1.5) {
        score.draw_series(LineSeries::new(run.iter().copied(), SCORE.stroke_width(2)))?;
    }
    if points.len() <= 120 {
        score.draw_series(points.into_iter().map(|point| Circle::new(point, 3, SCORE.filled())))?;
    }
    root.present()?;
    Ok(())
}

/// Events without a quad class.
fn other(bucket: &Bucket) -> u64 {
    bucket.counts.events.saturating_sub(bucket.counts.quads.iter().sum())
}
