//! Containers of files.
