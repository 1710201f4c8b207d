//! Objects of old on slides: their pictures stand in the legacy drawing of the slide, and come to stand on the slide.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    filter::{Fate, Filter},
    output::Mark,
    scan::scan,
    walk::{Planned, Walk},
};
use crate::{
    engine::ctx::Ctx,
    error::Error,
    formats::ooxml::{allow::Class, parse::Package},
    toolkits::markup::xml::{Attribute, escape},
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
    /// Until a picture has it.
    naming: Option<Naming>,
    place: Option<Place>,
    /// The relationship to the picture that the legacy drawing shows for it.
    preview: Option<String>,
}

/// What a frame is called, as others of the slide refer to it: attributes as they were written.
#[derive(Debug, PartialEq, Eq)]
struct Naming(Vec<(&'static str, String)>);

/// Where a frame stands on its slide.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    offset: [i64; 2],
    size: [i64; 2],
}

/// Reads what a frame is called and where it stands from its beginning.
fn named_and_placed(written: &[u8]) -> (Option<Naming>, Option<Place>) {
    let Ok(text) = std::str::from_utf8(written) else { return (None, None) };
    let (head, frame) = text.split_once(":xfrm").unwrap_or((text, ""));
    (naming(head), place(frame))
}

/// What stands in the first tag of this name, its attributes each behind a space.
fn tag(text: &str, name: &str) -> Option<String> {
    let (_, behind) = text.split_once(&format!(":{name} "))?;
    behind.split('>').next().map(|attributes| format!(" {attributes}"))
}

fn value(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag.get(start..)?.split('"').next().map(str::to_owned)
}

fn naming(head: &str) -> Option<Naming> {
    let named = tag(head, "cNvPr")?;
    let id = value(&named, "id")?.parse::<u32>().ok()?.to_string();
    let mut attributes = vec![("id", id), ("name", value(&named, "name")?)];
    let others = ["descr", "title", "hidden"].into_iter();
    attributes.extend(others.filter_map(|name| Some((name, value(&named, name)?))));
    Some(Naming(attributes))
}

fn place(frame: &str) -> Option<Place> {
    let number = |tag: &str, name: &str| value(tag, name)?.parse::<i64>().ok();
    let (offset, size) = (tag(frame, "off")?, tag(frame, "ext")?);
    Some(Place {
        offset: [number(&offset, "x")?, number(&offset, "y")?],
        size: [number(&size, "cx")?, number(&size, "cy")?],
    })
}

impl Place {
    /// A picture at this place.
    fn picture(&self, naming: &Naming, relation: &str) -> String {
        let Self { offset: [x, y], size: [width, height] } = self;
        let named: String = naming.0.iter().map(|(name, value)| format!(" {name}=\"{value}\"")).collect();
        format!(
            "<p:pic xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
             <p:nvPicPr><p:cNvPr{named}/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>\
             <p:blipFill><a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>\
             <p:spPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>"
        )
    }
}

impl<'a> Filter<'a, '_, '_> {
    /// Remembers where the frame of an object stands, before it is left out.
    pub(super) fn meet_object(&mut self, depth: usize, mark: Mark) {
        let (naming, place) = named_and_placed(self.output.since(mark, self.tokenizer.span().0));
        self.object = Some(Object { depth, naming, place, preview: None });
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

    /// The name of a picture: that of the object's frame, where it stands for an object.
    pub(super) fn picture_name(
        &mut self,
        class: Class,
        name: &'a [u8],
        empty: bool,
        canonical: bool,
    ) -> Result<bool, Error> {
        let object = self.object.as_mut().filter(|_| self.picture_found);
        let Some(naming) = object.and_then(|object| object.naming.take()) else { return Ok(false) };
        self.judge_attributes(class, None)?;
        for (attribute, raw) in naming.0 {
            let value = escape::decode(&raw, escape::Within::Attribute, self.offset())?.into_owned();
            let found = self.attributes.iter().position(|found| found.name == attribute.as_bytes());
            match found.and_then(|index| self.fates.get_mut(index)) {
                Some(fate) => *fate = Fate::Replace(value),
                None => {
                    let offset = self.tokenizer.span().0;
                    self.attributes.push(Attribute { name: attribute.as_bytes(), raw: "", offset });
                    self.fates.push(Fate::Replace(value));
                }
            }
        }
        self.write_start(name, empty, canonical);
        self.open(class, empty);
        Ok(true)
    }

    /// At the end tag of an object's frame in which no picture stood: the picture of the legacy drawing.
    pub(super) fn end_object(&mut self, class: Class) {
        let depth = self.frames.len();
        let Some(object) = self.object.take_if(|object| object.depth == depth) else { return };
        if let (false, Some(naming), Some(place), Some(preview)) =
            (self.picture_found, object.naming, object.place, object.preview)
        {
            self.output.replace(self.tokenizer.span(), |written| {
                written.extend_from_slice(place.picture(&naming, &preview).as_bytes());
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
        let (naming, place) = named_and_placed(frame);
        let (naming, place) = (naming.unwrap(), place.unwrap());
        assert_eq!(naming.0, [("id", "7".to_owned()), ("name", "A &amp; B".to_owned())]);
        assert_eq!((place.offset, place.size), ([-5, 6], [70, 80]));
        assert!(place.picture(&naming, "x").contains(r#"<p:cNvPr id="7" name="A &amp; B"/>"#));
        assert_eq!(named_and_placed(&frame[..frame.len() - 20]), (Some(naming), None));
        assert_eq!(named_and_placed(br#"<p:cNvPr id="x" name=""/>"#), (None, None));
    }
}
