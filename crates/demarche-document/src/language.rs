//! Which language a document is in, as the two letters of ISO 639-1 (three where there are no two).

use std::collections::BTreeMap;

use whatlang::Lang;

/// Text shorter than this (letters) says too little; a report is then taken to be English.
const FEWEST_LETTERS: usize = 60;
/// How much of a text is looked at, in characters.
const SAMPLE: usize = 2000;
/// English is left only for a language the detector is surer of than this (0 to 1).
const LEAST_CONFIDENCE: f64 = 0.6;

/// A paragraph is passed over in an English document only if it has so many letters, or is not in Latin script.
const FEWEST_OF_A_PARAGRAPH: usize = 100;
/// The same of a paragraph in another script.
const FEWEST_OF_A_SCRIPT: usize = 10;

/// The language of a document of the given paragraphs, and of those that are surely in another one.
pub(crate) fn of_paragraphs(paragraphs: &[&str]) -> (String, Vec<Option<&'static str>>) {
    let found: Vec<Option<&'static str>> = paragraphs.iter().map(|text| foreign(text)).collect();
    let mut letters: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for (text, language) in paragraphs.iter().zip(&found) {
        *letters.entry(*language).or_default() += text.chars().filter(|c| c.is_alphabetic()).count();
    }
    let all: usize = letters.values().sum();
    if let Some((Some(language), _)) = letters.iter().find(|(language, n)| language.is_some() && **n * 2 > all) {
        return ((*language).to_owned(), vec![None; paragraphs.len()]);
    }
    let rest: Vec<&str> =
        paragraphs.iter().zip(&found).filter(|(_, language)| language.is_none()).map(|(text, _)| *text).collect();
    let language = detect(&rest.join("\n\n"));
    let others = if language == "en" { found } else { vec![None; paragraphs.len()] };
    (language, others)
}

/// The language of a paragraph that is surely not English.
fn foreign(text: &str) -> Option<&'static str> {
    let sample: String = text.chars().take(SAMPLE).collect();
    let info = whatlang::detect(&sample)?;
    let letters = sample.chars().filter(|character| character.is_alphabetic()).count();
    let sure = if info.script() == whatlang::Script::Latin {
        letters >= FEWEST_OF_A_PARAGRAPH && info.is_reliable() && info.lang() != Lang::Eng
    } else {
        letters >= FEWEST_OF_A_SCRIPT
    };
    sure.then(|| code(info.lang()))
}

/// Detects the language of `text`. Short and doubtful text is taken to be English, unless its script excludes that.
pub(crate) fn detect(text: &str) -> String {
    let sample: String = text.chars().take(SAMPLE).collect();
    let letters = sample.chars().filter(|character| character.is_alphabetic()).count();
    let Some(info) = whatlang::detect(&sample) else {
        return "en".to_owned();
    };
    let latin = info.script() == whatlang::Script::Latin;
    let sure = info.is_reliable() || info.confidence() >= LEAST_CONFIDENCE;
    if latin && (letters < FEWEST_LETTERS || !sure) {
        return "en".to_owned();
    }
    code(info.lang()).to_owned()
}

/// The primary subtag of a declared language: `en-GB`, `EN_us` and `eng` are all `en`.
pub(crate) fn declared(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().to_lowercase();
    if primary.is_empty() || !primary.chars().all(char::is_alphabetic) {
        return None;
    }
    let named = Lang::all().iter().find(|lang| lang.code() == primary || lang.eng_name().to_lowercase() == primary);
    Some(named.map_or(primary, |lang| code(*lang).to_owned()))
}

/// ISO 639-1 of the detector's languages.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let cases = [
            ("Talks resumed.", "en"),
            ("MOSCOW AND ANKARA AGREED ON TUESDAY TO REOPEN THE BORDER CROSSING, THE FOREIGN MINISTRY SAID.", "en"),
            ("The foreign ministers of Chile and Norway met in Oslo on Tuesday to discuss the treaty.", "en"),
            ("Les ministres des affaires étrangères du Chili et de la Norvège se sont rencontrés mardi à Oslo.", "fr"),
            ("Министры встретились во вторник.", "ru"),
        ];
        for (text, language) in cases {
            assert_eq!(detect(text), language, "{text}");
        }
        assert_eq!(declared("en-GB").as_deref(), Some("en"));
        assert_eq!(declared("eng").as_deref(), Some("en"));
        assert_eq!(declared("French").as_deref(), Some("fr"));
        assert_eq!(declared("tlh").as_deref(), Some("tlh"));
        assert_eq!(declared(" "), None);
    }
}
