/// The mails of a mailbox, each as its own rebuild wrote it.
pub(super) struct Mailbox(pub(super) Vec<Vec<u8>>);

/// The line in front of each mail, without its end. Who sent it and when it came stands in the mail; programs take
/// any line of this form.
pub(super) const POSTMARK: &str = "From MAILER-DAEMON Thu Jan  1 00:00:00 1970";
