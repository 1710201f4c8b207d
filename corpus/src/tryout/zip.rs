//! A plain ZIP: stored members with UTF-8 names, so that what is in a sample can be read in a hex dump.

/// An archive of `members`, each a name and its content.
pub fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, body) in members {
        let offset = bytes.len() as u32;
        let header = common_header(name, body);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&header);
        bytes.extend(name.as_bytes());
        bytes.extend(*body);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&header);
        // No comment, disk 0, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = bytes.len() as u32;
    let count = members.len() as u16;
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// The fields that both headers share, from the version to the length of the extra field.
fn common_header(name: &str, body: &[u8]) -> Vec<u8> {
    let mut header = Vec::new();
    header.extend(20_u16.to_le_bytes());
    // Bit 11: the name is UTF-8. Method 0: stored. 1980-01-01.
    header.extend(0x0800_u16.to_le_bytes());
    header.extend(0_u16.to_le_bytes());
    header.extend(0_u16.to_le_bytes());
    header.extend(0x0021_u16.to_le_bytes());
    header.extend(crc32fast::hash(body).to_le_bytes());
    header.extend((body.len() as u32).to_le_bytes());
    header.extend((body.len() as u32).to_le_bytes());
    header.extend((name.len() as u16).to_le_bytes());
    header.extend(0_u16.to_le_bytes());
    header
}
