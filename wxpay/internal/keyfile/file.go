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

// maxFile bounds what is read from a file: a certificate chain with its key is a few KB.
const maxFile = 1 << 20

// ErrText says that Read was given the text of a key, which must not be shown as the name of a
// file.
var ErrText = errors.New("the text of a key, not the name of a file; ParsePrivateKey and its " +
	"siblings read text")

// Read returns the content of a file. errors.Is tells one that is not there by fs.ErrNotExist.
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

// isKeyText reports whether what was given as the name of a file is rather the key itself.
func isKeyText(name string) bool {
	if strings.ContainsFunc(name, unicode.IsControl) || !utf8.ValidString(name) ||
		strings.Contains(name, "BEGIN") {
		return true
	}
	start := strings.TrimLeft(name, "\"' ")
	return len(name) > 100 && (strings.HasPrefix(start, "MI") || strings.HasPrefix(start, "LS0t"))
}

// unreadable leaves out the name, which an error of package os has, too.
func unreadable(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	}
	return fmt.Errorf("cannot be read: %w", err)
}
