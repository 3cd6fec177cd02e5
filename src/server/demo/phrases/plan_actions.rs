//! What a plan of work does about a goal, by life area.

use crate::domain::{
    codes::Area::{self, *},
    documents::papers::plan::Responsible::{self, *},
};

/// An action of a plan.
#[derive(Clone, Copy, Debug)]
pub struct PlanAction {
    /// What is done.
    pub text: &'static str,
    /// Who answers for it.
    pub by: &'static [Responsible],
    /// How often; empty when it is due on the day of its goal.
    pub rhythm: &'static str,
}

const fn every(rhythm: &'static str, by: &'static [Responsible], text: &'static str) -> PlanAction {
    PlanAction { text, by, rhythm }
}

const fn once(by: &'static [Responsible], text: &'static str) -> PlanAction {
    PlanAction { text, by, rhythm: "" }
}

/// The action for a goal of this area.
#[rustfmt::skip]
pub fn action(area: Area) -> PlanAction {
    match area {
        A01 => once(&[Member, Assistant], "Ułożenie z rodziną planu bezpieczeństwa i omówienie go z dziećmi"),
        A02 => every("co tydzień", &[Member, Assistant], "Wspólne prowadzenie zeszytu wydatków i planowanie opłat"),
        A03 => once(&[Member, Worker], "Wniosek o poprawę warunków mieszkaniowych i przygotowanie pokoju"),
        A04 => once(&[Member], "Umówienie i odbycie zaległych wizyt lekarskich"),
        A05 => every("co dwa tygodnie", &[Member, Assistant], "Spotkania z psychologiem; asystent pomaga umówić pierwsze"),
        A06 => every("co tydzień", &[Member], "Udział w terapii uzależnień i spotkaniach grupy wsparcia"),
        A07 => every("co miesiąc", &[Worker, Assistant], "Rozmowy o bezpieczeństwie i kontakt z zespołem interdyscyplinarnym"),
        A08 => every("co tydzień", &[Member, Assistant], "Układanie planu tygodnia: posiłki, pranie, zakupy, dyżury"),
        A09 => every("co tydzień", &[Member, Assistant], "Trening porannych i wieczornych czynności z dziećmi"),
        A10 => every("przy każdym spotkaniu", &[Member, Assistant], "Ćwiczenie stawiania granic i chwalenia dzieci"),
        A11 => every("co tydzień", &[Member, Assistant], "Kontakt z wychowawcą i stała godzina odrabiania lekcji"),
        A12 => every("co dwa tygodnie", &[Member, Assistant], "Rozmowy rodziny przy stole według ustalonych zasad"),
        A13 => once(&[Member, Assistant], "Uporządkowanie dokumentów i złożenie brakujących wniosków"),
        A14 => every("co tydzień", &[Member, Assistant], "Przygotowanie spotkań z dzieckiem i omówienie ich przebiegu"),
        A15 => every("co dwa tygodnie", &[Member, Assistant], "Wspólne szukanie pracy lub nauki: dokumenty, rozmowy, zapisy"),
        A16 => every("co miesiąc", &[Member], "Udział w zajęciach w świetlicy lub spotkaniach sąsiedzkich"),
        A17 => every("co miesiąc", &[Member, Assistant], "Wizyty u położnej i lekarza oraz ćwiczenie codziennej pielęgnacji"),
    }
}
