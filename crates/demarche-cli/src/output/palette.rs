//! Colours and width of what people read.

use anstyle::{AnsiColor, Style};

use super::Destination;

/// Columns where the output is no terminal, or a terminal that does not tell.
const COLUMNS: usize = 100;
/// Longer lines are hard to read however wide the terminal.
const MOST_COLUMNS: usize = 120;
const FEWEST_COLUMNS: usize = 40;

/// How a page of text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) width: usize,
    /// Whether there are colours; without them the words of an act stand between stars.
    pub(crate) colour: bool,
    pub(crate) palette: Palette,
}

impl Page {
    /// The page that fits a destination.
    pub(crate) fn of(destination: &Destination) -> Self {
        let colour = if destination.is_stdout() {
            anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
        } else {
            anstream::ColorChoice::global() == anstream::ColorChoice::Always
        };
        let columns = if destination.is_terminal() { terminal_size::terminal_size() } else { None };
        let width = columns.map_or(COLUMNS, |(width, _)| usize::from(width.0)).clamp(FEWEST_COLUMNS, MOST_COLUMNS);
        Self::new(width, colour)
    }

    /// A page in a file.
    pub(crate) fn plain() -> Self {
        Self::new(COLUMNS, false)
    }

    pub(crate) fn new(width: usize, colour: bool) -> Self {
        Self { width, colour, palette: if colour { Palette::COLOURED } else { Palette::default() } }
    }
}

/// What is shown in which style; all plain by default.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Palette {
    pub(crate) heading: Style,
    pub(crate) id: Style,
    /// What is said to have been done, and the words that say it.
    pub(crate) trigger: Style,
    /// Who acts or speaks.
    pub(crate) actor: Style,
    /// To whom.
    pub(crate) recipient: Style,
    /// Where and when.
    pub(crate) setting: Style,
    /// Whose words.
    pub(crate) source: Style,
    pub(crate) dim: Style,
}

impl Palette {
    const COLOURED: Self = Self {
        heading: Style::new().bold(),
        id: Style::new().dimmed(),
        trigger: AnsiColor::Yellow.on_default().bold(),
        actor: AnsiColor::Cyan.on_default(),
        recipient: AnsiColor::Magenta.on_default(),
        setting: AnsiColor::Green.on_default(),
        source: AnsiColor::Blue.on_default(),
        dim: Style::new().dimmed(),
    };
}
