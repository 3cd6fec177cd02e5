//! Signatures under a paper (SIG of spec/domain.md 3.0). A signature drawn by a finger is a proof of
//! convenience, not the written form (forma pisemna), and the screen says so.

use super::{
    access::Role,
    form::{Answers, Cell, Field, Key, Kind, Value, When, choices},
    words,
};
use chrono::NaiveDate;

choices! {
    /// Who signs.
    Signer {
        Member = "MEMBER", "członek rodziny";
        Assistant = "ASSISTANT", "asystent rodziny";
        Worker = "SOCIAL_WORKER", "pracownik socjalny";
        Manager = "MANAGER", "kierownik";
        Other = "OTHER", "inna osoba";
    }
}

impl Signer {
    /// As whom a person of the office signs.
    pub fn of(role: Role) -> Self {
        match role {
            Role::Assistant => Signer::Assistant,
            Role::SocialWorker => Signer::Worker,
            Role::Manager => Signer::Manager,
            Role::SysAdmin | Role::Dpo => Signer::Other,
        }
    }
}

choices! {
    /// How it was signed.
    Method {
        Screen = "SCREEN", "podpis na ekranie";
        Paper = "PAPER", "odręcznie na wydruku";
        Oral = "ORAL", "ustnie potwierdzono";
        Refused = "REFUSED", "odmowa podpisu";
        Trusted = "TRUSTED", "podpis zaufany";
        Qualified = "QUALIFIED", "podpis kwalifikowany";
    }
}

/// As whom the person signs.
pub const ROLE: Key<Signer> = Key::new("role");
/// Name and surname.
pub const NAME: Key<String> = Key::new("name");
/// How.
pub const METHOD: Key<Method> = Key::new("method");
/// What was drawn.
pub const DRAWING: Key<Drawing> = Key::new("drawing");
/// Why the person would not sign.
pub const REFUSAL_REASON: Key<String> = Key::new("refusal_reason");

/// Day of the signature.
pub const SIGNED_ON: Key<NaiveDate> = Key::new("signed_on");
/// Of one made on the screen: what was signed, see [`super::content::seal`].
pub const SEAL: Key<String> = Key::new("seal");

/// The cells of a signature's row.
pub const ROW: &[Field] = &[
    Field::new("role", "Kto", Kind::One(Signer::CHOICES)).required(),
    Field::new("name", "Imię i nazwisko", Kind::Line { max: 120 }).required(),
    Field::new("method", "Sposób", Kind::One(Method::CHOICES)).required(),
    Field::new("drawing", "Podpis", Kind::Drawing)
        .required_when(When::Is("method", &["SCREEN"]))
        .shown_when(When::Is("method", &["SCREEN"])),
    Field::new("refusal_reason", "Powód odmowy", Kind::Line { max: 300 })
        .required_when(When::Is("method", &["REFUSED"]))
        .shown_when(When::Is("method", &["REFUSED"])),
    Field::new("signed_on", "Data podpisu", Kind::Date),
    // Nobody types it, and no print shows it; a signature without one is asked for again.
    Field::new("seal", "Skrót podpisanej treści", Kind::Line { max: 80 }).shown_when(When::Is("method", &["SCREEN"])),
];

/// Most points of one drawing.
const MAX_POINTS: usize = 1_500;
/// Width and height of the sheet that is drawn on.
pub const SHEET: (u16, u16) = (600, 200);

/// Lines drawn on a sheet of [`SHEET`] points: kept as text (`"12,40 13,42;80,81 82,90"`: strokes
/// between semicolons, points between spaces), small enough to stand in the paper itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing(Vec<Vec<(u16, u16)>>);

impl Drawing {
    /// Reads the text; `None` when it is no drawing, is empty or has more points than a hand needs.
    pub fn read(text: &str) -> Option<Self> {
        let strokes: Option<Vec<Vec<(u16, u16)>>> =
            text.split(';').map(|stroke| stroke.split(' ').map(point).collect()).collect();
        let strokes = strokes?;
        let points: usize = strokes.iter().map(Vec::len).sum();
        (points <= MAX_POINTS).then_some(Self(strokes))
    }

    /// Begins a stroke here.
    pub fn begin(&mut self, x: f64, y: f64) {
        if self.points() < MAX_POINTS {
            self.0.push(vec![on_sheet(x, y)]);
        }
    }

    /// Draws on to here. Points nearer than a line is wide add nothing.
    pub fn draw_to(&mut self, x: f64, y: f64) {
        let (full, next) = (self.points() >= MAX_POINTS, on_sheet(x, y));
        let Some(stroke) = self.0.last_mut() else { return };
        let far = stroke.last().is_none_or(|last| last.0.abs_diff(next.0) + last.1.abs_diff(next.1) >= 3);
        if far && !full {
            stroke.push(next);
        }
    }

    /// Nothing was drawn that could be a name: at least a few points are.
    pub fn is_scant(&self) -> bool {
        self.points() < 5
    }

    fn points(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// As the `d` of an SVG path.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for stroke in &self.0 {
            for (index, (x, y)) in stroke.iter().enumerate() {
                path.push_str(if index == 0 { "M" } else { "L" });
                path.push_str(&format!("{x} {y}"));
            }
            // A single point is a dot: a line of no length with round ends.
            if let [(x, y)] = stroke.as_slice() {
                path.push_str(&format!("L{x} {y}"));
            }
        }
        path
    }
}

fn point(text: &str) -> Option<(u16, u16)> {
    let (x, y) = text.split_once(',')?;
    let (x, y) = (x.parse().ok()?, y.parse().ok()?);
    (x <= SHEET.0 && y <= SHEET.1).then_some((x, y))
}

fn on_sheet(x: f64, y: f64) -> (u16, u16) {
    // Rounded and within the sheet, so the cast loses nothing.
    (x.round().clamp(0.0, SHEET.0.into()) as u16, y.round().clamp(0.0, SHEET.1.into()) as u16)
}

impl std::fmt::Display for Drawing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, stroke) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(";")?;
            }
            for (index, (x, y)) in stroke.iter().enumerate() {
                if index > 0 {
                    f.write_str(" ")?;
                }
                write!(f, "{x},{y}")?;
            }
        }
        Ok(())
    }
}

impl Cell for Drawing {
    fn read(value: &Value) -> Option<Self> {
        Self::read(value.text()?)
    }
    fn write(self) -> Value {
        Value::Text(self.to_string())
    }
}

/// A signature in words: "Anna Nowak – odmowa podpisu (brak czasu)".
pub fn in_words(row: &Answers) -> String {
    signed(row.text(NAME), row)
}

/// A signature in words, with the role: "Jan Próbny, asystent rodziny – odręcznie na wydruku".
pub fn with_role(row: &Answers) -> String {
    signed(&who(row), row)
}

/// Who signs: "Jan Próbny, asystent rodziny".
pub fn who(row: &Answers) -> String {
    let role = row.get(ROLE).map(Signer::label);
    let who: Vec<&str> = [row.text(NAME)].into_iter().chain(role).filter(|word| !word.is_empty()).collect();
    who.join(", ")
}

fn signed(who: &str, row: &Answers) -> String {
    let method = row.get(METHOD).map(|method| format!(" – {}", method.label())).unwrap_or_default();
    let reason = row.text(REFUSAL_REASON);
    let reason = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
    let day = row.get(SIGNED_ON).map(|day| format!(", {}", words::date(day))).unwrap_or_default();
    format!("{who}{method}{reason}{day}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_drawing_stays_on_its_sheet() {
        let mut drawing = Drawing::default();
        drawing.begin(-5.0, 20.4);
        drawing.draw_to(0.5, 20.0);
        drawing.draw_to(9_999.0, 9_999.0);
        drawing.begin(7.0, 7.0);
        assert_eq!(drawing.to_string(), "0,20 600,200;7,7");
        assert_eq!(drawing.path(), "M0 20L600 200M7 7L7 7");
    }

    #[test]
    fn what_is_no_drawing_is_not_read() {
        for text in ["", "1", "1,2 x,3", "601,2", "<svg>", "1,2;;3,4"] {
            assert_eq!(Drawing::read(text), None, "{text}");
        }
        assert_eq!(Drawing::read(&vec!["1,1"; MAX_POINTS + 1].join(" ")), None);
    }

    #[test]
    fn a_refusal_needs_its_reason_and_a_drawn_one_its_lines() {
        let check = |row: &Answers| {
            let wrong = ROW.iter().filter(|cell| cell.is_required(row) && !row.filled(cell.key));
            wrong.map(|cell| cell.key).collect::<Vec<_>>()
        };
        let row = Answers::default().with(ROLE, Signer::Member).with(NAME, "Anna Nowak".into());
        assert_eq!(check(&row.clone().with(METHOD, Method::Refused)), ["refusal_reason"]);
        assert_eq!(check(&row.clone().with(METHOD, Method::Screen)), ["drawing"]);
        assert!(check(&row.clone().with(METHOD, Method::Oral)).is_empty());
        let refused = row.with(METHOD, Method::Refused).with(REFUSAL_REASON, "brak czasu".into());
        assert_eq!(in_words(&refused), "Anna Nowak – odmowa podpisu (brak czasu)");
        assert_eq!(with_role(&refused), "Anna Nowak, członek rodziny – odmowa podpisu (brak czasu)");
    }

    proptest! {
        #[test]
        fn drawings_survive_as_text(strokes in proptest::collection::vec(
            proptest::collection::vec((0u16..=600, 0u16..=200), 1..20), 1..8)) {
            let drawing = Drawing(strokes);
            prop_assert_eq!(Drawing::read(&drawing.to_string()), Some(drawing));
        }
    }
}
