package source

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/internal/spell"
)

// RefFault says why a $ref has no target, and the mend.
type RefFault struct{ what, Mend string }

func (f *RefFault) Error() string { return f.what }

const inside = "copy what it means into the description, and point there"

// ErrBroken marks a $ref into a file that does not parse. The fault is reported for that file.
var ErrBroken = errors.New("the file does not parse")

// Target is the target of a $ref, through all further $refs and files.
type Target struct {
	Node
	Name string // the last part of the last $ref: "Amount"; "" if there was no $ref
}

// Follow returns the target of v: v itself if it is no $ref. For a broken $ref, which check
// reports, it returns a missing node.
func (s Set) Follow(v Node, want Section) Target {
	t, err := s.Chase(v, want)
	if err != nil {
		return Target{Node: Node{File: v.File}}
	}
	return t
}

// Chase is Follow with the error of a broken $ref.
func (s Set) Chase(v Node, want Section) (Target, error) {
	t := Target{Node: v}
	for range len(s) + 100 { // a longer chain is a circle
		ref := t.Get("$ref")
		if !ref.OK() {
			return t, nil
		}
		next, err := s.Step(ref, want)
		if err != nil {
			return Target{}, err
		}
		t = next
	}
	return Target{}, &RefFault{"leads back to itself", "let one of them be a schema of its own"}
}

// Step follows one $ref.
func (s Set) Step(ref Node, want Section) (Target, error) {
	where, pointer, _ := strings.Cut(ref.Text(), "#")
	f, err := s.open(ref.File, where)
	if err != nil {
		return Target{}, err
	}
	if f.Broken {
		return Target{}, ErrBroken
	}
	prefix := "/components/" + string(want) + "/"
	if name, ok := strings.CutPrefix(pointer, prefix); ok {
		if v, ok := f.components[want][name]; ok {
			return Target{Node: v, Name: name}, nil
		}
	}
	pointer, err = url.PathUnescape(pointer)
	if err != nil {
		return Target{}, &RefFault{fmt.Sprintf("is no valid URL: %v", err),
			"write one like #/components/schemas/Amount"}
	}
	v, name, err := point(f, pointer)
	if err != nil {
		return Target{}, err
	}
	if f.Document && !strings.HasPrefix(pointer, prefix) {
		return Target{}, &RefFault{fmt.Sprintf("does not point at one of components/%s", want),
			"point at one"}
	}
	return Target{Node: v, Name: name}, nil
}

// open finds the file of a $ref. Only files that were read count, so nothing outside the folder is
// opened.
func (s Set) open(from *File, where string) (*File, error) {
	if where == "" {
		return s.Whole(from), nil
	}
	u, err := url.Parse(where)
	if err != nil {
		return nil, &RefFault{"is no valid URL",
			"write one like components.yaml#/components/schemas/Amount"}
	}
	switch {
	case u.Scheme != "" || u.Host != "":
		return nil, &RefFault{"leaves the description: it goes to the network", inside}
	case strings.HasPrefix(u.Path, "/") || strings.Contains(where, `\`):
		return nil, &RefFault{"leaves the description: it is not relative",
			"write the path from this file to one below the folder, with /"}
	case u.RawQuery != "":
		return nil, &RefFault{"has a query", "remove it"}
	}
	name := path.Join(path.Dir(from.Name), u.Path)
	if name == ".." || strings.HasPrefix(name, "../") {
		return nil, &RefFault{"leaves the description: it goes above the folder", inside}
	}
	if f, ok := s[name]; ok {
		return f, nil
	}
	return nil, &RefFault{fmt.Sprintf("finds no file %s in the description", name),
		cmp.Or(spell.Suggest(name, s), "write that file, or correct the name")}
}

// point follows a JSON pointer. It returns the pointer's last part as the name of the target, or
// the file's name for the whole file.
func point(f *File, pointer string) (Node, string, error) {
	v, name := f.Root, strings.TrimSuffix(path.Base(f.Name), path.Ext(f.Name))
	if pointer == "" || pointer == "/" {
		return v, name, nil
	}
	if !strings.HasPrefix(pointer, "/") {
		return Node{}, "",
			&RefFault{fmt.Sprintf("has %q after #, which does not start with /", pointer),
				"write one like #/components/schemas/Amount"}
	}
	for part := range strings.SplitSeq(pointer[1:], "/") {
		name = strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~")
		next := v.Get(name)
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < v.Size() && v.IsList() {
			next = v.child(i)
		}
		if !next.OK() {
			return Node{}, "", &RefFault{fmt.Sprintf("finds no %q in %s", name, f.Name),
				cmp.Or(spell.Suggest(name, KeysOf(v)), "write it there, or correct the $ref")}
		}
		v = next
	}
	return v, name, nil
}

// KeysOf are the keys of a mapping.
func KeysOf(v Node) map[string]bool {
	keys := make(map[string]bool, v.Size())
	for k := range v.Entries() {
		keys[k.Text()] = true
	}
	return keys
}
