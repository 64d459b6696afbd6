package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
)

// The largest file of WeChat Pay's own description has some 300 KB, and all of it 5 MB.
const (
	MaxFile  = 16 << 20 // bytes
	maxFiles = 10_000
	maxTotal = 256 << 20
)

// Find lists the YAML files below a folder, in order. Names that start with a dot are passed over,
// as tools expect. A link without an extension is listed if it is none to a file: what would be
// below it is not read, and Read says so.
func Find(fsys fs.FS) ([]string, error) {
	var found []string
	total := int64(0)
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".":
			return nil
		case strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case isYAML(name) && !d.IsDir() || path.Ext(name) == "" && d.Type() == fs.ModeSymlink &&
			!linksToFile(fsys, name):
			found = append(found, name)
		}
		if info, err := d.Info(); err == nil && isYAML(name) {
			total += info.Size()
		}
		if len(found) > maxFiles || total > maxTotal {
			return fmt.Errorf("more than %d files or %d MiB of YAML are no description", maxFiles,
				maxTotal>>20)
		}
		return nil
	})
	slices.Sort(found)
	return found, err
}

func isYAML(name string) bool {
	ext := path.Ext(name)
	return ext == ".yaml" || ext == ".yml"
}

func linksToFile(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && !info.IsDir()
}

// Read reads a regular file of bounded size.
func Read(fsys fs.FS, name string) ([]byte, error) {
	var b bytes.Buffer
	err := ReadInto(&b, fsys, name)
	return b.Bytes(), err
}

// ReadInto is Read into a buffer, for those who read one file after the other and keep none.
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

// ReadFile is Read for a file that a user names, wherever it is.
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

// readable refuses what is no file: opening a pipe may take for ever.
func readable(info fs.FileInfo) error {
	switch {
	case info.Mode().IsRegular():
		return nil
	case info.IsDir():
		return errors.New("a folder, or a link to one, which wxgen does not follow")
	}
	return errors.New("not a regular file")
}

// readAll reads a file that had a size when it was looked at, and closes it.
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

// Describes reports whether a folder holds a description: a YAML file with one of the keys that
// OpenAPI has at its top. A file that cannot be read may be one.
func Describes(fsys fs.FS) bool {
	names, err := Find(fsys)
	return err != nil && !errors.Is(err, fs.ErrNotExist) ||
		slices.ContainsFunc(names, func(name string) bool {
			text, err := Read(fsys, name)
			return err != nil || topKey.Match(text)
		})
}

var topKey = regexp.MustCompile(`(?m)^["']?(openapi|paths|webhooks|components)["']?\s*:`)

// Others lists the files below a folder that hold a description and are not read, since they are
// called otherwise: JSON, and YAML in capitals.
func Others(fsys fs.FS) ([]string, error) {
	var found []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		if strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		ext := strings.ToLower(path.Ext(name))
		if isYAML(name) || !d.Type().IsRegular() || ext != ".json" && ext != ".yaml" &&
			ext != ".yml" {
			return nil
		}
		if text, err := Read(fsys, name); err == nil &&
			(topKey.Match(text) || jsonKey.Match(text)) {
			found = append(found, name)
		}
		return nil
	})
	return found, err
}

var jsonKey = regexp.MustCompile(`^\s*\{\s*"(openapi|info|servers|paths|webhooks|components)"\s*:`)
