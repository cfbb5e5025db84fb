//! `demarche story`: the documents that tell one story.

use demarche_dossier::DossierError;

use super::Source;
use crate::args::Story;
use crate::failure::Failure;
use crate::output::table::{Type, columns};

pub(super) fn run(args: &Story, quiet: bool) -> Result<(), Failure> {
    let source = Source::open(&args.asking, quiet)?;
    let columns = columns([
        ("document", Type::Text),
        ("date", Type::Date),
        ("publisher", Type::Text),
        ("title", Type::Text),
        ("url", Type::Text),
    ]);
    let story = match source.dossier.story(&args.id) {
        // The id of a record is its document's with a number.
        Err(DossierError::NoSuchId { id }) => match args.id.rsplit_once('#') {
            Some((document, _)) => source.dossier.story(document).map_err(|_| DossierError::NoSuchId { id }),
            None => Err(DossierError::NoSuchId { id }),
        },
        found => found,
    };
    let story = story.map_err(|cause| source.failed(cause))?;
    source.tabulated(args.to, &args.writing, columns, |_, rows| {
        for telling in story.documents {
            let row = vec![
                telling.document.into(),
                telling.date.into(),
                telling.publisher.into(),
                telling.title.into(),
                telling.url.into(),
            ];
            if rows.row(row).is_break() {
                break;
            }
        }
        Ok(())
    })
}
