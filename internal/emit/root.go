package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/route"
)

// A root prints the package above the services: the beginning of the chain, its documentation and
// the index.
type root struct {
	*model.API
	cfg    Config
	header string
}

func newRoot(api *model.API, cfg Config) *root { return &root{api, cfg, header(sources(api))} }

// sources lists the files of the description.
func sources(api *model.API) []string {
	var all []string
	for _, s := range api.Services {
		all = append(all, s.Sources...)
	}
	if api.Webhooks != nil {
		all = append(all, eventSources(api.Webhooks.Events)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

const rootFolder = "wechatpay"

func (r *root) path() string { return r.cfg.Import + "/" + rootFolder }

// chain renders Client and the beginnings of the chain.
func (r *root) chain() (map[string][]byte, error) {
	name := rootFolder + "/wechatpay.go"
	f := newFile(r.path(), rootFolder, r.header)
	r.client(f)
	for _, sp := range r.spaces() {
		sp.begin(f)
		for _, s := range sp.services {
			r.service(f, s, sp)
		}
	}
	content, err := render(name, f)
	return map[string][]byte{name: content}, err
}

// A space is the first segment of paths, with the services below it.
type space struct {
	name     string // "v3"
	method   string // of the client: "V3"
	services []*model.Service
}

// spaces lists the spaces in use. It always has that of merchants, for programs that only handle
// notifications.
func (r *root) spaces() []space {
	var used []space
	for i, name := range route.Spaces {
		sp := space{name: name, method: route.Method(name)}
		for _, s := range r.Services {
			if s.Space == name {
				sp.services = append(sp.services, s)
			}
		}
		if i == 0 || len(sp.services) > 0 {
			used = append(used, sp)
		}
	}
	return used
}

// begin renders the type of a space, and the client's method that returns it.
func (sp space) begin(f *jen.File) {
	f.Comment("// " + sp.method + " leads to the services: everything below /" + sp.name + ".")
	f.Type().Id(sp.method).Add(clientOnly())
	f.Line()
	f.Comment("// " + sp.method + " begins the chain.")
	f.Func().Params(jen.Id("c").Op("*").Id("Client")).Id(sp.method).Params().Id(sp.method).
		Block(jen.Return(jen.Id(sp.method).Values(jen.Id("c.c"))))
	f.Line()
}

func clientOnly() *jen.Statement {
	return jen.Custom(jen.Options{Open: "struct{ ", Close: " }"},
		jen.Id("c").Op("*").Add(wx("Client")))
}

func (r *root) client(f *jen.File) {
	guard(f)
	f.Comment("// Client is the root of the chain, for one merchant or brand. It is safe for " +
		"concurrent use.")
	f.Type().Id("Client").Add(clientOnly())
	f.Line()
	f.Comment("// New makes a client; see [wxpay.New]. It neither connects to anything nor " +
		"starts a goroutine.")
	f.Func().Id("New").Params(jen.Id("cfg").Add(wx("Config")),
		jen.Id("opts").Op("...").Add(wx("Option"))).
		Params(jen.Op("*").Id("Client"), jen.Error()).Block(
		jen.List(jen.Id("c"), jen.Id("err")).Op(":=").Add(wx("New")).Call(jen.Id("cfg"),
			jen.Id("opts...")),
		jen.If(jen.Id("err").Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Id("err"))),
		jen.Return(jen.Id("Wrap(c)"), jen.Nil()))
	f.Line()
	f.Comment("// Wrap starts the chain with a client that exists already.")
	f.Func().Id("Wrap").Params(jen.Id("c").Op("*").Add(wx("Client"))).Op("*").Id("Client").
		Block(jen.Return(jen.Id("&Client{c}")))
	f.Line()
	f.Comment("// Runtime returns the client below, for raw calls, key management and [wxpay] " +
		"functions that want one.")
	f.Func().Params(jen.Id("c").Op("*").Id("Client")).Id("Runtime").Params().Op("*").
		Add(wx("Client")).Block(jen.Return(jen.Id("c.c")))
	f.Line()
	f.Comment("// Chain begins a call that the description lacks; see [wxpay.Client.Chain].")
	f.Func().Params(jen.Id("c").Op("*").Id("Client")).Id("Chain").Params(jen.Id("path").String(),
		jen.Id("values").Op("...").String()).
		Add(wx("Chain")).
		Block(jen.Return(jen.Id("c.c.Chain").Call(jen.Id("path"), jen.Id("values..."))))
	f.Line()
}

func (r *root) service(f *jen.File, s *model.Service, sp space) {
	importPath := r.cfg.Import + "/" + sp.name + "/" + s.Package
	if sp.name == route.Spaces[0] {
		f.ImportName(importPath, s.Package)
	} else {
		f.ImportAlias(importPath, sp.name+s.Package) // a package below /v3 may have that name, too
	}
	f.Comment(comment(s.Method + " is " + s.Root.Path + tail(": ", s.Title) + "."))
	f.Func().Params(jen.Id("v").Id(sp.method)).Id(s.Method).Params().Qual(importPath, s.Root.Type).
		Block(
			jen.Return(jen.Qual(importPath, "New").Call(jen.Id("v.c"))))
	f.Line()
}

// doc renders the documentation of the root package.
func (r *root) doc() (map[string][]byte, error) {
	return goProse(rootFolder+"/doc.go", "wechatpay.tmpl",
		map[string]any{"Header": r.header, "Brand": len(r.spaces()) > 1, "Import": r.cfg.Import})
}
