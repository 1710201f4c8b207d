//! The text that stands in place of a file that was left out of a container.

/// Why a file was left out, in the reader's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Its type can harm whoever opens it.
    Dangerous,
    /// There is no rebuilder for its format, or it is not what its name says.
    NotSupported,
    /// It breaks its own format, or is encrypted.
    NotReadable,
    /// A policy or a rule of its format refuses it.
    Refused,
}

/// One paragraph in Japanese and English. It holds nothing of the member, so that it is the same text however
/// often the archive is cleaned, and gives no program anything to act on.
pub(crate) fn text(reason: Reason) -> String {
    let (japanese, english) = match reason {
        Reason::Dangerous => {
            ("開くと危険な種類のファイルであるため", "its type can harm the computer it is opened on")
        }
        Reason::NotSupported => (
            "安全な形に作り直すことのできない種類のファイルであるため",
            "it is of a type that cannot be rebuilt in a safe form",
        ),
        Reason::NotReadable => (
            "壊れているか暗号化されていて、内容を確認できないため",
            "it is damaged or encrypted, so that its content could not be checked",
        ),
        Reason::Refused => ("安全でない内容を含むため", "it holds content that is not allowed"),
    };
    format!(
        "無害化のお知らせ: この名前のファイルは、{japanese}取り除かれました。必要な場合は送信者にご確認ください。 \
         Notice: the file of this name was removed because {english}. Please ask the sender if you need it.\r\n"
    )
}

/// The words for a nested file that was rejected, by the report's stable reason.
pub(crate) fn reason(word: &str) -> Reason {
    match word {
        "unsupported" => Reason::NotSupported,
        "malformed" | "encrypted" => Reason::NotReadable,
        _ => Reason::Refused,
    }
}
