//! Files that belong to a paper (załączniki), such as the photo of a document. The paper holds a row
//! for each — its id, caption, kind, size and fingerprint; the bytes travel and are kept apart, so
//! that a paper stays small, and are believed only when they match the row.

use super::{
    documents::papers::course::SIGNED_PAGES,
    form::{Answers, Field, Form, Key, Kind, choices},
    ids::FileId,
};

/// Largest file, in bytes. The phone shrinks a photo until it fits.
pub const MAX_BYTES: usize = 600 * 1024;

choices! {
    /// Kinds of files that are taken.
    MediaType {
        Jpeg = "image/jpeg", "zdjęcie";
        Png = "image/png", "obraz";
        Pdf = "application/pdf", "dokument PDF";
    }
}

impl MediaType {
    /// Do these bytes begin as such a file begins? A name alone is no proof.
    pub fn fits(self, bytes: &[u8]) -> bool {
        let head: &[u8] = match self {
            MediaType::Jpeg => &[0xff, 0xd8, 0xff],
            MediaType::Png => b"\x89PNG\r\n\x1a\n",
            MediaType::Pdf => b"%PDF-",
        };
        bytes.starts_with(head)
    }
}

/// What the picture shows.
pub const CAPTION: Key<String> = Key::new("caption");
/// Kind of file.
pub const MEDIA: Key<MediaType> = Key::new("media");
/// Size in bytes.
pub const BYTES: Key<i64> = Key::new("bytes");
/// SHA-256 of the bytes, as 64 hexadecimal digits.
pub const HASH: Key<String> = Key::new("hash");

/// The cells of a file's row.
pub const ROW: &[Field] = &[
    Field::new("caption", "Co to jest", Kind::Line { max: 120 }),
    Field::new("media", "Rodzaj pliku", Kind::One(MediaType::CHOICES)).required(),
    Field::new("bytes", "Wielkość", Kind::Number { min: 1, max: MAX_BYTES as i64, unit: "B" }).required(),
    Field::new("hash", "Skrót", Kind::Line { max: 64 }).required(),
];

/// A file as its paper describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// Which file.
    pub id: FileId,
    /// What it shows; may be empty.
    pub caption: String,
    /// Kind of file.
    pub media: MediaType,
    /// Size in bytes.
    pub bytes: i64,
    /// SHA-256, hexadecimal.
    pub hash: String,
}

/// The files of a paper, in the order of their making: those that its form asks for, and pages that were signed by
/// hand, which any paper may have. Rows that cannot be read are passed over.
pub fn described(form: &Form, answers: &Answers) -> Vec<Described> {
    let fields = form.fields().filter(|field| matches!(field.kind, Kind::Files { .. })).map(|field| field.key);
    let pages = form.field(SIGNED_PAGES).is_none().then_some(SIGNED_PAGES);
    let mut files = Vec::new();
    for key in fields.chain(pages) {
        for row in answers.rows(key) {
            files.extend(read_row(&row, &answers.row(key, &row)));
        }
    }
    files
}

/// The row of a file, as its paper describes it.
pub fn row(media: MediaType, bytes: usize, hash: String) -> Answers {
    Answers::default().with(MEDIA, media).with(BYTES, i64::try_from(bytes).unwrap_or(i64::MAX)).with(HASH, hash)
}

/// The file that a row describes; nothing when it cannot be read.
pub fn read_row(row: &str, cells: &Answers) -> Option<Described> {
    Some(Described {
        id: row.parse().ok()?,
        caption: cells.text(CAPTION).to_owned(),
        media: cells.get(MEDIA)?,
        bytes: cells.get(BYTES)?,
        hash: cells.get(HASH)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::visit_card;

    #[test]
    fn a_paper_tells_its_files() {
        let row = Answers::default()
            .with(CAPTION, "zaświadczenie".into())
            .with(MEDIA, MediaType::Jpeg)
            .with(BYTES, 12)
            .with(HASH, "ab".repeat(32));
        let mut answers = Answers::default();
        let id = FileId::new(1, [1; 10]);
        answers.put_row("files", &id.to_string(), row);
        answers.put_row("files", "not-an-id", Answers::default().with(BYTES, 3));
        let files = described(&visit_card::FORM, &answers);
        assert_eq!(files.len(), 1);
        assert_eq!((files[0].id, files[0].bytes, files[0].caption.as_str()), (id, 12, "zaświadczenie"));
    }

    #[test]
    fn a_page_that_calls_itself_a_photo_is_none() {
        assert!(MediaType::Jpeg.fits(&[0xff, 0xd8, 0xff, 0xe0]));
        assert!(!MediaType::Jpeg.fits(b"<html>"));
        assert!(!MediaType::Pdf.fits(b"%PD"));
    }
}
