package load

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/names"
	"github.com/wxgen/wxgen/internal/source"
)

// builder makes the model of one Go package.
type builder struct {
	set    source.Set
	faults *source.Sink
	pkg    *scope // package-level names
	shared []*model.Type
	comps  map[compKey]*component
	fields map[*model.Field]prop // facts about a field for decideByUse
	order  []*model.Type         // every struct, in the order of making
	// spellings so far: a few hundred words make most of a service
	spelt map[string]string
}

// compKey is a component, as itself or as the JSON inside a string.
type compKey struct {
	n        *yaml.Node
	inString bool
}

// component is the type for a $ref to a schema.
type component struct {
	ref  *model.TypeRef // nil until it is made
	name string
}

// prop is a property or parameter, for decisions that need every use of its type.
type prop struct {
	key     source.Node // the property's key, or the parameter's name
	wire    string
	pointer source.Node // x-go-pointer
	file    source.Node // x-wxpay-file
}

func newBuilder(set source.Set, faults *source.Sink) *builder {
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
func (b *builder) goName(v source.Node, what, wire string, at source.Node) string {
	if own := v.Get("x-go-name"); own.OK() {
		return own.Text()
	}
	if name, ok := b.spelt[wire]; ok {
		return name
	}
	name, err := names.Exported(wire)
	if err != nil {
		b.faults.At(at, fmt.Sprintf("%s: %v", what, err), "give it an x-go-name")
		return ""
	}
	b.spelt[wire] = name
	return name
}
