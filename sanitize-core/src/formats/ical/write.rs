use super::model::{Model, Piece};
use crate::toolkits::content_line;

pub(super) fn write(model: &Model) -> Vec<u8> {
    let mut output = Vec::new();
    for piece in &model.pieces {
        match piece {
            Piece::Begin(name) => content_line::write("BEGIN", &[], name, &mut output),
            Piece::End(name) => content_line::write("END", &[], name, &mut output),
            Piece::Property { name, parameters, value } => {
                content_line::write(name, parameters, value, &mut output);
            }
        }
    }
    output
}
