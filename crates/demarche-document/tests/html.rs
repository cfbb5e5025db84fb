//! What is taken from web pages, on pages made up for the purpose.

mod shown;

use demarche_document::{Document, Format, Options, from_bytes};
use demarche_record::TextRange;
use shown::shown;

fn page(html: &str) -> Document {
    from_bytes("page.html", html.as_bytes(), Format::Html, &Options::default()).expect("a page with text")
}

const NEWS: &str = r#"<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Chile, Norway resume talks | Example Daily</title>
<meta property="og:title" content="Chile, Norway resume talks"><meta property="og:site_name" content="Example Daily">
<link rel="canonical" href="https://news.example/talks">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-12T08:00:00Z"}</script>
<style>p { color: red }</style></head>
<body class="single has-sidebar comments-open">
<header><a href="/">Example Daily</a></header>
<nav><ul><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav>
<div id="wrap"><div class="col-main"><article class="post">
 <h1>Chile, Norway resume talks</h1>
 <div class="byline">By <a href="/a">Ana Souza</a></div>
 <figure><img src="a.jpg"><figcaption>The envoys in Oslo. Photo: Example</figcaption></figure>
 <p>OSLO (AP) &mdash; The envoys of <b>Chile</b> &amp;
    <a href="/n">Norway</a> met on Tuesday.
 <p>&ldquo;We are ready,&rdquo; Norway&#8217;s envoy said.</p>
 <div class="ad-slot">Advertisement: buy now, it is cheap and good for you.</div>
 <h2>What next</h2>
 <blockquote><p>The sea belongs to all, the envoy of Chile wrote.</p></blockquote>
 <p>The next round<br>is due in May, officials said.</p>
 <p><a href="/x">Seabed mining explained</a></p>
 <div class="share-buttons"><a>Tweet</a><a>Email</a></div>
</article>
<div id="comments"><h3>Leave a Reply</h3><p>I do not believe a single word of what these envoys say.</p></div></div>
<aside class="sidebar"><p>Ten things to know about the sea. They are all here.</p></aside></div>
<footer><p>Copyright &copy; 2024 Example Daily. All rights reserved.</p></footer>
<script>var x = "<p>The envoys lied.</p>";</script></body></html>"#;

#[test]
fn a_news_page() {
    let document = page(NEWS);
    assert_eq!(
        shown(&document),
        [
            "furniture: Chile, Norway … Daily Example Daily World Sport",
            "title: Chile, Norway resume talks",
            "credit: By Ana Souza",
            "caption: The envoys in Oslo. Photo: Example",
            "dateline: OSLO (AP) —",
            "paragraph: The envoys of Chile & Norway met on Tuesday.",
            "paragraph: “We are ready,” Norway’s envoy said.",
            "furniture: Advertisement: buy … cheap and good for you.",
            "heading: What next",
            "quote: The sea belongs to all, the envoy of Chile wrote.",
            "paragraph: The next round is due in May, officials said.",
            "furniture: Seabed mining … Example Daily. All rights reserved.",
        ]
    );
    assert_eq!(document.title(), Some("Chile, Norway resume talks"));
    assert_eq!(document.language, "en");
    assert_eq!(document.date.map(|date| date.to_string()).as_deref(), Some("2024-03-12"));
    assert_eq!(document.publisher.as_deref(), Some("Example Daily"));
    assert_eq!(document.url.as_deref(), Some("https://news.example/talks"));
}

#[test]
fn spans_are_of_the_files_bytes() {
    let document = page(NEWS);
    let text = document.body.as_str();
    // word as read, bytes as received
    let cases = [
        ("Chile & Norway met", "Chile</b> &amp;\n    <a href=\"/n\">Norway</a> met"),
        ("“We are ready,”", "&ldquo;We are ready,&rdquo;"),
        ("Norway’s", "Norway&#8217;s"),
        ("round\nis", "round<br>is"),
        ("Chile", "Chile"),
    ];
    for (read, received) in cases {
        let start = text.rfind(read).unwrap_or_else(|| panic!("{read} in {text}"));
        let span = document.body.received(TextRange::new(start, start + read.len()));
        assert_eq!(&NEWS[span.start..span.end], received);
    }
}

#[test]
fn a_page_without_signs() {
    let document = page(
        "<title>Peru recalls envoy - Example</title><div><div><a href=1>Home</a> <a href=2>World</a></div>\
         <div>The envoy left on Monday, the ministry in Lima said.<br><br>Bolivia regretted the step, its own ministry \
         said on Tuesday.</div></div>",
    );
    assert_eq!(
        shown(&document),
        [
            "title: Peru recalls envoy",
            "furniture: Home World",
            "paragraph: The envoy left on Monday, the ministry in Lima said.",
            "paragraph: Bolivia regretted the step, its own ministry said on Tuesday.",
        ]
    );
}

#[test]
fn an_article_cut_in_two_stays_whole() {
    let long = "The envoy of Peru left on Monday after the ministry in Lima had recalled him without giving a reason. ";
    let document = page(&format!(
        "<body><div id=c><div><p>{}</p><p>{}</p></div><div class=x>Buy this</div><div><p>{long}</p></div></div></body>",
        long.repeat(4),
        long.repeat(3)
    ));
    assert_eq!(document.body_blocks().count(), 3, "{:?}", shown(&document));
}

#[test]
fn misleading_class_names_do_not_take_the_article_away() {
    let document = page(
        "<div class='widget related'><p>The envoy left on Monday, the ministry in Lima said.</p>\
         <p>Bolivia regretted the step, its own ministry said on Tuesday.</p></div>",
    );
    assert_eq!(document.body_blocks().count(), 2, "{:?}", shown(&document));
}

#[test]
fn hidden_and_nested_things() {
    let document = page(
        "<article><h1>Peru recalls envoy</h1><p>The envoy left on Monday.<span hidden> Not shown at all.</span> He flew home.</p>\
         <p style='display: none'>The text of a pop-up that nobody sees until it is time.</p>\
         <p>The list: <ul><li>One item of it is here.<li>Another one is here.</ul><pre>Line one\nline two.\n\nNew.</pre></article>",
    );
    assert_eq!(
        shown(&document),
        [
            "title: Peru recalls envoy",
            "paragraph: The envoy left on Monday. He flew home.",
            "paragraph: The list:",
            "paragraph: One item of it is here.",
            "paragraph: Another one is here.",
            "paragraph: Line one line two.",
            "paragraph: New.",
        ]
    );
}

#[test]
fn the_declared_charset_holds() {
    let html = "<meta charset=windows-1251><h1>Послы</h1><p>Послы встретились во вторник, сообщило министерство.</p>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(html);
    let document = from_bytes("page.html", &bytes, Format::Html, &Options::default()).unwrap();
    assert_eq!(document.title(), Some("Послы"));
    assert_eq!(document.language, "ru");
    let text = document.body.as_str();
    let start = text.find("вторник").unwrap();
    let span = document.body.received(TextRange::new(start, start + "вторник".len()));
    assert_eq!(encoding_rs::WINDOWS_1251.decode(&bytes[span.start..span.end]).0, "вторник");
}

#[test]
fn a_page_without_text_is_empty() {
    let error =
        from_bytes("page.html", b"<html><script>x</script></html>", Format::Html, &Options::default()).unwrap_err();
    assert_eq!(error.to_string(), "page.html: empty; give a file with text in it");
}

#[test]
fn an_article_set_with_line_breaks() {
    let document = page(
        "<title>Peace talks open in Pretoria - Example</title><table><tr><td><a href=/>Home</a></td></tr><tr><td>\
         <b>Peace talks open in Pretoria</b><br><i>25 October 2022</i><br>Pretoria &mdash; Talks on Ethiopia opened in \
         South Africa on Tuesday.<br>The African Union, which hosts<br>them, said they would end on Sunday.</td></tr></table>",
    );
    assert_eq!(
        shown(&document),
        [
            "title: Peace talks open in Pretoria",
            "furniture: Home",
            "title: Peace talks open in Pretoria",
            "furniture: 25 October 2022",
            "dateline: Pretoria —",
            "paragraph: Talks on Ethiopia opened in South Africa on Tuesday.",
            "paragraph: The African Union, which hosts them, said they would end on Sunday.",
        ]
    );
    assert_eq!(document.date.map(|date| date.to_string()).as_deref(), Some("2022-10-25"));
}
