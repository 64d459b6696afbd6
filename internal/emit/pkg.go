package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

// A pkg is the data of a Go package that all its printers need.
type pkg struct {
	name    string // "payrollcard"
	calls   string // the prefix of its operations' names at run time: the qualified name
	path    string // import path
	dir     string // folder below the output folder, "v3/payrollcard"
	header  string
	roles   map[*model.Type]*role
	shared  []*model.Type // component types, in types.go
	sharing map[*model.Type]bool
	filled  map[*model.Field]bool // fields of meta parts that the runtime fills in
}

// A role is the use of a type in its package. Words and copies depend on it, and never names.
type role struct {
	request    bool // part of a request: fields say "required", sealing copies
	nested     bool // a field of another type
	body       *model.Operation
	requestOf  []string // "[AuthenticationsPreOrderWithAuthPath.Post]"
	resultOf   []string
	elementOf  []string // of the result
	resourceOf []string // events
	partOf     []string // types that have a field of this type
}

func newPkg(name, path, dir, header string, shared []*model.Type) *pkg {
	p := &pkg{name: name, calls: name, path: path, dir: dir, header: header, shared: shared,
		roles: make(map[*model.Type]*role), sharing: make(map[*model.Type]bool),
		filled: make(map[*model.Field]bool)}
	for _, t := range shared {
		p.sharing[t] = true
	}
	return p
}

func (p *pkg) role(t *model.Type) *role {
	r := p.roles[t]
	if r == nil {
		r = new(role)
		p.roles[t] = r
	}
	return r
}

// learn records the types that an operation needs.
func (p *pkg) learn(op *model.Operation) {
	link := "[" + op.Node.Type + "." + op.Method + "]"
	if op.Request != nil {
		r := p.role(op.Request)
		r.requestOf = append(r.requestOf, link)
		r.body = op
		p.walk(op.Request, true, make(map[*model.Type]bool))
	}
	if op.Response != nil {
		r := p.role(op.Response)
		r.resultOf = append(r.resultOf, link)
		p.walk(op.Response, false, make(map[*model.Type]bool))
	}
	if t := op.RawResponse.Named(); t != nil {
		p.role(t).elementOf = append(p.role(t).elementOf, link)
		p.walk(t, false, make(map[*model.Type]bool))
	}
	if op.Upload != nil {
		p.fills(op)
	}
}

// fills records the fields of a meta part that the runtime fills in.
func (p *pkg) fills(op *model.Operation) {
	for _, f := range op.Request.Fields {
		if f.In != model.InMeta {
			continue
		}
		for _, m := range f.Type.Ref.Fields {
			if m.Go == op.Upload.Name || m.Go == op.Upload.Digest {
				p.filled[m] = true
			}
		}
	}
}

// walk visits t and all types below it.
func (p *pkg) walk(t *model.Type, request bool, seen map[*model.Type]bool) {
	r := p.role(t)
	r.request = r.request || request
	if seen[t] {
		return
	}
	seen[t] = true
	for _, ref := range refs(t) {
		if below := ref.Named(); below != nil {
			b := p.role(below)
			b.nested = true
			if !slices.Contains(b.partOf, t.Name) {
				b.partOf = append(b.partOf, t.Name)
			}
			p.walk(below, request, seen)
		}
	}
}

// refs lists the types of t's fields.
func refs(t *model.Type) []*model.TypeRef {
	var all []*model.TypeRef
	for _, f := range t.Fields {
		all = append(all, f.Type)
	}
	if t.Elem != nil {
		all = append(all, t.Elem)
	}
	return all
}

// typ prints a type as in p's own files or, qualified, as in its examples.
func (p *pkg) typ(ref *model.TypeRef) *jen.Statement {
	if ref.Pointer {
		return jen.Op("*").Add(p.bare(ref))
	}
	return p.bare(ref)
}

func (p *pkg) bare(ref *model.TypeRef) *jen.Statement {
	switch ref.Base {
	case model.Named:
		return jen.Qual(p.path, ref.Ref.Name)
	case model.Int:
		return jen.Id("int64")
	case model.Float:
		return jen.Id("float64")
	case model.Bool:
		return jen.Id("bool")
	case model.Time:
		return wx("Time")
	case model.Secret:
		return wx("Secret")
	case model.File:
		return wx("File")
	case model.Raw:
		return jen.Qual("encoding/json", "RawMessage")
	case model.List:
		return jen.Index().Add(p.typ(ref.Elem))
	case model.Map:
		return jen.Map(jen.Id("string")).Add(p.typ(ref.Elem))
	}
	return jen.Id("string")
}

// allFilled reports whether the runtime fills in all of a meta part.
func (p *pkg) allFilled(meta *model.Type) bool {
	return !slices.ContainsFunc(meta.Fields, func(f *model.Field) bool { return !p.filled[f] })
}
