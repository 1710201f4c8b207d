//! Which bytes belong to what: no two things may share any, and what belongs to nothing is looked at.

use std::ops::Range;

use super::{
    Anomaly, AnomalyKind, END, END64, LOCAL, LOCATOR64,
    end::{End, could_be_end_record},
};
use crate::bytes::Reader;

pub(super) fn check(
    input: &[u8],
    mut members: Vec<Range<usize>>,
    directory: Range<usize>,
    end: &End,
    anomalies: &mut Vec<Anomaly>,
) {
    members.sort_by_key(|range| (range.start, range.end));
    let mut records = vec![directory.clone()];
    if let Some((start, stop)) = end.end64 {
        records.push(start..stop);
        records.push(end.offset - 20..end.offset);
    }
    records.push(end.offset..end.comment_end);
    let first = members.first().map_or(directory.start, |first| first.start);
    let mut covered = 0;
    // Members come first, then the directory, then the end records: in that order they may not overlap.
    for range in members.iter().chain(&records) {
        if range.start < covered {
            let offset = range.start as u64;
            anomalies.push(Anomaly { kind: AnomalyKind::Overlap, offset, member: None });
        } else {
            let kind = if range.start == first { AnomalyKind::PrefixData } else { AnomalyKind::Gap };
            unclaimed(input, covered..range.start, kind, anomalies);
        }
        covered = covered.max(range.end);
    }
    if end.comment_end > end.offset + 22 {
        let comment = end.offset + 22..end.comment_end;
        several_end_records(input, comment.clone(), anomalies);
        let offset = comment.start as u64;
        anomalies.push(Anomaly { kind: AnomalyKind::Comment, offset, member: None });
    }
    unclaimed(input, end.comment_end..input.len(), AnomalyKind::TrailingData, anomalies);
}

/// Notes bytes that belong to nothing, and what a reader could find among them.
fn unclaimed(input: &[u8], range: Range<usize>, kind: AnomalyKind, anomalies: &mut Vec<Anomaly>) {
    let bytes = input.get(range.clone()).unwrap_or_default();
    if bytes.is_empty() {
        return;
    }
    let start = range.start;
    let mut note = |kind, at: usize| {
        anomalies.push(Anomaly { kind, offset: at as u64, member: None });
    };
    if bytes.iter().all(|byte| *byte == 0) {
        note(AnomalyKind::Padding, start);
        return;
    }
    note(kind, start);
    if several_end_records(input, range.clone(), anomalies) {
        return;
    }
    let mut note = |kind, at: usize| {
        anomalies.push(Anomaly { kind, offset: at as u64, member: None });
    };
    let mut headers = memchr::memmem::find_iter(bytes, LOCAL);
    if let Some(at) = headers.find(|at| could_be_local_header(bytes.get(*at..).unwrap_or_default())) {
        note(AnomalyKind::UnlistedLocal, start + at);
    }
    for signature in [END64, LOCATOR64] {
        if kind == AnomalyKind::Gap
            && let Some(at) = memchr::memmem::find(bytes, signature)
        {
            note(AnomalyKind::Zip64Trick, start + at);
        }
    }
}

fn several_end_records(input: &[u8], range: Range<usize>, anomalies: &mut Vec<Anomaly>) -> bool {
    let start = range.start;
    let bytes = input.get(range).unwrap_or_default();
    let mut records = memchr::memmem::find_iter(bytes, END).map(|at| start + at);
    match records.find(|at| could_be_end_record(input, *at)) {
        Some(at) => {
            let offset = at as u64;
            anomalies.push(Anomaly { kind: AnomalyKind::SeveralEndRecords, offset, member: None });
            true
        }
        None => false,
    }
}

/// The stubs of self-extractors have the bare signature in their code; a header has a name as well.
fn could_be_local_header(bytes: &[u8]) -> bool {
    let read = || {
        let mut reader = Reader::new(bytes);
        reader.skip(26, "").ok()?;
        let name = reader.u16_le("").ok().filter(|len| *len > 0)?;
        let extra = reader.u16_le("").ok()?;
        reader.take(u32::from(name) + u32::from(extra), "").ok()
    };
    read().is_some()
}
