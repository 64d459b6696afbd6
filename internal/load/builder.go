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
	fields map[*model.Field]prop // what finish needs to know of a field
	order  []*model.Type         // every struct, in the order of making
	spelt  map[string]string     // names asked for before: a few hundred words make most of a service
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
	file    view // x-wxpay-file
}

func newBuilder(set sources, faults *sink) *builder {
	return &builder{
		set: set, faults: faults, pkg: newScope(faults), comps: map[compKey]*component{},
		fields: map[*model.Field]prop{}, spelt: map[string]string{},
	}
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
	if name, ok := b.spelt[wire]; ok {
		return name
	}
	name, err := names.Exported(wire)
	if err != nil {
		b.faults.at(at, fmt.Sprintf("%s: %v", what, err), "give it an x-go-name")
		return ""
	}
	b.spelt[wire] = name
	return name
}

// prose drops the blank lines that YAML leaves around a text.
func prose(v view) string { return strings.TrimSpace(v.text()) }

// urls collects the documents of an operation or webhook.
func urls(v view) []string {
	var list []string
	if u := v.get("externalDocs").get("url").text(); u != "" {
		list = append(list, u)
	}
	return append(list, v.get("x-wxpay-docs").texts()...)
}
