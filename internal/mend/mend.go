package mend

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/internal/spell"
)

// Files mends the files (name → text) that the faults name. It returns the changed texts, and the
// mended faults. The file names in the faults have the prefix.
func Files(files map[string][]byte, prefix string, faults fault.List) (changed map[string][]byte,
	done fault.List) {
	changed = map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text := files[name]
		var of fault.List
		for _, f := range faults {
			if f.File == prefix+name && f.Line > 0 {
				of = append(of, f)
			}
		}
		if len(of) == 0 {
			continue
		}
		if root, flaw := source.Parse(text); flaw == nil {
			if out, mended := mend(text, root, of); len(mended) > 0 {
				changed[name] = out
				done = append(done, mended...)
			}
		}
	}
	return changed, done
}

func mend(text []byte, root *yaml.Node, faults fault.List) ([]byte, fault.List) {
	t := newText(text)
	var edits []edit
	var done fault.List
	for _, f := range faults {
		s := find(root, f.Line, f.Col)
		if s == nil {
			continue
		}
		for _, r := range rules {
			words := r.mend.FindStringSubmatch(f.Mend)
			if words == nil || r.what != nil && !r.what.MatchString(f.What) {
				continue
			}
			if e, ok := r.edit(t, s, words[1:]); ok && !slices.ContainsFunc(edits, e.meets) {
				edits, done = append(edits, e), append(done, f)
			}
			break
		}
	}
	return apply(text, edits), done
}

// rule is an edit for faults with a certain mend.
type rule struct {
	mend *regexp.Regexp
	what *regexp.Regexp // matches the faults, if the mend alone does not suffice; else nil
	edit func(t *text, s *spot, words []string) (edit, bool)
}

var rules = []rule{
	{regexp.MustCompile(`^did you mean (.+)\?$`), nil, respell},
	{regexp.MustCompile(`^put it in quotes$`), nil, quote},
	{regexp.MustCompile(`^write (required|type|contentMediaType): ([a-z/]+)$`), nil, write},
	{regexp.MustCompile(`^(remove it|remove one|)$`),
		regexp.MustCompile(
			`has no meaning|(names|has) .+ twice|holds an empty text|x-go-pointer on a`), remove},
}

// respell writes the word that the fault suggests. It leaves $refs to people, since the word is
// only a part of them.
func respell(t *text, s *spot, words []string) (edit, bool) {
	start, end, ok := t.scalar(s.node)
	if !ok || spell.Nearest(s.node.Value, []string{words[0]}) == "" {
		return edit{}, false
	}
	if t.src[start] == '"' || t.src[start] == '\'' {
		start, end = start+1, end-1
	}
	return edit{start, end, words[0]}, true
}

func quote(t *text, s *spot, _ []string) (edit, bool) {
	start, end, ok := t.scalar(s.node)
	return edit{start, end, `"` + s.node.Value + `"`}, ok &&
		!strings.ContainsAny(s.node.Value, `"\`)
}

// write sets an entry of the mapping at the spot, or of the mapping around the spot.
func write(t *text, s *spot, words []string) (edit, bool) {
	in := s.node
	if in.Kind != yaml.MappingNode {
		in = s.parent()
	}
	if in == nil || in.Kind != yaml.MappingNode || len(in.Content) == 0 {
		return edit{}, false
	}
	for i := 0; i+1 < len(in.Content); i += 2 {
		if in.Content[i].Value == words[0] {
			start, end, ok := t.scalar(in.Content[i+1])
			return edit{start, end, words[1]}, ok
		}
	}
	first := in.Content[0]
	start, _, ok := t.scalar(first)
	after := ", "
	if in.Style&yaml.FlowStyle == 0 {
		after = "\n" + strings.Repeat(" ", first.Column-1)
	}
	return edit{start, start, words[0] + ": " + words[1] + after}, ok
}

// remove removes the entry of a mapping, or the item of a list. It leaves enum values with names or
// labels, which are in lists of their own.
func remove(t *text, s *spot, _ []string) (edit, bool) {
	if in := s.parent(); in == nil || in.Kind == yaml.SequenceNode && len(s.above) > 1 &&
		labelled(s.above[len(s.above)-2]) {
		return edit{}, false
	}
	return t.entry(s)
}

func labelled(n *yaml.Node) bool {
	return slices.ContainsFunc(n.Content, func(c *yaml.Node) bool {
		return strings.HasPrefix(c.Value, "x-enum-")
	})
}
