package keyfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFile bounds the size of a file: a certificate chain with its key is a few KB.
const maxFile = 1 << 20

// ErrText says that Read got the text of a key as its file name. Such a name must not be shown.
var ErrText = errors.New("the text of a key, not the name of a file; ParsePrivateKey and its " +
	"siblings read text")

// Read returns the content of a file. An error for a missing file wraps fs.ErrNotExist.
func Read(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil && isKeyText(file) {
		return nil, ErrText
	}
	if err != nil {
		return nil, unreadable(err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil, fmt.Errorf("not a file of at most %d bytes; want a PEM file", maxFile)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, unreadable(err)
	}
	return data, nil
}

// isKeyText reports whether the name of a file is rather the text of a key.
func isKeyText(name string) bool {
	if strings.ContainsFunc(name, unicode.IsControl) || !utf8.ValidString(name) ||
		strings.Contains(name, "BEGIN") {
		return true
	}
	start := strings.TrimLeft(name, "\"' ")
	return len(name) > 100 && (strings.HasPrefix(start, "MI") || strings.HasPrefix(start, "LS0t"))
}

// unreadable removes the file name from an error of package os. The caller adds it.
func unreadable(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	}
	return fmt.Errorf("cannot be read: %w", err)
}
