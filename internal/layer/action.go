package layer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/theory/jsonpath"
	"github.com/theory/jsonpath/spec"
	"go.yaml.in/yaml/v4"
)

// An action is one action of an overlay.
type action struct {
	stack          *Stack
	overlay        *Doc
	target         *yaml.Node
	query          *jsonpath.Path
	update, source *yaml.Node // source is the JSONPath of copy.
	pick           *jsonpath.Path
	remove         bool
}

func (s *Stack) action(d *Doc, n *yaml.Node) *action {
	a := &action{stack: s, overlay: d, target: value(n, "target"), update: value(n, "update"),
		source: value(n, "copy")}
	if remove := value(n, "remove"); remove != nil {
		a.remove = remove.Value == "true"
	}
	before := len(s.faults)
	switch {
	case a.target == nil:
		s.fault(d, n, "an action without a target",
			`write one as $.paths["/v3/pay/transactions/native"].post`)
	case a.update == nil && a.source == nil && !a.remove:
		s.fault(d, n, "an action that does nothing", "give it update, copy or remove: true")
	case a.update != nil && a.source != nil:
		s.fault(d, n, "an action with both update and copy", "make it two actions")
	}
	if a.target != nil {
		a.query = s.jsonPath(d, a.target)
	}
	if a.source != nil {
		a.pick = s.jsonPath(d, a.source)
	}
	if len(s.faults) > before {
		return nil
	}
	return a
}

func (s *Stack) jsonPath(d *Doc, n *yaml.Node) *jsonpath.Path {
	p, err := jsonpath.Parse(n.Value)
	if err != nil {
		s.fault(d, n, "no JSONPath: "+strings.TrimPrefix(err.Error(), "jsonpath: "),
			`write it as RFC 9535 has it: $.paths["/v3/pay/transactions/native"].post`)
	}
	return p
}

func (a *action) apply(targets []*Doc) {
	hits := 0
	for _, doc := range targets {
		// its $refs are relative to the document
		as := &Doc{Name: doc.Name, Shown: a.overlay.Shown, Root: a.overlay.Root}
		for _, at := range slices.Backward(locate(doc.Root, a.query)) {
			hits++
			a.stack.dirty[doc.Name] = true
			a.change(doc, as, at)
		}
	}
	if hits == 0 {
		a.stack.fault(a.overlay, a.target, fmt.Sprintf("target %s matches nothing", a.target.Value),
			"correct it, or remove the action")
	}
}

// change applies the action to one node.
func (a *action) change(doc, as *Doc, at spec.NormalizedPath) {
	parent, i := resolve(doc.Root, at)
	switch {
	case a.remove && parent == nil:
		a.stack.fault(a.overlay, a.target, "target $ is the whole document, which cannot be "+
			"removed", "remove the file that holds it, or exclude its service")
	case a.remove && parent.Kind == yaml.MappingNode:
		parent.Content = slices.Delete(parent.Content, i-1, i+1)
	case a.remove:
		parent.Content = slices.Delete(parent.Content, i, i+1)
	default:
		if with := a.with(doc); with != nil {
			a.set(doc, as, parent, i, with)
		}
	}
}

// with is the node to lay over another: the update, or a copy from the same document.
func (a *action) with(doc *Doc) *yaml.Node {
	if a.update != nil {
		return clone(a.update)
	}
	found := locate(doc.Root, a.pick)
	if len(found) != 1 {
		a.stack.fault(a.overlay, a.source, fmt.Sprintf("copy %s matches %d places of %s",
			a.source.Value, len(found), doc.Name), "let it match one")
		return nil
	}
	return clone(at(doc.Root, found[0]))
}

// set lays a node over the one at i by the rules of overlays: mappings merge, lists grow, and other
// values are replaced.
func (a *action) set(doc, as *Doc, parent *yaml.Node, i int, with *yaml.Node) {
	below := doc.Root
	if parent != nil {
		below = parent.Content[i]
	}
	switch {
	case below.Kind == yaml.SequenceNode:
		below.Content = append(below.Content, a.stack.graft(with, as))
	case below.Kind != with.Kind:
		a.incompatible(doc, below, with)
	case below.Kind == yaml.MappingNode:
		a.merge(doc, as, below, with)
	default:
		parent.Content[i] = a.stack.graft(with, as)
	}
}

func (a *action) merge(doc, as *Doc, below, with *yaml.Node) {
	for key, v := range entries(with) {
		i := find(below, key.Value)
		switch {
		case i < 0:
			below.Content = append(below.Content, a.stack.graft(key, as), a.stack.graft(v, as))
		case below.Content[i+1].Kind != v.Kind:
			a.incompatible(doc, below.Content[i+1], v)
		case v.Kind == yaml.MappingNode:
			a.merge(doc, as, below.Content[i+1], v)
		case v.Kind == yaml.SequenceNode:
			for _, entry := range v.Content {
				below.Content[i+1].Content = append(below.Content[i+1].Content,
					a.stack.graft(entry, as))
			}
		default:
			below.Content[i+1] = a.stack.graft(v, as)
		}
	}
}

func (a *action) incompatible(doc *Doc, below, with *yaml.Node) {
	if from, ok := a.stack.from[below]; ok {
		doc = from
	}
	where := with
	if a.source != nil {
		where = a.source
	}
	a.stack.fault(a.overlay, where, fmt.Sprintf("%s cannot be laid over %s at %s", kind(with),
		kind(below), place(doc, below)), "remove that first, or update it with the same kind")
}
