//! Many messages on several connections: none lost, none delivered twice, none that was not cleaned.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use super::{
    Gateway,
    cases::{self, Expected, Message},
    smtp::Client,
};
use crate::say;

/// Sends `count` messages on `connections` connections, `messages` in turn, and says how fast.
pub fn run(
    gateway: &Gateway,
    messages: &[(Message, Expected)],
    count: usize,
    connections: usize,
) -> Result<(), String> {
    let milter = gateway.milter(&[])?;
    let recipient = |number: usize| format!("load{number}@example.invalid");
    let next = AtomicUsize::new(0);
    let from = Instant::now();
    let took = thread::scope(|scope| {
        let work = || -> Result<Vec<Duration>, String> {
            let mut client = Client::connect(gateway.postfix.port).map_err(|error| error.to_string())?;
            let mut took = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return Ok(took);
                }
                let Some((message, _)) = messages.get(number % messages.len()) else { return Ok(took) };
                let answer = client
                    .send(&recipient(number), &message.bytes)
                    .map_err(|error| format!("{}: {error}", message.name))?;
                if answer.code != 250 {
                    return Err(format!("{}: {}", message.name, answer.text));
                }
                took.push(answer.took);
            }
        };
        let clients: Vec<_> = (0..connections.max(1)).map(|_| scope.spawn(work)).collect();
        let mut took = Vec::new();
        for client in clients {
            took.extend(client.join().map_err(|_| "a client failed".to_owned())??);
        }
        Ok::<_, String>(took)
    })?;
    let accepted = from.elapsed();
    let resident = milter.resident().unwrap_or_default();

    // Delivery goes on behind the answers.
    let until = Instant::now() + Duration::from_secs(120);
    let of_load = || {
        let mut all = gateway.sink.messages();
        all.retain(|message| message.recipient.starts_with("load"));
        all
    };
    let mut delivered = of_load();
    while delivered.len() < count && Instant::now() < until {
        thread::sleep(Duration::from_millis(100));
        delivered = of_load();
    }
    let through = from.elapsed();
    thread::sleep(Duration::from_secs(1));
    delivered = of_load();

    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for message in &delivered {
        *times.entry(message.recipient.as_str()).or_default() += 1;
    }
    let lost = (0..count).filter(|number| !times.contains_key(recipient(*number).as_str())).count();
    let doubled = times.values().filter(|times| **times > 1).count();
    if lost + doubled > 0 || delivered.len() != count {
        return Err(format!("of {count} messages {lost} were lost and {doubled} delivered more than once"));
    }
    for message in &delivered {
        let number = message
            .recipient
            .strip_prefix("load")
            .and_then(|rest| rest.split('@').next()?.parse::<usize>().ok());
        let sent = number.and_then(|number| messages.get(number % messages.len()));
        let (sent, expected) = sent.ok_or_else(|| format!("nobody sent to {}", message.recipient))?;
        cases::compare(message, expected)
            .map_err(|error| format!("{}: not as cleaned: {error}", sent.name))?;
    }
    report(count, connections, accepted, through, took, resident);
    Ok(())
}

fn report(
    count: usize,
    connections: usize,
    accepted: Duration,
    through: Duration,
    mut took: Vec<Duration>,
    resident: u64,
) {
    took.sort_unstable();
    let percentile =
        |percent: usize| took.get((took.len() * percent / 100).min(took.len().saturating_sub(1)));
    let shown = |percent| percentile(percent).map_or(0.0, |took| took.as_secs_f64() * 1e3);
    let rate = |time: Duration| count as f64 / time.as_secs_f64();
    say(&format!(
        "load: {count} messages on {connections} connections: none lost, none doubled, each as the engine writes it; \
         {:.0} a second accepted, {:.0} a second delivered; from the last byte to the answer p50 {:.1} ms, p95 {:.1} ms, \
         p99 {:.1} ms; the milter holds {} MiB",
        rate(accepted),
        rate(through),
        shown(50),
        shown(95),
        shown(99),
        resident / 1024
    ));
}
