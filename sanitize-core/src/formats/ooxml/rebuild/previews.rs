//! Objects of old on slides: their pictures stand in the legacy drawing of the slide, and come to stand on the slide.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    filter::Filter,
    output::Mark,
    scan::scan,
    walk::{Planned, Walk},
};
use crate::{
    engine::ctx::Ctx,
    error::Error,
    formats::ooxml::{allow::Class, parse::Package},
};

/// Ids of offered relationships, by the shape of the drawing that shows the picture.
pub(super) type Previews = BTreeMap<String, String>;

/// The previews that the legacy drawings of a part have for objects in it.
pub(super) fn of(
    package: &Package<'_>,
    walk: &Walk,
    part: &Planned,
    relations: &BTreeSet<String>,
    ctx: &mut Ctx<'_>,
) -> Result<Previews, Error> {
    let mut previews = Previews::new();
    // They were offered in this order.
    let offered = part.drawn(walk).zip(part.edges.iter().filter(|edge| edge.offered));
    let offered: BTreeMap<(&str, &str), &str> = offered
        .filter(|(_, offered)| relations.contains(&offered.id))
        .map(|((drawing, drawn), offered)| ((drawing, drawn.id.as_str()), offered.id.as_str()))
        .collect();
    if offered.is_empty() {
        return Ok(previews);
    }
    for drawing in part.drawings(walk) {
        let mut shape = None;
        let found = scan(package, &drawing.key, ctx, |local, attribute, _| match local {
            b"shape" => shape = attribute(b"o:spid").or_else(|| attribute(b"id")),
            b"imagedata" => {
                let named = attribute(b"o:relid").or_else(|| attribute(b"r:id")).unwrap_or_default();
                let preview = offered.get(&(drawing.key.as_str(), named.as_str()));
                if let (Some(shape), Some(preview)) = (shape.take(), preview) {
                    previews.insert(shape, (*preview).to_owned());
                }
            }
            _ => (),
        });
        match found {
            // What is wrong with the drawing is told where it is rebuilt.
            Ok(()) | Err(Error::Malformed { .. }) => (),
            Err(error) => return Err(error),
        }
    }
    Ok(previews)
}

/// The frame of an object that is on its way to become a picture.
#[derive(Debug)]
pub(super) struct Object {
    /// Open elements around the frame.
    depth: usize,
    place: Option<Place>,
    /// The relationship to the picture that the legacy drawing shows for it.
    preview: Option<String>,
}

/// Where a frame stands on its slide and what it is called: attributes as they were written.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    id: String,
    name: String,
    description: Option<String>,
    offset: [i64; 2],
    size: [i64; 2],
}

/// Reads the place of a frame from its beginning.
fn place(written: &[u8]) -> Option<Place> {
    let (head, frame) = std::str::from_utf8(written).ok()?.split_once(":xfrm")?;
    // What stands in the first tag of this name, its attributes each behind a space.
    let tag = |text: &str, name: &str| {
        let (_, behind) = text.split_once(&format!(":{name} "))?;
        behind.split('>').next().map(|attributes| format!(" {attributes}"))
    };
    let value = |tag: &str, name: &str| {
        let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        tag.get(start..)?.split('"').next().map(str::to_owned)
    };
    let number = |tag: &str, name: &str| value(tag, name)?.parse::<i64>().ok();
    let (named, offset, size) = (tag(head, "cNvPr")?, tag(frame, "off")?, tag(frame, "ext")?);
    Some(Place {
        id: value(&named, "id")?.parse::<u32>().ok()?.to_string(),
        name: value(&named, "name")?,
        description: value(&named, "descr"),
        offset: [number(&offset, "x")?, number(&offset, "y")?],
        size: [number(&size, "cx")?, number(&size, "cy")?],
    })
}

impl Place {
    /// A picture at this place.
    fn picture(&self, relation: &str) -> String {
        let Self { id, name, description, offset: [x, y], size: [width, height] } = self;
        let description = description.as_ref().map(|text| format!(" descr=\"{text}\"")).unwrap_or_default();
        format!(
            "<p:pic xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
             <p:nvPicPr><p:cNvPr id=\"{id}\" name=\"{name}\"{description}/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>\
             <p:blipFill><a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>\
             <p:spPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>"
        )
    }
}

impl Filter<'_, '_, '_> {
    /// Remembers where the frame of an object stands, before it is left out.
    pub(super) fn meet_object(&mut self, depth: usize, mark: Mark) {
        let place = place(self.output.since(mark, self.tokenizer.span().0));
        self.object = Some(Object { depth, place, preview: None });
    }

    /// Remembers the picture that the legacy drawing shows for the object at hand.
    pub(super) fn meet_shape(&mut self) -> Result<(), Error> {
        let shape = self.attribute_value(b"spid")?;
        let preview = shape.and_then(|shape| self.part.previews.get(&*shape)).cloned();
        if let Some(object) = self.object.as_mut().filter(|object| object.preview.is_none()) {
            object.preview = preview;
        }
        Ok(())
    }

    /// At the end tag of an object's frame in which no picture stood: the picture of the legacy drawing.
    pub(super) fn end_object(&mut self, class: Class) {
        let depth = self.frames.len();
        let Some(object) = self.object.take_if(|object| object.depth == depth) else { return };
        if let (false, Some(place), Some(preview)) = (self.picture_found, object.place, object.preview) {
            self.output.replace(self.tokenizer.span(), |written| {
                written.extend_from_slice(place.picture(&preview).as_bytes());
            });
            self.used.insert(preview);
            self.count_element(class);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_whatever_the_prefixes_and_only_whole() {
        let frame =
            br#"<q:graphicFrame><q:nvGraphicFramePr><q:cNvPr name="A &amp; B" id="7"/></q:nvGraphicFramePr>
            <q:xfrm><d:off x="-5" y="6"/><d:ext cx="70" cy="80"/></q:xfrm>"#;
        let place = place(frame).unwrap();
        assert_eq!((place.id.as_str(), place.name.as_str()), ("7", "A &amp; B"));
        assert_eq!((place.offset, place.size, &place.description), ([-5, 6], [70, 80], &None));
        assert!(place.picture("x").contains(r#"name="A &amp; B"/>"#));
        assert_eq!(super::place(&frame[..frame.len() - 20]), None);
        assert_eq!(
            super::place(br#"<p:cNvPr id="x" name=""/><p:xfrm><a:off x="1" y="1"/><a:ext cx="1" cy="1"/>"#),
            None
        );
    }
}
