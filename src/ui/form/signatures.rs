//! Signatures in a form: who signs, how, and the lines that a finger draws.

use super::{
    field::{control, grouped, labelled},
    sheet::{Sheet, Slot},
};
use crate::{
    api::session::Me,
    domain::{
        content::{self, Fit},
        form::{Answers, Cell, Value},
        signature::{self, Drawing, Method, SHEET, Signer},
    },
    ui::{
        context::{App, app},
        parts::Icon,
    },
};
use chrono::NaiveDate;
use leptos::{ev, prelude::*, web_sys::Element};

/// The field: a card for each signature, and the way to add one.
pub fn signatures_field(slot: &Slot) -> AnyView {
    let app: App = app();
    let (sheet, key) = (slot.sheet, slot.field.key);
    let rows = Memo::new(move |_| sheet.answers.with(|answers| answers.rows(key)));
    let add = move |_| {
        let Some(me) = app.me() else { return };
        let row = app.host().new_id().to_string();
        let cells = first_of(sheet, key, &me).with(signature::SIGNED_ON, app.today.get_untracked());
        sheet.answers.update(|answers| answers.put_row(key, &row, cells));
    };
    let cards = {
        let slot = slot.clone();
        move |row: String| card(&slot, row)
    };
    let content = view! {
        <For each=move || rows.get() key=|row| row.clone() children=cards/>
        <p><button class="btn" type="button" on:click=add><Icon name="edit"/> " Dodaj podpis"</button></p>
    };
    grouped(slot, content.into_any())
}

/// What a new signature begins with: in a paper first the person's own, on the print; then the family's, by
/// finger as on the visit card.
fn first_of(sheet: Sheet, key: &str, me: &Me) -> Answers {
    let is_first = sheet.answers.with_untracked(|answers| answers.rows(key).is_empty());
    match is_first && by_office_too(sheet) {
        true => Answers::default()
            .with(signature::ROLE, Signer::of(me.role))
            .with(signature::NAME, me.name.clone())
            .with(signature::METHOD, Method::Paper),
        false => Answers::default().with(signature::ROLE, Signer::Member).with(signature::METHOD, Method::Screen),
    }
}

/// Do people of the office sign here as well? On the visit card only the family does.
fn by_office_too(sheet: Sheet) -> bool {
    sheet.people.with_value(|people| !people.is_empty())
}

fn card(slot: &Slot, row: String) -> AnyView {
    let (sheet, key) = (slot.sheet, slot.field.key);
    let cell = |index: usize| Slot { sheet, field: &signature::ROW[index], row: Some((key, row.clone())) };
    let drawing = cell(3);
    let shown = drawing.shown();
    let day = cell(5);
    let pad = move || match shown.get() {
        true => labelled(&drawing, pad(&drawing)),
        false => control(day.clone()),
    };
    let reason = cell(4);
    let refused = reason.shown();
    let why = move || refused.get().then(|| control(reason.clone()));
    let remove = {
        let row = row.clone();
        move |_| {
            let cells = sheet.answers.with_untracked(|answers| answers.row(key, &row));
            sheet.answers.update(|answers| answers.drop_row(key, &row));
            let row = row.clone();
            sheet.say_with_undo("Podpis usunięty.", move |answers| answers.put_row(key, &row, cells.clone()));
        }
    };
    view! {
        <fieldset class="card card-body signature">
            <legend>"Podpis"</legend>
            {by_office_too(sheet).then(|| control(cell(0)))}
            {control(cell(1))}
            {names(&cell(0), &cell(1))}
            {control(cell(2))}
            {pad}
            {why}
            <button class="btn btn-quiet" type="button" on:click=remove><Icon name="close"/> " Usuń ten podpis"</button>
        </fieldset>
    }
    .into_any()
}

/// Names to be tapped instead of typed: those of the family, or of the office, as the role says.
fn names(role: &Slot, name: &Slot) -> AnyView {
    let (role, name) = (role.text(), name.clone());
    let chips = move || {
        let is_family = role.with(|role| role == Signer::Member.code());
        let offered = if is_family { name.sheet.members } else { name.sheet.people };
        offered.with_value(|people| people.iter().map(|pick| name_chip(&name, pick.label.clone())).collect_view())
    };
    view! { <div class="chips">{chips}</div> }.into_any()
}

fn name_chip(name: &Slot, label: String) -> AnyView {
    let (name, written) = (name.clone(), label.clone());
    view! { <button class="chip" type="button" on:click=move |_| name.set_text(written.clone())>{label}</button> }
        .into_any()
}

/// The sheet that a finger (or a mouse) draws on. What is drawn is bound to the content as it stands; once that is
/// changed, nothing is added to the drawing: it is wiped and drawn again.
fn pad(slot: &Slot) -> AnyView {
    let app: App = app();
    let standing = slot.value().get_untracked().as_ref().and_then(Value::text).and_then(Drawing::read);
    let drawing = RwSignal::new(standing.unwrap_or_default());
    let at_work = StoredValue::new(false);
    let fit = fit_of(slot);
    let is_stale = move || matches!(fit.get(), Some(Fit::Changed | Fit::Unbound));
    let said = slot.clone();
    // Nobody should learn only at the end that they have to sign again.
    Effect::new(move |_| {
        if is_stale() {
            said.sheet.touch(&said.path());
        }
    });
    let begin = move |event: ev::PointerEvent| {
        event.prevent_default();
        if untrack(is_stale) {
            return;
        }
        // Without the capture a line ends where the finger leaves the sheet; that is all.
        drop(event_target::<Element>(&event).set_pointer_capture(event.pointer_id()));
        at_work.set_value(true);
        let (x, y) = place(&event);
        drawing.update(|drawing| drawing.begin(x, y));
    };
    let draw = move |event: ev::PointerEvent| {
        if at_work.get_value() {
            let (x, y) = place(&event);
            drawing.update(|drawing| drawing.draw_to(x, y));
        }
    };
    let (write, clear) = (slot.clone(), slot.clone());
    let end = move |_: ev::PointerEvent| {
        if at_work.get_value() {
            at_work.set_value(false);
            drawing.with_untracked(|drawing| keep(&write, drawing, app.today.get_untracked()));
        }
    };
    let wipe = move |_| {
        drawing.set(Drawing::default());
        clear.set(None);
    };
    let words = move || if is_stale() { " Wyczyść i podpisz ponownie" } else { " Wyczyść" };
    let id = slot.id();
    view! {
        <svg class="pad" id=id viewBox=format!("0 0 {} {}", SHEET.0, SHEET.1) role="img" tabindex="-1"
            aria-label="Miejsce na podpis palcem"
            on:pointerdown=begin on:pointermove=draw on:pointerup=end.clone() on:pointercancel=end>
            <path d=move || drawing.with(Drawing::path)/>
        </svg>
        <div class="actions">
            <button class="btn btn-quiet" type="button" on:click=wipe><Icon name="undo"/> {words}</button>
            {move || match fit.get() {
                Some(Fit::Same) => view! {
                    <p class="field-help" role="status"><Icon name="check"/> " Podpis złożono pod tą treścią."</p>
                }.into_any(),
                _ => view! { <p class="field-help">"Podpis palcem jest dowodem pomocniczym, nie formą pisemną."</p> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// How the signature of this row fits what stands in the form now.
fn fit_of(slot: &Slot) -> Memo<Option<Fit>> {
    let slot = slot.clone();
    Memo::new(move |_| {
        let (form, (field, row)) = (slot.sheet.form?, slot.row.clone()?);
        slot.sheet.answers.with(|answers| content::fit(form, field, answers, &answers.row(field, &row)))
    })
}

/// Writes what was drawn, the day, and what was signed.
fn keep(slot: &Slot, drawing: &Drawing, today: NaiveDate) {
    let Some((field, row)) = &slot.row else { return };
    let cell = |key: &str| [field, row.as_str(), key].join("/");
    let seal = slot
        .sheet
        .form
        .map(|form| slot.sheet.answers.with_untracked(|answers| content::seal(form, field, answers)))
        .map(Value::Text);
    slot.sheet.set(&cell(signature::SEAL.name()), seal);
    slot.sheet.set(&cell(signature::SIGNED_ON.name()), Some(today.write()));
    slot.set((!drawing.is_scant()).then(|| Value::Text(drawing.to_string())));
}

/// Where on the sheet the finger is.
fn place(event: &ev::PointerEvent) -> (f64, f64) {
    let sheet = event_target::<Element>(event);
    let (width, height) = (f64::from(sheet.client_width().max(1)), f64::from(sheet.client_height().max(1)));
    let x = f64::from(event.offset_x()) / width * f64::from(SHEET.0);
    (x, f64::from(event.offset_y()) / height * f64::from(SHEET.1))
}
