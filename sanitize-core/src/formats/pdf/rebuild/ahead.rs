//! Contents of pages and pictures before the pages and pictures are made: what needs nothing but their bytes is done
//! for several at once, on all threads of the run.

use std::{collections::VecDeque, iter::Peekable};

use super::{
    content::{self, Content},
    eye::{Eye, Seen},
    image::{self, Recoded},
    page::{self, Page},
    walk::Walk,
};
use crate::{
    budget::{Budget, Helpers, Making},
    error::Error,
    formats::pdf::{
        model::{Id, tables as types},
        parse::{
            document::Document,
            filter::{CHAIN, Keep},
            object::{Dict, Object, Stream},
            source::{Packed, Source as SourceFile},
        },
        verify,
    },
    toolkits::codec::{
        flate::{self, Wrapper},
        repack::{self, Source, Unpacked},
    },
};

/// Pages made ahead for each thread.
const PAGES: usize = 16;
/// Pictures made ahead for each thread.
const PICTURES: usize = 2;
/// Packed bytes of contents that are made ahead for each thread: they become about ten times as many.
const BYTES: usize = 256 << 10;
/// How far among the jobs pictures are looked for.
const LOOKED: usize = 64;

/// The streams of a page's content, not yet decoded.
pub(crate) struct Found<'s> {
    /// `None` for one whose filters are not known.
    parts: Vec<Option<Packed<'s>>>,
    about: About,
    /// The part of the page that is seen.
    shown: [f64; 4],
}

/// What is to be said about the content of a page.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct About {
    /// Streams whose data is in another file.
    pub(crate) elsewhere: usize,
    /// Streams that were cut short.
    pub(crate) cut: usize,
    /// It has several parts.
    pub(crate) several: bool,
    /// A stream has more filters than any program writes.
    pub(crate) long_chain: bool,
}

impl<'s> Found<'s> {
    /// The content of `page`.
    fn of(page: &Page<'_, 's>, document: &Document<'s>) -> Result<Self, Error> {
        let source = document.source();
        let contents = page.dict.get(b"Contents");
        let parts = match document.resolve(contents)? {
            Object::Array(parts) => parts.as_slice(),
            _ => std::slice::from_ref(contents),
        };
        let mut about = About { several: parts.len() > 1, ..About::default() };
        let mut found = Vec::new();
        for part in parts {
            let Object::Stream(stream) = document.resolve(part)? else { continue };
            if is_elsewhere(stream) {
                about.elsewhere += 1;
                continue;
            }
            about.long_chain |= has_long_chain(stream, document)?;
            found.push(source.packed(stream)?);
        }
        Ok(Self { parts: found, about, shown: page::shown_part(page, document)? })
    }

    fn len(&self) -> usize {
        self.parts.iter().flatten().map(|part| part.raw.len()).sum()
    }
}

/// True where a stream names more filters than any program writes.
pub(crate) fn has_long_chain<'s>(stream: &Stream<'s>, document: &Document<'s>) -> Result<bool, Error> {
    let filters = document.resolve(stream.dict.get(b"Filter"))?;
    Ok(filters.as_array().is_some_and(|filters| filters.len() > CHAIN))
}

/// The content of a page.
pub(crate) struct Ahead {
    /// Or why it was not decoded.
    pub(crate) content: Result<Repacked, Undecoded>,
    pub(crate) about: About,
}

/// A content that was decoded, rewritten and packed again.
pub(crate) struct Repacked {
    /// As it was decoded.
    pub(crate) unpacked: Unpacked<'static>,
    pub(crate) rewritten: Rewritten,
    /// What was rewritten, deflated; empty where that is.
    pub(crate) packed: Vec<u8>,
}

/// Why a content was not decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Undecoded {
    /// A stream has a filter that is not known.
    Unknown,
    /// A stream is a picture.
    Picture,
}

impl Undecoded {
    /// For the reader of the page.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Unknown => "its content uses an unknown filter",
            Self::Picture => "its content is encoded as a picture",
        }
    }
}

/// A picture that is a JPEG stream.
struct Photograph<'s> {
    /// Of the object.
    number: u32,
    raw: &'s [u8],
    /// What the parameters of the filter say about the colours.
    transform: Option<i64>,
}

/// A content stream written anew, before anyone asks what it uses.
pub(crate) struct Rewritten {
    pub(crate) content: Content,
    /// An inline picture has other bytes than before.
    pub(crate) recoded: bool,
    pub(crate) seen: Seen,
}

/// Writes a content stream anew and reads what was written once more. `shown` is the part of the page that is seen.
pub(crate) fn rewritten(
    bytes: &[u8],
    shown: Option<[f64; 4]>,
    level: u32,
    eye: &mut Eye,
    budget: &Budget,
) -> Result<Rewritten, Error> {
    let mut recoded = false;
    eye.open(shown);
    let mut inline = |dict: &Dict<'_>, data: &[u8]| {
        let picture = image::inline(dict, data, level, budget)?;
        recoded |= picture.as_ref().is_some_and(|(_, new)| new != data);
        Ok(picture)
    };
    let content = content::rewrite(bytes, budget, &mut inline, eye)?;
    if !content.too_deep {
        // The stream is checked as it is before it is deflated; the file is checked to hold this very stream.
        verify::content(&content.bytes)?;
    }
    Ok(Rewritten { content, recoded, seen: eye.seen() })
}

/// `bytes` deflated, by the symbols of `source` where it can be.
pub(crate) fn packed(
    bytes: &[u8],
    source: Option<Source<'_>>,
    level: u32,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    repack::deflate(flate::spare(), bytes, source, level, Wrapper::Zlib, budget)
}

impl Ahead {
    fn of(found: Found<'_>, level: u32, eye: &mut Eye, budget: &Budget) -> Result<Self, Error> {
        let mut about = found.about;
        let mut content: Option<Unpacked<'static>> = None;
        for part in found.parts {
            budget.objects(1)?;
            let decoded = match part {
                Some(part) => part.decode(Keep::Symbols, budget)?,
                None => None,
            };
            let decoded = match decoded {
                None => return Ok(Self { content: Err(Undecoded::Unknown), about }),
                Some(decoded) if decoded.picture.is_some() => {
                    return Ok(Self { content: Err(Undecoded::Picture), about });
                }
                Some(decoded) => decoded,
            };
            about.cut += usize::from(!decoded.whole);
            if about.several {
                budget.expand(decoded.bytes.len() as u64)?;
            }
            let next = Unpacked { plain: decoded.bytes, symbols: decoded.symbols };
            match content.as_mut().filter(|content| !content.plain.is_empty()) {
                Some(content) => content.append(b"\n", &next),
                None => content = Some(next.into_owned()),
            }
        }
        let unpacked = content.unwrap_or_default();
        let rewritten = rewritten(&unpacked.plain, Some(found.shown), level, eye, budget)?;
        let Content { bytes, runs, .. } = &rewritten.content;
        let packed = match bytes.is_empty() {
            true => Vec::new(),
            false => packed(bytes, unpacked.source(runs), level, budget)?,
        };
        Ok(Self { content: Ok(Repacked { unpacked, rewritten, packed }), about })
    }
}

/// Pages in order, each with its content, which is made before it is asked for.
pub(crate) struct Pages<'p, 'h, 'd, 's, P: Iterator<Item = (&'p Page<'d, 's>, Id)>> {
    pages: Peekable<P>,
    helpers: Helpers<'h, 's>,
    level: u32,
    /// Of the objects that contents are found in, and no others.
    document: Document<'s>,
    made: VecDeque<Made<'p, 'd, 's>>,
    next: Option<Group<'p, 'd, 's>>,
}

/// A page and the content that was made for it.
type Made<'p, 'd, 's> = ((&'p Page<'d, 's>, Id), Result<Ahead, Error>);

/// Pages whose contents are made at once.
struct Group<'p, 'd, 's> {
    pages: Vec<(&'p Page<'d, 's>, Id)>,
    contents: Making<Result<Found<'s>, Error>, Result<Ahead, Error>>,
}

impl<'p, 'h, 'd, 's, P: Iterator<Item = (&'p Page<'d, 's>, Id)>> Pages<'p, 'h, 'd, 's, P> {
    /// All `pages`, their contents packed at `level`.
    pub(crate) fn new(pages: P, source: &'s SourceFile<'s>, level: u32, helpers: Helpers<'h, 's>) -> Self {
        Self {
            pages: pages.peekable(),
            helpers,
            level,
            document: Document::new(source),
            made: VecDeque::new(),
            next: None,
        }
    }

    /// The next page; `None` behind the last. `eye` looks on where no other thread makes the content.
    pub(crate) fn next(&mut self, eye: &mut Eye) -> Result<Option<Made<'p, 'd, 's>>, Error> {
        if self.made.is_empty() {
            let (level, budget) = (self.level, self.document.source().budget());
            let current = match self.next.take() {
                Some(group) => Some(group),
                None => self.group()?,
            };
            let Some(Group { pages, contents }) = current else {
                self.document.settle()?;
                return Ok(None);
            };
            if self.helpers.are_there() {
                self.next = self.group()?;
            }
            let contents = contents.end(|found| Ahead::of(found?, level, eye, budget))?;
            self.made.extend(pages.into_iter().zip(contents));
        }
        Ok(self.made.pop_front())
    }

    fn group(&mut self) -> Result<Option<Group<'p, 'd, 's>>, Error> {
        let (level, source) = (self.level, self.document.source());
        let budget = source.budget();
        let threads = budget.threads();
        let most = if self.helpers.are_there() { threads * PAGES } else { 1 };
        let (mut pages, mut found, mut bytes) = (Vec::new(), Vec::new(), 0);
        while let Some(next) = self.pages.next_if(|_| pages.len() < most && bytes < threads * BYTES) {
            if self.document.is_full() {
                self.document.settle()?;
                self.document = Document::new(source);
            }
            let streams = Found::of(next.0, &self.document);
            bytes += streams.as_ref().map_or(0, Found::len);
            pages.push(next);
            found.push(streams);
        }
        if pages.is_empty() {
            return Ok(None);
        }
        let make = move |eye: &mut Eye, found: Result<Found<'s>, _>| Ahead::of(found?, level, eye, budget);
        Ok(Some(Group { pages, contents: self.helpers.begin(found, make) }))
    }
}

impl<'d, 's> Walk<'d, 's, '_, '_> {
    /// Makes the picture that is asked for next together with others that soon are, where several can be made at
    /// once. Only photographs: they take the most time and need the least. None that would have to be decrypted for
    /// it, and once more where it is used.
    pub(crate) fn pictures_ahead(&mut self) -> Result<(), Error> {
        let budget = self.budget();
        let threads = budget.threads();
        let mut numbers: Vec<u32> = Vec::new();
        let may = threads > 1 && !self.document.source().oddities.decrypted;
        for (number, kind) in self.next_jobs().take(if may { LOOKED } else { 0 }) {
            let is_picture = kind == types::XOBJECT_IMAGE;
            if numbers.is_empty() && (!is_picture || self.photographs.contains_key(&number)) {
                return Ok(());
            }
            if is_picture && numbers.len() < threads * PICTURES && !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        let mut found = Vec::new();
        for number in numbers {
            let photograph = self.document.source().photograph(number);
            if photograph.is_none() && found.is_empty() {
                return Ok(());
            }
            found.extend(photograph.map(|(raw, transform)| Photograph { number, raw, transform }));
        }
        if found.len() > 1 {
            let make = |Photograph { number, raw, transform }: Photograph<'_>| {
                (number, image::recoded(raw, transform, budget))
            };
            let made = budget
                .ahead(|helpers| helpers.begin(found, |(): &mut (), photograph| make(photograph)).end(make));
            self.photographs = made?.into_iter().collect();
        }
        Ok(())
    }

    /// A photograph made anew; `None` where it cannot be read.
    pub(crate) fn recoded(&mut self, input: &[u8], transform: Option<i64>) -> Result<Option<Recoded>, Error> {
        match self.photographs.remove(&self.at) {
            Some(made) => made,
            None => image::recoded(input, transform, self.ctx.budget()),
        }
    }
}

/// True for a stream whose data is in another file.
pub(crate) fn is_elsewhere(stream: &Stream<'_>) -> bool {
    stream.dict.has(b"F") || stream.dict.has(b"FFilter")
}
