use sanitize_core::*;
fn main() {
    let mut args = std::env::args().skip(1);
    let out = args.next().unwrap();
    let scrub = std::env::var("SCRUB").is_ok();
    let sanitizer = if scrub {
        let p: Policy =
            Policy::from_toml("preset = \"default\"\n[switches]\nscrub-pictures = true\n").unwrap();
        Sanitizer::builder().policy(p).build().unwrap()
    } else {
        Sanitizer::builder().build().unwrap()
    };
    for path in args {
        let bytes = std::fs::read(&path).unwrap();
        let name = std::path::Path::new(&path).file_name().unwrap().to_string_lossy().into_owned();
        let t = std::time::Instant::now();
        let outcome = sanitizer.sanitize(Input::new(&bytes).named(&name));
        let ms = t.elapsed().as_millis();
        let ids: Vec<String> = outcome
            .report()
            .findings()
            .iter()
            .map(|f| format!("{}:{}", f.threat.id, f.action.word()))
            .collect();
        match &outcome {
            Outcome::Delivered { bytes: b, report } => {
                let ext = &report.output().unwrap().extension;
                let to = format!("{out}/{name}.out.{ext}");
                std::fs::write(&to, b).unwrap();
                let again = sanitizer.sanitize(Input::new(b).named(&format!("x.{ext}")));
                let stable = match &again {
                    Outcome::Delivered { bytes: c, report } => {
                        let extra: Vec<_> = report
                            .findings()
                            .iter()
                            .filter(|f| f.action != Action::Keep)
                            .map(|f| f.threat.id)
                            .collect();
                        if **c != **b {
                            format!("UNSTABLE {}->{} {extra:?}", b.len(), c.len())
                        } else if !extra.is_empty() {
                            format!("EXTRA {extra:?}")
                        } else {
                            "stable".into()
                        }
                    }
                    Outcome::Rejected { report } => format!("REJECT2 {:?}", report.verdict()),
                };
                println!(
                    "OK\t{path}\t{to}\t{}\t{}\t{ms}ms\t{stable}\t{}",
                    bytes.len(),
                    b.len(),
                    ids.join(",")
                );
            }
            Outcome::Rejected { report } => {
                if let Verdict::Rejected(r) = report.verdict() {
                    println!("REJ\t{path}\t{}\t{ms}ms\t{}\t{}", bytes.len(), r.message, ids.join(","));
                }
            }
        }
    }
}
