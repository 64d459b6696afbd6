package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/config"
	"github.com/wxgen/wxgen/internal/schema"
)

// Editors load the committed copy from the repository.
func TestConfigSchemaCommitted(t *testing.T) {
	if read(t, filepath.Join("..", "..", "schema", "config.json")) !=
		string(schema.Config(verbFlags(newRoot()))) {
		t.Error("schema/config.json is not current; to mend: go run ./cmd/wxgen schema config > " +
			"schema/config.json")
	}
}

// configSchema is the schema of wxgen.yaml in a checker of another project.
func configSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.Config(verbFlags(newRoot()))))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("config.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("config.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The schema and wxgen accept the same files.
func TestConfigSchema(t *testing.T) {
	s, verbs := configSchema(t), verbFlags(newRoot())
	agree := func(text string, good bool) {
		t.Helper()
		_, flaws := config.Parse([]byte(text), verbs)
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(value); (err == nil) != good || (len(flaws) == 0) != good {
			t.Errorf("%q: wanted it to pass: %v; wxgen: %v; the schema: %v", text, good, flaws, err)
		}
	}
	for _, good := range []string{
		"layers: [wechatpay, fixes.overlay.yaml]\ninclude: [pay, /v3/refund/**]\n" +
			"output: internal/wechatpay\n",
		"spec: builtin\nlayers: wechatpay\nexclude: [webhooks]\nroles: [merchant, partner]\n" +
			"module: example.com/shop\n",
		"roles: brand\nlayers: []\n", "lint:\ncheck: {}\n",
		"lint: {format: github, fix: false}\nbundle: {out: api.json}\ndiff: {fail-on: breaking, " +
			"old-layer: [a, b]}\n",
		"mock: {probes: 0, fault: [\"kind=latency\"], settle: 2s}\n" +
			"mock notify: {to: \"http://127.0.0.1/notify\"}\n",
	} {
		agree(good, true)
	}
	for _, bad := range []string{
		"layer: [wechatpay]\n", "layers: [[a]]\n", "layers: {a: b}\n", "layers:\n",
		"include: [12]\n", "output: [a]\n", "output: true\n",
		"roles: [merchnt]\n", "lint: [format]\n", "lint: {formt: json}\n", "lint: {format: jsno}\n",
		"lint: {fix: 1}\n", "lint: {fix: \"true\"}\n",
		"mock: {probes: ten}\n", "mock: {to: x}\n", "init: {}\n", "schema: {}\n",
		"generate: {out: a}\n", "bundle: {include: [pay]}\n",
		"diff: {fail-on: never}\n", "help: {}\n", "completion: {}\n", "- spec\n", "text\n",
		"$schema: a\n",
	} {
		agree(bad, false)
	}
}

// Wxgen reads every key of the schema, the schema has every flag, and each has a description.
func TestConfigKeys(t *testing.T) {
	var all struct{ Properties map[string]property }
	verbs := verbFlags(newRoot())
	if err := json.Unmarshal(schema.Config(verbs), &all); err != nil {
		t.Fatal(err)
	}
	keys := 0
	try := func(p property, line string) {
		t.Helper()
		keys++
		if _, flaws := config.Parse([]byte(fmt.Sprintf(line, p.sample())), verbs); flaws != nil ||
			p.Description == "" {
			t.Errorf("%s: %v, %q", line, flaws, p.Description)
		}
	}
	for key, p := range all.Properties {
		if p.Properties == nil {
			try(p, key+": %s\n")
		}
		for flag, f := range p.Properties {
			try(f, key+": {"+flag+": %s}\n")
		}
	}
	want := len(config.Keys)
	for _, flags := range verbs {
		want += len(flags)
	}
	if keys != want || keys < 30 {
		t.Errorf("the schema has %d keys, and wxgen reads %d", keys, want)
	}
}

// property is a property of a schema.
type property struct {
	Type        any
	Enum        []string
	AnyOf       []property
	Description string
	Properties  map[string]property
}

// sample is a value that the schema accepts.
func (p property) sample() string {
	switch {
	case len(p.AnyOf) > 0:
		return "[" + p.AnyOf[0].sample() + "]"
	case len(p.Enum) > 0:
		return p.Enum[0]
	case p.Type == "boolean":
		return "true"
	case p.Type == "integer":
		return "3"
	}
	return "text"
}

// The files of wxgen init name the published schemas, whose paths are those in this repository.
func TestInitSchemas(t *testing.T) {
	root, found := filepath.Join("..", ".."), 0
	for _, name := range []string{"wxgen.yaml", "wechatpay/v3/shop.yaml"} {
		first, _, _ := strings.Cut(read(t,
			filepath.Join(root, "templates", "init", filepath.FromSlash(name))), "\n")
		line := regexp.MustCompile(
			`^# yaml-language-server: \$schema=https://raw\.githubusercontent\.com/wxgen/wxgen/main/(schema/\w+\.json)$`)
		if m := line.FindStringSubmatch(first); m != nil &&
			exists(filepath.Join(root, filepath.FromSlash(m[1]))) {
			found++
		}
	}
	if found != 2 {
		t.Errorf("%d of 2 files name a schema that there is", found)
	}
}
