package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/checker/localizations"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/layout"
)

// wireChanges compares requests and replies.
func wireChanges(old, new Side) ([]Change, error) {
	was, is := newExchange(old), newExchange(new)
	keep := was.differing(is)
	if len(keep) == 0 {
		return nil, nil
	}
	changes := markChanges(was, is, keep)
	a, err := was.read(keep)
	if err != nil {
		return nil, err
	}
	b, err := is.read(keep)
	if err != nil {
		return nil, err
	}
	found, sources, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), a.info, b.info)
	if err != nil {
		return nil, fmt.Errorf("oasdiff: %w", err)
	}
	english := checker.NewLocalizer(localizations.LangEn)
	for _, c := range checker.CheckBackwardCompatibilityUntilLevel(
		checker.NewConfig(checker.GetAllChecks()), found, sources, checker.INFO) {
		class := classOf(c.GetId(), c.GetLevel())
		if class == ignored {
			continue
		}
		changes = append(changes, Change{
			Breaking: class == breaking, Side: Wire, Where: where(c.GetOperation(), c.GetPath()),
			What: cmp.Or(words[c.GetId()],
				strings.ReplaceAll(c.GetUncolorizedText(english), "`", "")),
			File: cmp.Or(placeOf(c, a, b), is.at(c.GetPath()), was.at(c.GetPath())),
		})
	}
	return changes, nil
}

// document is an exchange for oasdiff.
type document struct {
	info   *load.SpecInfo
	places []string // by line
}

// read makes a document of some of the paths.
func (x *exchange) read(keep []string) (*document, error) {
	paths, components := layout.Object(), map[string]*yaml.Node{}
	for _, path := range keep {
		item := x.items[path]
		if item == nil {
			continue
		}
		layout.Put(paths, path, item)
		for _, ref := range x.closure(item) {
			components[ref] = x.components[ref]
		}
	}
	root := layout.Object("openapi", "3.1.0", "info",
		layout.Object("title", "wxgen", "version", "3"))
	layout.Put(root, "paths", paths)
	layout.Put(root, "components", sections(components))
	doc := *x.side.Doc
	doc.Root = root
	text, places := doc.Lines()
	loader := openapi3.NewLoader()
	loader.IncludeOrigin = true
	spec, err := loader.LoadFromData(text)
	if err != nil {
		return nil, fmt.Errorf("kin-openapi: %w", err)
	}
	return &document{&load.SpecInfo{Spec: spec}, places}, nil
}

// sections sorts components by the sections in their $refs.
func sections(components map[string]*yaml.Node) *yaml.Node {
	out := layout.Object()
	refs := make([]string, 0, len(components))
	for ref := range components {
		refs = append(refs, ref)
	}
	slices.Sort(refs)
	for _, ref := range refs {
		section, name, _ := strings.Cut(strings.TrimPrefix(ref, "#/components/"), "/")
		if layout.Get(out, section) == nil {
			layout.Put(out, section, layout.Object())
		}
		layout.Put(layout.Get(out, section), name, components[ref])
	}
	return out
}

// placeOf is the place of a change in the description.
func placeOf(c checker.Change, old, new *document) string {
	if s := c.GetRevisionSource(); s != nil {
		return new.place(s.Line)
	}
	if s := c.GetBaseSource(); s != nil {
		return old.place(s.Line)
	}
	return ""
}

func (d *document) place(line int) string {
	if line < 1 || line > len(d.places) || d.places[line-1] == "" {
		return ""
	}
	return d.places[line-1]
}
