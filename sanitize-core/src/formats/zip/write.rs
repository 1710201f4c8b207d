use super::model::{Content, Model};
use crate::{budget::Budget, error::Error, toolkits::archive::zip::ArchiveWriter};

pub(super) fn write(model: Model, budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut writer = ArchiveWriter::new();
    for member in model.members {
        match member.content {
            Content::Directory => writer.add_directory(&member.path, member.modified)?,
            Content::File(file) => writer.add_gathered(&member.path, member.modified, file)?,
        }
    }
    writer.finish_gathered(model.files, budget)
}
