//! Photos: read from what the person chose, shrunk, and drawn anew, so that nothing of the file but the
//! picture is kept: no place, no device, no time (EXIF).

use super::browser::name_of;
use crate::{
    domain::files::{MAX_BYTES, MediaType},
    ui::context::{Photo, Scan},
};
use js_sys::{Array, Function, Promise, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlInputElement, ImageBitmap, Url,
};

/// Longer side of the first try, in points: a page of a document stays readable.
const LONGER_SIDE: f64 = 1800.0;
/// Quality of the picture, from 0 to 1.
const QUALITY: f64 = 0.8;

/// The photo chosen in the input with this id; `None` when none was. The input is emptied, so that the
/// same photo can be chosen again.
pub async fn chosen(input: &str) -> Result<Option<Photo>, String> {
    let Some(file) = take_file(input) else { return Ok(None) };
    drawn(&file).await.map(Some)
}

/// The scan chosen in the input with this id, as [`chosen`]. What the file is its first bytes say, not its name: a
/// PDF is taken as it is, when it is small enough; anything else must be a picture.
pub async fn scanned(input: &str) -> Result<Option<Scan>, String> {
    let Some(file) = take_file(input) else { return Ok(None) };
    let unreadable = |_| "Tego pliku nie da się odczytać.".to_owned();
    let head = bytes_of(&file.slice_with_i32_and_i32(0, 16).map_err(unreadable)?).await.map_err(unreadable)?;
    if !MediaType::Pdf.fits(&head) {
        let Photo { bytes, hash } = drawn(&file).await?;
        return Ok(Some(Scan { media: MediaType::Jpeg, bytes, hash }));
    }
    if file.size() > MAX_BYTES as f64 {
        return Err(
            "Plik PDF może mieć najwyżej 600 kB. Zeskanuj stronę w skali szarości albo dodaj jej zdjęcie.".to_owned()
        );
    }
    let bytes = bytes_of(&file).await.map_err(unreadable)?;
    let hash = fingerprint(&bytes).await.map_err(unreadable)?;
    Ok(Some(Scan { media: MediaType::Pdf, bytes, hash }))
}

async fn drawn(file: &File) -> Result<Photo, String> {
    drawn_anew(file).await.map_err(|error| match name_of(&error).as_str() {
        "InvalidStateError" | "EncodingError" => "Tego pliku nie da się odczytać jako zdjęcia.".to_owned(),
        name => format!("Nie udało się przygotować zdjęcia ({name})."),
    })
}

/// All bytes of a file.
pub async fn bytes_of(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The file that was chosen in the input with this id. The input is emptied, so that it can be chosen again.
pub fn take_file(input: &str) -> Option<File> {
    let input: HtmlInputElement = document().get_element_by_id(input)?.dyn_into().ok()?;
    let file = input.files()?.get(0);
    input.set_value("");
    file
}

/// A smaller one is tried until it fits; a quarter less each time.
async fn drawn_anew(file: &File) -> Result<Photo, JsValue> {
    let picture: ImageBitmap = JsFuture::from(window().create_image_bitmap_with_blob(file)?).await?.dyn_into()?;
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let mut scale = (LONGER_SIDE / width.max(height)).min(1.0);
    loop {
        let bytes = encoded(&picture, (width * scale).ceil(), (height * scale).ceil()).await?;
        if bytes.len() <= MAX_BYTES {
            picture.close();
            let hash = fingerprint(&bytes).await?;
            return Ok(Photo { bytes, hash });
        }
        scale *= 0.75;
    }
}

async fn encoded(picture: &ImageBitmap, width: f64, height: f64) -> Result<Vec<u8>, JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, width, height)?;
    let blob = JsFuture::from(as_jpeg(&canvas)).await?;
    bytes_of(&blob.dyn_into::<Blob>()?).await
}

fn as_jpeg(canvas: &HtmlCanvasElement) -> Promise {
    Promise::new(&mut |resolve: Function, reject: Function| {
        let refuse = reject.clone();
        let answer = Closure::once_into_js(move |blob: JsValue| {
            let call = if blob.is_null() { &refuse } else { &resolve };
            // Settling a promise runs no code of ours and cannot throw.
            let _: Result<JsValue, JsValue> = call.call1(&JsValue::NULL, &blob);
        });
        let asked = canvas.to_blob_with_type_and_encoder_options(
            answer.unchecked_ref(),
            MediaType::Jpeg.code(),
            &JsValue::from_f64(QUALITY),
        );
        if let Err(error) = asked {
            let _: Result<JsValue, JsValue> = reject.call1(&JsValue::NULL, &error);
        }
    })
}

/// SHA-256, hexadecimal.
async fn fingerprint(bytes: &[u8]) -> Result<String, JsValue> {
    let subtle = window().crypto()?.subtle();
    let digest = JsFuture::from(subtle.digest_with_str_and_u8_array("SHA-256", bytes)?).await?;
    let digits = |byte: u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'));
    Ok(Uint8Array::new(&digest).to_vec().into_iter().flat_map(digits).collect())
}

/// An address in this page under which the bytes can be shown.
pub fn address_of(bytes: &[u8], media: MediaType) -> Option<String> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media.code());
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// Lets go of the bytes behind an address.
pub fn forget_address(address: &str) {
    // An address that was let go of already is none.
    let _: Result<(), JsValue> = Url::revoke_object_url(address);
}
