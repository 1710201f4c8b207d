//! The file behind the objects: where each one stands, and how to read it there.

use std::{
    borrow::Cow,
    cell::{Cell, OnceCell, RefCell},
    collections::BTreeMap,
};

use memchr::memmem;

use super::{
    crypt::{Cipher, Crypt},
    filter::{self, Decoded, Filter, Keep},
    gaps::{self, Span},
    lex::Lexer,
    object::{Dict, Object, Stream},
    places::{Places, Where},
    scan::Scan,
    syntax,
    xref::{LAST_NUMBER, Xref},
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    limits::Resource,
};

/// How many references the length of a stream may lead over.
const LENGTH_DEPTH: u32 = 4;

/// What was odd about the file as a whole, for the report.
#[derive(Debug, Default)]
pub(crate) struct Oddities {
    /// Bytes stand before the header.
    pub(crate) leading: bool,
    /// Where bytes that belong to nothing start, behind the last end-of-file mark.
    pub(crate) trailing: Option<usize>,
    /// The cross-reference was missing or wrong, and objects were found by scanning.
    pub(crate) repaired: Cell<bool>,
    /// A stream did not end where its length said.
    pub(crate) lengths: Cell<u64>,
    /// An update replaced objects.
    pub(crate) revisions: bool,
    /// The chain of cross-reference sections loops.
    pub(crate) looped: bool,
    /// The file is linearized.
    pub(crate) linearized: bool,
    /// The file was encrypted, and opened.
    pub(crate) decrypted: bool,
    /// An object could not be read.
    pub(crate) unreadable: Cell<u64>,
    /// An object stream extends another.
    pub(crate) extends: Cell<bool>,
    /// Object numbers that stand in the file more than once, without an update that says so.
    pub(crate) duplicates: bool,
}

/// The members of one object stream.
#[derive(Debug)]
struct Members {
    bytes: Vec<u8>,
    /// Number and offset in `bytes`, in stream order.
    index: Vec<(u32, usize)>,
}

/// How objects are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// By the cross-reference, unless it leads to no catalog.
    ByReference,
    /// By a scan of the whole file.
    ByScan,
}

/// A PDF file that was opened.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    input: &'a [u8],
    /// What offsets count from: the header, where junk stands before it and the offsets say so.
    base: usize,
    budget: &'a Budget,
    pub(super) places: Places,
    /// Which objects were asked for, beside `places`.
    asked: Vec<Cell<bool>>,
    trailer: Dict<'a>,
    object_streams: BTreeMap<u32, OnceCell<Option<Members>>>,
    crypt: Option<Crypt>,
    scan: OnceCell<Vec<(u32, usize)>>,
    stream_ends: OnceCell<Vec<usize>>,
    /// Bytes that were tokenised, against objects that overlap each other.
    lexed: Cell<u64>,
    depth: Cell<u32>,
    /// Where the objects that were read stand.
    spans: RefCell<Vec<Span>>,
    pub(crate) oddities: Oddities,
}

impl<'a> Source<'a> {
    /// Opens `input` with the empty password or one of `passwords`.
    pub(crate) fn open(
        input: &'a [u8],
        reading: Reading,
        passwords: &[Vec<u8>],
        budget: &'a Budget,
    ) -> Result<Self, Error> {
        let header = memmem::find(input.get(..input.len().min(4096)).unwrap_or_default(), b"%PDF-")
            .or_else(|| memmem::find(input, b"%PDF"))
            .ok_or_else(|| malformed("header", 0))?;
        let mut source = Self {
            input,
            base: 0,
            budget,
            places: Places::default(),
            asked: Vec::new(),
            trailer: Dict::default(),
            object_streams: BTreeMap::new(),
            crypt: None,
            scan: OnceCell::new(),
            stream_ends: OnceCell::new(),
            lexed: Cell::new(0),
            depth: Cell::new(0),
            spans: RefCell::default(),
            oddities: Oddities { leading: header > 0, ..Oddities::default() },
        };
        let head = input.get(header..).unwrap_or_default();
        // It says so in its first object, which is no stream (Annex F.3.3).
        let first = head.get(..head.len().min(1024)).unwrap_or(head);
        let end = memmem::find(first, b"endobj").into_iter().chain(memmem::find(first, b"stream")).min();
        let first = first.get(..end.unwrap_or(first.len())).unwrap_or(first);
        source.oddities.linearized = memmem::find(first, b"/Linearized").is_some();
        if let Some(end) = memmem::rfind(input, b"%%EOF") {
            let rest = input.get(end + 5..).unwrap_or_default();
            if rest.iter().any(|byte| !super::lex::is_space(*byte)) {
                source.oddities.trailing = Some(end + 5);
            }
        }
        source.read_xref(header)?;
        source.open_crypt(passwords)?;
        source.index_streams();
        if reading == Reading::ByScan || !source.has_root()? {
            source.repair()?;
            source.open_crypt(passwords)?;
            source.index_repaired_streams()?;
            if !source.has_root()? {
                source.find_root()?;
            }
        }
        source.asked = vec![Cell::new(false); source.places.len()];
        Ok(source)
    }

    pub(crate) fn input(&self) -> &'a [u8] {
        self.input.get(self.base..).unwrap_or_default()
    }

    pub(crate) fn budget(&self) -> &'a Budget {
        self.budget
    }

    pub(crate) fn trailer(&self) -> &Dict<'a> {
        &self.trailer
    }

    /// Every object number that may be in use.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.places.iter().filter(|(_, place)| *place != Where::Free).map(|(number, _)| number)
    }

    /// The place of an object in lists that run beside the cross-reference; `None` where there is no such object.
    pub(crate) fn index(&self, number: u32) -> Option<usize> {
        self.places.index(number).filter(|_| self.places.get(number) != Some(Where::Free))
    }

    /// How long such a list is.
    pub(crate) fn count(&self) -> usize {
        self.places.len()
    }

    /// Remembers that someone asked for the object at this place of the list.
    pub(crate) fn ask(&self, index: usize) {
        if let Some(asked) = self.asked.get(index) {
            asked.set(true);
        }
    }

    /// True for an object that someone asked for.
    pub(crate) fn was_asked(&self, number: u32) -> bool {
        self.index(number).and_then(|index| self.asked.get(index)).is_some_and(Cell::get)
    }

    /// True for the number of an object stream.
    pub(crate) fn is_container(&self, number: u32) -> bool {
        self.object_streams.contains_key(&number)
    }

    fn read_xref(&mut self, header: usize) -> Result<(), Error> {
        let tail_start = self.input.len().saturating_sub(2048);
        let tail = self.input.get(tail_start..).unwrap_or_default();
        let found = memmem::rfind(tail, b"startxref").map(|at| tail_start + at);
        let found = found.or_else(|| memmem::rfind(self.input, b"startxref"));
        let start = found.and_then(|at| match Lexer::new(self.input, at + 9).next() {
            super::lex::Token::Int(start) => usize::try_from(start).ok(),
            _ => None,
        });
        let Some(start) = start else { return Ok(()) };
        for base in [0, header] {
            self.base = base;
            self.spans.borrow_mut().clear();
            let xref = Xref::read(self, start)?;
            if xref.looped {
                self.oddities.looped = true;
                return Ok(());
            }
            if xref.sections > 0 && !xref.broken {
                self.oddities.revisions =
                    xref.shadowed > 0 || xref.sections > 1 + usize::from(self.oddities.linearized);
                self.places = xref.places;
                self.trailer = xref.trailer;
                return Ok(());
            }
            if header == 0 {
                break;
            }
        }
        self.base = 0;
        Ok(())
    }

    fn open_crypt(&mut self, passwords: &[Vec<u8>]) -> Result<(), Error> {
        self.crypt = None;
        let encrypt = self.trailer.get(b"Encrypt").clone();
        let encrypt = match encrypt {
            Object::Ref(number) => self.load(number)?,
            direct => direct,
        };
        let Object::Dict(encrypt) = encrypt else { return Ok(()) };
        let id = match self.trailer.get(b"ID") {
            Object::Ref(number) => self.load(*number)?,
            direct => direct.clone(),
        };
        let id = id.as_array().and_then(|id| id.first()?.as_string()).unwrap_or_default().to_vec();
        // The entries of the handler may stand behind references of their own.
        let mut direct = Vec::with_capacity(encrypt.len());
        for (key, value) in encrypt.iter() {
            let value = match value {
                Object::Ref(number) => self.load(*number)?,
                value => value.clone(),
            };
            let value = if &**key == b"CF" { self.crypt_filters(&encrypt, value)? } else { value };
            direct.push((key.clone(), value));
        }
        let crypt = Crypt::open(&Dict::new(direct), &id, passwords).ok_or(Error::Encrypted)?;
        self.oddities.decrypted = true;
        self.crypt = Some(crypt);
        Ok(())
    }

    /// The crypt filters that are used, free of references.
    fn crypt_filters(&self, encrypt: &Dict<'_>, filters: Object<'a>) -> Result<Object<'a>, Error> {
        let Object::Dict(filters) = filters else { return Ok(Object::Null) };
        let mut used = Vec::new();
        for which in [b"StmF", b"StrF"] {
            let Some(name) = encrypt.get(which).as_name() else { continue };
            let Object::Dict(filter) = self.own(filters.get(name))? else { continue };
            let method = self.own(filter.get(b"CFM"))?;
            used.push((
                name.to_vec().into(),
                Object::Dict(Dict::new(vec![(b"CFM".as_slice().into(), method)])),
            ));
        }
        Ok(Object::Dict(Dict::new(used)))
    }

    fn index_streams(&mut self) {
        let mut last = None;
        for (_, place) in self.places.iter() {
            if let Where::Stream(number, _) = place
                && last.replace(number) != Some(number)
            {
                self.object_streams.entry(number).or_default();
            }
        }
    }

    fn has_root(&self) -> Result<bool, Error> {
        let Some(number) = self.trailer.get(b"Root").as_ref() else { return Ok(false) };
        let root = self.load(number)?;
        let Some(pages) = root.as_dict().map(|root| root.get(b"Pages")) else { return Ok(false) };
        Ok(match pages {
            Object::Ref(number) => self.load(*number)?.as_dict().is_some(),
            Object::Dict(_) => true,
            _ => false,
        })
    }

    /// Replaces the cross-reference by what a scan of the file finds.
    fn repair(&mut self) -> Result<(), Error> {
        self.oddities.repaired.set(true);
        self.base = 0;
        self.spans.borrow_mut().clear();
        self.stream_ends = OnceCell::new();
        self.scan = OnceCell::new();
        let scan = Scan::new(self.input);
        self.budget.objects(scan.objects.len() as u64)?;
        let found = scan.objects.iter().filter(|(number, _)| *number <= LAST_NUMBER);
        let found = found.map(|(number, offset)| (*number, Where::File(*offset)));
        let (places, duplicates) = Places::last_of_each(found.collect());
        self.places = places;
        self.oddities.duplicates |= duplicates;
        self.object_streams.clear();
        let trailer = std::mem::take(&mut self.trailer);
        let mut trailer: BTreeMap<_, _> = trailer.into_entries().into_iter().collect();
        let mut merge = |newer: Dict<'a>| trailer.extend(newer.into_entries());
        for at in scan.trailers.iter().take(SCANNED_TRAILERS) {
            if let Ok(Object::Dict(dict)) = syntax::object(&mut Lexer::new(self.input, *at))
                && dict.has(b"Root")
            {
                merge(dict);
            }
        }
        // Where there is no trailer, a cross-reference stream speaks for one.
        if memmem::find(self.input, b"/XRef").is_some() {
            for (_, offset) in &scan.objects {
                let Some((_, object)) = self.read_at(*offset, false)? else { continue };
                if let Object::Stream(stream) = object
                    && stream.dict.get(b"Type").as_name() == Some(b"XRef")
                    && stream.dict.has(b"Root")
                {
                    merge(stream.dict);
                }
            }
        }
        self.trailer = Dict::new(trailer.into_iter().collect());
        Ok(())
    }

    fn index_repaired_streams(&mut self) -> Result<(), Error> {
        if memmem::find(self.input, b"ObjStm").is_none() {
            return Ok(());
        }
        let files: Vec<(u32, usize)> = self
            .places
            .iter()
            .filter_map(|(number, place)| match place {
                Where::File(offset) => Some((number, offset)),
                _ => None,
            })
            .collect();
        let mut streams = Vec::new();
        for (number, offset) in files {
            if let Some((_, Object::Stream(stream))) = self.read_at(offset, false)?
                && stream.dict.get(b"Type").as_name() == Some(b"ObjStm")
            {
                streams.push((offset, number));
            }
        }
        streams.sort_unstable();
        let mut entries = Vec::new();
        for (_, stream) in streams {
            let cell = OnceCell::new();
            let members = self.read_members(stream)?;
            for (index, (number, _)) in members.iter().flat_map(|members| &members.index).enumerate() {
                if *number <= LAST_NUMBER {
                    entries.push((*number, Where::Stream(stream, u32::try_from(index).unwrap_or(u32::MAX))));
                }
            }
            let _unset = cell.set(members);
            self.object_streams.insert(stream, cell);
        }
        self.places.add(entries);
        Ok(())
    }

    /// Makes a trailer for a file whose objects say which one is the catalog, or at least the page tree.
    fn find_root(&mut self) -> Result<(), Error> {
        let numbers: Vec<u32> = self.numbers().collect();
        let (mut catalog, mut pages, mut page) = (None, None, None);
        for number in numbers {
            let object = self.load(number)?;
            let Some(dict) = object.as_dict() else { continue };
            match dict.get(b"Type").as_name() {
                Some(b"Catalog") => catalog = Some(number),
                Some(b"Pages") if !dict.has(b"Parent") => pages = Some(number),
                Some(b"Page") => page = page.or(Some(number)),
                // An object that has what only a catalog or page tree has.
                None if dict.has(b"Pages") && catalog.is_none() => catalog = Some(number),
                None if dict.has(b"Kids") && pages.is_none() => pages = Some(number),
                _ => (),
            }
        }
        let root = match (catalog, pages.or(page)) {
            (Some(number), _) => Object::Ref(number),
            (None, Some(pages)) => {
                Object::Dict(Dict::new(vec![(Cow::Borrowed(b"Pages"), Object::Ref(pages))]))
            }
            (None, None) => return Ok(()),
        };
        self.trailer.set(b"Root", root);
        Ok(())
    }

    /// The object with this number, `Null` when there is none that can be read.
    pub(crate) fn load<'s>(&'s self, number: u32) -> Result<Object<'s>, Error> {
        match self.places.get(number) {
            Some(Where::File(offset)) => {
                if let Some((found, object)) = self.read_at(offset, true)?
                    && found == number
                {
                    return Ok(object);
                }
                self.load_scanned(number)
            }
            Some(Where::Stream(stream, index)) => self.load_member(number, stream, index),
            Some(Where::Free) | None => Ok(Object::Null),
        }
    }

    /// What the cross-reference places wrongly may still stand somewhere.
    fn load_scanned(&self, number: u32) -> Result<Object<'a>, Error> {
        let scanned = match self.scan.get() {
            Some(scanned) => scanned,
            None => {
                let scan = Scan::new(self.input());
                self.budget.objects(scan.objects.len() as u64)?;
                self.scan.get_or_init(|| scan.sorted())
            }
        };
        self.oddities.repaired.set(true);
        let after = scanned.partition_point(|(known, _)| *known <= number);
        match after.checked_sub(1).and_then(|last| scanned.get(last)) {
            Some((known, offset)) if *known == number => {
                Ok(self.read_at(*offset, true)?.map_or(Object::Null, |(_, object)| object))
            }
            _ => {
                self.oddities.unreadable.set(self.oddities.unreadable.get() + 1);
                Ok(Object::Null)
            }
        }
    }

    fn load_member<'s>(&'s self, number: u32, stream: u32, index: u32) -> Result<Object<'s>, Error> {
        let Some(cell) = self.object_streams.get(&stream) else { return Ok(Object::Null) };
        if cell.get().is_none() {
            if self.depth.get() >= LENGTH_DEPTH {
                return Ok(Object::Null);
            }
            let members = self.read_members(stream)?;
            let _already = cell.set(members);
        }
        let Some(Some(members)) = cell.get() else { return Ok(Object::Null) };
        let at = usize::try_from(index).ok().and_then(|index| members.index.get(index));
        let at = at.filter(|(known, _)| *known == number);
        let at = at.or_else(|| members.index.iter().find(|(known, _)| *known == number));
        let Some((_, offset)) = at else { return Ok(Object::Null) };
        let mut lexer = Lexer::new(&members.bytes, *offset);
        let object = syntax::object(&mut lexer).unwrap_or(Object::Null);
        self.charge(lexer.position().saturating_sub(*offset))?;
        Ok(object)
    }

    fn read_members(&self, number: u32) -> Result<Option<Members>, Error> {
        let Some(Where::File(offset)) = self.places.get(number) else { return Ok(None) };
        let found = self.read_at(offset, true)?.filter(|(found, _)| *found == number);
        let object = match found {
            Some((_, object)) => object,
            None => self.load_scanned(number)?,
        };
        let Object::Stream(stream) = object else { return Ok(None) };
        if stream.dict.has(b"Extends") {
            self.oddities.extends.set(true);
        }
        let Some(decoded) = self.decode(&stream)? else { return Ok(None) };
        let mut bytes = decoded.bytes.into_owned();
        bytes.shrink_to_fit();
        let count = stream.dict.get(b"N").as_int().unwrap_or(0);
        let first = stream.dict.get(b"First").as_int().and_then(|first| usize::try_from(first).ok());
        let first = first.unwrap_or(0).min(bytes.len());
        let mut lexer = Lexer::new(bytes.get(..first).unwrap_or_default(), 0);
        let mut index = Vec::new();
        for _ in 0..count {
            let (super::lex::Token::Int(number), super::lex::Token::Int(offset)) =
                (lexer.next(), lexer.next())
            else {
                break;
            };
            let offset = usize::try_from(offset).ok().and_then(|offset| offset.checked_add(first));
            if let (Ok(number), Some(offset)) = (u32::try_from(number), offset) {
                index.push((number, offset));
            }
        }
        self.budget.objects(index.len() as u64)?;
        Ok(Some(Members { bytes, index }))
    }

    /// Pays for `len` tokenised bytes. Objects that overlap each other would otherwise cost their product.
    fn charge(&self, len: usize) -> Result<(), Error> {
        let lexed = self.lexed.get().saturating_add(len as u64);
        self.lexed.set(lexed);
        let limit = (self.input.len() as u64).saturating_mul(8).saturating_add(64 << 20);
        let limit = limit.saturating_add(self.budget.used().expanded_bytes.saturating_mul(2));
        if lexed > limit { Err(self.budget.trip(Resource::Objects)) } else { Ok(()) }
    }

    /// The object whose header stands at `offset`, with its number.
    pub(crate) fn read_at(&self, offset: usize, decrypt: bool) -> Result<Option<(u32, Object<'a>)>, Error> {
        let input = self.input();
        let mut lexer = Lexer::new(input, offset);
        let Some(id) = syntax::object_header(&mut lexer) else { return Ok(None) };
        let object = syntax::object(&mut lexer);
        self.charge(lexer.position().saturating_sub(offset))?;
        let Ok(mut object) = object else {
            self.oddities.unreadable.set(self.oddities.unreadable.get() + 1);
            return Ok(Some((id.0, Object::Null)));
        };
        if let (true, Some(crypt)) = (decrypt, &self.crypt)
            && crypt.strings != Cipher::Identity
        {
            decrypt_strings(&mut object, crypt, id);
        }
        let value_end = lexer.position();
        let mut end = value_end;
        let object = match object {
            Object::Dict(dict) => match syntax::stream_start(&mut lexer) {
                Some(start) => {
                    let raw = self.stream_bytes(&dict, start)?;
                    end = start + raw.len();
                    Object::Stream(Box::new(Stream { dict, raw, id, offset: (self.base + start) as u64 }))
                }
                None => Object::Dict(dict),
            },
            other => other,
        };
        self.spans.borrow_mut().push(Span::new(offset, value_end, end));
        Ok(Some((id.0, object)))
    }

    /// True where comments, or bytes that belong to no object, stand in the file; asked when every object was read.
    pub(crate) fn holds_more(&self) -> bool {
        let input = self.input();
        let start = memmem::find(input, b"%PDF").unwrap_or(0);
        let body = match self.oddities.trailing.and_then(|end| end.checked_sub(self.base)) {
            Some(end) => input.get(..end).unwrap_or(input),
            None => input,
        };
        let odd = &self.oddities;
        let unread = odd.revisions || odd.duplicates || odd.linearized || odd.repaired.get();
        gaps::holds_more(body, start, self.spans.take(), unread)
    }

    /// The bytes of a stream: by its length where `endstream` follows there, else up to the next `endstream`.
    fn stream_bytes(&self, dict: &Dict<'_>, start: usize) -> Result<&'a [u8], Error> {
        let input = self.input();
        let length = match dict.get(b"Length") {
            Object::Ref(number) if self.depth.get() < LENGTH_DEPTH => {
                self.depth.set(self.depth.get() + 1);
                let length = self.load(*number).map(|length| length.as_int());
                self.depth.set(self.depth.get() - 1);
                length?
            }
            direct => direct.as_int(),
        };
        let end = length.and_then(|length| start.checked_add(usize::try_from(length).ok()?));
        if let Some(end) = end.filter(|end| syntax::is_stream_end(input, *end)) {
            return Ok(input.get(start..end).unwrap_or_default());
        }
        self.oddities.lengths.set(self.oddities.lengths.get() + 1);
        let ends = self.stream_ends.get_or_init(|| {
            let mut ends: Vec<usize> = memmem::find_iter(input, b"endstream").collect();
            ends.extend(memmem::find_iter(input, b"endobj"));
            ends.sort_unstable();
            ends
        });
        let next = ends.get(ends.partition_point(|end| *end < start)).copied().unwrap_or(input.len());
        let mut raw = input.get(start..next).unwrap_or_default();
        // The line end before the keyword is not data.
        raw = raw.strip_suffix(b"\n").unwrap_or(raw);
        raw = raw.strip_suffix(b"\r").unwrap_or(raw);
        Ok(raw)
    }

    /// The filters of a stream with their parameters; `None` where one is unknown.
    pub(crate) fn filters(&self, dict: &Dict<'_>) -> Result<Option<Vec<(Filter, Dict<'a>)>>, Error> {
        let pick = |long: &[u8], short: &[u8]| {
            let value = dict.get(long);
            if *value == Object::Null { dict.get(short).clone() } else { value.clone() }
        };
        let names = self.own(&pick(b"Filter", b"F"))?;
        let parameters = self.own(&pick(b"DecodeParms", b"DP"))?;
        let names = match names {
            Object::Null => Vec::new(),
            Object::Array(names) => names,
            one => vec![one],
        };
        let mut steps = Vec::new();
        for (index, name) in names.iter().take(filter::CHAIN + 1).enumerate() {
            let name = self.own(name)?;
            let Some(known) = name.as_name().and_then(Filter::by_name) else { return Ok(None) };
            let own = match &parameters {
                Object::Array(all) => all.get(index).cloned().unwrap_or(Object::Null),
                one if index == 0 || names.len() == 1 => one.clone(),
                _ => Object::Null,
            };
            let mut entries = Vec::new();
            if let Object::Dict(own) = self.own(&own)? {
                for (key, value) in own.into_entries() {
                    // Only the globals of JBIG2 are a stream, and they are read where they are used.
                    let value = if &*key == b"JBIG2Globals" { value } else { self.own(&value)? };
                    entries.push((key, value));
                }
            }
            steps.push((known, Dict::new(entries)));
        }
        Ok(Some(steps))
    }

    /// `object`, or what it refers to, free of the borrow of any object stream.
    fn own(&self, object: &Object<'_>) -> Result<Object<'a>, Error> {
        Ok(match object {
            Object::Ref(number) => owned(&self.load(*number)?),
            other => owned(other),
        })
    }

    /// Decodes a stream as far as its filters go. `None` where a filter is unknown or the chain makes no sense.
    pub(crate) fn decode<'s>(&self, stream: &Stream<'s>) -> Result<Option<Decoded<'s>>, Error>
    where
        'a: 's,
    {
        self.decode_and(stream, Keep::Bytes)
    }

    /// As [`Source::decode`], for bytes that are to be packed again.
    pub(crate) fn decode_with_symbols<'s>(&self, stream: &Stream<'s>) -> Result<Option<Decoded<'s>>, Error>
    where
        'a: 's,
    {
        self.decode_and(stream, Keep::Symbols)
    }

    fn decode_and<'s>(&self, stream: &Stream<'s>, keep: Keep) -> Result<Option<Decoded<'s>>, Error>
    where
        'a: 's,
    {
        match self.packed(stream)? {
            Some(packed) => packed.decode(keep, self.budget),
            None => Ok(None),
        }
    }

    /// What is needed to decode a stream, decrypted; `None` where a filter is unknown.
    pub(crate) fn packed<'s>(&self, stream: &Stream<'s>) -> Result<Option<Packed<'s>>, Error>
    where
        'a: 's,
    {
        let Some(steps) = self.filters(&stream.dict)? else { return Ok(None) };
        let raw = match &self.crypt {
            Some(crypt) if !self.is_plain(stream, &steps, crypt) => {
                self.budget.expand(stream.raw.len() as u64)?;
                crypt.decrypt(crypt.streams, stream.id, stream.raw)
            }
            _ => Cow::Borrowed(stream.raw),
        };
        Ok(Some(Packed { raw, steps }))
    }

    fn is_plain(&self, stream: &Stream<'_>, steps: &[(Filter, Dict<'_>)], crypt: &Crypt) -> bool {
        let kind = stream.dict.get(b"Type").as_name();
        let own_filter = steps.iter().find(|(filter, _)| *filter == Filter::Crypt);
        let identity = own_filter
            .is_some_and(|(_, dict)| matches!(dict.get(b"Name").as_name(), None | Some(b"Identity")));
        kind == Some(b"XRef") || identity || (kind == Some(b"Metadata") && !crypt.encrypt_metadata)
    }

    /// As [`Source::decode`] for cross-reference streams, which are never encrypted.
    pub(crate) fn decode_plain(&self, stream: &Stream<'a>) -> Result<Option<Vec<u8>>, Error> {
        let Some(steps) = self.filters(&stream.dict)? else { return Ok(None) };
        let decoded = filter::decode(Cow::Borrowed(stream.raw), &steps, Keep::Bytes, self.budget)?;
        Ok(decoded.filter(|decoded| decoded.picture.is_none()).map(|decoded| decoded.bytes.into_owned()))
    }
}

/// A stream that is yet to be decoded, and that needs nothing of its file any more.
#[derive(Debug)]
pub(crate) struct Packed<'s> {
    /// Decrypted.
    pub(crate) raw: Cow<'s, [u8]>,
    /// The filters in the order they are undone, each with its parameters.
    pub(crate) steps: Vec<(Filter, Dict<'s>)>,
}

impl<'s> Packed<'s> {
    /// Decodes the stream as far as its filters go. `None` where the chain makes no sense.
    pub(crate) fn decode(self, keep: Keep, budget: &Budget) -> Result<Option<Decoded<'s>>, Error> {
        filter::decode(self.raw, &self.steps, keep, budget)
    }
}

/// How many `trailer` keywords a repair reads.
const SCANNED_TRAILERS: usize = 10_000;

/// A copy that borrows nothing. Nesting is bounded by [`syntax::DEPTH`].
fn owned(object: &Object<'_>) -> Object<'static> {
    match object {
        Object::Null | Object::Stream(_) => Object::Null,
        Object::Bool(value) => Object::Bool(*value),
        Object::Int(value) => Object::Int(*value),
        Object::Real(value) => Object::Real(*value),
        Object::Name(name) => Object::Name(Cow::Owned(name.to_vec())),
        Object::String(string) => Object::String(Cow::Owned(string.to_vec())),
        Object::Array(items) => Object::Array(items.iter().map(owned).collect()),
        Object::Dict(dict) => Object::Dict(Dict::new(
            dict.iter().map(|(key, value)| (Cow::Owned(key.to_vec()), owned(value))).collect(),
        )),
        Object::Ref(number) => Object::Ref(*number),
    }
}

/// Decrypts every string in `object`. Nesting is bounded by [`syntax::DEPTH`].
fn decrypt_strings(object: &mut Object<'_>, crypt: &Crypt, id: (u32, u16)) {
    match object {
        Object::String(string) => {
            *string = Cow::Owned(crypt.decrypt(crypt.strings, id, string).into_owned());
        }
        Object::Array(items) => {
            for item in items {
                decrypt_strings(item, crypt, id);
            }
        }
        Object::Dict(dict) => {
            for value in dict.values_mut() {
                decrypt_strings(value, crypt, id);
            }
        }
        _ => (),
    }
}
