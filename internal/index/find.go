package index

import (
	"io/fs"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
)

// Has reports whether a word, in small letters, is in one of the entry's names: its path or event
// type, its operationId, its chain in Go, its title. A path may have values in place of the entry's
// parameters.
func (e Entry) Has(word string) bool {
	for _, text := range []string{e.Path, e.Title, e.Go, e.ID + "Request", e.ID + "Response"} {
		if strings.Contains(strings.ToLower(text), word) {
			return true
		}
	}
	if chain := strings.ToLower(strings.ReplaceAll(e.Go, "()", "")); strings.Contains(chain,
		strings.ReplaceAll(word, "()", "")) {
		return true
	}
	return strings.HasPrefix(word, "/") && called(strings.Split(strings.ToLower(e.Path), "/"),
		strings.Split(word, "/"))
}

// called reports whether a path matches a template.
func called(template, path []string) bool {
	if len(template) != len(path) {
		return false
	}
	for i, segment := range template {
		if _, param := route.Parameter(segment); segment != path[i] && (!param || path[i] == "") {
			return false
		}
	}
	return true
}

// Current reads the list beside a description. It reports false if there is none or if it is not
// current. The built-in list is current: a test checks that.
func Current(fsys fs.FS, builtIn bool) (entries []Entry, ok bool) {
	text, err := fs.ReadFile(fsys, File)
	if err != nil {
		return nil, false
	}
	entries, was, ok := Parse(string(text))
	if !ok || builtIn {
		return entries, ok
	}
	is, err := Fingerprint(fsys)
	return entries, err == nil && is == was
}
