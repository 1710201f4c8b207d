//! As much SMTP as it takes to hand messages to Postfix and to take them back.

use std::{
    io::{self, BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// A message as it was delivered.
#[derive(Clone, Debug)]
pub struct Delivered {
    pub recipient: String,
    /// Headers, an empty line and the body, with CRLF.
    pub bytes: Vec<u8>,
}

/// Where Postfix delivers to.
pub struct Sink {
    port: u16,
    messages: Arc<Mutex<Vec<Delivered>>>,
}

impl Sink {
    /// Listens on a port of its own until the process ends.
    pub fn start() -> Result<Self, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let port = listener.local_addr().map_err(|error| error.to_string())?.port();
        let messages = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&messages);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                // A connection that breaks is Postfix's to try again.
                thread::spawn(move || serve(stream, &kept).ok());
            }
        });
        Ok(Self { port, messages })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// What has come so far.
    pub fn messages(&self) -> Vec<Delivered> {
        match self.messages.lock() {
            Ok(messages) => messages.clone(),
            Err(poisoned) => poisoned.into_inner().clone(),
        }
    }

    /// Waits for the message to `recipient`.
    pub fn wait_for(&self, recipient: &str) -> Result<Delivered, String> {
        self.wait_for_number(recipient, 0)
    }

    /// Waits for the message to `recipient` that comes behind `before` others.
    pub fn wait_for_number(&self, recipient: &str, before: usize) -> Result<Delivered, String> {
        let until = Instant::now() + Duration::from_secs(30);
        while Instant::now() < until {
            if let Some(found) =
                self.messages().into_iter().filter(|message| message.recipient == recipient).nth(before)
            {
                return Ok(found);
            }
            thread::sleep(Duration::from_millis(20));
        }
        Err(format!("nothing was delivered to {recipient}"))
    }
}

fn serve(stream: TcpStream, kept: &Mutex<Vec<Delivered>>) -> io::Result<()> {
    let mut input = BufReader::new(stream.try_clone()?);
    let mut output = stream;
    output.write_all(b"220 sink\r\n")?;
    let mut recipients = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let command = String::from_utf8_lossy(&line).trim_end().to_owned();
        let word = command.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match word.as_str() {
            "EHLO" => b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
            "RCPT" => {
                let address = command.split(['<', '>']).nth(1).unwrap_or_default();
                recipients.push(address.to_owned());
                b"250 ok\r\n"
            }
            "DATA" => {
                output.write_all(b"354 go on\r\n")?;
                let bytes = read_message(&mut input)?;
                let mut kept = kept.lock().map_err(|_| io::ErrorKind::Other)?;
                for recipient in recipients.drain(..) {
                    kept.push(Delivered { recipient, bytes: bytes.clone() });
                }
                b"250 ok\r\n"
            }
            "QUIT" => {
                output.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            "RSET" => {
                recipients.clear();
                b"250 ok\r\n"
            }
            _ => b"250 ok\r\n",
        };
        output.write_all(answer)?;
    }
}

/// Reads up to the line with a single dot, which is left out, as are dots that stand for the next.
fn read_message(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(bytes);
        }
        bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

/// What Postfix said about a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub code: u16,
    pub text: String,
    /// From the final dot to the answer.
    pub took: Duration,
}

/// A connection to Postfix.
pub struct Client {
    input: BufReader<TcpStream>,
    output: TcpStream,
}

impl Client {
    pub fn connect(port: u16) -> io::Result<Self> {
        let output = TcpStream::connect(("127.0.0.1", port))?;
        output.set_nodelay(true)?;
        output.set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut client = Self { input: BufReader::new(output.try_clone()?), output };
        client.answer()?;
        client.ask("EHLO client.example.invalid")?;
        Ok(client)
    }

    /// Hands over a message with CRLF line ends, and returns the answer to it or to the command that was refused.
    pub fn send(&mut self, recipient: &str, message: &[u8]) -> io::Result<Answer> {
        self.send_and(recipient, message, || ())
    }

    /// As [`Client::send`], and calls `halfway` when half of the message is sent.
    pub fn send_and(
        &mut self,
        recipient: &str,
        message: &[u8],
        halfway: impl FnOnce(),
    ) -> io::Result<Answer> {
        let from = Instant::now();
        let commands = [
            "MAIL FROM:<sender@client.example.invalid> BODY=8BITMIME",
            &format!("RCPT TO:<{recipient}>"),
            "DATA",
        ];
        for command in commands {
            let (code, text) = self.ask(command)?;
            if code >= 400 {
                self.ask("RSET")?;
                return Ok(Answer { code, text, took: from.elapsed() });
            }
        }
        let mut stuffed = Vec::with_capacity(message.len() + 64);
        for line in message.split_inclusive(|byte| *byte == b'\n') {
            if line.starts_with(b".") {
                stuffed.push(b'.');
            }
            stuffed.extend_from_slice(line);
        }
        stuffed.extend_from_slice(b".\r\n");
        let (first, second) = stuffed.split_at(stuffed.len() / 2);
        self.output.write_all(first)?;
        halfway();
        self.output.write_all(second)?;
        let from = Instant::now();
        let (code, text) = self.answer()?;
        Ok(Answer { code, text, took: from.elapsed() })
    }

    fn ask(&mut self, command: &str) -> io::Result<(u16, String)> {
        self.output.write_all(format!("{command}\r\n").as_bytes())?;
        self.answer()
    }

    fn answer(&mut self) -> io::Result<(u16, String)> {
        loop {
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let code = line.get(..3).and_then(|code| code.parse().ok()).unwrap_or_default();
            if line.get(3..4) != Some("-") {
                return Ok((code, line.trim_end().to_owned()));
            }
        }
    }
}
