package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// MaxFile is the largest size of a file, in bytes. The largest file of WeChat Pay's description has
// some 300 KB.
const MaxFile = 16 << 20

// Read reads a regular file of bounded size.
func Read(fsys fs.FS, name string) ([]byte, error) {
	var b bytes.Buffer
	err := ReadInto(&b, fsys, name)
	return b.Bytes(), err
}

// ReadInto is Read into a buffer, for callers that read many files and keep none.
func ReadInto(b *bytes.Buffer, fsys fs.FS, name string) error {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return err
	}
	if err := readable(info); err != nil {
		return err
	}
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	return readAll(b, f, info.Size())
}

// ReadFile is Read for a file that a user names, in any folder.
func ReadFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if err := readable(info); err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = readAll(&b, f, info.Size())
	return b.Bytes(), err
}

// readable refuses everything but regular files: opening a pipe may take for ever.
func readable(info fs.FileInfo) error {
	switch {
	case info.Mode().IsRegular():
		return nil
	case info.IsDir():
		return errors.New("a folder, or a link to one, which wxgen does not follow")
	}
	return errors.New("not a regular file")
}

// readAll reads a file of known size, and closes it.
func readAll(b *bytes.Buffer, f fs.File, size int64) error {
	defer f.Close()
	b.Grow(int(min(size, MaxFile)) + bytes.MinRead) // so that it does not grow piece by piece
	n, err := b.ReadFrom(io.LimitReader(f, MaxFile+1))
	if err != nil {
		return err
	}
	if n > MaxFile {
		return fmt.Errorf("larger than %d MiB; split it", MaxFile>>20)
	}
	return nil
}
