//! The rescue copy (P10): what waits, as one file that only the office can open, and its way to the office from
//! another computer. It holds what the courier brings, carried by hand where there is no network.

use super::{
    courier::parcels,
    database::{Database, SEALED},
    photo::{bytes_of, take_file},
};
use crate::{
    api::exchange::bring_sealed,
    domain::ids::DeviceId,
    sync::protocol::{Base64, Parcel},
    ui::context::Brought,
};
use chrono::NaiveDate;
use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use std::collections::BTreeSet;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Largest file that is read, in bytes: far more than a phone ever has waiting.
const MAX_BYTES: f64 = 32e6;

/// Hands the person the file; says how many changes are in it.
pub async fn save(database: &Database, device: DeviceId, today: NaiveDate) -> Result<usize, String> {
    let (_, values) = database.all(SEALED).await.map_err(|error| error.to_string())?;
    let packets = values.iter().filter_map(|value| Some(Base64(value.dyn_into::<Uint8Array>().ok()?.to_vec())));
    let parcel = Parcel { device, packets: packets.collect(), wiped: false, alone: false };
    if parcel.packets.is_empty() {
        return Ok(0);
    }
    let bytes = serde_json::to_vec(&parcel).map_err(|error| error.to_string())?;
    // Its name tells the day and nothing else.
    let name = ["asysta-kopia-", &today.to_string(), ".asysta"].concat();
    download(&bytes, &name).map_err(|_| "Ta przeglądarka nie pozwala zapisać pliku.".to_owned())?;
    Ok(parcel.packets.len())
}

/// Brings the file that was chosen in the input with this id to the office; `None` when none was.
pub async fn bring(input: &str) -> Result<Option<Brought>, String> {
    let Some(file) = take_file(input) else { return Ok(None) };
    let strange = || "To nie jest kopia niewysłanych zapisów Asysty albo plik jest uszkodzony.".to_owned();
    if file.size() > MAX_BYTES {
        return Err(strange());
    }
    let bytes = bytes_of(&file).await.map_err(|_| strange())?;
    let whole: Parcel = serde_json::from_slice(&bytes).map_err(|_| strange())?;
    let mut taken = BTreeSet::new();
    for parcel in parcels(whole.device, whole.packets.iter().map(|packet| packet.0.as_slice())) {
        taken.extend(bring_sealed(parcel).await.map_err(|error| error.to_string())?.taken);
    }
    Ok(Some(Brought { taken: taken.len(), of: whole.packets.len() }))
}

fn download(bytes: &[u8], name: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/octet-stream");
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}
