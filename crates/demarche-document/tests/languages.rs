//! Texts in other languages are recognised, whole or in part; English is not mistaken for one. Own sentences.

use demarche_document::{BlockKind, from_text};

/// A language and a report in it.
const OTHERS: &[(&str, &str)] = &[
    (
        "fr",
        "Les ministres des affaires étrangères du Chili et du Pérou se sont rencontrés mardi pour discuter du traité sur les frontières.",
    ),
    (
        "es",
        "Los ministros de Relaciones Exteriores de Chile y Noruega se reunieron el martes para hablar del tratado sobre las fronteras.",
    ),
    (
        "de",
        "Die Außenminister von Chile und Norwegen trafen sich am Dienstag, um über den Vertrag und die Freilassung der Geiseln zu sprechen.",
    ),
    (
        "pt",
        "Os ministros das Relações Exteriores do Chile e da Noruega reuniram-se na terça-feira para discutir o tratado e não assinaram nada.",
    ),
    (
        "it",
        "I ministri degli esteri del Cile e della Norvegia si sono incontrati martedì per discutere del trattato e della tregua nella regione.",
    ),
    (
        "tr",
        "Şili ve Norveç dışişleri bakanları salı günü bir araya gelerek sınır anlaşmasını ve bölgedeki ateşkesi görüştüklerini açıkladı.",
    ),
    (
        "pl",
        "Ministrowie spraw zagranicznych Chile i Norwegii spotkali się we wtorek, aby omówić traktat oraz zawieszenie broni w tym regionie.",
    ),
    (
        "ru",
        "Министры иностранных дел Чили и Норвегии встретились во вторник, чтобы обсудить договор о границе и перемирие в этом регионе.",
    ),
    (
        "uk",
        "Міністри закордонних справ Чилі та Норвегії зустрілися у вівторок, щоб обговорити договір про кордон і перемир'я в цьому регіоні.",
    ),
    ("ar", "التقى وزيرا خارجية تشيلي والنرويج يوم الثلاثاء لمناقشة معاهدة الحدود ووقف إطلاق النار في المنطقة."),
    ("he", "שרי החוץ של צ'ילה ונורווגיה נפגשו ביום שלישי כדי לדון בהסכם הגבולות ובהפסקת האש באזור."),
    ("zh", "智利和挪威外交部长星期二会面,讨论边界条约以及该地区的停火问题。双方没有签署任何文件。"),
    ("ja", "チリとノルウェーの外相は火曜日に会談し、国境条約とこの地域の停戦について話し合いました。"),
    ("ko", "칠레와 노르웨이 외무장관은 화요일에 만나 국경 조약과 이 지역의 휴전에 대해 논의했다."),
    ("hi", "चिली और नॉर्वे के विदेश मंत्रियों ने मंगलवार को मुलाकात की और सीमा संधि तथा युद्धविराम पर चर्चा की।"),
    (
        "el",
        "Οι υπουργοί Εξωτερικών της Χιλής και της Νορβηγίας συναντήθηκαν την Τρίτη για να συζητήσουν τη συνθήκη για τα σύνορα.",
    ),
];

const ENGLISH: &[&str] = &[
    "The foreign ministers of Chile and Norway met in Oslo on Tuesday to discuss the border treaty and the truce in the region.",
    "Talks resumed.",
    "Peru expels envoy",
    "MOSCOW AND ANKARA AGREED ON TUESDAY TO REOPEN THE BORDER CROSSING, THE FOREIGN MINISTRY SAID.",
    "PERU, CHILE SIGN PACT; KENYA URGES RESTRAINT AS REBELS SHELL PORT, SEIZE TOWN, EXPEL MONITORS IN NORTHERN PROVINCE",
    "Muhammadu Buhari, Idriss Déby, Mahamadou Issoufou, Paul Biya and Patrice Talon met in Abuja on Thursday, officials said.",
    "Ministers from Côte d'Ivoire, São Tomé and Príncipe, Türkiye and Curaçao signed the charter in Reykjavík on Friday morning.",
    "> The envoy left on Monday.\n> > Norway had asked him to stay.\nHe did not say why he went home so soon.",
    "1. Ghana: 12 seats\n2. Togo: 9 seats\n3. Benin: 7 seats\n4. Mali: 4 seats\n5. Niger: 3 seats",
    "Zimbabwe threatens Zambia - Lusaka rejects Harare's claims - Gaborone offers to mediate - Maputo backs Lusaka",
    "President Xi Jinping (习近平) met President Vladimir Putin (Владимир Путин) in Samarkand on Thursday, state media said.",
];

#[test]
fn other_languages_are_recognised() {
    for (language, text) in OTHERS {
        let document = from_text("a", text);
        assert_eq!(document.language, *language, "{text}");
        assert!(document.foreign.is_empty());
        // A Chinese letter says as much as several Latin ones.
        let mostly = [*text; 4].join("\n\n") + "\n\n" + ENGLISH[0];
        assert_eq!(from_text("a", &mostly).language, *language, "mostly {language}");
    }
}

#[test]
fn english_is_english() {
    for text in ENGLISH {
        for text in [(*text).to_owned(), text.to_uppercase()] {
            let document = from_text("a", &text);
            assert_eq!((document.language.as_str(), &document.foreign[..]), ("en", &[][..]), "{text}");
        }
    }
}

/// Paragraphs in another language are passed over, wherever they stand, and the rest is read.
#[test]
fn mixed_documents_are_read_in_part() {
    for (language, other) in OTHERS {
        let english = ENGLISH[0];
        for text in [
            format!("{english}\n\n{english}\n\n{english}\n\n{other}"),
            format!("{other}\n\n{english}\n\n{english}\n\n{english}"),
            format!("{english}\n\n{english}\n\n{other}\n\n{english}"),
        ] {
            let document = from_text("a", &text);
            assert_eq!(document.language, "en", "{text}");
            assert_eq!(document.foreign, [*language], "{text}");
            assert_eq!(document.body_blocks().count(), 3, "{text}");
            assert!(!document.article().contains(other), "{text}");
            let foreign: Vec<_> = document.blocks.iter().filter(|b| b.kind == BlockKind::Foreign).collect();
            assert_eq!(foreign.len(), 1);
            assert_eq!(foreign[0].range.of(document.body.as_str()), *other);
        }
    }
}
