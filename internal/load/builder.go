package load

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/names"
)

// builder makes the model of one Go package.
type builder struct {
	set    sources
	faults *sink
	pkg    *scope // package-level names
	shared []*model.Type
	comps  map[compKey]*component
	decls  map[*model.Type]view  // where a type is described
	fields map[*model.Field]prop // what finish needs to know of a field
	order  []*model.Type         // every struct, in the order of making
}

// compKey is a component, as itself or as the JSON that a string holds.
type compKey struct {
	n        *yaml.Node
	inString bool
}

// component is what a $ref to a schema becomes.
type component struct {
	ref  *model.TypeRef // nil while it is being made
	name string
}

// prop is a property or parameter, for decisions that wait until every use of its type is known.
type prop struct {
	key     view // the property's key, or the parameter's name
	wire    string
	pointer view // x-go-pointer
}

func newBuilder(set sources, faults *sink, name string) *builder {
	b := &builder{
		set: set, faults: faults, pkg: newScope(faults), comps: map[compKey]*component{},
		decls: map[*model.Type]view{}, fields: map[*model.Field]prop{},
	}
	_ = name
	return b
}

// sharedTypes returns the component types in use, by name.
func (b *builder) sharedTypes() []*model.Type {
	slices.SortFunc(b.shared, func(x, y *model.Type) int { return strings.Compare(x.Name, y.Name) })
	return b.shared
}

// goName is x-go-name if v has one, else the Go spelling of a wire name.
func (b *builder) goName(v view, what, wire string, at view) string {
	if own := v.get("x-go-name"); own.ok() {
		return own.text()
	}
	name, err := names.Exported(wire)
	if err != nil {
		b.faults.at(at, fmt.Sprintf("%s: %v", what, err), "give it an x-go-name")
		return ""
	}
	return name
}

// prose joins the lines that YAML folded, and drops what surrounds them.
func prose(v view) string { return strings.TrimSpace(v.text()) }

// urls collects the documents of an operation or webhook.
func urls(v view) []string {
	var list []string
	if u := v.get("externalDocs").get("url").text(); u != "" {
		list = append(list, u)
	}
	return append(list, v.get("x-wxpay-docs").texts()...)
}
