//! The phrase bank: ready sentences under the description, chosen by the tasks that are ticked.

use crate::{
    domain::{
        codes::{EntryKind, StatutoryTask},
        documents::visit_card,
        form::Value,
    },
    ui::form::Sheet,
};
use leptos::prelude::*;

/// Ready sentences for a task of the act: what an assistant writes again and again.
pub fn phrases_for(task: StatutoryTask) -> &'static [&'static str] {
    use StatutoryTask::*;
    match task {
        FamilyPlan => {
            &["Omówiono z rodziną postępy w realizacji planu.", "Ustalono kolejne kroki z planu i kto je wykona."]
        }
        PlanCoordinated => &["Omówiono plan z koordynatorem pieczy i uzgodniono kontakty z dzieckiem."],
        LifeSituation => &[
            "Wspólnie ułożono plan wydatków do końca miesiąca.",
            "Przećwiczono planowanie posiłków i zakupów na tydzień.",
            "Omówiono podział obowiązków domowych między dorosłych.",
        ],
        SocialProblems => &[
            "Pomożono wypełnić wniosek o świadczenie i sprawdzono załączniki.",
            "Omówiono zaległości w opłatach i możliwość rozłożenia ich na raty.",
            "Wyjaśniono, jakie dokumenty trzeba donieść do ośrodka.",
        ],
        Psychological => &[
            "Wysłuchano i udzielono wsparcia; zachęcono do konsultacji u psychologa.",
            "Omówiono sposoby radzenia sobie z napięciem.",
        ],
        Parenting => &[
            "Rozmowa o granicach i konsekwencji w wychowaniu.",
            "Omówiono stałe pory snu i posiłków dzieci.",
            "Przećwiczono chwalenie dziecka i spokojne odmawianie.",
        ],
        SocialActivity => &[
            "Zachęcono do udziału w zajęciach w domu kultury.",
            "Omówiono, kto z bliskich może pomóc w opiece nad dziećmi.",
        ],
        Qualifications => &["Rozmowa o kursie zawodowym i warunkach zapisów."],
        Employment => &["Przejrzano oferty pracy i przygotowano życiorys.", "Omówiono rejestrację w urzędzie pracy."],
        ParentGroups => &["Zachęcono do udziału w warsztatach dla rodziców."],
        ChildSupport => &[
            "Zabawa i rozmowa z dziećmi; obserwacja ich rozwoju.",
            "Pomoc dzieciom w odrabianiu lekcji i organizacji nauki.",
        ],
        ChildHearing => &["Towarzyszono dziecku podczas przesłuchania, dbając o jego spokój."],
        Intervention => &["Podjęto działania interwencyjne; szczegóły w notatce."],
        Consultations => &[
            "Indywidualna konsultacja wychowawcza z rodzicem.",
            "Omówiono zachowanie dziecka w szkole i sposoby reagowania.",
        ],
        ZaZyciem => &["Koordynowano poradnictwo w ramach programu „Za życiem”."],
        Documentation => &["Uzupełniono dokumentację pracy z rodziną."],
        PeriodicAssessment => &["Zebrano informacje do okresowej oceny sytuacji rodziny."],
        Monitoring => &["Sprawdzono, czy efekty pracy się utrzymują; rodzina radzi sobie samodzielnie."],
        CourtOpinion => &["Zebrano informacje do opinii dla sądu."],
        Cooperation => &[
            "Wymiana informacji o sytuacji dzieci i ustalenie wspólnych działań.",
            "Uzgodniono termin wizyty dziecka w poradni.",
        ],
        DomesticViolenceTeam => &["Udział w pracach grupy diagnostyczno-pomocowej."],
        LocalTravel | LocalTraining | LocalMeeting => &[],
    }
}

const FOR_CALLS: &[&str] = &[
    "Przypomniano o ustaleniach z ostatniej wizyty.",
    "Uzgodniono termin kolejnego spotkania.",
    "Rozmowa o bieżących sprawach rodziny.",
];

/// Sentences for what is ticked; each is added to the description by one tap.
#[component]
pub fn PhraseBank(
    /// The sheet of the card.
    sheet: Sheet,
) -> impl IntoView {
    let phrases = Memo::new(move |_| {
        sheet.answers.with(|answers| {
            let mut phrases: Vec<&'static str> = Vec::new();
            if answers.get(visit_card::KIND) == Some(EntryKind::PhoneFamily) {
                phrases.extend(FOR_CALLS);
            }
            for task in answers.set_of::<StatutoryTask>(visit_card::TASKS) {
                phrases.extend(phrases_for(task));
            }
            let written = answers.text(visit_card::ACTIONS);
            phrases.retain(|phrase| !written.contains(phrase));
            phrases
        })
    });
    let add = move |phrase: &'static str| {
        let mut text = sheet.answers.with_untracked(|answers| answers.text(visit_card::ACTIONS).trim_end().to_owned());
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(phrase);
        sheet.set(visit_card::ACTIONS.name(), Some(Value::Text(text)));
    };
    move || {
        let phrases = phrases.get();
        (!phrases.is_empty()).then(|| {
            let buttons = phrases
                .into_iter()
                .map(|phrase| {
                    view! { <button class="phrase" type="button" on:click=move |_| add(phrase)>{phrase}</button> }
                        .into_any()
                })
                .collect_view();
            view! { <div class="phrases" role="group" aria-label="Gotowe zdania">{buttons}</div> }
        })
    }
}
