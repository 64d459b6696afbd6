package emit

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/internal/golden"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/model"
)

// TestSameBytes renders on one core and on several: the bytes must depend neither on that nor on
// the order of Go's maps.
func TestSameBytes(t *testing.T) {
	api := synthetic(t, 100)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	first, err := Files(api, testConfig)
	if err != nil {
		t.Fatal(err)
	}
	for _, cores := range []int{2, 8} {
		runtime.GOMAXPROCS(cores)
		again, err := Files(api, testConfig)
		if err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, first, again)
	}
	checkFormat(t, first)
}

// TestLongFiles describes a service that is too long for one file per segment, with names that
// would clash if the files were split carelessly. Splitting moves declarations. It must not lose or
// double any.
func TestLongFiles(t *testing.T) {
	api := longService(t)
	files, err := Files(api, testConfig)
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if lines := bytes.Count(files[name], []byte("\n")); lines > maxLines {
			t.Errorf("%s: %d lines", name, lines)
		}
		if path.Ext(name) == ".go" {
			declare(t, declared, name, files[name])
		}
	}
	for _, op := range api.Services[0].Operations() {
		for _, want := range []string{op.Node.Type + "." + op.Method, op.Request.Name,
			"Example" + op.Node.Type + "_" + op.Method} {
			if declared["v3/long "+want] == "" {
				t.Errorf("%s is not declared", want)
			}
		}
	}
	for _, want := range []string{"alpha.go", "alpha__beta.go", "alpha_beta.go",
		"example_alpha__beta_test.go", "types__a0.go"} {
		if files["v3/long/"+want] == nil {
			t.Errorf("no %s among %v", want, slices.Sorted(maps.Keys(files)))
		}
	}
}

// declare notes the declarations of a file, and reports those that another file has, too.
func declare(t *testing.T, declared map[string]string, name string, content []byte) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, content, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range file.Decls {
		for _, id := range idents(decl) {
			key := path.Dir(name) + " " + id
			if other, twice := declared[key]; twice {
				t.Errorf("%s is declared in %s and in %s", id, other, name)
			}
			declared[key] = name
		}
	}
}

func idents(decl ast.Decl) []string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
		recv := d.Recv.List[0].Type
		if star, ok := recv.(*ast.StarExpr); ok {
			recv = star.X
		}
		return []string{recv.(*ast.Ident).Name + "." + d.Name.Name}
	case *ast.GenDecl:
		var names []string
		for _, s := range d.Specs {
			if t, ok := s.(*ast.TypeSpec); ok {
				names = append(names, t.Name.Name)
			}
		}
		return names
	}
	return nil
}

// longService has 200 operations below one segment and 300 shared types.
func longService(t *testing.T) *model.API {
	t.Helper()
	var b strings.Builder
	b.WriteString("openapi: 3.1.0\ninfo: {title: 长, version: \"3\"}\npaths:\n")
	operation := func(path, id, ref string) {
		if id == "Clash" {
			path += ":\n    x-go-name: Clash"
		} else {
			path += ":"
		}
		fmt.Fprintf(&b, "  %s\n    post:\n      operationId: %s\n      summary: 长\n"+
			"      requestBody:\n        required: true\n"+
			"        content: {application/json: {schema: {type: object, required: [part], "+
			"properties: {part: {$ref: \"#/components/schemas/%s\"}%s}}, example: {part: {}%s}}}\n"+
			"      responses: {\"204\": {description: 空}}\n", path, id, ref,
			fields(30, "{type: string}"), fields(30, "x"))
	}
	operation("/v3/long/alpha-beta", "Clash", "A000")
	for i := range 200 {
		operation(fmt.Sprintf("/v3/long/alpha/%s/op-%03d", []string{"beta", "gamma", "delta"}[i%3],
			i), fmt.Sprintf("Op%03d", i), fmt.Sprintf("A%03d", i))
	}
	b.WriteString("components:\n  schemas:\n")
	for i := range 200 {
		fmt.Fprintf(&b, "    A%03d: {type: object, properties: {x: {type: string}%s}}\n", i,
			fields(30, "{type: string}"))
	}
	api, err := load.Dir(fstest.MapFS{"v3/long.yaml": {Data: []byte(b.String())}}, load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func fields(n int, value string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ", field_%02d: %s", i, value)
	}
	return b.String()
}

func TestFaultShowsSource(t *testing.T) {
	_, err := gofmt("v3/x/x.go", []byte("package x\n\nfunc f() {\n\treturn ]\n}\n"))
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"bug in wxgen", "v3/x/x.go", "4:9", "     4  \treturn ]"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %q", want, err)
		}
	}
}

func TestGoFile(t *testing.T) {
	for segment, want := range map[string]string{
		"pre-order-with-auth": "pre_order_with_auth.go",
		"{out_trade_no}":      "by_out_trade_no.go",
		"sub_merchants":       "sub_merchants.go",
		"smoke-test":          "smoke_test_path.go",
		"pay-linux":           "pay_linux_path.go",
		"linux":               "linux.go",
		"wasm_arm64":          "wasm_arm64_path.go",
		"types":               "types_path.go",
		"doc":                 "doc_path.go",
		"a--b":                "a_b.go",
		"-":                   "path.go",
		"JSAPI.v2":            "jsapi_v2.go",
	} {
		if got := goFile(fileStem(segment)); got != want {
			t.Errorf("%s: %s, want %s", segment, got, want)
		}
	}
}

func TestHeader(t *testing.T) {
	for want, sources := range map[string][]string{
		"// Code generated by wxgen from v3/a.yaml. DO NOT EDIT.": {"v3/a.yaml"},
		"// Code generated by wxgen from v3/a.yaml, v3/b.yaml. DO NOT EDIT.": {
			"v3/a.yaml", "v3/b.yaml",
		},
		"// Code generated by wxgen from v3/*.yaml, webhooks/*.yaml. DO NOT EDIT.": {
			"v3/a.yaml", "v3/b.yaml", "v3/c.yaml", "webhooks/d.yaml",
		},
		"// Code generated by wxgen from an OpenAPI description. DO NOT EDIT.": nil,
	} {
		if got := header(sources); got != want {
			t.Errorf("%v: %s, want %s", sources, got, want)
		}
	}
}
