package emit

import (
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

func (s *service) verb(f *jen.File, op *model.Operation) error {
	v := &verb{service: s, Operation: op, failed: []jen.Code{jen.Id("err")}}
	switch {
	case op.Response != nil:
		v.result = jen.Op("*").Id(op.Response.Name)
		v.failed = []jen.Code{jen.Nil(), jen.Id("err")}
	case op.RawResponse != nil:
		v.result = s.bare(op.RawResponse)
		v.failed = []jen.Code{jen.Id("resp"), jen.Id("err")}
	}
	if err := v.findUpload(); err != nil {
		return err
	}
	body, err := v.body()
	if err != nil {
		return err
	}
	f.Comment(verbDoc(op))
	f.Func().Params(jen.Id("p").Id(op.Node.Type)).Id(op.Method).Add(v.parameters(), v.results()).
		Block(body...)
	f.Line()
	return nil
}

// findUpload looks up the two parts of a multipart body.
func (v *verb) findUpload() error {
	if v.Upload == nil {
		return nil
	}
	for _, f := range v.Request.Fields {
		switch f.In {
		case model.InMeta:
			v.meta = f
		case model.InFile:
			v.file = f
		}
	}
	if v.meta == nil || v.file == nil || v.meta.Type.Pointer || v.file.Type.Pointer {
		return fmt.Errorf("bug in wxgen: an upload needs a meta part and a file part, both values")
	}
	return nil
}

func (v *verb) body() ([]jen.Code, error) {
	var body []jen.Code
	if v.RawResponse != nil {
		body = append(body, jen.Var().Id("resp").Add(v.result))
	}
	body = append(body, v.checks()...)
	literal, err := v.literal()
	if err != nil {
		return nil, err
	}
	body = append(body, jen.Id("call").Op(":=").Add(literal))
	sealed, err := v.seal()
	if err != nil {
		return nil, err
	}
	return slices.Concat(body, sealed, v.send()), nil
}

// checks fill in the facts about a file, and refuse an incomplete request.
func (v *verb) checks() []jen.Code {
	var body []jen.Code
	if v.meta != nil {
		at := func(name string) jen.Code {
			if name == "" {
				return jen.Nil()
			}
			return jen.Id("&req." + v.meta.Go + "." + name)
		}
		call := []jen.Code{jen.Id("ctx"), jen.Lit(v.calls + "." + v.ID)}
		facts := []jen.Code{jen.Id("&req." + v.file.Go), jen.Lit(v.Upload.Hash),
			at(v.Upload.Name), at(v.Upload.Digest)}
		arguments := jen.Params(append(call, facts...)...)
		if v.describes() > maxLine {
			arguments = tall(jen.List(call...), jen.List(facts...))
		}
		body = append(body, fail("", v.failed, jen.Id("p.c.Describe").Add(arguments)))
	}
	if v.Request != nil && v.Request.Checks {
		body = append(body,
			fail("", v.failed,
				jen.Id("p.c.Checked").Call(jen.Id("req.Validate").Call(), jen.Id("opts..."))))
	}
	return body
}

// describes is the length of the line that fills in the facts about a file.
func (v *verb) describes() int {
	length := len(`	if err := p.c.Describe(ctx, ".", &req., "", nil, nil); err != nil {`) +
		len(v.calls) + len(v.ID) + len(v.file.Go) + len(v.Upload.Hash)
	for _, name := range []string{v.Upload.Name, v.Upload.Digest} {
		if name != "" {
			length += len("&req..") + len(v.meta.Go) + len(name)
		}
	}
	return length
}

// literal prints the gen.Call, without the parts that depend on sealed values.
func (v *verb) literal() (*jen.Statement, error) {
	head := []jen.Code{
		jen.Id("Name:").Lit(v.calls + "." + v.ID),
		jen.Id("Method:").Lit(v.Verb),
		jen.Id("Path:").Lit(v.Path),
	}
	var more []jen.Code
	if len(v.Node.Params) > 0 && !v.sealsPath() {
		more = append(more, jen.Id("Args:").Add(v.args()))
	}
	if v.has(model.InQuery) && !v.sealsIn(model.InQuery) {
		more = append(more, jen.Id("Query:").Id("req.query()"))
	}
	if body := v.payload(); body != "" {
		more = append(more, jen.Id("Body:").Id(body))
	}
	if v.file != nil {
		more = append(more, jen.Id("File:").Id("&req."+v.file.Go),
			jen.Id("FilePart:").Lit(v.Upload.FileWire))
		if v.Upload.MetaWire != "meta" {
			more = append(more, jen.Id("MetaPart:").Lit(v.Upload.MetaWire))
		}
	}
	if v.Server != "" {
		more = append(more, jen.Id("Server:").Lit(v.Server))
	}
	if v.Idempotent && v.Verb != "GET" {
		more = append(more, jen.Id("Idempotent:").True())
	}
	if v.Unsigned {
		more = append(more, jen.Id("Unsigned:").True())
	}
	return rt("Call").Add(v.braces(head, more)), nil
}

// braces prints a short call on one line. It prints a longer one on two: name, method and path,
// then the values.
func (v *verb) braces(head, more []jen.Code) *jen.Statement {
	const fits = 90 // of name, path and arguments; the keys take some fifty columns more
	columns := len(v.calls) + len(v.ID) + len(v.Path)
	for _, p := range v.Node.Params {
		columns += len(p.Go) + len("[]string{p.}")
	}
	whole := columns + len(`	call := gen.Call{Name: ".", Method: "", Path: ""}`) + len(v.Verb)
	if v.has(model.InQuery) {
		whole += len(", Query: req.query()")
	}
	if len(more) <= 1 && columns <= fits && whole <= maxLine {
		return jen.Values(append(head, more...)...)
	}
	lines := []jen.Code{jen.List(head...)}
	if columns+len(`		Name: ".", Method: "", Path: "",`)+len(v.Verb) > maxLine {
		lines = []jen.Code{jen.List(head[:2]...), jen.List(head[2:]...)}
	}
	if len(more) > 0 {
		lines = append(lines, jen.List(more...))
	}
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, lines...)
}

// payload is the expression for the body, or "".
func (v *verb) payload() string {
	switch {
	case v.meta != nil:
		return "&req." + v.meta.Go
	case v.RawRequest != nil:
		return "&req." + rawField(v.Request).Go
	case v.HasBody:
		return "&req"
	}
	return ""
}

// rawField is the field for a body that is not an object.
func rawField(t *model.Type) *model.Field {
	for _, f := range t.Fields {
		if f.In == model.InBody && f.Wire == "" {
			return f
		}
	}
	return t.Fields[0]
}

func (v *verb) has(in model.In) bool {
	if v.Request == nil {
		return false
	}
	for _, f := range v.Request.Fields {
		if f.In == in {
			return true
		}
	}
	return false
}

func (v *verb) sealsIn(in model.In) bool {
	for _, f := range v.Request.Fields {
		if f.In == in && f.Sensitive {
			return true
		}
	}
	return false
}

func (v *verb) sealsPath() bool {
	for _, p := range v.Node.Params {
		if p.Sensitive {
			return true
		}
	}
	return false
}

// args prints the values of the path's parameters.
func (v *verb) args() *jen.Statement {
	var values []jen.Code
	for _, p := range v.Node.Params {
		switch {
		case p.Sensitive:
			values = append(values, jen.Id("p."+p.Go+".Sealed()"))
		case p.Integer:
			values = append(values, formatInt(jen.Id("p."+p.Go)))
		default:
			values = append(values, jen.Id("p."+p.Go))
		}
	}
	return jen.Index().String().Values(values...)
}

func formatInt(value *jen.Statement) *jen.Statement { return rt("FormatInt").Call(value) }

// seal prints the sealing of sensitive values, and then the parts of the call that depend on it.
// The method has its own copies of the request and the link, so the caller's do not change.
func (v *verb) seal() ([]jen.Code, error) {
	var body []jen.Code
	if v.Seals {
		sealer, note := jen.Id("req.secrets"), "req is our copy"
		if v.sealsPath() {
			body = append(body, jen.Id("secrets").Op(":=").Add(v.sealer()))
			sealer, note = jen.Id("secrets"), "p and req are our copies"
		}
		body = append(body,
			fail(note, v.failed,
				jen.Id("p.c.Seal").Call(jen.Id("&call"), sealer, jen.Id("opts..."))))
	}
	if v.sealsPath() {
		body = append(body, jen.Id("call.Args").Op("=").Add(v.args()))
	}
	if v.has(model.InQuery) && v.sealsIn(model.InQuery) {
		body = append(body, jen.Id("call.Query").Op("=").Id("req.query()"))
	}
	headers, err := v.headers()
	return append(body, headers...), err
}

// sealer prints the function that passes the sensitive values of path and request to the runtime.
func (v *verb) sealer() jen.Code {
	return jen.Func().Params(jen.Id("s").Op("*").Add(rt("Secrets"))).BlockFunc(func(g *jen.Group) {
		for _, p := range v.Node.Params {
			if p.Sensitive {
				g.Id("s.Field").Call(jen.Lit(p.Wire), jen.Id("&p."+p.Go))
			}
		}
		if v.Request != nil && v.Request.Secrets {
			g.Id("req.secrets(s)")
		}
	})
}

// headers prints the header parameters. The runtime leaves out empty ones.
func (v *verb) headers() ([]jen.Code, error) {
	var body []jen.Code
	if v.Request == nil {
		return nil, nil
	}
	for _, f := range v.Request.Fields {
		if f.In != model.InHeader {
			continue
		}
		value, err := headerValue(f)
		if err != nil {
			return nil, err
		}
		body = append(body, jen.Id("call.SetHeader").Call(jen.Lit(f.Wire), value))
	}
	return body, nil
}

func headerValue(f *model.Field) (*jen.Statement, error) {
	value := jen.Id("req." + f.Go)
	if f.Type.Scalar() != model.String || f.Type.Pointer {
		return nil, fmt.Errorf("header %s: no way to write this type in a header; use a string",
			f.Wire)
	}
	if f.Type.Base == model.Named {
		value = jen.String().Call(value)
	}
	return value, nil
}

// send prints the call itself.
func (v *verb) send() []jen.Code {
	do := func(out string) *jen.Statement {
		return jen.Id("p.c.Do").Call(jen.Id("ctx"), jen.Id("call"), jen.Id(out), jen.Id("opts..."))
	}
	switch {
	case v.Download:
		return []jen.Code{
			jen.Return(jen.Id("p.c.Download").Call(jen.Id("ctx, call, dst, opts..."))),
		}
	case v.Response != nil:
		body := []jen.Code{jen.Id("resp").Op(":=").New(jen.Id(v.Response.Name))}
		if v.Opens {
			body = append(body, jen.Id("call.Open = resp.secrets"))
		}
		return append(body, jen.Return(jen.Id("resp"), do("resp")))
	case v.RawResponse != nil:
		var body []jen.Code
		if v.Opens {
			body = append(body, v.opener())
		}
		return append(body, jen.Id("err").Op(":=").Add(do("&resp")),
			jen.Return(jen.Id("resp"), jen.Id("err")))
	}
	return []jen.Code{jen.Return(do("nil"))}
}

// opener prints the decryption of a response that is not an object.
func (v *verb) opener() jen.Code {
	w := new(walker)
	w.secret("", "resp", v.RawResponse)
	return jen.Id("call.Open").Op("=").Func().Params(jen.Id("s").Op("*").Add(rt("Secrets"))).
		Block(w.code...)
}

// fail returns the error of call, assigned to err, from the enclosing function.
func fail(note string, results []jen.Code, call *jen.Statement) *jen.Statement {
	open := "{"
	if note != "" {
		open = "{ // " + note
	}
	body := jen.Custom(jen.Options{Open: open, Close: "}", Multi: true}, jen.Return(results...))
	return jen.If(jen.Id("err").Op(":=").Add(call), jen.Id("err != nil")).Add(body)
}
