package load

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"
)

// section is a kind of component: the key below components that holds it.
type section string

const (
	schemas       section = "schemas"
	parameters    section = "parameters"
	requestBodies section = "requestBodies"
	responses     section = "responses"
	examples      section = "examples"
	pathItems     section = "pathItems"
)

// sources are all files of the description, by name.
type sources map[string]*file

// refFault says why a $ref leads nowhere, and what to do.
type refFault struct{ what, mend string }

func (f *refFault) Error() string { return f.what }

const inside = "copy what it means into the description, and point there"

// errBroken marks a $ref into a file that does not parse, which is reported at that file.
var errBroken = errors.New("the file does not parse")

// target is what a $ref leads to, however many files and other $refs lie on the way.
type target struct {
	view
	name string // the last part of the last $ref: "Amount"; "" if there was no $ref
}

// follow goes to where v leads: v itself if it is no $ref. A $ref that cannot be followed leads to a missing node; check
// has reported it.
func (s sources) follow(v view, want section) target {
	t, err := s.chase(v, want)
	if err != nil {
		return target{view: view{f: v.f}}
	}
	return t
}

// chase is follow with the reason.
func (s sources) chase(v view, want section) (target, error) {
	t := target{view: v}
	for range len(s) + 100 { // a chain longer than this goes in circles
		ref := t.get("$ref")
		if !ref.ok() {
			return t, nil
		}
		next, err := s.step(ref, want)
		if err != nil {
			return target{}, err
		}
		t = next
	}
	return target{}, &refFault{"leads back to itself", "let one of them be a schema of its own"}
}

// step follows one $ref.
func (s sources) step(ref view, want section) (target, error) {
	where, pointer, _ := strings.Cut(ref.text(), "#")
	f, err := s.open(ref.f, where)
	if err != nil {
		return target{}, err
	}
	if f.bad {
		return target{}, errBroken
	}
	prefix := "/components/" + string(want) + "/"
	if name, ok := strings.CutPrefix(pointer, prefix); ok {
		if v, ok := f.comps[want][name]; ok {
			return target{view: v, name: name}, nil
		}
	}
	pointer, err = url.PathUnescape(pointer)
	if err != nil {
		return target{}, &refFault{fmt.Sprintf("is no valid URL: %v", err), "write one like #/components/schemas/Amount"}
	}
	v, name, err := point(f, pointer)
	if err != nil {
		return target{}, err
	}
	if f.doc && !strings.HasPrefix(pointer, prefix) {
		return target{}, &refFault{fmt.Sprintf("does not point at one of components/%s", want), "point at one"}
	}
	return target{view: v, name: name}, nil
}

// open finds the file that a $ref names. Nothing outside the folder is ever opened: only files already read count.
func (s sources) open(from *file, where string) (*file, error) {
	if where == "" {
		return from, nil
	}
	u, err := url.Parse(where)
	if err != nil {
		return nil, &refFault{"is no valid URL", "write one like components.yaml#/components/schemas/Amount"}
	}
	switch {
	case u.Scheme != "" || u.Host != "":
		return nil, &refFault{"leaves the description: it goes to the network", inside}
	case strings.HasPrefix(u.Path, "/") || strings.Contains(where, `\`):
		return nil, &refFault{"leaves the description: it is not relative", "write the path from this file to one below the folder, with /"}
	case u.RawQuery != "":
		return nil, &refFault{"has a query", "remove it"}
	}
	name := path.Join(path.Dir(from.name), u.Path)
	if name == ".." || strings.HasPrefix(name, "../") {
		return nil, &refFault{"leaves the description: it goes above the folder", inside}
	}
	if f, ok := s[name]; ok {
		return f, nil
	}
	return nil, &refFault{fmt.Sprintf("finds no file %s in the description", name), cmp.Or(suggest(name, s), "write that file, or correct the name")}
}

// point follows a JSON pointer, and returns its last part as the name of what it found; that is the file's name for a
// pointer to the whole file.
func point(f *file, pointer string) (view, string, error) {
	v, name := f.root, strings.TrimSuffix(path.Base(f.name), path.Ext(f.name))
	if pointer == "" || pointer == "/" {
		return v, name, nil
	}
	if !strings.HasPrefix(pointer, "/") {
		return view{}, "", &refFault{fmt.Sprintf("has %q after #, which does not start with /", pointer), "write one like #/components/schemas/Amount"}
	}
	for part := range strings.SplitSeq(pointer[1:], "/") {
		name = strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~")
		next := v.get(name)
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < v.size() && v.isList() {
			next = view{f, v.n.Content[i]}
		}
		if !next.ok() {
			return view{}, "", &refFault{fmt.Sprintf("finds no %q in %s", name, f.name), cmp.Or(suggest(name, keysOf(v)), "write it there, or correct the $ref")}
		}
		v = next
	}
	return v, name, nil
}

// keysOf are the keys of a mapping.
func keysOf(v view) map[string]bool {
	keys := make(map[string]bool, v.size())
	for k := range v.entries() {
		keys[k.text()] = true
	}
	return keys
}
