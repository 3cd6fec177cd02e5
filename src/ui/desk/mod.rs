//! placeholder
use leptos::prelude::*;
#[component]
pub fn DeskOverview() -> impl IntoView {}
#[component]
pub fn DeskFamilies() -> impl IntoView {}
#[component]
pub fn DeskFamily() -> impl IntoView {}
#[component]
pub fn DeskOther() -> impl IntoView {}
