//! Any field on the screen: label, help, control by kind, and what is wrong beside it.

use super::{
    chips::{choice_chips, members_chips, set_chips, yes_or_no},
    files::files_field,
    goals::goals_field,
    institutions::{picked, suggested},
    privacy::{private_line, private_prose},
    rows::{rows_field, rows_of_field},
    sheet::{Pick, Sheet, Slot},
    signatures::signatures_field,
    traces::field_whence,
};
use crate::{
    domain::form::{Choice, Form, Kind, Problem, Value, Weight, When},
    ui::{
        context::{App, app},
        parts::Icon,
    },
};
use leptos::{ev, prelude::*};

/// The field of a form by its key, over a sheet. A key that the form does not know shows nothing.
#[component]
pub fn FieldView(
    /// The sheet.
    sheet: Sheet,
    /// The form that declares the field.
    form: &'static Form,
    /// Its key.
    key: &'static str,
    /// Repeating field and row, for cells.
    #[prop(optional)]
    row: Option<(&'static str, String)>,
    /// Offers after the control: phrases, quick answers.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let field = form.field(key)?;
    let slot = Slot { sheet, field, row };
    let shown = slot.shown();
    Some(move || {
        shown.get().then(|| {
            view! {
                {control(slot.clone())}
                {children.as_ref().map(|children| children())}
            }
        })
    })
}

/// A cell of a row, while its conditions let it be there.
pub fn cell_view(slot: Slot) -> AnyView {
    let shown = slot.shown();
    (move || shown.get().then(|| control(slot.clone()))).into_any()
}

/// The control of a field, with its label, help and problem.
pub fn control(slot: Slot) -> AnyView {
    match slot.field.kind {
        Kind::Line { max } => labelled(&slot, line(&slot, max)),
        Kind::Text { max, .. } => labelled(&slot, area(&slot, max)),
        Kind::Date => labelled(&slot, input(&slot, "date")),
        Kind::Time => labelled(&slot, input(&slot, "time")),
        Kind::Moment => labelled(&slot, input(&slot, "datetime-local")),
        Kind::Number { unit, .. } => labelled(&slot, number(&slot, unit, 1)),
        Kind::Tenths { unit, .. } => labelled(&slot, number(&slot, unit, 10)),
        // "No" is an answer of its own where one is asked for.
        Kind::Flag if slot.field.required != When::Never => grouped(&slot, yes_or_no(slot.clone())),
        Kind::Flag => check(&slot),
        Kind::One(choices) => one(slot, choices),
        Kind::Many(choices) => grouped(&slot, set_chips(slot.clone(), picks(choices))),
        Kind::Members => {
            let picks = match slot.field.key {
                "children_seen" => slot.sheet.children,
                _ => slot.sheet.members,
            };
            grouped(&slot, members_chips(slot.clone(), picks.get_value()))
        }
        Kind::Goals => goals_field(&slot),
        // Rows and references have screens of their own.
        Kind::Records | Kind::Drawing => ().into_any(),
        Kind::Rows(cells) => rows_field(&slot, cells),
        Kind::RowsOf(each, cells) => rows_of_field(&slot, each, cells),
        Kind::Month => labelled(&slot, input(&slot, "month")),
        Kind::Person => {
            let people = slot.sheet.people.get_value();
            // A note beside the name says what choosing depends on ("12 z 15").
            let name = |pick: &Pick| match pick.note.is_empty() {
                true => pick.label.clone(),
                false => [&pick.label, " – ", &pick.note].concat(),
            };
            labelled(&slot, select(&slot, people.iter().map(|pick| (pick.id.clone(), name(pick))).collect()))
        }
        Kind::Files { most } => files_field(&slot, most),
        Kind::Signatures => signatures_field(&slot),
    }
}

/// A closed list as things to pick.
pub fn picks(choices: &'static [Choice]) -> Vec<Pick> {
    choices
        .iter()
        .map(|choice| Pick { id: choice.code.into(), label: choice.label.into(), note: String::new() })
        .collect()
}

fn one(slot: Slot, choices: &'static [Choice]) -> AnyView {
    if choices.len() > 12 {
        let options = choices.iter().map(|choice| (choice.code.to_owned(), choice.label.to_owned())).collect();
        return labelled(&slot, select(&slot, options));
    }
    grouped(&slot, choice_chips(slot.clone(), choices))
}

/// A control under its own label.
pub fn labelled(slot: &Slot, control: AnyView) -> AnyView {
    let id = slot.id();
    let class = match slot.field.kind {
        Kind::Number { .. } | Kind::Tenths { .. } | Kind::Date | Kind::Time | Kind::Moment => "field field-short",
        _ => "field",
    };
    view! {
        <div class=class>
            <label for=id>{slot.field.label} {required_mark(slot)}</label>
            {help(slot)}
            {control}
            {error(slot)}
            {field_whence(slot)}
        </div>
    }
    .into_any()
}

/// Several controls under one legend.
pub fn grouped(slot: &Slot, controls: AnyView) -> AnyView {
    let problem = slot.problem();
    let id = slot.id();
    view! {
        <fieldset class="field" id=id tabindex="-1" aria-describedby=describedby(slot)
            aria-invalid=move || is_error(&problem).then_some("true")>
            <legend>{slot.field.label} {required_mark(slot)}</legend>
            {help(slot)}
            {controls}
            {error(slot)}
            {field_whence(slot)}
        </fieldset>
    }
    .into_any()
}

fn required_mark(slot: &Slot) -> impl IntoView + use<> {
    let required = slot.required();
    move || {
        required.get().then(
            || view! { <span class="req" aria-hidden="true">"*"</span><span class="visually-hidden">"wymagane"</span> },
        )
    }
}

fn help(slot: &Slot) -> Option<AnyView> {
    (!slot.field.help.is_empty())
        .then(|| view! { <p class="field-help" id=format!("{}-help", slot.id())>{slot.field.help}</p> }.into_any())
}

fn error(slot: &Slot) -> AnyView {
    let problem = slot.problem();
    let id = format!("{}-error", slot.id());
    (move || problem.get().map(|problem| problem_line(&id, &problem))).into_any()
}

fn problem_line(id: &str, problem: &Problem) -> AnyView {
    let state = (problem.weight == Weight::Warning).then_some("warn");
    view! {
        <p class="field-error" id=id.to_owned() data-state=state>
            <Icon name="warning"/> <span>{problem.text.clone()}</span>
        </p>
    }
    .into_any()
}

fn is_error(problem: &Memo<Option<Problem>>) -> bool {
    problem.with(|problem| problem.as_ref().is_some_and(|problem| problem.weight == Weight::Error))
}

/// Help and error, for the screen reader.
fn describedby(slot: &Slot) -> Signal<Option<String>> {
    let problem = slot.problem();
    let id = slot.id();
    let has_help = !slot.field.help.is_empty();
    Signal::derive(move || {
        let mut ids = Vec::new();
        if has_help {
            ids.push(format!("{id}-help"));
        }
        if problem.with(Option::is_some) {
            ids.push(format!("{id}-error"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    })
}

fn line(slot: &Slot, max: usize) -> AnyView {
    let (text, problem, required) = (slot.text(), slot.problem(), slot.required());
    let (write, leave) = (slot.clone(), slot.clone());
    let keyboard = match slot.field.key {
        "number" | "phone" => "tel",
        "email" => "email",
        _ => "text",
    };
    let (list, options) = suggested(slot).unzip();
    let pick = slot.clone();
    view! {
        <input type="text" id=slot.id() maxlength=max inputmode=keyboard list=list
            prop:value=move || text.get()
            aria-required=move || required.get().then_some("true")
            aria-invalid=move || is_error(&problem).then_some("true")
            aria-describedby=describedby(slot)
            on:input=move |event| write.set_text(event_target_value(&event))
            on:change=move |event| picked(&pick, &event_target_value(&event))
            on:blur=move |_| leave.sheet.touch(&leave.path())
            {..private_line()}/>
        {options}
    }
    .into_any()
}

fn area(slot: &Slot, max: usize) -> AnyView {
    let (text, problem, required) = (slot.text(), slot.problem(), slot.required());
    let (write, leave) = (slot.clone(), slot.clone());
    let count = move || {
        let length = text.with(|text| text.chars().count());
        (length > max / 2).then(|| view! { <p class="field-count">{length} " z " {max}</p> })
    };
    view! {
        <textarea id=slot.id() rows="4"
            prop:value=move || text.get()
            aria-required=move || required.get().then_some("true")
            aria-invalid=move || is_error(&problem).then_some("true")
            aria-describedby=describedby(slot)
            on:input=move |event| write.set_text(event_target_value(&event))
            on:blur=move |_| leave.sheet.touch(&leave.path())
            {..private_prose()}></textarea>
        {count}
    }
    .into_any()
}

fn input(slot: &Slot, kind: &'static str) -> AnyView {
    let (text, problem, required) = (slot.text(), slot.problem(), slot.required());
    let (write, leave) = (slot.clone(), slot.clone());
    view! {
        <input type=kind id=slot.id()
            prop:value=move || text.get()
            aria-required=move || required.get().then_some("true")
            aria-invalid=move || is_error(&problem).then_some("true")
            aria-describedby=describedby(slot)
            on:input=move |event| write.set_text(event_target_value(&event))
            on:blur=move |_| leave.sheet.touch(&leave.path())
            {..private_line()}/>
    }
    .into_any()
}

/// A number in whole units (`scale` 1) or with one decimal (`scale` 10, stored in tenths).
fn number(slot: &Slot, unit: &'static str, scale: i64) -> AnyView {
    let (value, problem, required) = (slot.value(), slot.problem(), slot.required());
    let (write, leave) = (slot.clone(), slot.clone());
    let text = move || match value.get() {
        Some(Value::Number(number)) if scale == 10 => {
            crate::domain::words::tenths(number).trim_end_matches(",0").to_owned()
        }
        Some(Value::Number(number)) => number.to_string(),
        // What is not a number yet stays as it was typed, so that it can be corrected.
        Some(Value::Text(text)) => text,
        _ => String::new(),
    };
    let mode = if scale == 10 { "decimal" } else { "numeric" };
    view! {
        <div class="field-unit">
            <input type="text" id=slot.id() inputmode=mode
                prop:value=text
                aria-required=move || required.get().then_some("true")
                aria-invalid=move || is_error(&problem).then_some("true")
                aria-describedby=describedby(slot)
                on:change=move |event| write.set(read_number(&event_target_value(&event), scale))
                on:blur=move |_| leave.sheet.touch(&leave.path())
            {..private_line()}/>
            <span class="unit">{unit}</span>
        </div>
    }
    .into_any()
}

/// "12,5" in tenths is 125; what is not a number is kept as text and said to be wrong.
fn read_number(text: &str, scale: i64) -> Option<Value> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    Some(decimal(text, scale).map_or_else(|| Value::Text(text.to_owned()), Value::Number))
}

/// A decimal number, times `scale` (1 or 10), rounded. In whole numbers: reading floating ones
/// weighs 15 kB in the browser.
fn decimal(text: &str, scale: i64) -> Option<i64> {
    let figures = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = figures.split_once([',', '.']).unwrap_or((figures, ""));
    let plain = [whole, part].concat().bytes().all(|figure| figure.is_ascii_digit());
    if !plain || (whole.is_empty() && part.is_empty()) || whole.len() > 9 {
        return None;
    }
    let hundredths: i64 = format!("{whole}{part:0<2.2}").parse().ok()?;
    let unit = 100 / scale;
    let number = (hundredths + unit / 2) / unit;
    Some(if text.starts_with('-') { -number } else { number })
}

fn check(slot: &Slot) -> AnyView {
    let value = slot.value();
    let write = slot.clone();
    view! {
        <div class="field">
            <label class="check">
                <input type="checkbox" id=slot.id()
                    prop:checked=move || value.get() == Some(Value::Flag(true))
                    on:change=move |event| write.set(Some(Value::Flag(event_target_checked(&event))))/>
                <span>{slot.field.label}</span>
            </label>
            {error(slot)}
            {field_whence(slot)}
        </div>
    }
    .into_any()
}

/// One of a list, by code and words.
pub fn select(slot: &Slot, options: Vec<(String, String)>) -> AnyView {
    let (text, problem, required) = (slot.text(), slot.problem(), slot.required());
    let write = slot.clone();
    let options = options
        .into_iter()
        .map(|(code, label)| {
            let own = code.clone();
            view! { <option value=code selected=move || text.with(|text| *text == own)>{label}</option> }.into_any()
        })
        .collect_view();
    view! {
        <select id=slot.id()
            aria-required=move || required.get().then_some("true")
            aria-invalid=move || is_error(&problem).then_some("true")
            aria-describedby=describedby(slot)
            on:change=move |event: ev::Event| write.set_text(event_target_value(&event))>
            <option value="" selected=move || text.with(String::is_empty)>"– wybierz –"</option>
            {options}
        </select>
    }
    .into_any()
}

/// Links from the top of the form to each field that stops it.
#[component]
pub fn ErrorSummary(
    /// The sheet.
    sheet: Sheet,
    /// Brings a field into view that is not there yet, by its path.
    #[prop(optional)]
    reach: Option<UnsyncCallback<String>>,
) -> impl IntoView {
    let errors = sheet.errors();
    move || {
        let errors = errors.get();
        (!errors.is_empty()).then(|| {
            let links = errors.iter().map(|problem| error_link(problem, reach)).collect_view();
            let head = crate::domain::words::Noun("miejsce", "miejsca", "miejsc").count(errors.len() as i64);
            view! {
                <div class="summary-errors" role="alert" tabindex="-1" id="summary-errors" aria-labelledby="summary-head">
                    <h2 id="summary-head"><Icon name="warning"/> " Popraw: " {head}</h2>
                    <ul>{links}</ul>
                </div>
            }
        })
    }
}

fn error_link(problem: &Problem, reach: Option<UnsyncCallback<String>>) -> AnyView {
    let id = super::sheet::control_id(&problem.field);
    let href = format!("#{id}");
    let (app, path): (App, String) = (app(), problem.field.clone());
    let focus = move |event: ev::MouseEvent| {
        event.prevent_default();
        if let Some(reach) = reach {
            reach.run(path.clone());
        }
        app.host().focus(&id);
    };
    view! { <li><a href=href on:click=focus>{problem.text.clone()}</a></li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, scale, number) in [
            ("12,5", 10, 125),
            (" 12.5 ", 10, 125),
            ("12,54", 10, 125),
            ("12,55", 10, 126),
            ("7", 10, 70),
            (",5", 10, 5),
            ("-3,2", 10, -32),
            ("+45", 1, 45),
            ("2,5", 1, 3),
            ("2,49", 1, 2),
        ] {
            assert_eq!(read_number(text, scale), Some(Value::Number(number)), "{text}");
        }
        for text in ["dużo", "1,2,3", "--5", ",", "-", "1e3", "5 km", "1234567890", "١٢"] {
            assert_eq!(read_number(text, 10), Some(Value::Text(text.to_owned())), "{text}");
        }
        assert_eq!(read_number("  ", 10), None);
    }
}
