//! Actions of PowerPoint: the `action` attribute of `a:hlinkClick` and its like, ECMA-376 Part 1, 21.1.2.3.5.
//!
//! An action is a `ppaction:` address. Jumps inside the slide show stay, each written from what was parsed;
//! everything else starts a program, a macro, an object or another file, or is unknown.

/// An action that may stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// No `ppaction:` at all: the hyperlink's relationship says where it leads.
    Address,
    /// Nothing happens: PowerPoint's "None" with a sound or a highlight.
    None,
    /// To the slide the relationship leads to.
    Slide,
    /// To a slide by its place in the show.
    Show(Jump),
    /// A custom show of this presentation; `back` returns here when it ends.
    CustomShow {
        /// Its number in `p:custShowLst`.
        id: u32,
        /// Whether the show goes on here afterwards.
        back: bool,
    },
}

/// Jumps in a show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Jump {
    Next,
    Previous,
    First,
    Last,
    LastViewed,
    End,
}

const JUMPS: [(&str, Jump); 6] = [
    ("nextslide", Jump::Next),
    ("previousslide", Jump::Previous),
    ("firstslide", Jump::First),
    ("lastslide", Jump::Last),
    ("lastslideviewed", Jump::LastViewed),
    ("endshow", Jump::End),
];

impl Action {
    /// The attribute's value.
    pub(crate) fn written(self) -> String {
        match self {
            Self::Address => String::new(),
            Self::None => "ppaction://noaction".to_owned(),
            Self::Slide => "ppaction://hlinksldjump".to_owned(),
            Self::Show(jump) => {
                let word = JUMPS.iter().find(|(_, known)| *known == jump).map_or("", |(word, _)| word);
                format!("ppaction://hlinkshowjump?jump={word}")
            }
            Self::CustomShow { id, back: false } => format!("ppaction://customshow?id={id}"),
            Self::CustomShow { id, back: true } => format!("ppaction://customshow?id={id}&return=true"),
        }
    }
}

/// Reads an `action`. The error is the id of the threat it is; nothing of it is written.
pub(crate) fn parse(action: &str) -> Result<Action, &'static str> {
    const UNKNOWN: &str = "pptx.action-file-and-presentation";
    let action = action.trim_matches(|c: char| c.is_whitespace() || c.is_control()).to_ascii_lowercase();
    if action.is_empty() {
        return Ok(Action::Address);
    }
    let Some(action) = action.strip_prefix("ppaction://") else { return Err(UNKNOWN) };
    let (verb, query) = action.split_once('?').unwrap_or((action, ""));
    let parameter = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    match verb {
        "noaction" => Ok(Action::None),
        "hlinksldjump" => Ok(Action::Slide),
        "hlinkshowjump" => {
            let jump = JUMPS.iter().find(|(word, _)| parameter("jump") == Some(word));
            jump.map(|(_, jump)| Action::Show(*jump)).ok_or(UNKNOWN)
        }
        "customshow" => {
            let id = parameter("id").filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
            let id = id.and_then(|id| id.parse().ok()).ok_or(UNKNOWN)?;
            Ok(Action::CustomShow { id, back: parameter("return") == Some("true") })
        }
        // From here on the verb only chooses the name of the threat.
        "program" => Err("pptx.action-program"),
        "macro" => Err("pptx.action-macro"),
        "ole" => Err("pptx.action-ole-verb"),
        "media" => Err("pptx.embedded-media"),
        _ => Err(UNKNOWN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jumps_inside_the_show_stay_as_they_are() {
        for action in [
            "",
            "ppaction://noaction",
            "ppaction://hlinksldjump",
            "ppaction://hlinkshowjump?jump=nextslide",
            "ppaction://hlinkshowjump?jump=lastslideviewed",
            "ppaction://hlinkshowjump?jump=endshow",
            "ppaction://customshow?id=0",
            "ppaction://customshow?id=12&return=true",
        ] {
            assert_eq!(parse(action).map(Action::written).as_deref(), Ok(action));
        }
        assert_eq!(parse("PPACTION://HLinkShowJump?Jump=FirstSlide&x=KILL"), Ok(Action::Show(Jump::First)));
    }

    #[test]
    fn everything_else_is_left_out_by_name() {
        for (action, threat) in [
            ("ppaction://program", "pptx.action-program"),
            ("ppaction://macro?name=Module1.KILL", "pptx.action-macro"),
            ("ppaction://ole?verb=0", "pptx.action-ole-verb"),
            ("ppaction://media", "pptx.embedded-media"),
            ("ppaction://hlinkfile", "pptx.action-file-and-presentation"),
            ("ppaction://hlinkpres?slideindex=1&slidetitle=", "pptx.action-file-and-presentation"),
            ("ppaction://hlinkshowjump?jump=KILL", "pptx.action-file-and-presentation"),
            ("ppaction://customshow?id=KILL", "pptx.action-file-and-presentation"),
            ("ppaction://customshow?id=+1", "pptx.action-file-and-presentation"),
            ("file:///c:/x.exe", "pptx.action-file-and-presentation"),
            ("ppaction:program", "pptx.action-file-and-presentation"),
        ] {
            assert_eq!(parse(action), Err(threat), "{action}");
        }
    }
}
