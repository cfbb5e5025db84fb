//! What a page says of itself: date, language, publisher, address, charset.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::date;

/// What a page says of itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) language: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    /// The headline as shared with others (`og:title`), free of the site's name.
    pub(crate) headline: Option<String>,
    /// Dates found, the most trustworthy kind first.
    dates: BTreeMap<DateKind, Date>,
}

/// Where a date of publication was found; earlier ones are trusted more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DateKind {
    Meta,
    LinkedData,
    MarkedTime,
    FirstTime,
}

/// Attributes of a start tag, decoded.
pub(crate) type Attributes = BTreeMap<String, String>;

impl Metadata {
    /// The date of publication.
    pub(crate) fn date(&self) -> Option<Date> {
        self.dates.values().next().copied()
    }

    /// Takes what a start tag tells.
    pub(crate) fn tag(&mut self, name: &str, attributes: &Attributes) {
        let get = |key: &str| attributes.get(key).map(|value| value.trim()).filter(|value| !value.is_empty());
        match name {
            "html" => set(&mut self.language, get("lang").or_else(|| get("xml:lang"))),
            "link" if get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                set(&mut self.url, get("href").filter(|href| href.contains("://")));
            }
            "time" => {
                let marked = attributes.contains_key("pubdate")
                    || get("itemprop").is_some_and(|property| property.contains("datePublished"))
                    || get("class").is_some_and(|class| class.contains("publish") || class.contains("entry-date"));
                let kind = if marked { DateKind::MarkedTime } else { DateKind::FirstTime };
                self.date_found(kind, get("datetime"));
            }
            "meta" => {
                let Some(content) = get("content") else { return };
                let property = get("property").or_else(|| get("name")).or_else(|| get("itemprop")).unwrap_or_default();
                match property.to_ascii_lowercase().as_str() {
                    "article:published_time"
                    | "og:article:published_time"
                    | "datepublished"
                    | "date"
                    | "pubdate"
                    | "publishdate"
                    | "publish-date"
                    | "publication_date"
                    | "published_time"
                    | "dc.date"
                    | "dc.date.issued"
                    | "dcterms.date"
                    | "dcterms.created"
                    | "dcterms.issued"
                    | "parsely-pub-date"
                    | "sailthru.date"
                    | "cxenseparse:recs:publishtime"
                    | "citation_publication_date" => {
                        self.date_found(DateKind::Meta, Some(content));
                    }
                    "og:title" => set(&mut self.headline, Some(content)),
                    "og:site_name" | "dc.publisher" => set(&mut self.publisher, Some(content)),
                    "og:url" => set(&mut self.url, Some(content).filter(|content| content.contains("://"))),
                    "og:locale" | "dc.language" => set(&mut self.language, Some(content)),
                    _ => {}
                }
            }
            _ => {
                if get("itemprop").is_some_and(|property| property == "datePublished") {
                    self.date_found(DateKind::MarkedTime, get("content").or_else(|| get("datetime")));
                }
            }
        }
    }

    /// Takes the date out of a script of linked data (schema.org's `datePublished`, however deep).
    pub(crate) fn linked_data(&mut self, script: &str) {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(script) else { return };
        let mut open = vec![&value];
        while let Some(value) = open.pop() {
            match value {
                serde_json::Value::Object(fields) => {
                    if let Some(serde_json::Value::String(written)) = fields.get("datePublished") {
                        return self.date_found(DateKind::LinkedData, Some(written));
                    }
                    open.extend(fields.values());
                }
                serde_json::Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
    }

    fn date_found(&mut self, kind: DateKind, written: Option<&str>) {
        if let Some(date) = written.and_then(date::parse) {
            self.dates.entry(kind).or_insert(date);
        }
    }
}

/// The first to say something is believed.
fn set(slot: &mut Option<String>, value: Option<&str>) {
    if slot.is_none() {
        *slot = value.map(str::to_owned);
    }
}

/// The charset that a page declares in its first bytes, by `<meta>` or an XML declaration.
pub(crate) fn charset(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(4096).map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
    let from = |start: usize| {
        let value = head[start..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|end: char| !(end.is_ascii_alphanumeric() || "-_:.".contains(end)))?;
        (end > 0).then(|| value[..end].to_owned())
    };
    head.match_indices("<meta")
        .find_map(|(at, _)| {
            let end = head[at..].find('>')? + at;
            let word = head[at..end].find("charset")? + at + "charset".len();
            from(word)
        })
        .or_else(|| {
            let end = head.trim_start().strip_prefix("<?xml")?.find("?>")?;
            let at = head.find("encoding")?;
            (at < end + 16).then(|| from(at + "encoding".len()))?
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_declared() {
        let cases: [(&[u8], Option<&str>); 5] = [
            (b"<html><META charset='KOI8-R'><p>", Some("koi8-r")),
            (b"<meta http-equiv=content-type content=\"text/html; charset=windows-1251\">", Some("windows-1251")),
            (b"<?xml version=\"1.0\" encoding=\"shift_jis\"?><html>", Some("shift_jis")),
            (b"<meta name=x><p>charset=none", None),
            (b"\xff\xfe\xe9<meta charset=\"\xe9\">", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(charset(bytes).as_deref(), expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn dates_by_trust() {
        let mut metadata = Metadata::default();
        let tag = |pairs: &[(&str, &str)]| -> Attributes {
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
        };
        metadata.tag("time", &tag(&[("datetime", "2020-01-01")]));
        assert_eq!(metadata.date(), date::parse("2020-01-01"));
        metadata.linked_data(r#"{"@graph":[{"@type":"WebPage"},{"datePublished":"2021-02-03T10:00:00Z"}]}"#);
        assert_eq!(metadata.date(), date::parse("2021-02-03"));
        metadata.tag("meta", &tag(&[("property", "article:published_time"), ("content", "2022-03-04T01:00:00+00:00")]));
        assert_eq!(metadata.date(), date::parse("2022-03-04"));
    }
}
