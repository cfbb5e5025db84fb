//! `demarche actors check`: faults and agreement of dictionaries and tables.

use std::fmt::Write;

use demarche::actor_files::{self, FileReport};

use crate::args::{Check, read};
use crate::failure::{Failure, Verdict};
use crate::output::{Destination, plain};
use crate::summary::count;

pub(crate) fn run(args: &Check) -> Result<Verdict, Failure> {
    let mut destination = Destination::open(None)?;
    let files = args.files.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let mut sound = true;
    for report in actor_files::reports(&files)? {
        sound &= report.faults.is_empty();
        destination.write(page(&report, args.most).as_bytes())?;
    }
    destination.finish(true)?;
    Ok(Verdict::of(sound))
}

fn page(report: &FileReport, most: usize) -> String {
    let mut out = String::new();
    list(&mut out, "fault", &report.faults, most, ToString::to_string);
    let name = &report.name;
    list(&mut out, "name decided elsewhere in the file", &report.repeated, most, |repeated| {
        format!("{name}:{}: `{}` is there too at line {}", repeated.line, repeated.name, repeated.other)
    });
    list(&mut out, "name that is known already", &report.overlaps, most, |overlap| {
        format!("{name}:{}: `{}` is known as {}", overlap.line, overlap.name, overlap.known)
    });
    list(&mut out, "name that comes out otherwise", &report.differences, most, |difference| {
        let on = difference.on.map_or_else(String::new, |on| format!(" on {on}"));
        format!(
            "{name}:{}: `{}`{on}: {} in the file, {} found",
            difference.line, difference.name, difference.expected, difference.found
        )
    });
    summary(&mut out, report);
    out
}

fn summary(out: &mut String, report: &FileReport) {
    let number = |n: usize, noun: &str| count(n as u64, noun);
    let (noun, dated) = match report.sort {
        "discard list" => ("phrase", "of them leave out the document"),
        "tables" => ("row", "with a term"),
        _ => ("name", "with dates"),
    };
    // Writing to a string does not fail.
    let _ = write!(out, "{}: {}, ", plain(&report.name), report.sort);
    let _ = match report.sort {
        "discard list" => write!(out, "{}, {} {dated}", number(report.names, noun), report.dated),
        "tables" => write!(
            out,
            "{}, {}, {} {dated}, {} waiting for a reader",
            number(report.entries, noun),
            number(report.names, "name"),
            report.dated,
            report.waiting
        ),
        "agent dictionary" => {
            write!(out, "{}, {}", number(report.entries, "line"), number(report.names, "noun"))
        }
        _ => write!(
            out,
            "{}, {}, {} {dated}",
            number(report.entries, "actor"),
            number(report.names, noun),
            number(report.dated, "code")
        ),
    };
    let _ = writeln!(
        out,
        "\n  {}, {} not wholly understood among them; {} decided by another line",
        number(report.faults.len(), "fault"),
        number(report.not_understood, "code"),
        number(report.repeated.len(), "name")
    );
    if report.looked_up > 0 {
        let share = 100.0 * report.agree as f64 / report.looked_up as f64;
        let _ = writeln!(
            out,
            "  {} looked up: {} as the file says ({share:.2} %), {} otherwise; {} so without the file",
            number(report.looked_up, "name"),
            report.agree,
            report.differences.len(),
            report.already
        );
    }
}

/// The first lines of a sort, and how many more there are.
fn list<T>(out: &mut String, what: &str, items: &[T], most: usize, line: impl Fn(&T) -> String) {
    for item in items.iter().take(most) {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{}", plain(&line(item)));
    }
    if items.len() > most {
        let _ = writeln!(out, "... and {} more of this sort: {what} (see --most)", items.len() - most);
    }
}
