use super::model::{Document, Step};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::markup::xml::escape::{self, Within},
};

const DECLARATION: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

pub(super) fn write(document: &Document<'_>, budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut output = budget.reserve(size(document))?;
    output.extend_from_slice(DECLARATION);
    let mut steps = document.steps.iter().peekable();
    while let Some(step) = steps.next() {
        match step {
            Step::Start(name, attributes) => {
                output.push(b'<');
                output.extend_from_slice(name.as_bytes());
                for attribute in attributes {
                    output.push(b' ');
                    output.extend_from_slice(attribute.name.as_bytes());
                    output.extend_from_slice(b"=\"");
                    escape::encode(&attribute.value, Within::Attribute, &mut output);
                    output.push(b'"');
                }
                let is_empty = steps.next_if(|next| matches!(next, Step::End(_))).is_some();
                output.extend_from_slice(if is_empty { b"/>" } else { b">" });
            }
            Step::End(name) => {
                output.extend_from_slice(b"</");
                output.extend_from_slice(name.as_bytes());
                output.push(b'>');
            }
            Step::Text(text) => escape::encode(text, Within::Text, &mut output),
        }
    }
    output.push(b'\n');
    Ok(output)
}

/// About how many bytes will be written.
fn size(document: &Document<'_>) -> u64 {
    let of_step = |step: &Step<'_>| match step {
        Step::Start(name, attributes) => {
            let attributes =
                attributes.iter().map(|attribute| attribute.name.len() + attribute.value.len() + 4);
            name.len() + attributes.sum::<usize>() + 3
        }
        Step::End(name) => name.len() + 3,
        Step::Text(text) => text.len(),
    };
    (document.steps.iter().map(of_step).sum::<usize>() + DECLARATION.len() + 1) as u64
}
