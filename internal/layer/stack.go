package layer

import (
	"fmt"
	"maps"
	"slices"

	"go.yaml.in/yaml/v4"
)

// A Stack is a description with layers over it. Its documents hold nodes of several layers.
type Stack struct {
	Docs map[string]*Doc
	// the origin of a node, and of all below it, that another document now holds
	from   map[*yaml.Node]*Doc
	dirty  map[string]bool // the names of changed documents
	faults []Fault
}

// New makes a stack of the lowest layer.
func New(docs []*Doc) *Stack {
	s := &Stack{Docs: make(map[string]*Doc, len(docs)), from: map[*yaml.Node]*Doc{},
		dirty: map[string]bool{}}
	for _, d := range docs {
		s.Docs[d.Name] = d
	}
	return s
}

// Origins maps nodes to the document that they come from, if they now are in another. A node's
// descendants come from the same document unless they have an entry themselves.
func (s *Stack) Origins() map[*yaml.Node]*Doc { return s.from }

// Changed reports whether layers have changed a document.
func (s *Stack) Changed(name string) bool { return s.dirty[name] }

// Lay puts the documents of a folder on top. An operation or a notification goes over the document
// below that describes it, whatever its name. Everything else goes over the document of the same
// name. Mappings merge key by key, null removes a key, and other values replace the one below.
func (s *Stack) Lay(docs []*Doc) []Fault {
	s.faults = nil
	below := s.owners()
	for _, d := range docs {
		for _, section := range []string{"paths", "webhooks"} {
			s.spread(d, section, below)
		}
		base, ok := s.Docs[d.Name]
		if !ok {
			s.Docs[d.Name] = d
			continue
		}
		s.dirty[d.Name] = true
		s.merge(base.Root, d.Root, base, d)
	}
	return s.faults
}

// An item is an entry of paths or webhooks.
type item struct{ section, key string }

// owners maps each path and each webhook to its document.
func (s *Stack) owners() map[item]*Doc {
	all := map[item]*Doc{}
	for _, name := range slices.Sorted(maps.Keys(s.Docs)) {
		for _, section := range []string{"paths", "webhooks"} {
			for key := range entries(value(s.Docs[name].Root, section)) {
				all[item{section, key.Value}] = s.Docs[name]
			}
		}
	}
	return all
}

// spread lays the items of a section over the same items in documents of other names.
func (s *Stack) spread(d *Doc, section string, below map[item]*Doc) {
	group := value(d.Root, section)
	if group == nil || group.Kind != yaml.MappingNode {
		return
	}
	var own []*yaml.Node
	for key, over := range entries(group) {
		base := below[item{section, key.Value}]
		if base == nil || base.Name == d.Name {
			own = append(own, key, over)
			continue
		}
		s.dirty[base.Name], s.dirty[d.Name] = true, true
		s.put(value(base.Root, section), key, over, base, d)
	}
	group.Content = own
}

// merge lays a mapping over another.
func (s *Stack) merge(into, over *yaml.Node, base, d *Doc) {
	for key, v := range entries(over) {
		s.put(into, key, v, base, d)
	}
}

// put lays one entry over a mapping.
func (s *Stack) put(into, key, over *yaml.Node, base, d *Doc) {
	i := find(into, key.Value)
	switch {
	case i < 0 && isNull(over):
		s.fault(d, key, fmt.Sprintf("%s is null, which takes it away, and nothing below has it",
			key.Value), "leave it out")
	case i < 0:
		into.Content = append(into.Content, s.graft(key, d), s.graft(over, d))
	case isNull(over):
		into.Content = slices.Delete(into.Content, i, i+2)
	default:
		below := into.Content[i+1]
		if from, ok := s.from[below]; ok {
			base = from
		}
		s.cover(into, i, key, over, base, d)
	}
}

// cover lays an entry over the one at i.
func (s *Stack) cover(into *yaml.Node, i int, key, over *yaml.Node, base, d *Doc) {
	below := into.Content[i+1]
	switch {
	case below.Kind != over.Kind:
		s.fault(d, over, fmt.Sprintf("%s is %s here, and %s at %s", key.Value, kind(over),
			kind(below), place(base, below)),
			"write the same; null in a layer between takes it away")
	case below.Kind == yaml.MappingNode && Fits(below, over):
		s.merge(below, over, base, d)
	default:
		into.Content[i], into.Content[i+1] = s.graft(key, d), s.graft(over, d)
	}
}

// Fits reports whether two mappings can be merged. A reference replaces the mapping below, and so
// does a schema of another type: the limits and values below would mean nothing for it.
func Fits(below, over *yaml.Node) bool {
	if value(below, "$ref") != nil || value(over, "$ref") != nil {
		return false
	}
	was, is := value(below, "type"), value(over, "type")
	return was == nil || is == nil || was.Kind == is.Kind && was.Value == is.Value
}

func (s *Stack) graft(n *yaml.Node, d *Doc) *yaml.Node {
	s.from[n] = d
	return n
}

func (s *Stack) fault(d *Doc, n *yaml.Node, what, mend string) {
	s.faults = append(s.faults, Fault{d, n, what, mend})
}
