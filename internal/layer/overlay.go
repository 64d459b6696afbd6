package layer

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// IsOverlay reports whether a file is an OpenAPI Overlay.
func IsOverlay(root *yaml.Node) bool { return find(root, "overlay") >= 0 }

// Apply lays an OpenAPI Overlay 1.0 or 1.1 on top: it changes the document that its extends names,
// or all.
func (s *Stack) Apply(d *Doc) []Fault {
	s.faults = nil
	s.checkOverlay(d)
	targets := s.targets(d)
	actions := value(d.Root, "actions")
	if len(s.faults) > 0 {
		return s.faults
	}
	for _, a := range actions.Content {
		if act := s.action(d, a); act != nil {
			act.apply(targets)
		}
	}
	return s.faults
}

// The keys of an overlay, and of its actions. Keys with x- are allowed beside them.
var (
	overlayKeys = []string{"overlay", "info", "extends", "actions"}
	actionKeys  = []string{"target", "description", "update", "remove", "copy"}
)

func (s *Stack) checkOverlay(d *Doc) {
	s.checkKeys(d, d.Root, overlayKeys)
	version := value(d.Root, "overlay")
	if !strings.HasPrefix(version.Value, "1.0.") && !strings.HasPrefix(version.Value, "1.1.") {
		s.fault(d, version, fmt.Sprintf("overlay %q; wxgen reads 1.0 and 1.1", version.Value),
			"write overlay: 1.1.0")
	}
	actions := value(d.Root, "actions")
	if actions == nil || actions.Kind != yaml.SequenceNode || len(actions.Content) == 0 {
		s.fault(d, cmp.Or(actions, d.Root), "an overlay without actions",
			"list them, each with a target")
		return
	}
	for _, a := range actions.Content {
		s.checkKeys(d, a, actionKeys)
		if a.Kind != yaml.MappingNode {
			s.fault(d, a, "an action that is no mapping",
				"give it a target, and update, copy or remove")
		}
	}
}

func (s *Stack) checkKeys(d *Doc, n *yaml.Node, known []string) {
	for key := range entries(n) {
		if !slices.Contains(known, key.Value) && !strings.HasPrefix(key.Value, "x-") {
			s.fault(d, key, fmt.Sprintf("unknown key %q (%s)", key.Value,
				strings.Join(known, ", ")), "correct or remove it")
		}
	}
}

// targets are the documents that an overlay changes, in order.
func (s *Stack) targets(d *Doc) []*Doc {
	extends := value(d.Root, "extends")
	if extends == nil {
		var all []*Doc
		for _, name := range slices.Sorted(maps.Keys(s.Docs)) {
			all = append(all, s.Docs[name])
		}
		return all
	}
	want := strings.TrimPrefix(path.Clean("/"+extends.Value), "/")
	for name, doc := range s.Docs {
		// as spec/v3/pay.yaml and https://example.com/v3/pay.yaml
		if name == want || strings.HasSuffix(want, "/"+name) {
			return []*Doc{doc}
		}
	}
	s.fault(d, extends, fmt.Sprintf("extends %s, and the description has no such file",
		extends.Value), "name one as v3/pay.yaml, or leave extends out to change all")
	return nil
}
