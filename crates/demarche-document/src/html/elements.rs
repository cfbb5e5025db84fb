//! What elements and their class names mean for the blocks of a page.

use std::collections::HashSet;

/// The words of class, id and role: "entry-content", "entryContent" and "`entry_content`" give "entry", "content" and
/// "entrycontent".
pub(super) struct ClassWords(Vec<String>);

impl ClassWords {
    pub(super) fn of(attributes: &[&str]) -> Self {
        let mut words = Vec::new();
        for token in attributes.iter().flat_map(|attribute| attribute.split_whitespace()) {
            let mut whole = String::new();
            let mut word = String::new();
            let mut lower = false;
            let mut negated = false;
            for character in token.chars() {
                let letter = character.is_alphanumeric();
                if (!letter || character.is_uppercase() && lower) && !word.is_empty() {
                    negated |= matches!(word.as_str(), "no" | "has" | "with" | "without" | "is" | "hide");
                    words.push(std::mem::take(&mut word));
                }
                lower = character.is_lowercase();
                if letter {
                    word.extend(character.to_lowercase());
                    whole.extend(character.to_lowercase());
                }
            }
            words.push(word);
            words.push(whole);
            if negated {
                // "has-sidebar", "no-comments" tell of what is elsewhere.
                words.clear();
            }
        }
        Self(words)
    }

    /// Whether one of the words is in the list.
    pub(super) fn any(&self, list: &HashSet<String>) -> bool {
        self.0.iter().any(|word| list.contains(word))
    }
}

/// White space in HTML.
pub(super) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\n' | '\r' | '\t' | '\u{C}')
}

/// Elements that hold blocks.
pub(super) fn is_container(name: &str) -> bool {
    matches!(
        name,
        "body"
            | "main"
            | "article"
            | "section"
            | "div"
            | "td"
            | "figure"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "form"
            | "center"
            | "ul"
            | "ol"
            | "table"
            | "blockquote"
    )
}

/// Elements beyond which no end tag is implied.
pub(super) fn is_scope(name: &str) -> bool {
    matches!(
        name,
        "table"
            | "ul"
            | "ol"
            | "dl"
            | "div"
            | "section"
            | "article"
            | "main"
            | "body"
            | "html"
            | "button"
            | "blockquote"
    )
}

/// Elements that begin and end a block.
pub(super) fn is_block(name: &str) -> bool {
    is_container(name)
        || matches!(
            name,
            "html"
                | "head"
                | "title"
                | "p"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "li"
                | "dl"
                | "dt"
                | "dd"
                | "figcaption"
                | "address"
                | "details"
                | "summary"
                | "fieldset"
                | "legend"
                | "tr"
                | "th"
                | "caption"
                | "thead"
                | "tbody"
                | "tfoot"
                | "pre"
                | "hr"
                | "menu"
                | "dialog"
                | "button"
                | "hgroup"
                | "option"
                | "noscript"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_class_names() {
        let list = HashSet::from(["sidebar".to_owned(), "entrycontent".to_owned()]);
        for class in ["left sidebar", "sideBar", "page-sidebar", "SIDEBAR", "entry-content", "entryContent"] {
            assert!(ClassWords::of(&[class]).any(&list), "{class}");
        }
        for class in ["", "no-sidebar", "has_sidebar", "content", "side"] {
            assert!(!ClassWords::of(&[class]).any(&list), "{class}");
        }
    }
}
