//! One folder per format. These tables are all there is to registering one.

mod bmp;
mod css;
mod csv;
mod emf;
mod eml;
mod emz;
mod encrypted_office;
mod gif;
mod html;
mod ical;
mod ico;
mod jpeg;
mod json;
mod mbox;
mod mhtml;
mod msg;
mod ooxml;
mod pdf;
mod png;
mod svg;
mod text;
mod tiff;
mod tnef;
mod webp;
mod wmf;
mod xml;
mod zip;

pub(crate) use eml::passwords_of as passwords_of_mail;

use crate::engine::handler::{Envelope, Handler};

/// Formats around a file of another format. They are asked before the handlers.
pub(crate) static ENVELOPES: &[&dyn Envelope] =
    &[&emz::Emz, &encrypted_office::EncryptedOffice, &msg::Msg, &tnef::Tnef];

/// Handlers in the order they are asked: the more specific first, text last.
pub(crate) static HANDLERS: &[&dyn Handler] = &[
    &mhtml::Mhtml,
    &mbox::Mbox,
    &eml::Eml,
    &png::Png,
    &jpeg::Jpeg,
    &gif::Gif,
    &bmp::Bmp,
    &tiff::Tiff,
    &webp::Webp,
    &ico::Ico,
    &emf::Emf,
    &wmf::Wmf,
    &pdf::Pdf,
    &ooxml::Ooxml,
    &ical::Ical,
    &svg::Svg,
    &html::Html,
    &zip::Zip,
    &xml::Xml,
    &json::Json,
    &css::Css,
    &csv::Csv,
    &text::Text,
];
