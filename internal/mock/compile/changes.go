package compile

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
)

// Change is a compiled file that is not current.
type Change struct{ Old, New []byte }

// Changes compares the compiled files with the description. Read returns a file by its name, nil if
// it does not exist.
func Changes(fsys fs.FS, read func(name string) ([]byte, error)) (map[string]Change, error) {
	print, err := Fingerprint(fsys)
	if err != nil {
		return nil, err
	}
	index, err := read(desc.IndexFile)
	if err != nil {
		return nil, err
	}
	if first, _, _ := strings.Cut(string(unzip(index)), "\n"); first == print {
		return nil, nil
	}
	files, err := Files(fsys)
	if err != nil {
		return nil, err
	}
	changes := map[string]Change{}
	for name, now := range files {
		was, err := read(name)
		if err != nil {
			return nil, err
		}
		if was == nil || !bytes.Equal(unzip(was), unzip(now)) {
			changes[name] = Change{was, now}
		}
	}
	return changes, nil
}

// unzip unpacks a file; nil if it is not packed.
func unzip(packed []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil
	}
	return text
}
