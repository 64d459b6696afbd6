package load

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/synth"
)

func load(t *testing.T, fsys fs.FS) *model.API {
	t.Helper()
	api, err := Dir(fsys, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// dialect is the description of the case with all features.
func dialect(t testing.TB) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/model/dialect.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, f := range archive.Files {
		if f.Name != "want" {
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return fsys
}

// goNames maps the Go names of a model to their Go types or wire names. Callers' code depends on
// them.
func goNames(api *model.API) map[string]string {
	all := map[string]string{}
	var typ func(pkg string, t *model.Type)
	typ = func(pkg string, t *model.Type) {
		if t == nil {
			return
		}
		all[pkg+"."+t.Name] = fmt.Sprint(t.Kind)
		for _, f := range t.Fields {
			all[pkg+"."+t.Name+"."+f.Go] = f.Wire + " " + typeText(f.Type)
		}
		for _, v := range t.Values {
			all[pkg+"."+v.Go] = v.Wire
		}
		for _, inner := range t.Inner {
			typ(pkg, inner)
		}
	}
	for _, s := range api.Services {
		var walk func(n *model.Node)
		walk = func(n *model.Node) {
			all[s.Package+"."+n.Type] = n.Method + " " + n.Path
			for _, c := range n.Children {
				walk(c)
			}
		}
		walk(s.Root)
		for _, op := range s.Operations() {
			all[s.Package+"."+op.Node.Type+"."+op.Method] = op.ID + " " + op.Path
			typ(s.Package, op.Request)
			typ(s.Package, op.Response)
		}
		for _, t := range s.Types {
			typ(s.Package, t)
		}
	}
	if api.Webhooks != nil {
		for _, e := range api.Webhooks.Events {
			all["webhook."+e.Go] = e.Name
			typ("webhook", e.Resource)
		}
	}
	return all
}

// TestLayout checks that the split into files makes no difference.
func TestLayout(t *testing.T) {
	want := dump(load(t, dialect(t)))
	for name, change := range map[string]func(fstest.MapFS){
		"other names, other order": func(fsys fstest.MapFS) {
			// other files refer to components.yaml, and the name of transaction.yaml is a family.
			fsys["a/b/c.yml"] = fsys["v3/pay.yaml"]
			fsys["a/b/c.yml"].Data = []byte(strings.ReplaceAll(string(fsys["a/b/c.yml"].Data),
				"../components.yaml", "../../components.yaml"))
			delete(fsys, "v3/pay.yaml")
		},
		"a file per path and component": splitUp,
	} {
		t.Run(name, func(t *testing.T) {
			fsys := dialect(t)
			change(fsys)
			if got := dump(load(t, fsys)); got != want {
				t.Errorf("another model:\n%s", difference(got, want))
			}
		})
	}
}

// splitUp moves each path of pay.yaml to a file of its own, and each component to a fragment.
func splitUp(fsys fstest.MapFS) {
	text := string(fsys["v3/pay.yaml"].Data)
	delete(fsys, "v3/pay.yaml")
	head, rest, _ := strings.Cut(text, "paths:\n")
	paths, comps, _ := strings.Cut(rest, "components:\n  schemas:\n")
	for i, part := range blocks(paths, "  /") {
		part = strings.ReplaceAll(part, `"#/components/schemas/`,
			`"schemas.yaml#/components/schemas/`)
		fsys[fmt.Sprintf("v3/path-%02d.yaml", 99-i)] = &fstest.MapFile{
			Data: []byte(head + "paths:\n" + part),
		}
	}
	index := head + "components:\n  schemas:\n"
	for _, part := range blocks(comps, "    ") {
		name, _, _ := strings.Cut(strings.TrimSpace(part), ":")
		index += fmt.Sprintf("    %s: {$ref: \"parts/%s.yaml\"}\n", name, name)
		_, body, _ := strings.Cut(part, ": ")
		body = strings.ReplaceAll(body, `"#/components/schemas/`,
			`"../schemas.yaml#/components/schemas/`)
		fsys["v3/parts/"+name+".yaml"] = &fstest.MapFile{Data: []byte(body)}
	}
	fsys["v3/schemas.yaml"] = &fstest.MapFile{Data: []byte(index)}
}

// blocks cuts text before every line that starts with the prefix and no further blank.
func blocks(text, prefix string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, prefix) && line[len(prefix)] != ' ' || len(list) == 0 {
			list = append(list, "")
		}
		list[len(list)-1] += line
	}
	return list
}

func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d:\n got %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return "one is longer"
}

// TestAdding checks that new endpoints, fields and values rename nothing.
func TestAdding(t *testing.T) {
	before := goNames(load(t, dialect(t)))
	fsys := dialect(t)
	text := string(fsys["v3/pay.yaml"].Data)
	for old, change := range map[string]string{
		"properties:\n                appid:": "properties:\n                " +
			"aaa: {type: object, properties: {b: {type: string, enum: [A]}}}\n" +
			"                appid:",
		"enum: [RED, BLUE], x-enum-descriptions: [红, \"\"]": "enum: [GREEN, RED, BLUE], " +
			"x-enum-descriptions: [绿, 红, \"\"]",
		"enum: [PAID, NOT_PAID]": "enum: [NEW, PAID, NOT_PAID]",
		"    delete: {operationId: DeleteOrder": "    post: {operationId: " +
			"AOrder, responses: {\"204\": {description: OK}}}\n    delete: {operationId: " +
			"DeleteOrder",
		"components:\n  schemas:\n": "  /v3/pay/orders/{out_trade_no}" +
			"/aaa: {get: {operationId: A, parameters: [{name: out_trade_no, in: path, required: " +
			"true, schema: {type: string}}], responses: {\"204\": {description: OK}}}}\n" +
			"components:\n  schemas:\n    AAA: {type: object, properties: {a: {type: string}}}\n",
		"children: {type: array, items: {$ref: \"#/components/": "aaa: {$ref: " +
			"\"#/components/schemas/AAA\"}, children: {type: array, items: {$ref: \"#/components/",
	} {
		if strings.Count(text, old) != 1 {
			t.Fatalf("%q stands %d times", old, strings.Count(text, old))
		}
		text = strings.Replace(text, old, change, 1)
	}
	fsys["v3/pay.yaml"] = &fstest.MapFile{Data: []byte(text)}
	fsys["v3/aaa.yaml"] = &fstest.MapFile{
		Data: []byte("openapi: 3.1.0\ninfo: {title: A, version: \"3\"}\npaths:\n  /v3/aaa/pay: " +
			"{get: {operationId: CreateOrder, responses: {\"204\": {description: OK}}}}\n"),
	}
	after := goNames(load(t, fsys))
	if len(after) <= len(before) {
		t.Errorf("%d names before, %d after", len(before), len(after))
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if after[name] != before[name] {
			t.Errorf("%s was %q, is %q", name, before[name], after[name])
		}
	}
}

// TestRepeated checks that reading twice gives the same model, however goroutines run.
func TestRepeated(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, data := range synth.Files(60) {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	want := dump(load(t, fsys))
	for range 5 {
		if got := dump(load(t, fsys)); got != want {
			t.Fatal(difference(got, want))
		}
	}
}
