//! Words back into a dossier.

use std::path::Path;

use demarche::document::Discovered;
use demarche_dossier::{Digest, Dossier, Rehydrated};

use crate::args::Rehydrate;
use crate::batch;
use crate::console::Console;
use crate::failure::{Failure, Verdict};
use crate::summary::count;

pub(super) fn run(args: &Rehydrate, path: &Path, quiet: bool) -> Result<Verdict, Failure> {
    let of_dossier = Failure::dossier(path);
    let Discovered { inputs, left } = args.texts_alone()?;
    if !path.exists() {
        return Err(of_dossier(demarche_dossier::DossierError::Missing));
    }
    let mut dossier = Dossier::open_waiting(path, args.patience()).map_err(&of_dossier)?;
    let console = Console::new(quiet, false).leaving(&left);
    let [mut done, mut had, mut strange] = [0_u64; 3];
    let mut failed = 0_u64;
    for document in batch::documents(inputs, args.reading.options()) {
        let document = match document {
            Ok(document) => batch::named_by_hash(document),
            Err(trouble) => {
                failed += 1;
                console.failed(&trouble.message);
                continue;
            }
        };
        let hash = Digest(document.received.hash);
        let words = |field, span| document.words(field, span);
        match dossier.rehydrate(&document.id, &hash, words).map_err(&of_dossier)? {
            Rehydrated::Done => done += 1,
            Rehydrated::HadText => had += 1,
            Rehydrated::NotThere => strange += 1,
            Rehydrated::OtherBytes => {
                failed += 1;
                console.failed(super::other_text(&document.id));
            }
        }
    }
    let still = dossier.without_text().map_err(&of_dossier)?;
    dossier.close().map_err(&of_dossier)?;
    console.finish(format_args!(
        "{} given their words, {had} had them, {strange} not in the dossier, {failed} failed; {} still without",
        count(done, "document"),
        count(still, "document")
    ));
    Ok(Verdict::of(failed == 0))
}
