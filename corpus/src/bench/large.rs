//! Files of hundreds of megabytes, put together from few pieces so that they are soon made.

use super::{chance::Chance, pdfs, photo, pictures, screen, texts};
use crate::office::archive::{self, Archive, Member};

/// An archive of `count` texts and photographs, 110 KB each when packed.
pub(super) fn archive(count: usize) -> Vec<u8> {
    let mut chance = Chance::new(count as u64);
    let pieces: Vec<_> = (0..20_u16)
        .map(|number| {
            let (extension, body) = match number % 2 {
                0 => ("txt", texts::plain(250_000 + chance.below(60_000) as usize)),
                _ => ("jpg", pictures::jpeg(&photo(700 + number, 520), 88, false)),
            };
            let deflated = (archive::deflate(&body), crc32fast::hash(&body), body.len() as u32);
            (extension, deflated)
        })
        .collect();
    let members = (0..count).zip(pieces.iter().cycle()).map(|(number, (extension, deflated))| Member {
        name: format!("dir{:02}/file_{number:05}.{extension}", number % 50),
        deflated: Some(deflated.clone()),
        ..Member::default()
    });
    Archive { members: members.collect(), ..Archive::default() }.bytes()
}

/// A PDF file of `pages` photographs of four megapixels.
pub(super) fn album(pages: usize) -> Vec<u8> {
    const SIZE: (u16, u16) = (2_480, 1_654);
    let stock: Vec<_> = (0..6)
        .map(|seed| pictures::jpeg(&pictures::photo(&mut Chance::new(seed), SIZE.0, SIZE.1), 92, false))
        .collect();
    pdfs::of_pictures(stock.iter().cycle().take(pages).map(|picture| (SIZE, picture)))
}

/// A picture of a very large screen as a photograph.
pub(super) fn jpeg(side: u16) -> Vec<u8> {
    pictures::jpeg(&screen(side, side), 88, false)
}

/// A picture of a very large screen.
pub(super) fn png(side: u16) -> Vec<u8> {
    pictures::png(&screen(side, side))
}
