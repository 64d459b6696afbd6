package diff

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/route"
)

// typeName finds the type that a message of apidiff begins with.
var typeName = regexp.MustCompile(`^\(?\*?([A-Z]\w*)`)

// placeOfName is the place in the description of the type that a message names: the operation whose
// id begins the type's name, or the component; "" if there is none.
func placeOfName(message, dir string, old, new Side) string {
	found := typeName.FindStringSubmatch(message)
	if found == nil {
		return ""
	}
	for _, side := range []Side{new, old} {
		if place := side.named(dir, found[1]); place != "" {
			return place
		}
	}
	return ""
}

// named finds the place of a type of a generated package.
func (s Side) named(dir, name string) string {
	best, place := "", ""
	for path, item := range layout.Pairs(layout.Get(s.Doc.Root, "paths")) {
		if !inPackage(dir, path.Value) {
			continue
		}
		for _, op := range layout.Pairs(item) {
			id := layout.Text(layout.Get(op, "operationId"))
			if own := shortID(id, path.Value); own != "" && strings.HasPrefix(name, own) &&
				len(own) > len(best) {
				best, place = own, s.Doc.Place(op)
			}
		}
	}
	for _, item := range layout.Pairs(layout.Get(s.Doc.Root, "webhooks")) {
		own := strings.TrimPrefix(layout.Text(layout.Get(item, "post", "operationId")), "On")
		if dir == "webhook" && strings.HasPrefix(strings.TrimPrefix(name, "Event"), own) &&
			len(own) > len(best) {
			best, place = own, s.Doc.Place(item)
		}
	}
	for key, schema := range layout.Pairs(layout.Get(s.Doc.Root, "components", "schemas")) {
		if strings.HasSuffix(key.Value, name) && len(name) > len(best) &&
			s.Doc.Place(schema) != "" {
			best, place = name, s.Doc.Place(schema)
		}
	}
	return place
}

// inPackage reports whether the operations of a path are in a generated package: "v3/payrollcard"
// has those of /v3/payroll-card.
func inPackage(dir, path string) bool {
	space, rest, ok := route.Split(path)
	segment, _, _ := strings.Cut(rest, "/")
	plain := strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(segment))
	return ok && (dir == space+"/"+plain || dir == space+"/"+plain+"api")
}

// shortID is an operationId without its service.
func shortID(id, path string) string {
	var words strings.Builder
	for part := range strings.SplitSeq(route.Service(path), "/") {
		words.WriteString(strings.NewReplacer("-", "", "_", "").Replace(part))
	}
	if n := words.Len(); len(id) > n && strings.EqualFold(id[:n], words.String()) {
		return id[n:]
	}
	return ""
}
