use clap::ValueEnum;
use sanitize_core::ContentKind;

/// The language that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// By LC_ALL, LC_MESSAGES or LANG.
    Auto,
    /// Japanese.
    Ja,
    /// English.
    En,
}

/// The language that is spoken. Reports do not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    Ja,
    En,
}

impl Language {
    /// The language to speak.
    pub fn resolve(self) -> Lang {
        match self {
            Self::Ja => Lang::Ja,
            Self::En => Lang::En,
            Self::Auto => by_locale(["LC_ALL", "LC_MESSAGES", "LANG"].map(std::env::var_os)),
        }
    }
}

/// The first variable that is set and not empty decides, as POSIX says.
fn by_locale(variables: [Option<std::ffi::OsString>; 3]) -> Lang {
    let locale = variables.into_iter().flatten().find(|value| !value.is_empty());
    match locale {
        Some(locale) if locale.to_string_lossy().starts_with("ja") => Lang::Ja,
        _ => Lang::En,
    }
}

impl Lang {
    /// The one of two texts that is in this language.
    pub fn pick<T>(self, english: T, japanese: T) -> T {
        match self {
            Self::En => english,
            Self::Ja => japanese,
        }
    }

    /// A verdict as the summary shows it.
    pub fn verdict(self, word: &'static str) -> &'static str {
        match (self, word) {
            (Self::En, _) => word,
            (Self::Ja, "clean") => "変更なし",
            (Self::Ja, "sanitized") => "無害化",
            (Self::Ja, "rejected") => "拒否",
            (Self::Ja, "failed") => "エラー",
            (Self::Ja, other) => other,
        }
    }

    /// Why a file was rejected, in a few words.
    pub fn reason(self, word: &'static str) -> &'static str {
        match (self, word) {
            (Self::En, _) => word,
            (Self::Ja, "malformed") => "形式が壊れている",
            (Self::Ja, "unsupported") => "未対応の形式",
            (Self::Ja, "limit") => "上限を超えた",
            (Self::Ja, "refused") => "ポリシーにより拒否",
            (Self::Ja, "encrypted") => "暗号化されている",
            (Self::Ja, "internal") => "内部エラー",
            (Self::Ja, other) => other,
        }
    }

    /// A kind of content in a few words; the policy's own word where there is no other.
    pub fn kind(self, kind: ContentKind) -> &'static str {
        let word = kind.word();
        if self == Self::En {
            return word;
        }
        KINDS.iter().find(|(known, _)| *known == word).map_or(word, |(_, japanese)| japanese)
    }
}

const KINDS: &[(&str, &str)] = &[
    ("macro", "マクロ"),
    ("macro-type", "マクロ有効形式"),
    ("script", "スクリプト"),
    ("active-control", "ActiveX コントロール"),
    ("embedded-object", "埋め込みオブジェクト"),
    ("embedded-document", "埋め込み文書"),
    ("attachment", "添付ファイル"),
    ("external-reference", "外部参照"),
    ("remote-image", "外部画像"),
    ("hyperlink", "ハイパーリンク"),
    ("dangerous-link", "危険なリンク"),
    ("document-action", "動作設定"),
    ("field", "フィールド"),
    ("formula", "数式"),
    ("table-formula", "CSV の数式"),
    ("form", "フォーム"),
    ("data-connection", "データ接続"),
    ("custom-data", "独自データ"),
    ("metadata", "メタデータ"),
    ("comment", "コメント"),
    ("identity", "個人の識別情報"),
    ("tracked-change", "変更履歴"),
    ("old-revision", "旧版の内容"),
    ("hidden-content", "隠し内容"),
    ("font", "埋め込みフォント"),
    ("color-profile", "カラープロファイル"),
    ("signature", "電子署名"),
    ("media", "音声・動画・3D"),
    ("animation", "アニメーション"),
    ("drawing", "ベクター画像"),
    ("dangerous-file", "危険な種類のファイル"),
    ("rejected-member", "再構築できない格納ファイル"),
    ("name", "ファイル名"),
    ("wrong-extension", "拡張子の誤り"),
    ("wrong-family", "拡張子と内容の不一致"),
    ("encryption", "暗号化"),
    ("opened-encryption", "解除した暗号化"),
    ("structure", "構造の異常"),
    ("slack", "余剰データ"),
    ("unknown", "未知の要素"),
    ("required-extension", "必須の拡張機能"),
    ("control-character", "制御文字"),
    ("exhaustion", "資源の枯渇"),
    ("reencoding", "再符号化"),
    ("deception", "欺瞞的な内容"),
    ("steganography", "ステガノグラフィー"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_japanese_name() {
        for kind in ContentKind::ALL {
            assert_ne!(Lang::Ja.kind(*kind), kind.word());
        }
        assert_eq!(KINDS.len(), ContentKind::ALL.len());
    }

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        let set = |value: &str| Some(value.into());
        assert_eq!(by_locale([None, Some("".into()), set("ja_JP.UTF-8")]), Lang::Ja);
        assert_eq!(by_locale([set("C"), None, set("ja_JP.UTF-8")]), Lang::En);
        assert_eq!(by_locale([None, None, None]), Lang::En);
    }
}
