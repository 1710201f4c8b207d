//! The functions a formula may call.

use super::Threat;

/// Worksheet functions that work on the workbook's own cells: ECMA-376 Part 1, 18.17.7, with those that Excel
/// 2010 to 2024 added. In order, without the prefixes that newer ones have in files (`_xlfn.`, `_xlws.`).
///
/// Not in it are functions that reach outside (`WEBSERVICE`, `IMAGE`, `RTD`, `CUBEVALUE`, `PY` …), that call
/// code (`CALL`, `REGISTER.ID`, `EUROCONVERT` and everything else from add-ins), and `HYPERLINK`, which is
/// checked on its own.
#[rustfmt::skip]
static FUNCTIONS: &[&str] = &[
    "ABS", "ACCRINT", "ACCRINTM", "ACOS", "ACOSH", "ACOT", "ACOTH", "ADDRESS", "AGGREGATE", "AMORDEGRC",
    "AMORLINC", "ANCHORARRAY", "AND", "ARABIC", "AREAS", "ARRAYTOTEXT", "ASC", "ASIN", "ASINH", "ATAN",
    "ATAN2", "ATANH", "AVEDEV", "AVERAGE", "AVERAGEA", "AVERAGEIF", "AVERAGEIFS", "BAHTTEXT", "BASE",
    "BESSELI", "BESSELJ", "BESSELK", "BESSELY", "BETA.DIST", "BETA.INV", "BETADIST", "BETAINV", "BIN2DEC",
    "BIN2HEX", "BIN2OCT", "BINOM.DIST", "BINOM.DIST.RANGE", "BINOM.INV", "BINOMDIST", "BITAND", "BITLSHIFT",
    "BITOR", "BITRSHIFT", "BITXOR", "BYCOL", "BYROW", "CEILING", "CEILING.MATH", "CEILING.PRECISE", "CELL",
    "CHAR", "CHIDIST", "CHIINV", "CHISQ.DIST", "CHISQ.DIST.RT", "CHISQ.INV", "CHISQ.INV.RT", "CHISQ.TEST",
    "CHITEST", "CHOOSE", "CHOOSECOLS", "CHOOSEROWS", "CLEAN", "CODE", "COLUMN", "COLUMNS", "COMBIN",
    "COMBINA", "COMPLEX", "CONCAT", "CONCATENATE", "CONFIDENCE", "CONFIDENCE.NORM", "CONFIDENCE.T",
    "CONVERT", "CORREL", "COS", "COSH", "COT", "COTH", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF",
    "COUNTIFS", "COUPDAYBS", "COUPDAYS", "COUPDAYSNC", "COUPNCD", "COUPNUM", "COUPPCD", "COVAR",
    "COVARIANCE.P", "COVARIANCE.S", "CRITBINOM", "CSC", "CSCH", "CUMIPMT", "CUMPRINC", "DATE", "DATEDIF",
    "DATESTRING", "DATEVALUE", "DAVERAGE", "DAY", "DAYS", "DAYS360", "DB", "DBCS", "DCOUNT", "DCOUNTA",
    "DDB", "DEC2BIN", "DEC2HEX", "DEC2OCT", "DECIMAL", "DEGREES", "DELTA", "DEVSQ", "DGET", "DISC", "DMAX",
    "DMIN", "DOLLAR", "DOLLARDE", "DOLLARFR", "DPRODUCT", "DROP", "DSTDEV", "DSTDEVP", "DSUM", "DURATION",
    "DVAR", "DVARP", "ECMA.CEILING", "EDATE", "EFFECT", "ENCODEURL", "EOMONTH", "ERF", "ERF.PRECISE",
    "ERFC", "ERFC.PRECISE", "ERROR.TYPE", "EVEN", "EXACT", "EXP", "EXPAND", "EXPON.DIST", "EXPONDIST",
    "F.DIST", "F.DIST.RT", "F.INV", "F.INV.RT", "F.TEST", "FACT", "FACTDOUBLE", "FALSE", "FDIST",
    "FIELDVALUE", "FILTER", "FILTERXML", "FIND", "FINDB", "FINV", "FISHER", "FISHERINV", "FIXED", "FLOOR",
    "FLOOR.MATH", "FLOOR.PRECISE", "FORECAST", "FORECAST.ETS", "FORECAST.ETS.CONFINT",
    "FORECAST.ETS.SEASONALITY", "FORECAST.ETS.STAT", "FORECAST.LINEAR", "FORMULATEXT", "FREQUENCY", "FTEST",
    "FV", "FVSCHEDULE", "GAMMA", "GAMMA.DIST", "GAMMA.INV", "GAMMADIST", "GAMMAINV", "GAMMALN",
    "GAMMALN.PRECISE", "GAUSS", "GCD", "GEOMEAN", "GESTEP", "GETPIVOTDATA", "GROUPBY", "GROWTH", "HARMEAN",
    "HEX2BIN", "HEX2DEC", "HEX2OCT", "HLOOKUP", "HOUR", "HSTACK", "HYPGEOM.DIST", "HYPGEOMDIST", "IF",
    "IFERROR", "IFNA", "IFS", "IMABS", "IMAGINARY", "IMARGUMENT", "IMCONJUGATE", "IMCOS", "IMCOSH", "IMCOT",
    "IMCSC", "IMCSCH", "IMDIV", "IMEXP", "IMLN", "IMLOG10", "IMLOG2", "IMPOWER", "IMPRODUCT", "IMREAL",
    "IMSEC", "IMSECH", "IMSIN", "IMSINH", "IMSQRT", "IMSUB", "IMSUM", "IMTAN", "INDEX", "INDIRECT", "INFO",
    "INT", "INTERCEPT", "INTRATE", "IPMT", "IRR", "ISBLANK", "ISERR", "ISERROR", "ISEVEN", "ISFORMULA",
    "ISLOGICAL", "ISNA", "ISNONTEXT", "ISNUMBER", "ISO.CEILING", "ISODD", "ISOMITTED", "ISOWEEKNUM",
    "ISPMT", "ISREF", "ISTEXT", "JIS", "KURT", "LAMBDA", "LARGE", "LCM", "LEFT", "LEFTB", "LEN", "LENB",
    "LET", "LINEST", "LN", "LOG", "LOG10", "LOGEST", "LOGINV", "LOGNORM.DIST", "LOGNORM.INV", "LOGNORMDIST",
    "LOOKUP", "LOWER", "MAKEARRAY", "MAP", "MATCH", "MAX", "MAXA", "MAXIFS", "MDETERM", "MDURATION",
    "MEDIAN", "MID", "MIDB", "MIN", "MINA", "MINIFS", "MINUTE", "MINVERSE", "MIRR", "MMULT", "MOD", "MODE",
    "MODE.MULT", "MODE.SNGL", "MONTH", "MROUND", "MULTINOMIAL", "MUNIT", "N", "NA", "NEGBINOM.DIST",
    "NEGBINOMDIST", "NETWORKDAYS", "NETWORKDAYS.INTL", "NOMINAL", "NORM.DIST", "NORM.INV", "NORM.S.DIST",
    "NORM.S.INV", "NORMDIST", "NORMINV", "NORMSDIST", "NORMSINV", "NOT", "NOW", "NPER", "NPV",
    "NUMBERSTRING", "NUMBERVALUE", "OCT2BIN", "OCT2DEC", "OCT2HEX", "ODD", "ODDFPRICE", "ODDFYIELD",
    "ODDLPRICE", "ODDLYIELD", "OFFSET", "OR", "PDURATION", "PEARSON", "PERCENTILE", "PERCENTILE.EXC",
    "PERCENTILE.INC", "PERCENTOF", "PERCENTRANK", "PERCENTRANK.EXC", "PERCENTRANK.INC", "PERMUT",
    "PERMUTATIONA", "PHI", "PHONETIC", "PI", "PIVOTBY", "PMT", "POISSON", "POISSON.DIST", "POWER", "PPMT",
    "PRICE", "PRICEDISC", "PRICEMAT", "PROB", "PRODUCT", "PROPER", "PV", "QUARTILE", "QUARTILE.EXC",
    "QUARTILE.INC", "QUOTIENT", "RADIANS", "RAND", "RANDARRAY", "RANDBETWEEN", "RANK", "RANK.AVG",
    "RANK.EQ", "RATE", "RECEIVED", "REDUCE", "REGEXEXTRACT", "REGEXREPLACE", "REGEXTEST", "REPLACE",
    "REPLACEB", "REPT", "RIGHT", "RIGHTB", "ROMAN", "ROUND", "ROUNDDOWN", "ROUNDUP", "ROW", "ROWS", "RRI",
    "RSQ", "SCAN", "SEARCH", "SEARCHB", "SEC", "SECH", "SECOND", "SEQUENCE", "SERIESSUM", "SHEET", "SHEETS",
    "SIGN", "SIN", "SINGLE", "SINH", "SKEW", "SKEW.P", "SLN", "SLOPE", "SMALL", "SORT", "SORTBY", "SQRT",
    "SQRTPI", "STANDARDIZE", "STDEV", "STDEV.P", "STDEV.S", "STDEVA", "STDEVP", "STDEVPA", "STEYX",
    "SUBSTITUTE", "SUBTOTAL", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "SUMSQ", "SUMX2MY2", "SUMX2PY2",
    "SUMXMY2", "SWITCH", "SYD", "T", "T.DIST", "T.DIST.2T", "T.DIST.RT", "T.INV", "T.INV.2T", "T.TEST",
    "TAKE", "TAN", "TANH", "TBILLEQ", "TBILLPRICE", "TBILLYIELD", "TDIST", "TEXT", "TEXTAFTER",
    "TEXTBEFORE", "TEXTJOIN", "TEXTSPLIT", "THAIDAYOFWEEK", "THAIDIGIT", "THAIMONTHOFYEAR", "THAINUMSOUND",
    "THAINUMSTRING", "THAISTRINGLENGTH", "THAIYEAR", "TIME", "TIMEVALUE", "TINV", "TOCOL", "TODAY", "TOROW",
    "TRANSPOSE", "TREND", "TRIM", "TRIMMEAN", "TRIMRANGE", "TRUE", "TRUNC", "TTEST", "TYPE", "UNICHAR",
    "UNICODE", "UNIQUE", "UPPER", "USDOLLAR", "VALUE", "VALUETOTEXT", "VAR", "VAR.P", "VAR.S", "VARA",
    "VARP", "VARPA", "VDB", "VLOOKUP", "VSTACK", "WEEKDAY", "WEEKNUM", "WEIBULL", "WEIBULL.DIST", "WORKDAY",
    "WORKDAY.INTL", "WRAPCOLS", "WRAPROWS", "XIRR", "XLOOKUP", "XMATCH", "XNPV", "XOR", "YEAR", "YEARFRAC",
    "YEN", "YIELD", "YIELDDISC", "YIELDMAT", "Z.TEST", "ZTEST", "_TRO_ALL", "_TRO_LEADING", "_TRO_TRAILING",
];

/// Functions of Excel 4 macros, which run in defined names. For the report only: they are left out because
/// they are not in [`FUNCTIONS`].
#[rustfmt::skip]
static MACRO_FUNCTIONS: &[&str] = &[
    "A1.R1C1", "ABSREF", "ACTIVATE", "ACTIVE.CELL", "ADD.ARROW", "ADD.BAR", "ADD.COMMAND", "ADD.MENU",
    "ADD.TOOL", "ADD.TOOLBAR", "ALERT", "APP.ACTIVATE", "APP.MAXIMIZE", "APP.MINIMIZE", "APP.TITLE",
    "APPLY.NAMES", "ARGUMENT", "BEEP", "BREAK", "CALCULATE", "CALLER", "CANCEL.KEY", "CHANGE.LINK",
    "CHECK.COMMAND", "CLEAR", "CLOSE", "CLOSE.ALL", "COPY", "CREATE.OBJECT", "CUSTOM.REPEAT", "CUSTOM.UNDO",
    "CUT", "DEFINE.NAME", "DELETE.NAME", "DEREF", "DIALOG.BOX", "DIRECTORIES", "DISABLE.INPUT", "DISPLAY",
    "DOCUMENTS", "ECHO", "EDIT.DELETE", "EDIT.OBJECT", "ELSE", "ELSE.IF", "ENABLE.COMMAND", "END.IF",
    "ENTER.DATA", "ERROR", "EVALUATE", "EXEC", "EXECUTE", "FCLOSE", "FILE.CLOSE", "FILE.DELETE", "FILES",
    "FOPEN", "FOR", "FOR.CELL", "FORMULA", "FORMULA.ARRAY", "FORMULA.CONVERT", "FORMULA.FILL",
    "FORMULA.GOTO", "FPOS", "FREAD", "FREADLN", "FSIZE", "FWRITE", "FWRITELN", "GET.BAR", "GET.CELL",
    "GET.CHART.ITEM", "GET.DEF", "GET.DOCUMENT", "GET.FORMULA", "GET.LINK.INFO", "GET.MOVIE", "GET.NAME",
    "GET.NOTE", "GET.OBJECT", "GET.PIVOT.FIELD", "GET.PIVOT.ITEM", "GET.PIVOT.TABLE", "GET.TOOL",
    "GET.TOOLBAR", "GET.WINDOW", "GET.WORKBOOK", "GET.WORKSPACE", "GOTO", "HALT", "HELP", "HIDE",
    "INITIATE", "INPUT", "INSERT", "LAST.ERROR", "LINKS", "MENU.EDITOR", "MESSAGE", "NAMES", "NEW", "NEXT",
    "NOTE", "ON.DATA", "ON.DOUBLECLICK", "ON.ENTRY", "ON.KEY", "ON.RECALC", "ON.SHEET", "ON.TIME",
    "ON.WINDOW", "OPEN", "OPEN.LINKS", "PASTE", "POKE", "PRINT", "QUIT", "REFTEXT", "RELREF", "REQUEST",
    "RESET.TOOLBAR", "RESTART", "RESULT", "RETURN", "RUN", "SAVE", "SAVE.AS", "SAVE.WORKBOOK", "SELECT",
    "SELECTION", "SEND.KEYS", "SEND.MAIL", "SET.NAME", "SET.VALUE", "SHOW.BAR", "STEP", "TERMINATE",
    "TEXT.BOX", "TEXTREF", "UNREGISTER", "UPDATE.LINK", "VBA.MAKE.ADDIN", "VOLATILE", "WAIT", "WHILE",
    "WINDOWS", "WORKBOOK.ACTIVATE", "WORKBOOK.HIDE", "WORKBOOK.INSERT", "WORKBOOK.SELECT",
    "WORKBOOK.UNHIDE", "WORKSPACE",
];

/// No name on either list is longer.
const LONGEST: usize = 32;

/// A function as the judge sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// On the list.
    Allowed,
    /// `INDIRECT`: on the list, and its literal texts are references.
    Indirect,
    /// `HYPERLINK`: by its address.
    Hyperlink,
    /// Not on the list, and known for a threat.
    Denied(Threat),
    /// Not on the list. It may be a name of the workbook that holds a `LAMBDA`.
    Unknown,
}

/// Looks `name` up, in any case and without prefixes.
pub(super) fn find(name: &str) -> Function {
    // Asked for every word of every formula: no allocation.
    let mut upper = [0; LONGEST];
    let Some(upper) = upper.get_mut(..name.len()) else { return Function::Unknown };
    upper.copy_from_slice(name.as_bytes());
    upper.make_ascii_uppercase();
    let Ok(name) = str::from_utf8(upper) else { return Function::Unknown };
    let listed = |list: &[&str]| list.binary_search(&name).is_ok();
    match name {
        "INDIRECT" => Function::Indirect,
        "HYPERLINK" => Function::Hyperlink,
        _ if listed(FUNCTIONS) => Function::Allowed,
        // From here on the name only chooses the threat.
        "WEBSERVICE" | "IMAGE" | "STOCKHISTORY" | "TRANSLATE" | "DETECTLANGUAGE" | "COPILOT" | "PY"
        | "IMPORTTEXT" | "IMPORTCSV" | "SQL.REQUEST" => {
            Function::Denied("xlsx.webservice-and-network-functions")
        }
        "CUBEKPIMEMBER" | "CUBEMEMBER" | "CUBEMEMBERPROPERTY" | "CUBERANKEDMEMBER" | "CUBESET"
        | "CUBESETCOUNT" | "CUBEVALUE" => Function::Denied("xlsx.webservice-and-network-functions"),
        "RTD" => Function::Denied("xlsx.rtd-volatile-dependencies"),
        "CALL" | "REGISTER" | "REGISTER.ID" => Function::Denied("xlsx.call-register-id"),
        "DDE" => Function::Denied("xlsx.dde-formula"),
        _ if listed(MACRO_FUNCTIONS) => Function::Denied("xlsx.xlm-in-defined-names"),
        _ => Function::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_so_that_they_can_be_searched() {
        for list in [FUNCTIONS, MACRO_FUNCTIONS] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(list.iter().all(|name| name.len() <= LONGEST));
        }
    }

    #[test]
    fn no_function_that_reaches_outside_is_on_the_list() {
        for name in [
            "webservice",
            "CALL",
            "Register.Id",
            "RTD",
            "IMAGE",
            "CUBEVALUE",
            "EVALUATE",
            "EXEC",
            "DDE",
            "PY",
        ] {
            assert!(matches!(find(name), Function::Denied(_)), "{name}");
        }
        assert_eq!(find("EUROCONVERT"), Function::Unknown);
        assert_eq!(find("sum"), Function::Allowed);
    }
}
