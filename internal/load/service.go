package load

import (
	"path"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/source"
)

// service makes the model of a service.
func (b *builder) service(g *serviceGroup) *model.Service {
	s := &model.Service{Name: g.name}
	at, segment := g.entries[0].key, g.segment()
	s.Space, _, _ = route.Split(at.Text())
	s.Method = b.goName(source.Node{}, "path segment "+segment, segment, at)
	if pkg, err := names.Package(segment); err == nil {
		s.Package = pkg
	}
	s.Title, s.Doc = titles(g)
	for _, f := range g.docs {
		s.Sources = append(s.Sources, f.Name)
	}
	b.pkg.reserve("Path", "the root of the service")
	b.pkg.reserve("New", "the root's constructor")
	t := newTree(b, g)
	for _, e := range g.entries {
		t.add(e)
	}
	s.Root = t.nameLinks()
	ids := newScope(b.faults)
	ids.mend = "change one of them: it names the types of its operation"
	for _, op := range t.ops {
		b.operation(op, ids)
	}
	b.decideByUse(s.Operations(), nil)
	s.Types = b.sharedTypes()
	return s
}

// titles returns the title of a service and further text. They come from a tag of the service's
// name, or else from a document with this service alone. Of several such documents, that of the
// service's name goes first.
func titles(g *serviceGroup) (title, doc string) {
	for _, f := range g.docs {
		for _, tag := range f.Root.Get("tags").Items() {
			if tag.Get("name").Text() == g.name {
				return prose(tag.Get("description")), ""
			}
		}
	}
	docs := slices.Clone(g.docs)
	slices.SortStableFunc(docs, func(x, y *source.File) int {
		return namesake(y, g.segment()) - namesake(x, g.segment())
	})
	for _, f := range docs {
		alone := true
		for k := range f.Root.Get("paths").Entries() {
			alone = alone && route.Service(k.Text()) == g.name
		}
		if info := f.Root.Get("info"); alone {
			return prose(info.Get("title")), prose(info.Get("description"))
		}
	}
	return "", ""
}

// namesake is 1 for a file with the name of the segment, else 0.
func namesake(f *source.File, segment string) int {
	if strings.TrimSuffix(path.Base(f.Name), path.Ext(f.Name)) == segment {
		return 1
	}
	return 0
}
