//! Workbooks: columns of numbers, dates, shared strings and formulas, as libraries write them.

use std::fmt::Write as _;

use super::chance::Chance;
use crate::{
    Marks,
    office::xlsx::{sheet_type, xlsx},
};

const NAMESPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const WORKBOOK: &str = "xl/workbook.xml";
const STRINGS: u64 = 5_000;

/// A workbook of `sheets` sheets, each with `rows` rows of ten cells, and a chart on the first.
pub(super) fn workbook(sheets: u32, rows: u32) -> Vec<u8> {
    let mut chance = Chance::new(u64::from(rows));
    let strings: String = (0..STRINGS)
        .map(|_| format!("<si><t>{}</t></si>", chance.sentence(3).trim_end_matches('.')))
        .collect();
    let shared = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <sst xmlns=\"{NAMESPACE}\" count=\"{}\" uniqueCount=\"{STRINGS}\">{strings}</sst>",
        u64::from(sheets * rows) * 2
    );
    let mut package = xlsx(&Marks::new("bench"))
        .fill(
            "xl/styles.xml",
            "xfs",
            "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
             <xf numFmtId=\"4\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>",
        )
        .body("xl/sharedStrings.xml", |_| shared.into_bytes());
    for number in 1..=sheets {
        let id = format!("rIdData{number}");
        let name = format!("worksheets/data{number}.xml");
        let drawing = if number == 1 { "<drawing r:id=\"rId1\"/>" } else { "" };
        let listed = format!("<sheet name=\"Data{number}\" sheetId=\"{}\" r:id=\"{id}\"/>", number + 1);
        package = package
            .part(&format!("xl/{name}"), &sheet_type("worksheet"), sheet(&mut chance, rows, drawing))
            .relate(WORKBOOK, &id, "worksheet", &name)
            .fill(WORKBOOK, "sheets", &listed);
    }
    package
        .part(
            "xl/drawings/drawing1.xml",
            "application/vnd.openxmlformats-officedocument.drawing+xml",
            DRAWING,
        )
        .part(
            "xl/charts/chart1.xml",
            "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
            CHART,
        )
        .relate("xl/worksheets/data1.xml", "rId1", "drawing", "../drawings/drawing1.xml")
        .relate("xl/drawings/drawing1.xml", "rId1", "chart", "../charts/chart1.xml")
        .zip()
}

fn sheet(chance: &mut Chance, rows: u32, end: &str) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{NAMESPACE}\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <dimension ref=\"A1:J{rows}\"/><sheetViews><sheetView workbookViewId=\"0\"/></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15\"/><cols><col min=\"1\" max=\"10\" width=\"14.7109375\" customWidth=\"1\"/></cols><sheetData>"
    );
    for row in 1..=rows {
        let (any, common) = (chance.below(STRINGS), chance.below(60));
        let day = 44_000 + chance.below(2_000);
        let [price, count] = [0; 2].map(|_| chance.below(1_000_000) as f64 / 100.0);
        let (part, large, small) = (chance.unit(), chance.unit() * 1e6, chance.below(100));
        write!(
            xml,
            "<row r=\"{row}\" spans=\"1:10\"><c r=\"A{row}\"><v>{row}</v></c><c r=\"B{row}\" t=\"s\"><v>{any}</v></c>\
             <c r=\"C{row}\" t=\"s\"><v>{common}</v></c><c r=\"D{row}\" s=\"1\"><v>{day}</v></c>\
             <c r=\"E{row}\" s=\"2\"><v>{price}</v></c><c r=\"F{row}\" s=\"2\"><v>{count}</v></c>\
             <c r=\"G{row}\"><v>{part}</v></c><c r=\"H{row}\"><v>{large}</v></c><c r=\"I{row}\"><v>{small}</v></c>\
             <c r=\"J{row}\" s=\"2\"><f>E{row}*F{row}</f><v>0</v></c></row>"
        )
        .expect("writing to memory");
    }
    xml.push_str(
        "</sheetData><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>",
    );
    xml.push_str(end);
    xml.push_str("</worksheet>");
    xml
}

const DRAWING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
<xdr:twoCellAnchor><xdr:from><xdr:col>12</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>19</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>\
<xdr:to><xdr:col>19</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>34</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>\
<xdr:graphicFrame macro=\"\"><xdr:nvGraphicFramePr><xdr:cNvPr id=\"2\" name=\"Chart 1\"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>\
<xdr:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/></xdr:xfrm><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\">\
<c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"rId1\"/>\
</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>";

const CHART: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
<c:chart><c:plotArea><c:layout/><c:lineChart><c:grouping val=\"standard\"/><c:ser><c:idx val=\"0\"/><c:order val=\"0\"/>\
<c:val><c:numRef><c:f>Data1!$E$2:$E$20</c:f></c:numRef></c:val></c:ser><c:marker val=\"1\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:lineChart>\
<c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:axPos val=\"b\"/><c:crossAx val=\"2\"/></c:catAx>\
<c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:axPos val=\"l\"/><c:crossAx val=\"1\"/></c:valAx>\
</c:plotArea></c:chart></c:chartSpace>";
