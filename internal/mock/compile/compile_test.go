package compile_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/internal/mock/compile"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/spec"
	"github.com/wxgen/wxgen/spec/compiled"
)

// TestCompiledIsCurrent compares the compiled description with the YAML. Raise the version of
// package compile when its output changes.
func TestCompiledIsCurrent(t *testing.T) {
	files, err := compile.Files(spec.FS)
	if err != nil {
		t.Fatal(err)
	}
	size := 0
	for name, want := range files {
		got, err := fs.ReadFile(compiled.FS, name)
		if err != nil || !bytes.Equal(unzip(t, got), unzip(t, want)) {
			t.Errorf("%s is not current (%v); raise the version in compile.go if you changed "+
				"package compile, then run wxgen generate", name, err)
		}
		size += len(got)
	}
	if most := 400 << 10; size > most {
		t.Errorf("the compiled description takes %d bytes, more than %d: every test binary on "+
			"wxpaytest has it", size, most)
	}
	err = fs.WalkDir(compiled.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && files[name] == nil {
			t.Errorf("%s is of no service any more; remove it", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func unzip(t *testing.T, packed []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

const small = `openapi: 3.1.0
info: {title: t, version: "3"}
paths:
  /v3/shop/orders/{out_order_no}:
    post:
      operationId: CreateOrder
      summary: 下单
      parameters:
        - {name: out_order_no, in: path, required: true, description: 单号, schema: {type: string, maxLength: 32}}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string, description: 姓名, x-wxpay-sensitive: true}
                kind: {type: string, description: 种类, enum: [A, B]}
            example: {name: x, kind: A}
      responses:
        "204": {description: OK}
`

func TestCompile(t *testing.T) {
	files, err := compile.Files(fstest.MapFS{"v3/shop.yaml": {Data: []byte(small)}})
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for name, b := range files {
		fsys[name] = &fstest.MapFile{Data: b}
	}
	set, err := desc.Open(fsys)
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := set.Find("POST", "/v3/shop/orders/a%2Fb")
	if err != nil || m == nil {
		t.Fatalf("%v, %v", m, err)
	}
	op := m.Operation
	name := op.Body.Field("name")
	if m.Args["out_order_no"] != "a/b" || op.ID != "CreateOrder" || op.Status != 204 ||
		!name.Required || !name.Schema.Sensitive || name.Label != "姓名" || !op.Seals() {
		t.Errorf("%+v, %+v", m.Args, op)
	}
	if kinds := op.Body.Field("kind").Schema.Enum; len(kinds) != 2 || string(kinds[1]) != `"B"` ||
		op.Params[0].Schema.MaxLength != 32 {
		t.Errorf("%s, %+v", kinds, op.Params)
	}
	if _, methods, _ := set.Find("GET", "/v3/shop/orders/1"); len(methods) != 1 ||
		methods[0] != "POST" {
		t.Errorf("methods %v", methods)
	}
	if near := set.Nearest("POST", "/v3/shop/order/1"); near == nil || near.ID != "CreateOrder" {
		t.Errorf("nearest %+v", near)
	}
}

func TestChanges(t *testing.T) {
	fsys := fstest.MapFS{"v3/shop.yaml": {Data: []byte(small)}}
	files, err := compile.Files(fsys)
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) ([]byte, error) { return files[name], nil }
	if changes, err := compile.Changes(fsys, read); err != nil || len(changes) != 0 {
		t.Errorf("%v, %v; want no change", changes, err)
	}
	other := bytes.ReplaceAll([]byte(small), []byte("[A, B]"), []byte("[A, B, C]"))
	changes, err := compile.Changes(fstest.MapFS{"v3/shop.yaml": {Data: other}}, read)
	if err != nil || len(changes) != 2 || changes[desc.IndexFile].New == nil ||
		changes["v3/shop.json.gz"].Old == nil {
		t.Errorf("%v, %v; want the index and the service", changes, err)
	}
}
