//! Tables that sort by their heads.

use leptos::prelude::*;

/// By which column a table is ordered, and which way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Name of the column.
    pub by: String,
    /// From the largest.
    pub down: bool,
}

impl Sort {
    /// What a press on the head of a column leads to: the other way round, or the new column.
    pub fn pressed(&self, column: &str) -> Sort {
        Sort { by: column.to_owned(), down: self.by == column && !self.down }
    }
}

/// The head of a column that can order the table.
#[component]
pub fn SortHeader(
    /// Name of the column.
    column: &'static str,
    /// Its words.
    label: &'static str,
    /// Figures stand to the right.
    #[prop(optional)]
    number: bool,
    /// Gives way where the screen is narrow, as its cells do.
    #[prop(optional)]
    minor: bool,
    /// The order as it is.
    #[prop(into)]
    sort: Signal<Sort>,
    /// Asked for another order.
    on_sort: Callback<Sort>,
) -> AnyView {
    let state = move || {
        sort.with(|sort| match (sort.by == column, sort.down) {
            (false, _) => None,
            (true, false) => Some("ascending"),
            (true, true) => Some("descending"),
        })
    };
    let press = move |_| on_sort.run(sort.with_untracked(|sort| sort.pressed(column)));
    view! {
        <th scope="col" class=number.then_some("num") data-minor=minor.then_some("") aria-sort=state>
            <button class="sort" type="button" on:click=press>{label}</button>
        </th>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_press_turns_the_order_round() {
        let sort = Sort { by: "code".into(), down: false };
        assert_eq!(sort.pressed("code"), Sort { by: "code".into(), down: true });
        assert_eq!(sort.pressed("stage"), Sort { by: "stage".into(), down: false });
        assert_eq!(sort.pressed("code").pressed("code"), sort);
    }
}
