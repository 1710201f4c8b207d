//! An archive comes in one mail and its password in another, as offices in Japan send them.

use sanitize_corpus::zip;

use super::{Gateway, cases::with_attachment, smtp::Client};
use crate::say;

/// A password that stands in no other mail of this test.
const PASSWORD: &str = "q9Zt4Lw2-milter";

/// Sends an encrypted archive before and behind the mail that has its password, to the one who got that mail and to
/// another, with passwords held and without.
pub fn run(gateway: &Gateway) -> Result<(), String> {
    {
        let _milter = gateway.milter(&["-k", "10"])?;
        let mut client = Client::connect(gateway.postfix.port).map_err(|error| error.to_string())?;
        is_opened(gateway, &mut client, "early", false)?;
        let mail = format!(
            "{HEAD}Subject: password\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\
             Content-Transfer-Encoding: 8bit\r\n\r\n先ほどのファイルのパスワードは「{PASSWORD}」です。\r\n"
        );
        for recipient in ["given", "again"] {
            let recipient = format!("password.{recipient}@example.invalid");
            client.send(&recipient, mail.as_bytes()).map_err(|error| error.to_string())?;
            gateway.sink.wait_for(&recipient)?;
        }
        is_opened(gateway, &mut client, "given", true)?;
        is_opened(gateway, &mut client, "other", false)?;
    }
    let _milter = gateway.milter(&[])?;
    let mut client = Client::connect(gateway.postfix.port).map_err(|error| error.to_string())?;
    is_opened(gateway, &mut client, "again", false)?;
    say(
        "passwords: an archive is opened with the password of an earlier mail to the same recipient, and no other",
    );
    Ok(())
}

const HEAD: &str = "From: yamada@client.example.invalid\r\nTo: office@example.invalid\r\n\
                    Date: Mon, 6 Apr 2026 09:00:00 +0900\r\nMessage-ID: <2@client.example.invalid>\r\n";

/// Sends an encrypted archive, and says where what is delivered is not what it must be.
fn is_opened(gateway: &Gateway, client: &mut Client, recipient: &str, wanted: bool) -> Result<(), String> {
    let note = zip::Member::new("note.txt", "議事録\r\n".as_bytes()).encrypted(PASSWORD.as_bytes());
    let archive = zip::Archive::of([note]).build();
    let mail = with_attachment(HEAD, "minutes.zip", &archive);
    let address = format!("password.{recipient}@example.invalid");
    let before = gateway.sink.messages().iter().filter(|message| message.recipient == address).count();
    let answer = client.send(&address, &mail).map_err(|error| error.to_string())?;
    if answer.code != 250 {
        return Err(answer.text);
    }
    let delivered = gateway.sink.wait_for_number(&address, before)?;
    let text = String::from_utf8_lossy(&delivered.bytes).into_owned();
    // A notice stands under the name of what it replaces, with another extension.
    let opened = text.contains("filename=minutes.zip\r\n") || text.contains("filename=\"minutes.zip\"\r\n");
    let replaced = text.contains("minutes.zip.txt");
    if opened == replaced || opened != wanted {
        return Err(format!(
            "the archive to {recipient} was {}opened: {text}",
            if opened { "" } else { "not " }
        ));
    }
    Ok(())
}
