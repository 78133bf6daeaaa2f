//! Reading: every file that the generator reads is a regular one and no larger than it may be.
//!
//! A pipe would be waited for, a device may never end, and what is too large need not be read to be refused.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The bytes of a file.
pub(crate) fn bytes(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    if metadata.len() > most as u64 {
        return Err(too_large(most));
    }
    limited(File::open(path)?, most)
}

/// The text of a file.
pub(crate) fn text(path: &Path, most: usize) -> io::Result<String> {
    let not_utf8 =
        |error: std::string::FromUtf8Error| io::Error::new(io::ErrorKind::InvalidData, error);
    String::from_utf8(bytes(path, most)?).map_err(not_utf8)
}

/// What a stream brings.
pub(crate) fn limited(stream: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(most as u64 + 1).read_to_end(&mut bytes)?;
    match bytes.len() > most {
        true => Err(too_large(most)),
        false => Ok(bytes),
    }
}

fn too_large(most: usize) -> io::Error {
    io::Error::other(format!("it has more than {most} bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_a_size_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "12345").unwrap();
        assert_eq!(bytes(&path, 5).unwrap(), b"12345");
        assert!(
            bytes(&path, 4)
                .unwrap_err()
                .to_string()
                .contains("more than 4")
        );
        assert!(
            bytes(folder.path(), 5)
                .unwrap_err()
                .to_string()
                .contains("folder")
        );
        assert!(limited(io::repeat(0), 9).is_err());
        #[cfg(unix)]
        assert!(
            bytes(Path::new("/dev/zero"), 5)
                .unwrap_err()
                .to_string()
                .contains("regular")
        );
    }
}
