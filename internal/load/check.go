package load

import (
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// checker holds a file's structure against the shapes.
type checker struct {
	set     sources
	faults  *sink
	samples bool       // hold examples against their schemas, too
	loose   []fragment // what $refs point at in files that are no OpenAPI documents
}

// fragment is a part of such a file, and what it should be.
type fragment struct {
	view
	of    *shape
	label label
}

// label is what messages call a thing: "property appid".
type label struct{ kind, name string }

func (l label) String() string { return l.kind + " " + l.name }

// in is the label of something that is part of l: "items of property list".
func (l label) in(part string) label { return label{part + " of " + l.kind, l.name} }

// checkAll checks every document, and then whatever else $refs lead to.
func checkAll(set sources, docs []*file, samples bool, faults *sink) {
	checkers := make([]*checker, len(docs))
	parallel(len(docs), func(i int) {
		checkers[i] = &checker{set: set, faults: faults, samples: samples}
		checkers[i].object(docs[i].root, documentShape, label{"document", docs[i].name})
	})
	rest := &checker{set: set, faults: faults, samples: samples}
	for _, c := range checkers {
		rest.loose = append(rest.loose, c.loose...)
	}
	rest.fragments()
}

// fragments checks each fragment once, as each kind of thing that it is used as.
func (c *checker) fragments() {
	type use struct {
		n  *yaml.Node
		of *shape
	}
	done := map[use]bool{}
	for len(c.loose) > 0 {
		next := c.loose[0]
		c.loose = c.loose[1:]
		if u := (use{next.n, next.of}); !done[u] {
			done[u] = true
			c.object(next.view, next.of, next.label)
		}
	}
}

func (c *checker) fault(v view, l label, what, mend string) {
	c.faults.at(v, l.String()+": "+what, mend)
}

// object checks a mapping.
func (c *checker) object(v view, s *shape, l label) {
	if v.cut() {
		return
	}
	if !v.isMap() {
		c.fault(v, l, "must be a mapping, not "+kindOf(v), "")
		return
	}
	if ref := v.get("$ref"); ref.ok() {
		c.ref(v, ref, s, l)
		return
	}
	for k, value := range v.entries() {
		if r, ok := s.keys[k.text()]; ok {
			c.value(k, value, r, l)
		} else if !k.cut() {
			c.stranger(v, k, s, l)
		}
	}
	if s.also != nil {
		s.also(c, v, l)
	}
}

// value checks what stands at a key.
func (c *checker) value(k, v view, r rule, l label) {
	if v.cut() {
		return
	}
	if v.isScalar() && v.n.Tag == "!!null" && r.want != anything {
		c.fault(v, l, k.text()+" has no value", "write one, or remove the key")
		return
	}
	switch r.want {
	case anything:
	case special:
		r.of.also(c, v, l)
	case object:
		c.object(v, r.of, l.child(k, r.of))
	case list:
		c.list(k, v, r.of, l)
	case named:
		c.named(k, v, r.of, l)
	case stringList:
		c.strings(k, v, l)
	default:
		c.scalar(k, v, r.want, l)
	}
}

func (c *checker) list(k, v view, of *shape, l label) {
	if !v.isList() {
		c.fault(v, l, k.text()+" must be a list, not "+kindOf(v), "")
	}
	for _, item := range v.items() {
		c.object(item, of, l.element(item, of))
	}
}

func (c *checker) named(k, v view, of *shape, l label) {
	if !v.isMap() {
		c.fault(v, l, k.text()+" must be a mapping, not "+kindOf(v), "")
	}
	for name, value := range v.entries() {
		c.object(value, of, l.member(name.text(), of))
	}
}

func (c *checker) strings(k, v view, l label) {
	if !v.isList() {
		c.fault(v, l, k.text()+" must be a list, not "+kindOf(v), "")
	}
	for _, item := range v.items() {
		if !item.isString() {
			c.fault(item, l, fmt.Sprintf("%s holds %s, which is no string", k.text(), kindOf(item)), "put it in quotes")
		}
	}
}

func (c *checker) scalar(k, v view, w want, l label) {
	switch {
	case w == aString && !v.isString():
		mend := ""
		if v.isScalar() {
			mend = "put it in quotes"
		}
		c.fault(v, l, fmt.Sprintf("%s must be a string, not %s", k.text(), kindOf(v)), mend)
	case w == aBool && (!v.isScalar() || v.text() != "true" && v.text() != "false" || v.n.Tag != "!!bool"):
		c.fault(v, l, fmt.Sprintf("%s must be true or false, not %s", k.text(), kindOf(v)), "")
	case w == aCount && !isCount(v):
		c.fault(v, l, fmt.Sprintf("%s must be a number from 0, not %s", k.text(), kindOf(v)), "")
	case w == aNumber && (!v.isScalar() || v.n.Tag != "!!int" && v.n.Tag != "!!float"):
		c.fault(v, l, fmt.Sprintf("%s must be a number, not %s", k.text(), kindOf(v)), "")
	case k.text() == "x-go-name":
		c.goName(v, l)
	}
}

func isCount(v view) bool {
	_, err := strconv.ParseUint(v.text(), 10, 31)
	return err == nil && v.n.Tag == "!!int"
}

func (c *checker) goName(v view, l label) {
	switch name := v.text(); {
	case !token.IsIdentifier(name) || name[0] < 'A' || name[0] > 'Z':
		c.fault(v, l, fmt.Sprintf("x-go-name %q is no exported Go name", name), "write one like OutTradeNo")
	case strings.Contains(name, "_"): // which sets type and method apart in the names of examples
		c.fault(v, l, fmt.Sprintf("x-go-name %q has an underscore", name), "write one like OutTradeNo")
	}
}

// ref checks a $ref and what stands beside it.
func (c *checker) ref(v, ref view, s *shape, l label) {
	if s.refs == "" {
		c.fault(v.key("$ref"), l, "a $ref cannot stand here", "")
		return
	}
	for k, value := range v.entries() {
		switch {
		case k.text() == "$ref":
		case !s.beside[k.text()]:
			c.fault(k, l, k.text()+" cannot stand beside a $ref", "write it where the $ref leads, or remove the $ref")
		default:
			if r, ok := s.keys[k.text()]; ok {
				c.value(k, value, r, l)
			}
		}
	}
	if s == schemaShape {
		c.examples(v, v, l)
	}
	if !ref.isString() {
		c.fault(ref, l, "$ref must be a string, not "+kindOf(ref), "")
		return
	}
	first, err := c.set.step(ref, s.refs)
	if err == nil {
		if !first.f.doc {
			c.loose = append(c.loose, fragment{first.view, s, label{s.noun, first.name}})
		}
		_, err = c.set.chase(v, s.refs)
	}
	if err != nil && err != errBroken {
		mend := ""
		if f, ok := errors.AsType[*refFault](err); ok {
			mend = f.mend
		}
		c.fault(ref, l, fmt.Sprintf("$ref %q %v", ref.text(), err), mend)
	}
}

// stranger reports a key that the shape does not have.
func (c *checker) stranger(v, k view, s *shape, l label) {
	name := k.text()
	if mend, ok := s.refused[name]; ok {
		c.fault(k, l, name+" is not supported", cmp.Or(mend, "remove it"))
		return
	}
	what := fmt.Sprintf("unknown key %q", clip(name))
	if near := cmp.Or(nearest(name, s.keys), nearMark(name, s.keys)); near != "" {
		p := k.pos()
		c.faults.misspelt(typo{v, k, near, Fault{k.f.shown, p.line, p.col, l.String() + ": " + what, "did you mean " + near + "?"}})
		return
	}
	if isForeign(name) {
		return
	}
	mend := ""
	if strings.HasPrefix(name, "x-") {
		mend = "remove it"
	} else {
		mend = "keys here are " + strings.Join(sortedKeys(s.keys), ", ")
	}
	c.fault(k, l, what, mend)
}

// isForeign reports whether a key is an extension of somebody else: other tools and teams may have theirs in the files.
func isForeign(name string) bool {
	return strings.HasPrefix(name, "x-") &&
		!slices.ContainsFunc([]string{"x-wxpay", "x-go-", "x-enum-"}, func(own string) bool { return strings.HasPrefix(name, own) })
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// child is the label of the object at a key.
func (l label) child(k view, of *shape) label {
	switch of {
	case operationShape:
		return label{"operation", strings.ToUpper(k.text()) + " " + l.name}
	case schemaShape:
		if k.text() != "schema" {
			return l.in(k.text())
		}
		return l
	case bodyShape:
		return l.in("requestBody")
	case eventShape, infoShape, componentsShape, docsShape:
		return l
	}
	return l.in(k.text())
}

// element is the label of an item of a list.
func (l label) element(item view, of *shape) label {
	switch of {
	case parameterShape:
		if name := item.get("name").text(); name != "" {
			return label{"parameter", name}
		}
		return l.in("parameter")
	}
	return l.in(of.noun)
}

// member is the label of a value in a mapping from names.
func (l label) member(name string, of *shape) label {
	switch of {
	case schemaShape:
		if l.kind == "document" {
			return label{"schema", name}
		}
		return label{"property", name}
	case mediaShape, exampleShape:
		return l
	case responseShape:
		return l.in("response " + name)
	case encodingShape:
		return l.in("encoding " + name)
	}
	return label{of.noun, name}
}

// kindOf says what a value is, within a message.
func kindOf(v view) string {
	switch {
	case v.isMap():
		return "a mapping"
	case v.isList():
		return "a list"
	case !v.isScalar():
		return "nothing"
	case v.n.Tag == "!!null":
		return "nothing"
	case v.isString():
		return strconv.Quote(clip(v.text()))
	}
	return clip(v.text())
}

// clip keeps messages on a line.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
