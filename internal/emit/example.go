package emit

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/internal/width"
)

// exampleWidth is the longest call of an example on one line. The chain of a longer call takes a
// line of its own.
const exampleWidth = 120

// An exampleFile holds the examples of some parts of a service. One such file also declares the
// shared variables.
type exampleFile struct {
	name    string
	parts   []part
	declare bool
}

// examplesJob renders an Example per operation: in one file, or in one per part of the service if
// one file would get too long.
func (s *service) examplesJob() (map[string][]byte, error) {
	return s.splitExamples(&sampler{pkg: s.pkg}, exampleFile{"example_test.go", s.parts(), true})
}

func (s *service) splitExamples(x *sampler, e exampleFile) (map[string][]byte, error) {
	parts := e.parts
	if len(parts) == 1 {
		parts = parts[0].smaller()
	}
	content, err := s.examples(x, e)
	if err != nil || bytes.Count(content, []byte("\n")) <= maxLines || len(parts) < 2 {
		return map[string][]byte{path.Join(s.dir, e.name): content}, err
	}
	files := make(map[string][]byte)
	for i, p := range parts {
		file := exampleFile{"example_" + strings.TrimSuffix(goFile(p.stem), ".go") + "_test.go",
			[]part{p}, false}
		if i == 0 {
			file.name, file.declare = e.name, e.declare
		}
		if !file.declare && !p.calls() {
			continue
		}
		more, err := s.splitExamples(x, file)
		if err != nil {
			return nil, err
		}
		if files, err = merge([]map[string][]byte{files, more}, nil); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// examples renders one file.
func (s *service) examples(x *sampler, e exampleFile) ([]byte, error) {
	var functions []jen.Code
	for _, p := range e.parts {
		for _, n := range p.nodes() {
			for _, op := range n.Operations {
				functions = append(functions, s.example(x, op))
			}
		}
	}
	f := newFile(s.path+"_test", s.Package+"_test", s.header)
	f.ImportName(s.path, s.Package)
	if slices.Contains([]string{"client", "path", "resp", "err", "beijing"}, s.Package) {
		f.ImportAlias(s.path, s.Package+"api")
	}
	if e.declare {
		x.declare(f, s.Space)
	}
	f.Add(functions...)
	return render(path.Join(s.dir, e.name), f)
}

// declare prints the variables that examples share.
func (x *sampler) declare(f *jen.File, space string) {
	whose := "once per merchant"
	if space != route.Spaces[0] {
		whose = "once per brand, whose Config has a BrandID"
	}
	f.Comment("// client comes from wxpay.New, " + whose + ". It is safe for concurrent use.")
	f.Var().Id("client").Op("*").Add(wx("Client"))
	f.Line()
	if x.times {
		f.Comment("// beijing is the zone of the times in WeChat Pay's documents.")
		f.Var().Id("beijing").Op("=").Qual("time", "FixedZone").Call(jen.Lit("UTC+8"),
			jen.Id("8*60*60"))
		f.Line()
	}
}

// example prints one function.
func (s *service) example(x *sampler, op *model.Operation) jen.Code {
	steps, columns := s.steps(x, op)
	chain, body := s.start(), []jen.Code{}
	if columns > exampleWidth {
		body = append(body, jen.Id("path").Op(":=").Add(s.wrapped(steps)))
		chain, steps = jen.Id("path"), nil
	}
	for _, step := range steps {
		chain.Dot("").Add(step)
	}
	call := chain.Dot(op.Method).Call(x.arguments(op)...)
	body = append(body, assigned(op, call),
		jen.If(jen.Id("err").Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Id("err"))))
	if len(results(op)) == 2 {
		body = append(body, jen.Qual("fmt", "Println").Call(jen.Id(glimpse(op))))
	}
	name := "Example" + op.Node.Type + "_" + op.Method
	return jen.Comment(exampleDoc(op)).Line().Func().Id(name).Params().Block(body...).Line()
}

// assigned assigns the results of a call.
func assigned(op *model.Operation, call jen.Code) *jen.Statement {
	return jen.List(results(op)...).Op(":=").Add(call)
}

// results are the variables for the results of a call.
func results(op *model.Operation) []jen.Code {
	if op.Response != nil || op.RawResponse != nil {
		return []jen.Code{jen.Id("resp"), jen.Id("err")}
	}
	return []jen.Code{jen.Id("err")}
}

// exampleDoc names the call of an example, on one line if it fits.
func exampleDoc(op *model.Operation) string {
	call := op.Verb + " " + op.Path
	line := call + tail(": ", op.Title) + "."
	if width.Of(line) > proseWidth-len("// ") {
		line = call + tail(":\n", op.Title) + "."
	}
	return comment(line)
}

// steps are the calls of the chain to the link of op. It also estimates the columns of the call.
func (s *service) steps(x *sampler, op *model.Operation) (steps []*jen.Statement, columns int) {
	columns = len(s.Package) + len(".New(client).(context.Background(), )") + len(op.Method)
	if op.Request != nil {
		columns += len(s.Package) + len(op.Request.Name)
	}
	for n := op.Node; n != s.Root; n = s.parents[n] {
		if n.Param == nil {
			steps = append(steps, jen.Id(n.Method).Call())
			columns += len(n.Method) + len(".()")
			continue
		}
		steps = append(steps, jen.Id(n.Param.Method).Call(x.param(op, n.Param)))
		columns += len(n.Param.Method) + len(`."1217752501201407033233368018"()`)
	}
	slices.Reverse(steps)
	return steps, columns
}

// start prints the constructor of the chain.
func (s *service) start() *jen.Statement {
	return jen.Qual(s.path, "New").Call(jen.Id("client"))
}

// wrapped prints a chain that is assigned, on several lines if it does not fit on one.
func (s *service) wrapped(steps []*jen.Statement) *jen.Statement {
	column := len("	path := .New(client)") + len(s.Package)
	length := column
	widths := make([]int, len(steps))
	for i, step := range steps {
		widths[i] = len(".") + len(step.GoString())
		length += widths[i]
	}
	chain := s.start()
	for i, step := range steps {
		chain.Op(".")
		if column += widths[i]; length > maxLine && column > exampleWidth {
			chain.Line()
			column = widths[i]
		}
		chain.Add(step)
	}
	return chain
}

// glimpse picks the value of a response that an example prints: the first plain one.
func glimpse(op *model.Operation) string {
	if op.Response == nil {
		return "resp"
	}
	for _, f := range op.Response.Fields {
		switch base := f.Type.Scalar(); {
		case f.Type.Pointer:
		case base == model.String, base == model.Int, base == model.Time:
			return "resp." + f.Go
		}
	}
	for _, f := range op.Response.Fields {
		if f.Type.Elements() != nil && !f.Type.Pointer {
			return "len(resp." + f.Go + ")"
		}
	}
	return "resp"
}
