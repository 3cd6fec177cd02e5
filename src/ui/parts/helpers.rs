//! People who do something for a family, in a list: who, what, and how to reach them.

use super::icon::Icon;
use crate::domain::{around::Helper, words};
use leptos::prelude::*;

/// The rows of a list of people.
pub fn helpers_view(helpers: Vec<Helper>) -> AnyView {
    helpers.into_iter().map(row).collect_view().into_any()
}

fn row(helper: Helper) -> AnyView {
    let role = words::sentence(&helper.role);
    let title = if helper.name.is_empty() { role.clone() } else { helper.name.clone() };
    let under = (!helper.name.is_empty()).then(|| view! { <p>{role.clone()}</p> });
    let does = helper.does.into_iter().map(|does| view! { <p class="muted">{does}</p> }.into_any()).collect_view();
    let sign = (!helper.sign.is_empty()).then(|| view! { <p class="muted">"sygn. "{helper.sign}</p> });
    let number = (!helper.phone.is_empty()).then(|| view! { <p class="nowrap">{helper.phone.clone()}</p> });
    let mail = (!helper.email.is_empty()).then(|| {
        let href = ["mailto:", &helper.email].concat();
        view! { <p><a href=href>{helper.email}</a></p> }
    });
    let call = (!helper.phone.is_empty()).then(|| {
        let (href, label) = (["tel:", &helper.phone.replace(' ', "")].concat(), ["Zadzwoń: ", &title].concat());
        view! { <a class="btn btn-icon no-print" href=href aria-label=label><Icon name="phone"/></a> }
    });
    view! {
        <li class="person">
            <div><b>{title}</b>{under}{does}{sign}{number}{mail}</div>
            {call}
        </li>
    }
    .into_any()
}
