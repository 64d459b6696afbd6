package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// WeChat Pay's whole description has 5 MB.
const (
	maxFiles = 10_000
	maxTotal = 256 << 20 // bytes
)

// Find lists the YAML files below a folder, in order. It skips names that start with a dot, as
// tools expect. It lists a link without an extension if its target is no file, so that Read reports
// it: the files behind such a link are not read.
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

// Describes reports whether a folder has a description: a YAML file with a top key of OpenAPI. An
// unreadable file may be one.
func Describes(fsys fs.FS) bool {
	names, err := Find(fsys)
	return err != nil && !errors.Is(err, fs.ErrNotExist) ||
		slices.ContainsFunc(names, func(name string) bool {
			text, err := Read(fsys, name)
			return err != nil || topKey.Match(text)
		})
}

var topKey = regexp.MustCompile(`(?m)^["']?(openapi|paths|webhooks|components)["']?\s*:`)

// Others lists the files below a folder that look like a description but have another extension:
// JSON, and YAML in capitals.
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
