package bundle

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/spec"
)

// whole is the document of all of our description, made once.
var whole = sync.OnceValue(func() (w struct {
	api  *model.API
	text []byte
	doc  map[string]any
}) {
	var err error
	if w.api, err = load.Dir(spec.FS, load.Options{}); err == nil {
		w.text, w.doc, err = document(spec.FS, w.api)
	}
	if err != nil {
		panic(err)
	}
	return w
})

// bundled makes the document of a description, as JSON and decoded.
func bundled(t *testing.T, fsys fs.FS, include ...string) ([]byte, map[string]any, error) {
	t.Helper()
	api, err := load.Dir(fsys, load.Options{Include: include})
	if err != nil {
		t.Fatal(err)
	}
	return document(fsys, api)
}

func document(fsys fs.FS, api *model.API) ([]byte, map[string]any, error) {
	files := map[string]*yaml.Node{}
	all, err := source.Find(fsys)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range all {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, nil, err
		}
		root, flaw := source.Parse(text)
		if flaw != nil {
			return nil, nil, errors.New(flaw.What)
		}
		files[name] = root.Content[0]
	}
	doc, err := Document(files, api, where)
	if err != nil {
		return nil, nil, err
	}
	text, err := JSON(doc.Root)
	if err != nil {
		return nil, nil, err
	}
	var decoded map[string]any
	if err := json.Unmarshal(text, &decoded); err != nil {
		return nil, nil, err
	}
	return text, decoded, nil
}

// get follows keys into decoded JSON.
func get(v any, keys ...string) any {
	for _, key := range keys {
		object, _ := v.(map[string]any)
		v = object[key]
	}
	return v
}

// walk calls f with every value in decoded JSON.
func walk(v any, f func(any)) {
	f(v)
	switch v := v.(type) {
	case map[string]any:
		for _, c := range v {
			walk(c, f)
		}
	case []any:
		for _, c := range v {
			walk(c, f)
		}
	}
}

var methods = []string{"get", "put", "post", "patch", "delete"}

// The document of the whole description has every operation, every name once, no $ref without a
// component, and no component without a $ref.
func TestWhole(t *testing.T) {
	w := whole()
	text, doc, want := w.text, w.doc, 0
	for _, s := range w.api.Services {
		want += len(s.Operations())
	}
	ids := map[string]bool{}
	for path, item := range get(doc, "paths").(map[string]any) {
		for _, m := range methods {
			op := get(item, m)
			if op == nil {
				continue
			}
			id := get(op, "operationId").(string)
			if lower := strings.ToLower(id); ids[lower] {
				t.Errorf("%s %s: operationId %s is there twice", m, path, id)
			} else {
				ids[lower] = true
			}
			if tags, _ := get(op, "tags").([]any); len(tags) == 0 {
				t.Errorf("%s %s has no tag", m, path)
			}
		}
	}
	if len(ids) != want {
		t.Errorf("%d operations, want %d", len(ids), want)
	}
	if got := len(get(doc, "webhooks").(map[string]any)); got != len(w.api.Webhooks.Events) {
		t.Errorf("%d notifications, want %d", got, len(w.api.Webhooks.Events))
	}
	used := map[string]bool{}
	walk(doc, func(v any) {
		if ref, ok := get(v, "$ref").(string); ok {
			used[ref] = true
			if get(doc, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...) == nil {
				t.Errorf("$ref %s leads nowhere", ref)
			}
		}
	})
	for section, of := range get(doc, "components").(map[string]any) {
		for name := range of.(map[string]any) {
			if section != "securitySchemes" && !used["#/components/"+section+"/"+name] {
				t.Errorf("nothing refers to %s %s", section, name)
			}
		}
	}
	if again, _, _ := bundled(t, spec.FS); string(again) != string(text) {
		t.Error("another run makes another document")
	}
}

// A schema checker of another project accepts each example.
func TestExamplesValid(t *testing.T) {
	doc, c := whole().doc, jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("bundle.json", doc); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for path, item := range get(doc, "paths").(map[string]any) {
		for _, m := range methods {
			example := get(item, m, "requestBody", "content", "application/json", "example")
			if example == nil {
				continue
			}
			pointer := "/paths/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}",
				"%7D").Replace(path) + "/" + m + "/requestBody/content/application~1json/schema"
			s, err := c.Compile("bundle.json#" + pointer)
			if err != nil {
				t.Fatal(err)
			}
			if checked++; s.Validate(example) != nil {
				t.Errorf("%s %s: %v", m, path, s.Validate(example))
			}
		}
	}
	if checked < 300 {
		t.Errorf("only %d examples", checked)
	}
}

// The document explains each extension key of this project.
func TestExplains(t *testing.T) {
	for name, p := range check.Dialect() {
		for _, key := range slices.Sorted(maps.Keys(p.Keys)) {
			if strings.HasPrefix(key, "x-") && !strings.Contains(about, "`"+key+"`") {
				t.Errorf("info.md has no word about %s of a %s", key, name)
			}
		}
	}
}

const shared = `openapi: 3.1.0
info: {title: 共用, version: "3"}
paths: {}
components:
  schemas:
    Amount: {type: object, properties: {total: {type: integer}}}
`

const coin = `openapi: 3.1.0
info: {title: 硬币, version: "3"}
servers: [{url: "https://apihk.mch.weixin.qq.com"}]
paths:
  /v3/coin/mint:
    post:
      operationId: Mint
      x-wxpay-updated: 2025-01-31
      requestBody:
        content:
          application/json:
            schema:
              type: object
              description: 一枚
              properties:
                kind: {$ref: "#/components/schemas/Kind"}
                amount: {$ref: "../components.yaml#/components/schemas/Amount", description: 金额}
                loose: {$ref: "parts/loose.yaml#/one"}
                a: {type: string}
                b: {type: string}
              allOf: [{anyOf: [{required: [a]}, {required: [b, kind]}]}, {oneOf: [{required: [a]}, {required: [amount]}]}]
      responses:
        "204": {description: 空}
  /v3/coin/melt:
    post:
      operationId: Melt
      tags: [熔]
      responses:
        "204": {description: 空}
components:
  schemas:
    Kind: {type: object, properties: {parent: {$ref: "#/components/schemas/Kind"}, parents: {type: array, items: {$ref: "#/components/schemas/Kind"}}}}
    Unused: {type: string}
`

func description(more map[string]string) fstest.MapFS {
	files := fstest.MapFS{}
	all := map[string]string{"components.yaml": shared, "v3/coin.yaml": coin,
		"v3/parts/loose.yaml": "one: {type: string, enum: [X]}\n"}
	maps.Copy(all, more)
	for name, text := range all {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func TestParts(t *testing.T) {
	brand := strings.NewReplacer("/v3/coin", "/brand/coin", "parts/", "../v3/parts/").Replace(coin)
	_, doc, err := bundled(t, description(map[string]string{"brand/coin.yaml": brand}), "coin",
		"/brand/coin/mint")
	if err != nil {
		t.Fatal(err)
	}
	body := get(doc, "paths", "/v3/coin/mint", "post", "requestBody", "content", "application/json",
		"schema")
	for want, got := range map[string]any{
		"CoinMint": get(doc, "paths", "/v3/coin/mint", "post",
			"operationId"),
		"BrandCoinMint": get(doc, "paths", "/brand/coin/mint", "post",
			"operationId"),
		"2025-01-31": get(doc, "paths", "/v3/coin/mint", "post",
			"x-wxpay-updated"),
		"#/components/schemas/CoinKind":      get(body, "properties", "kind", "$ref"),
		"#/components/schemas/Amount":        get(body, "properties", "amount", "$ref"),
		"金额":                                 get(body, "properties", "amount", "description"),
		"#/components/schemas/PartsLooseOne": get(body, "properties", "loose", "$ref"),
		"一枚 (至少填写其一: a, b+kind; 只能填写其一: a, amount)": get(body, "description"),
	} {
		if got != want {
			t.Errorf("%v, want %s", got, want)
		}
	}
	if get(doc, "paths", "/brand/coin/melt") != nil {
		t.Error("a path is there that nobody wants")
	}
	if get(body, "allOf") != nil || get(body, "x-wxpay-all-of") == nil {
		t.Error("a choice is not where it should be")
	}
	schemas := slices.Sorted(maps.Keys(get(doc, "components", "schemas").(map[string]any)))
	if want := []string{"Amount", "BrandCoinKind", "CoinKind",
		"PartsLooseOne"}; !slices.Equal(schemas, want) {
		t.Errorf("schemas %q, want %q", schemas, want)
	}
	text, _ := json.Marshal(get(doc, "paths", "/v3/coin/mint", "servers"))
	if string(text) != `[{"url":"https://apihk.mch.weixin.qq.com"}]` {
		t.Errorf("servers %s", text)
	}
}

// Two names that differ in capitals alone are an error with both places.
func TestClash(t *testing.T) {
	other := strings.NewReplacer("/v3/coin/", "/v3/co/", "operationId: M", "operationId: InM").
		Replace(coin)
	_, _, err := bundled(t, description(map[string]string{"v3/co.yaml": other}))
	want := "operationId CoinMint would be the name of co /v3/co/mint and of coin /v3/coin/mint; " +
		"rename one of them in the description"
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestWebhooks(t *testing.T) {
	_, doc, err := bundled(t, spec.FS, "webhooks")
	if err != nil {
		t.Fatal(err)
	}
	post := get(doc, "webhooks", "TRANSACTION.SUCCESS", "post")
	if ref := get(post, "requestBody", "content", "application/json", "schema",
		"$ref"); ref != "#/components/schemas/WebhookTransactionSuccessNotification" {
		t.Errorf("the body is %v", ref)
	}
	sent := get(doc, "components", "schemas", "WebhookTransactionSuccessNotification")
	if ref := get(sent, "properties", "resource", "properties", "decrypted",
		"$ref"); ref != "#/components/schemas/WebhookTransactionSuccessResource" {
		t.Errorf("what is inside is %v", ref)
	}
	if get(doc, "components", "schemas", "WebhookTransactionSuccessResource", "properties",
		"out_trade_no") == nil {
		t.Error("the resource has no fields")
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("bundle.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("bundle.json#/components/schemas/WebhookTransactionSuccessNotification")
	if err != nil {
		t.Fatal(err)
	}
	notification :=
		`{"id": "EV-1", "create_time": "2026-11-22T10:34:56+08:00", "resource_type": "encrypt-resource", "event_type": "%s", "summary": "支付成功",
		"resource": {"original_type": "transaction", "algorithm": "AEAD_AES_256_GCM", "ciphertext": "YQ==", "associated_data": "", "nonce": "abcdefghijkl"}}`
	for event, valid := range map[string]bool{"TRANSACTION.SUCCESS": true,
		"REFUND.SUCCESS": false} {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(notification, "%s",
			event, 1)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); (err == nil) != valid {
			t.Errorf("%s: %v", event, err)
		}
	}
}

// YAML and JSON hold the same values, whatever they look like.
func TestYAML(t *testing.T) {
	root, flaw := source.Parse([]byte("a: \"yes\"\nb: \"1\"\nc: '2025-01-31'\nd: \"x: y\"\n" +
		"e: \"# no\"\nf: \"a\\nb\\n\"\ng: {h: [1, {i: j}], k: \"~\"}\nl: \"\\u2028\"\nm: 1.50\n" +
		"n: \"\"\n"))
	if flaw != nil {
		t.Fatal(flaw.What)
	}
	asJSON, err := JSON(plain(root.Content[0]))
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := YAML(plain(root.Content[0]))
	if err != nil {
		t.Fatal(err)
	}
	back, flaw := source.Parse(asYAML)
	if flaw != nil {
		t.Fatal(flaw.What)
	}
	if again, err := JSON(back.Content[0]); err != nil || string(again) != string(asJSON) {
		t.Errorf("%v: %s\nfrom %s\nwant %s", err, again, asYAML, asJSON)
	}
}

// JSON converts YAML values that JSON spells otherwise or cannot write.
func TestJSON(t *testing.T) {
	root, flaw := source.Parse([]byte("a: 0x10\nb: 1_000\nc: .5\nd: ~\ne: yes\nf: 2025-01-31\n" +
		"g: \"<&>\u2028\"\nh: []\ni: {}\nj: True\n"))
	if flaw != nil {
		t.Fatal(flaw)
	}
	text, err := JSON(plain(root.Content[0]))
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(string(text)), " ")
	want :=
		`{ "a": 16, "b": 1000, "c": 0.5, "d": null, "e": "yes", "f": "2025-01-31", "g": "<&>\u2028", "h": [], "i": {}, "j": true }`
	if got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func where(name string, line, col int) string { return fmt.Sprintf("%s:%d:%d", name, line, col) }
