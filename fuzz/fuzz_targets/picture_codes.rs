#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| sanitize_fuzz::run("picture_codes", data));
