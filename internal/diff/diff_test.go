package diff

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/oasdiff/oasdiff/checker"
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/bundle"
	"github.com/wxgen/wxgen/internal/emit"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/source"
	"github.com/wxgen/wxgen/spec"
)

// side reads a description.
func side(t *testing.T, fsys fs.FS, prefix string, include ...string) Side {
	t.Helper()
	api, err := load.Dir(fsys, load.Options{Include: include})
	if err != nil {
		t.Fatal(err)
	}
	roots := map[string]*yaml.Node{}
	all, err := source.Find(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			t.Fatal(err)
		}
		root, flaw := source.Parse(text)
		if flaw != nil {
			t.Fatal(flaw.What)
		}
		roots[name] = root.Content[0]
	}
	doc, err := bundle.Document(roots, api, func(name string, line, col int) string {
		return fmt.Sprintf("%s%s:%d:%d", prefix, name, line, col)
	})
	if err != nil {
		t.Fatal(err)
	}
	code, err := emit.Files(api, emit.Config{Import: "generated"})
	if err != nil {
		t.Fatal(err)
	}
	return Side{doc, code}
}

const before = `openapi: 3.1.0
info: {title: 硬币, version: "3"}
paths:
  /v3/coin/mint:
    post:
      operationId: Mint
      summary: 铸币
      x-wxpay-roles: [merchant, partner]
      x-wxpay-idempotent: true
      parameters:
        - {name: mode, in: query, schema: {type: string, enum: [FAST, SLOW]}}
        - {name: page, in: query, schema: {type: integer, maximum: 100}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [out_no, amount]
              properties:
                out_no: {type: string, maxLength: 32}
                amount: {$ref: "#/components/schemas/Amount"}
                user_name: {type: string, x-wxpay-sensitive: true}
                remark: {type: string, maxLength: 64, x-wxpay-length: bytes}
                kind: {$ref: "#/components/schemas/Kind"}
                goods: {type: array, maxItems: 10, items: {type: object, required: [id], properties: {id: {type: string}, price: {type: integer}}}}
                extra: {type: string, contentMediaType: application/json, contentSchema: {type: object, properties: {a: {type: string}, b: {type: string}}}}
              anyOf: [{required: [remark]}, {required: [kind]}]
      responses:
        "200":
          description: OK
          content:
            application/json:
              schema:
                type: object
                required: [coin_id, state]
                properties:
                  coin_id: {type: string, maxLength: 32}
                  state: {type: string, enum: [DONE, FAILED]}
                  made_at: {type: string, format: date-time}
                  holder: {type: string}
  /v3/coin/coins/{coin_id}:
    get:
      operationId: GetCoin
      summary: 查询
      parameters:
        - {name: coin_id, in: path, required: true, schema: {type: string}}
      responses:
        "200": {description: OK, content: {application/json: {schema: {type: object, properties: {amount: {$ref: "#/components/schemas/Held"}}}}}}
    delete:
      operationId: DeleteCoin
      parameters:
        - {name: coin_id, in: path, required: true, schema: {type: string}}
      responses:
        "204": {description: 空}
  /v3/coin/bill:
    get:
      operationId: GetBill
      x-wxpay-unsigned: false
      responses:
        "200": {description: OK, content: {application/octet-stream: {schema: {type: string, format: binary}}}}
webhooks:
  COIN.MINTED:
    post:
      requestBody: {content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: string}, state: {type: string, enum: [A, B]}}}}}}
      responses: {"204": {description: 空}}
components:
  schemas:
    Amount: {type: object, required: [total], properties: {total: {type: integer, minimum: 1}, currency: {type: string}}}
    Held: {type: object, properties: {total: {type: integer}}}
    Kind: {type: string, enum: [RED, BLUE]}
`

// seed is a change of the description, and its effect on callers.
type seed struct {
	name, old, new string
	// want are prefixes of the expected changes: "breaking wire POST /v3/…: words". Without a
	// breaking one in the list, no breaking change may occur.
	want []string
}

var seeds = []seed{
	{"nothing but words", "summary: 铸币", "summary: 铸造", nil},
	{"a comment and an order", "# x", "", nil},
	{"an operation is gone", "    delete:\n      operationId: DeleteCoin\n      parameters:\n" +
		"        - {name: coin_id, in: path, required: true, schema: {type: string}}\n" +
		"      responses:\n        \"204\": {description: 空}\n", "",
		[]string{"breaking wire DELETE /v3/coin/coins/{coin_id}: ", "breaking go v3/coin: "}},
	{"a path is new", "  /v3/coin/bill:", "  /v3/coin/new:\n    post:\n      operationId: New\n" +
		"      responses: {\"204\": {description: 空}}\n  /v3/coin/bill:",
		[]string{"additive wire POST /v3/coin/new: ", "additive go v3/coin: "}},
	{"another path", "/v3/coin/bill:", "/v3/coin/bills:",
		[]string{"breaking wire GET /v3/coin/bill: ", "breaking go v3/coin: "}},
	{"another operationId", "operationId: Mint", "operationId: Coin",
		[]string{"breaking go v3/coin: MintRequest: removed"}},
	{"a required field of a request", "required: [out_no, amount]",
		"required: [out_no, amount, goods]",
		[]string{"breaking wire POST /v3/coin/mint: the request property goods became required"}},
	{"a field that is required no more", "required: [out_no, amount]", "required: [amount]",
		[]string{"additive wire POST /v3/coin/mint: the request property out_no became optional"}},
	{"a new required field of a request", "required: [out_no, amount]\n              properties:\n",
		"required: [out_no, amount, neu]\n              properties:\n                neu: {type: " +
			"string}\n",
		[]string{"breaking wire POST /v3/coin/mint: added the new required request property neu"}},
	{"a new optional field of a request", "                remark:",
		"                neu: {type: string}\n                remark:",
		[]string{"additive wire POST /v3/coin/mint: added the new optional request property neu",
			"additive go v3/coin: MintRequest.Neu: added"}},
	{"a field of a request is gone",
		"                user_name: {type: string, x-wxpay-sensitive: true}\n", "",
		[]string{"breaking wire POST /v3/coin/mint: removed the request property user_name",
			"breaking go v3/coin: MintRequest.UserName: removed"}},
	{"another type of a field", "out_no: {type: string, maxLength: 32}", "out_no: {type: integer}",
		[]string{"breaking wire POST /v3/coin/mint: ",
			"breaking go v3/coin: MintRequest.OutNo: changed from string to int64"}},
	{"a lower limit", "out_no: {type: string, maxLength: 32}",
		"out_no: {type: string, maxLength: 16}",
		[]string{"breaking wire POST /v3/coin/mint: the out_no request property's maxLength was " +
			"decreased to 16"}},
	{"a higher limit", "out_no: {type: string, maxLength: 32}",
		"out_no: {type: string, maxLength: 64}",
		[]string{"additive wire POST /v3/coin/mint: the out_no request property's maxLength was " +
			"increased"}},
	{"a limit where there was none", "holder: {type: string}",
		"holder: {type: string, maxLength: 3}", nil},
	{"a limit of a reply goes", "coin_id: {type: string, maxLength: 32}", "coin_id: {type: string}",
		[]string{"additive wire POST /v3/coin/mint: "}},
	{"a minimum", "minimum: 1}", "minimum: 2}", []string{"breaking wire POST /v3/coin/mint: "}},
	{"fewer items", "maxItems: 10", "maxItems: 5", []string{"breaking wire POST /v3/coin/mint: "}},
	{"a new value of a request", "enum: [RED, BLUE]", "enum: [RED, BLUE, GREEN]",
		[]string{"additive wire POST /v3/coin/mint: added the new GREEN enum value",
			"additive go v3/coin: KindGreen: added"}},
	{"a value of a request is gone", "enum: [RED, BLUE]", "enum: [RED]",
		[]string{"breaking wire POST /v3/coin/mint: removed the enum value BLUE",
			"breaking go v3/coin: KindBlue: removed"}},
	{"a new value of a reply", "enum: [DONE, FAILED]", "enum: [DONE, FAILED, OPEN]",
		[]string{"additive wire POST /v3/coin/mint: added the new OPEN enum value",
			"additive go v3/coin: MintResponseStateOpen: added"}},
	{"a new field of a reply", "                  holder:",
		"                  neu: {type: string}\n                  holder:",
		[]string{"additive wire POST /v3/coin/mint: added the optional property neu",
			"additive go v3/coin: MintResponse.Neu: added"}},
	{"a field of a reply is gone", "                  holder: {type: string}\n", "",
		[]string{"breaking wire POST /v3/coin/mint: removed the optional property holder",
			"breaking go v3/coin: MintResponse.Holder: removed"}},
	{"another format of a reply", "made_at: {type: string, format: date-time}",
		"made_at: {type: string}",
		[]string{"breaking go v3/coin: MintResponse.MadeAt: changed from"}},
	{"a required parameter", "{name: mode, in: query, schema",
		"{name: mode, in: query, required: true, schema",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"a new optional parameter", "        - {name: page,",
		"        - {name: neu, in: query, schema: {type: string}}\n        - {name: page,",
		[]string{"additive wire POST /v3/coin/mint: added the new optional query request " +
			"parameter neu"}},
	{"a parameter is gone", "        - {name: page, in: query, schema: {type: integer, maximum: " +
		"100}}\n", "",
		[]string{"breaking wire POST /v3/coin/mint: deleted the query request parameter page"}},
	{"a field is encrypted", "                remark: {type: string, maxLength: 64, " +
		"x-wxpay-length: bytes}", "                remark: {type: string, x-wxpay-sensitive: true}",
		[]string{"breaking wire POST /v3/coin/mint: remark must be encrypted now",
			"breaking go v3/coin: MintRequest.Remark: changed from string to "}},
	{"a field is encrypted no more", "user_name: {type: string, x-wxpay-sensitive: true}",
		"user_name: {type: string}",
		[]string{"breaking wire POST /v3/coin/mint: user_name is in clear now"}},
	{"a length of characters", "maxLength: 64, x-wxpay-length: bytes}", "maxLength: 64}",
		[]string{"breaking wire POST /v3/coin/mint: the length of remark counts characters " +
			"instead of bytes"}},
	{"no signature", "x-wxpay-unsigned: false", "x-wxpay-unsigned: true",
		[]string{"breaking wire GET /v3/coin/bill: the reply carries no signature any more"}},
	{"not to be repeated", "      x-wxpay-idempotent: true\n", "",
		[]string{"breaking wire POST /v3/coin/mint: it is not safe to repeat any more"}},
	{"a role less", "[merchant, partner]", "[merchant]",
		[]string{"breaking wire POST /v3/coin/mint: a partner may not call it any more"}},
	{"a role more", "[merchant, partner]", "[merchant, partner, brand]",
		[]string{"additive wire POST /v3/coin/mint: a brand may call it now"}},
	{"another host", "openapi: 3.1.0\n",
		"openapi: 3.1.0\nservers: [{url: \"https://apihk.mch.weixin.qq.com\"}]\n",
		[]string{"breaking wire POST /v3/coin/mint: it goes to https://apihk.mch.weixin.qq.com " +
			"instead of https://api.mch.weixin.qq.com"}},
	{"a choice is gone", "              anyOf: [{required: [remark]}, {required: [kind]}]\n", "",
		[]string{"additive wire POST /v3/coin/mint: none of some fields is required any more: " +
			"remark, kind"}},
	{"another choice", "{required: [kind]}]", "{required: [goods]}]",
		[]string{"breaking wire POST /v3/coin/mint: which of some fields is required changed: " +
			"remark, goods"}},
	{"a field in a string of JSON", "b: {type: string}", "c: {type: string}",
		[]string{"breaking wire POST /v3/coin/mint: removed the request property extra/b",
			"breaking go v3/coin: "}},
	{"deprecated", "      summary: 查询\n", "      summary: 查询\n      deprecated: true\n",
		[]string{"additive wire GET /v3/coin/coins/{coin_id}: "}},
	{"a notification is gone", "  COIN.MINTED:", "  COIN.MELTED:",
		[]string{"breaking wire COIN.MINTED: ", "additive wire COIN.MELTED: ",
			"breaking go webhook: "}},
	{"a new field of a notification", "properties: {id: {type: string}, state",
		"properties: {id: {type: string}, neu: {type: string}, state",
		[]string{"additive wire COIN.MINTED: ", "additive go webhook: "}},
	{"a new value of a notification", "enum: [A, B]", "enum: [A, B, C]",
		[]string{"additive wire COIN.MINTED: ", "additive go webhook: "}},
	{"a field of a notification is gone", "state: {type: string, enum: [A, B]}", "",
		[]string{"breaking wire COIN.MINTED: ", "breaking go webhook: "}},
	{"the Go name of a field", "holder: {type: string}", "holder: {type: string, x-go-name: Owner}",
		[]string{"breaking go v3/coin: MintResponse.Holder: removed"}},
}

// Every change is reported, on its side and in its class.
func TestSeeds(t *testing.T) {
	text := before + "# x\n"
	old := description(text)
	for _, s := range seeds {
		t.Run(s.name, func(t *testing.T) {
			if !strings.Contains(text, s.old) {
				t.Fatalf("there is no %q", s.old)
			}
			all, err := Changes(side(t, old, "old/"),
				side(t, description(strings.Replace(text, s.old, s.new, 1)), "new/"))
			if err != nil {
				t.Fatal(err)
			}
			compare(t, all, s.want)
		})
	}
	if len(seeds) < 30 {
		t.Errorf("only %d seeds", len(seeds))
	}
}

func description(text string) fs.FS {
	return fstest.MapFS{"coin.yaml": &fstest.MapFile{Data: []byte(text)}}
}

// compare checks that every wanted change occurs, and no breaking one unless one is wanted.
func compare(t *testing.T, all []Change, want []string) {
	t.Helper()
	classes := map[string]bool{}
	for _, w := range want {
		classes[strings.Fields(w)[0]] = true
		if !slices.ContainsFunc(all, func(c Change) bool { return strings.HasPrefix(line(c), w) }) {
			t.Errorf("there is no %q", w)
		}
	}
	for _, c := range all {
		if c.Breaking && !classes["breaking"] || len(want) == 0 && c.Breaking {
			t.Errorf("nobody wants %s", line(c))
		}
		if c.Side == Wire && !strings.HasPrefix(c.File, "new/coin.yaml:") &&
			!strings.HasPrefix(c.File, "old/coin.yaml:") {
			t.Errorf("no place: %s", line(c))
		}
	}
	if t.Failed() {
		for _, c := range all {
			t.Logf("%s (%s)", line(c), c.File)
		}
	}
}

func line(c Change) string { return fmt.Sprintf("%s %s %s: %s", word(c), c.Side, c.Where, c.What) }

// The rules here win over oasdiff's own classes, which are in the third column.
func TestClasses(t *testing.T) {
	for _, c := range []struct {
		id    string
		level checker.Level
		class class
	}{
		{"response-property-enum-value-added", checker.WARN, additive},
		{"response-mediatype-enum-value-added", checker.WARN, additive},
		{"response-optional-property-added", checker.INFO, additive},
		{"response-required-property-added", checker.INFO, additive},
		{"response-optional-property-removed", checker.INFO, breaking},
		{"response-required-property-removed", checker.ERR, breaking},
		{"response-property-max-length-increased", checker.ERR, additive},
		{"response-property-max-length-unset", checker.ERR, additive},
		{"response-property-min-items-decreased", checker.ERR, additive},
		{"response-property-pattern-changed", checker.WARN, additive},
		{"response-property-became-nullable", checker.ERR, additive},
		{"response-property-type-changed", checker.ERR, breaking},
		{"request-property-became-required", checker.ERR, breaking},
		{"request-property-removed", checker.WARN, breaking},
		{"request-property-enum-value-added", checker.INFO, additive},
		{"request-property-enum-value-removed", checker.ERR, breaking},
		{"request-property-pattern-changed", checker.WARN, breaking},
		{"request-parameter-removed", checker.WARN, breaking},
		{"endpoint-deprecated", checker.INFO, additive},
		{"api-deprecated-sunset-missing", checker.ERR, additive},
		{"api-path-removed-without-deprecation", checker.ERR, breaking},
		{"api-operation-id-removed", checker.ERR, ignored},
		{"api-tag-removed", checker.INFO, ignored},
		{"api-schema-removed", checker.INFO, ignored},
	} {
		if got := classOf(c.id, c.level); got != c.class {
			t.Errorf("%s is of class %d, want %d", c.id, got, c.class)
		}
	}
}

// A description is the same as itself, all of it: here a service and all notifications.
func TestSame(t *testing.T) {
	part := fstest.MapFS{}
	for _, pattern := range []string{"components.yaml", "v3/pay.yaml", "webhooks/*.yaml"} {
		names, err := fs.Glob(spec.FS, pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(spec.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			part[name] = &fstest.MapFile{Data: text}
		}
	}
	all, err := Changes(side(t, part, "", "pay", "webhooks"), side(t, part, "", "pay", "webhooks"))
	if err != nil || len(all) > 0 {
		t.Errorf("%v, %v", all, err)
	}
}

func TestNext(t *testing.T) {
	add, breaks := []Change{{}}, []Change{{}, {Breaking: true}}
	for _, c := range []struct {
		after string
		all   []Change
		want  string
	}{
		{"v1.2.3", nil, "v1.2.4"}, {"v1.2.3", add, "v1.3.0"}, {"v1.2.3", breaks, "v2.0.0"},
		{"v1.2", add, "v1.3.0"},
		{"v0.2.3", nil, "v0.2.4"}, {"v0.2.3", add, "v0.2.4"}, {"v0.2.3", breaks, "v0.3.0"},
		{"v1.2.3-rc.1", add, "v1.3.0"},
		{"", nil, "patch"}, {"main", add, "minor"}, {"HEAD", breaks, "major"},
	} {
		if got := Next(c.after, c.all); got != c.want {
			t.Errorf("%q and %d changes: %s, want %s", c.after, len(c.all), got, c.want)
		}
	}
}
