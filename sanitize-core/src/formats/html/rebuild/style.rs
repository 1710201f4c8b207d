//! Style sheets and style attributes.

use super::{Scribe, attributes::PREFIX, threats};
use crate::{
    error::Error,
    report::{Detail, Spot, Threat},
    toolkits::markup::{
        css::{self, Dropped, Host, Profile},
        html::{Attribute as Read, NodeId},
    },
};

impl Scribe<'_, '_, '_> {
    pub(super) fn style_sheet(&mut self, node: NodeId, attributes: &[Read]) -> Result<(), Error> {
        let media =
            attributes.iter().find(|read| read.name() == "media").map(|read| read.value().trim_ascii());
        let other_type = attributes.iter().any(|read| {
            read.name() == "type"
                && !read.value().trim_ascii().eq_ignore_ascii_case("text/css")
                && !read.value().is_empty()
        });
        if other_type {
            return self.ctx.removed_with(&threats::CSS_UNLISTED, Spot::Here, Detail::name("style"));
        }
        let text = self.tree.text(node);
        let budget = self.ctx.budget();
        let sheet = match media {
            None | Some("" | "all") => css::sheet(&text, Profile::Html, self, budget)?,
            // The medium is said inside the sheet.
            Some(media) => {
                let inner = css::sheet(&text, Profile::Html, self, budget)?;
                css::sheet(
                    &format!("@media {}{{{inner}}}", media.replace(['{', '}', ';'], " ")),
                    Profile::Html,
                    self,
                    budget,
                )?
            }
        };
        if !sheet.is_empty() {
            self.page.styles.push(sheet);
        }
        Ok(())
    }

    pub(super) fn style_attribute(&mut self, value: &str) -> Result<Option<String>, Error> {
        let budget = self.ctx.budget();
        let kept = css::declarations(value, Profile::Html, self, budget)?;
        Ok((!kept.is_empty()).then(|| css::written(&kept)))
    }
}

impl Host for Scribe<'_, '_, '_> {
    fn url(&mut self, _property: &str, url: &str) -> Result<Option<String>, Error> {
        self.picture(url, &threats::CSS_IMAGE)
    }

    fn id(&mut self, id: &str) -> String {
        if id.starts_with(PREFIX) { id.to_owned() } else { format!("{PREFIX}{id}") }
    }

    fn dropped(&mut self, why: Dropped, name: &str) -> Result<(), Error> {
        let threat: &'static Threat = match why {
            Dropped::Fetch => &threats::CSS_FETCH,
            Dropped::Code => &threats::CSS_CODE,
            Dropped::Overlay => &threats::OVERLAY,
            Dropped::Unlisted => &threats::CSS_UNLISTED,
        };
        self.ctx.removed_with(threat, Spot::Here, Detail::name(name))
    }
}
