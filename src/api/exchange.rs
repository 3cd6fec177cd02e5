//! The exchange between phone and office: changes up, receipts and records down, in one round trip.

#![expect(missing_docs, reason = "the server macro makes structs of the arguments")]

use super::error::ApiError;
use crate::sync::protocol::{self, Parcel, ParcelReceipt, RequestEnvelope, Response, Unpack};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use server_fn::{ContentType, Decodes, Encodes, Format, FormatType, codec::Post};

/// Bytes as the protocol packs them: version byte, then deflated JSON.
pub struct PackedEncoding;

/// Arguments and answers packed by [`protocol::pack`], in the body of a POST.
pub type Packed = Post<PackedEncoding>;

impl ContentType for PackedEncoding {
    const CONTENT_TYPE: &'static str = protocol::MEDIA_TYPE;
}

impl FormatType for PackedEncoding {
    const FORMAT_TYPE: Format = Format::Binary;
}

impl<T: Serialize> Encodes<T> for PackedEncoding {
    type Error = Unpack;

    fn encode(message: &T) -> Result<bytes::Bytes, Unpack> {
        Ok(protocol::pack(message).into())
    }
}

impl<T: DeserializeOwned> Decodes<T> for PackedEncoding {
    type Error = Unpack;

    fn decode(packed: bytes::Bytes) -> Result<T, Unpack> {
        protocol::unpack(&packed)
    }
}

/// Takes the device's changes and gives back receipts and what is new to it.
///
/// Records cross as they are kept, unread: the phone reads them.
#[server(prefix = "/api/v1", endpoint = "exchange", input = Packed, output = Packed)]
pub async fn exchange_changes(request: RequestEnvelope) -> Result<Response<Box<RawValue>>, ApiError> {
    crate::server::doors::exchange(request).await
}

/// Takes changes that a device sealed to the office, without a session: their signatures say whose they are.
#[server(prefix = "/api/v1", endpoint = "sealed", input = Packed, output = Packed)]
pub async fn bring_sealed(parcel: Parcel) -> Result<ParcelReceipt, ApiError> {
    crate::server::doors::sealed(parcel).await
}
