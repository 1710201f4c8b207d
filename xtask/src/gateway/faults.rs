//! Whatever fails, nothing is delivered that was not cleaned: the sender is asked to try again.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use super::{
    Gateway, cases,
    postfix::PATIENCE,
    smtp::{Answer, Client},
};
use crate::say;

/// What is sent while something fails: its attachment would be removed.
fn message() -> Vec<u8> {
    // Complete, because Postfix adds what is missing before the milter sees it.
    let head = "From: a@client.example.invalid\r\nTo: b@example.invalid\r\n\
                Date: Mon, 6 Apr 2026 09:00:00 +0900\r\nMessage-ID: <2@client.example.invalid>\r\n";
    cases::with_attachment(head, "CDRKILL.exe", &b"MZ\x90\0 CDRKILL ".repeat(10_000))
}

/// Lets each thing fail once.
pub fn run(gateway: &Gateway) -> Result<(), String> {
    let folder = gateway.folder.join("kept");
    let shown = folder.to_str().ok_or("the folder's name is not UTF-8")?.to_owned();
    let wrong_policy = gateway.folder.join("wrong.toml");
    std::fs::write(&wrong_policy, "[actions]\nmacro = \"keep\"\n").map_err(|error| error.to_string())?;

    refused_for_now(gateway, "no milter", || ())?;

    if gateway.milter(&["-P", wrong_policy.to_str().unwrap_or_default()]).is_ok() {
        return Err("a milter with a wrong policy starts".to_owned());
    }
    refused_for_now(gateway, "a wrong policy", || ())?;

    let milter = gateway.milter(&[])?;
    milter.signal("STOP")?;
    refused_for_now(gateway, "a milter that does not answer", || ())?;
    drop(milter);

    let milter = gateway.milter(&[])?;
    refused_for_now(gateway, "a milter that hangs in the middle of a message", || {
        let _seen_by_the_answer = milter.signal("STOP");
    })?;
    drop(milter);

    // Stopped, it has the message and not answered yet; then it ends.
    let milter = gateway.milter(&[])?;
    thread::scope(|scope| {
        refused_for_now(gateway, "a milter killed in the middle of a message", || {
            let _seen_by_the_answer = milter.signal("STOP");
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(700));
                milter.signal("KILL")
            });
        })
    })?;
    drop(milter);

    let milter = gateway.milter(&["-t", "0.001"])?;
    let class = sanitize_corpus::bench::CLASSES.iter().find(|class| class.name == "xlsx_1mb");
    let sheet = class.map(|class| class.bytes()).ok_or("there is no class xlsx_1mb")?;
    let slow = cases::with_attachment("From: a@client.example.invalid\r\n", "a.xlsx", &sheet);
    refused_for_now_with(gateway, "an engine out of time", &slow, || ())?;
    drop(milter);

    let milter = gateway.milter(&["-m", "1"])?;
    let large =
        cases::with_attachment("From: a@client.example.invalid\r\n", "a.txt", &b"text ".repeat(400_000));
    refused_for_now_with(gateway, "a message over the limit", &large, || ())?;
    drop(milter);

    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let milter = gateway.milter(&["-q", &shown])?;
    std::fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    refused_for_now(gateway, "an original that cannot be kept", || ())?;
    drop(milter);

    refused_for_good(gateway)?;
    killed_under_load(gateway)
}

/// Sends the message, lets `fault` act when half of it is sent, and sees that it is refused for now and delivered to
/// nobody.
fn refused_for_now(gateway: &Gateway, what: &str, fault: impl FnOnce()) -> Result<(), String> {
    refused_for_now_with(gateway, what, &message(), fault)
}

fn refused_for_now_with(
    gateway: &Gateway,
    what: &str,
    message: &[u8],
    fault: impl FnOnce(),
) -> Result<(), String> {
    let before = gateway.sink.messages().len();
    let mut client = Client::connect(gateway.postfix.port).map_err(|error| format!("connecting: {error}"))?;
    let answer = client.send_and("fault@example.invalid", message, fault);
    let answer = answer.map_err(|error| format!("{what}: {error}"))?;
    if !(400..500).contains(&answer.code) {
        return Err(format!("{what}: Postfix says {}", answer.text));
    }
    if answer.took > Duration::from_secs(PATIENCE + 5) {
        return Err(format!("{what}: an answer after {:?}", answer.took));
    }
    // A message that was taken would be here in far less.
    thread::sleep(Duration::from_millis(300));
    let after = gateway.sink.messages().len();
    if after != before {
        return Err(format!("{what}: {} messages were delivered", after - before));
    }
    say(&format!("fault: {what}: {}", answer.text));
    Ok(())
}

/// With `-r`, what cannot be rebuilt is refused, and not for now.
fn refused_for_good(gateway: &Gateway) -> Result<(), String> {
    let _milter = gateway.milter(&["-r"])?;
    let before = gateway.sink.messages().len();
    let unreadable = format!("From: a@client.example.invalid\r\n{}\r\n", rejected_message());
    let answer = send(gateway.postfix.port, "fault@example.invalid", unreadable.as_bytes())?;
    if answer.code != 550 || gateway.sink.messages().len() != before {
        return Err(format!("a message that cannot be rebuilt: Postfix says {}", answer.text));
    }
    say(&format!("option -r: {}", answer.text));
    Ok(())
}

/// A message the engine rejects as a whole: nested deeper than any limit.
fn rejected_message() -> String {
    let mut message = String::new();
    for level in 0..200 {
        message
            .push_str(&format!("Content-Type: multipart/mixed; boundary=\"b{level}\"\r\n\r\n--b{level}\r\n"));
    }
    message + "Content-Type: text/plain\r\n\r\ndeep\r\n"
}

/// Messages from four connections while the milter is killed and started again: whatever was answered with 250 is
/// delivered once and cleaned, everything else is delivered to nobody.
fn killed_under_load(gateway: &Gateway) -> Result<(), String> {
    let messages = AtomicUsize::new(0);
    let over = AtomicBool::new(false);
    let bytes = message();
    let sanitizer = sanitize_core::Sanitizer::builder().build().map_err(|error| error.to_string())?;
    let expected = cases::expected(&sanitizer, &bytes);
    let accepted = thread::scope(|scope| {
        let clients: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut accepted = Vec::new();
                    while !over.load(Ordering::Relaxed) {
                        let recipient =
                            format!("killed{}@example.invalid", messages.fetch_add(1, Ordering::Relaxed));
                        match send(gateway.postfix.port, &recipient, &bytes) {
                            Ok(answer) if answer.code == 250 => accepted.push(recipient),
                            Ok(answer) if answer.code < 400 || answer.code >= 500 => return Err(answer.text),
                            Ok(_) => thread::sleep(Duration::from_millis(20)),
                            Err(error) => return Err(error),
                        }
                    }
                    Ok(accepted)
                })
            })
            .collect();
        let mut faults = Ok(());
        for round in 0..12 {
            match gateway.milter(&[]) {
                Ok(milter) => {
                    thread::sleep(Duration::from_millis(150 + 37 * round));
                    faults = faults.and(milter.signal("KILL"));
                }
                Err(error) => faults = Err(error),
            }
        }
        over.store(true, Ordering::Relaxed);
        let mut accepted = Vec::new();
        for client in clients {
            accepted.extend(client.join().map_err(|_| "a client failed".to_owned())??);
        }
        faults.map(|()| accepted)
    })?;
    for recipient in &accepted {
        let delivered = gateway.sink.wait_for(recipient)?;
        cases::compare(&delivered, &expected).map_err(|error| format!("{recipient}: {error}"))?;
    }
    thread::sleep(Duration::from_millis(500));
    let delivered =
        gateway.sink.messages().iter().filter(|message| message.recipient.starts_with("killed")).count();
    if delivered != accepted.len() {
        return Err(format!("{} messages were accepted and {delivered} delivered", accepted.len()));
    }
    let sent = messages.load(Ordering::Relaxed);
    if accepted.is_empty() || accepted.len() == sent {
        return Err(format!("{} of {sent} were accepted: the kills met nothing", accepted.len()));
    }
    say(&format!(
        "fault: killed 12 times under load: {} of {sent} accepted, each delivered once and cleaned; nothing else delivered",
        accepted.len()
    ));
    Ok(())
}

fn send(port: u16, recipient: &str, message: &[u8]) -> Result<Answer, String> {
    let mut client = Client::connect(port).map_err(|error| format!("connecting: {error}"))?;
    client.send(recipient, message).map_err(|error| format!("sending: {error}"))
}
