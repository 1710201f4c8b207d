use super::model::Model;

pub(super) fn write(model: Model<'_>) -> Vec<u8> {
    model.0.into_bytes()
}
