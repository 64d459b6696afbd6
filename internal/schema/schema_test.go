package schema

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/spec"
)

func TestUntold(t *testing.T) {
	for _, key := range Untold() {
		t.Errorf("no word about %s: write what it means in words.go", key)
	}
}

// Editors load the committed copy from the repository.
func TestCommitted(t *testing.T) {
	const name = "../../schema/description.json"
	committed, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bytes.ReplaceAll(committed, []byte("\r\n"), []byte("\n")), Description()) {
		t.Errorf("%s is not current; to mend: go run ./cmd/wxgen schema > schema/description.json",
			strings.TrimPrefix(name, "../../"))
	}
}

// compiled is the schema in a checker of another project.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Description()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("description.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("description.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func decoded(t *testing.T, text []byte) any {
	t.Helper()
	root, flaw := source.Parse(text)
	if flaw != nil {
		t.Fatal(flaw.What)
	}
	return plain(t, root)
}

// plain is a node as a JSON value: a YAML timestamp is a text.
func plain(t *testing.T, n *yaml.Node) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return plain(t, n.Content[0])
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			object[n.Content[i].Value] = plain(t, n.Content[i+1])
		}
		return object
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, plain(t, c))
		}
		return list
	}
	if n.Tag == "!!timestamp" {
		return n.Value
	}
	var v any
	if err := n.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// The schema accepts every description without faults.
func TestDescription(t *testing.T) {
	s := compiled(t)
	names, err := source.Find(spec.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(spec.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(decoded(t, text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(names) < 80 {
		t.Errorf("%d files", len(names))
	}
}

const good = `openapi: 3.1.0
info: {title: 硬币, version: "3"}
servers: [{url: "https://api.mch.weixin.qq.com"}]
x-team: ours
paths:
  /v3/coin/{id}:
    x-wxpay-param-aliases: {id: [no]}
    post:
      operationId: Mint
      summary: 铸币
      x-wxpay-roles: [merchant]
      x-wxpay-updated: 2025-01-31
      x-wxpay-idempotent: true
      x-wxpay-errors: [{status: 400, code: PARAM_ERROR, label: 参数错误}]
      x-wxpay-any-of: [{required: [a]}, {required: [b]}]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {$ref: "../components.yaml#/components/parameters/WechatpaySerial"}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [kind]
              properties:
                kind: {type: string, enum: [A, B], x-enum-descriptions: [甲, ""]}
                user: {type: string, maxLength: 1024, x-wxpay-sensitive: true}
                maybe: {type: [string, "null"], description: 备注}
                level: {type: integer, enum: [1, 2]}
              anyOf: [{required: [kind]}, {required: [user]}]
            example: {kind: A}
      responses:
        "204": {description: 空}
webhooks:
  COIN.MINTED:
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Coin"}}}}
      responses: {"204": {description: 空}}
components:
  schemas:
    Coin: {type: object, properties: {id: {type: string}}}
`

func TestFaults(t *testing.T) {
	s := compiled(t)
	if err := s.Validate(decoded(t, []byte(good))); err != nil {
		t.Fatalf("what is right is refused: %v", err)
	}
	for _, c := range [][2]string{
		{"operationId: Mint", "operationid: Mint"},
		{"summary: 铸币", "sumary: 铸币"},
		{"x-wxpay-idempotent", "x-wxpay-idempotant"},
		{"x-wxpay-idempotent: true", `x-wxpay-idempotent: "yes"`},
		{"[merchant]", "[merchnt]"},
		{"2025-01-31", "31.1.2025"},
		{"openapi: 3.1.0", "openapi: 3.0.3"},
		{"servers:", "security:"},
		{"/v3/coin/{id}", "v3/coin/{id}"},
		{"COIN.MINTED", "coin.minted"},
		{"in: path", "in: body"},
		{"name: id, ", ""},
		{"maxLength: 1024", "maxLength: -1"},
		{"maxLength: 1024", "maxLength: long"},
		{"x-wxpay-sensitive: true", "x-wxpay-sensitiv: true"},
		{"x-wxpay-sensitive: true", "x-wxpay-sensitive: yes please"},
		{"type: string, enum", "type: strng, enum"},
		{`"null"], description`, `integer, "null"], description`},
		{"{required: [kind]}, {required: [user]}", "{required: [kind]}"},
		{"{required: [kind]}, {required: [user]}", "{type: string}, {type: integer}"},
		{"{required: [a]}, ", ""},
		{"code: PARAM_ERROR, ", ""},
		{"[no]", "no"},
		{"enum: [A, B]", "enum: []"},
		{"enum: [A, B]", "enum: [A, A]"},
		{"description: 备注", "nullable: true"},
		{"description: 备注", "x-enum-varname: [X]"},
		{`version: "3"`, "version: 3"},
		{"$ref: \"#/components", "ref: \"#/components"},
	} {
		if !strings.Contains(good, c[0]) {
			t.Fatalf("there is no %s", c[0])
		}
		if s.Validate(decoded(t, []byte(strings.Replace(good, c[0], c[1], 1)))) == nil {
			t.Errorf("%s passes in the place of %s", c[1], c[0])
		}
	}
}
