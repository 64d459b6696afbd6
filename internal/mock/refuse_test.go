package mock_test

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/sample"
)

// TestRefusesWhatIsBroken breaks a valid request of every operation in each way, one at a time: it
// is refused, with the field that is at fault.
func TestRefusesWhatIsBroken(t *testing.T) {
	e := newEngine(t, func(c *mock.Config) { c.Invent, c.Settle = true, time.Hour })
	counts := map[string]int{}
	for _, entry := range e.Catalogue() {
		op, err := e.Operation(entry.Method, entry.Path)
		if err != nil {
			t.Fatal(err)
		}
		if op.Path == "/v3/certificates" {
			continue
		}
		for _, b := range breaches(op) {
			counts[b.kind]++
			refuses(t, e, op, b)
		}
	}
	for _, kind := range []string{"required", "enum", "limit", "unknown", "clear", "type"} {
		if counts[kind] < 20 {
			t.Errorf("only %d breaches of kind %s were tried", counts[kind], kind)
		}
	}
	t.Log(counts)
}

// breach is one thing that is wrong with a request.
type breach struct {
	kind  string
	in    string // location
	field string
	spoil func(doc map[string]any) // of a body
	param string                   // of a query
	value string
}

// breaches are the first breach of each kind that an operation allows: in its query, and in its
// body as deep as it is made.
func breaches(op *desc.Operation) (list []breach) {
	seen := map[string]bool{}
	add := func(b breach) {
		if key := b.kind + b.in; !seen[key] {
			seen[key] = true
			list = append(list, b)
		}
	}
	for _, p := range op.Params {
		if p.In != "query" {
			continue
		}
		if p.Required {
			add(breach{kind: "required", in: "query", field: p.Name, param: p.Name})
		}
		if len(p.Schema.Enum) > 0 && !p.Schema.Sensitive {
			add(breach{kind: "enum", in: "query", field: p.Name, param: p.Name, value: "NO_SUCH_VALUE"})
		}
		if p.Schema.MaxLength > 0 && !p.Schema.Sensitive {
			add(breach{kind: "limit", in: "query", field: p.Name, param: p.Name, value: strings.Repeat("1", p.Schema.MaxLength+1)})
		}
	}
	add(breach{kind: "unknown", in: "query", field: "no_such_parameter", param: "no_such_parameter", value: "1"})
	if op.BodyKind == desc.JSON && op.Body.Type == "object" {
		walk(op.Body, nil, add)
		if len(op.Body.Fields) > 0 {
			add(breach{kind: "unknown", in: "body", field: "/no_such_field", spoil: func(doc map[string]any) { doc["no_such_field"] = "1" }})
		}
	}
	return list
}

// walk finds the breaches of an object that a full request has.
func walk(s *desc.Schema, at []string, add func(breach)) {
	for i := range s.Fields {
		f := &s.Fields[i]
		path := append(append([]string(nil), at...), f.Name)
		field := "/" + strings.Join(path, "/")
		set := func(v any) func(map[string]any) { return func(doc map[string]any) { put(doc, path, v) } }
		if f.Required {
			add(breach{kind: "required", in: "body", field: field, spoil: set(nil)})
		}
		fs := f.Schema
		switch {
		case fs.Sensitive:
			add(breach{kind: "clear", in: "body", field: field, spoil: set("张三在明文中")})
		case len(fs.Enum) > 0 && fs.Type == "string":
			add(breach{kind: "enum", in: "body", field: field, spoil: set("NO_SUCH_VALUE")})
		case fs.Type == "string" && fs.MaxLength > 0 && fs.Pattern == "" && fs.Format == "":
			add(breach{kind: "limit", in: "body", field: field, spoil: set(strings.Repeat("1", fs.MaxLength+1))})
		case fs.Type == "integer" && fs.Maximum != "":
			n, _ := strconv.Atoi(fs.Maximum)
			add(breach{kind: "limit", in: "body", field: field, spoil: set(n + 1)})
		case fs.Type == "integer":
			add(breach{kind: "type", in: "body", field: field, spoil: set("ten")})
		case fs.Type == "object":
			walk(fs, path, add)
		}
	}
}

// put sets a field of a document, or takes it away.
func put(doc map[string]any, path []string, v any) {
	for _, name := range path[:len(path)-1] {
		inner, ok := doc[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			doc[name] = inner
		}
		doc = inner
	}
	if last := path[len(path)-1]; v == nil {
		delete(doc, last)
	} else {
		doc[last] = v
	}
}

func refuses(t *testing.T, e *mock.Engine, op *desc.Operation, b breach) {
	t.Helper()
	bare := *op
	bare.Example = nil
	a := e.AccountFor(op)
	m := e.Maker(op, a)
	r := m.Request(&bare)
	c := e.Caller(a, "")
	if b.in == "query" {
		if r.Query[b.param] = b.value; b.value == "" {
			delete(r.Query, b.param)
		}
	}
	seal := func(text string) (string, error) { return keys.Seal(&c.Platform.Key.PublicKey, text) }
	var body []byte
	if r.Body != nil {
		sealed, err := sample.Seal(op.Body, memory.Clone(r.Body), seal)
		if err != nil {
			t.Fatal(err)
		}
		if b.spoil != nil {
			b.spoil(sealed.(map[string]any))
		}
		body, _ = json.Marshal(sealed)
	}
	query := &sample.Request{Operation: op, Args: map[string]string{}, Query: map[string]string{}}
	for _, p := range op.Params {
		for from, to := range map[*map[string]string]map[string]string{&r.Args: query.Args, &r.Query: query.Query} {
			if v, there := (*from)[p.Name]; there {
				sealed, err := sample.Seal(p.Schema, v, seal)
				if err != nil {
					t.Fatal(err)
				}
				to[p.Name] = sealed.(string)
			}
		}
	}
	if b.param != "" && b.value != "" {
		query.Query[b.param] = b.value
	}
	req, err := c.Raw(t.Context(), op.Method, query.URI(), body, op, r.Header)
	if err != nil {
		t.Fatal(err)
	}
	e.Reset()
	w := do(t, e, req)
	var said struct {
		Code   string
		Detail struct{ Field, Location string }
	}
	err = json.NewDecoder(bytes.NewReader(w.Body.Bytes())).Decode(&said)
	if err != nil || w.Code != 400 || said.Code != "PARAM_ERROR" || said.Detail.Field != b.field || said.Detail.Location != b.in {
		t.Errorf("%s with a breach of %s at %s %s: HTTP %d %s\n%s", op.Name(), b.kind, b.in, b.field, w.Code, w.Body, body)
	}
	number := "-268435461"
	if b.kind == "unknown" {
		number = "-270924358"
	}
	if id := w.Header().Get("Request-Id"); !strings.HasSuffix(id, number) {
		t.Errorf("%s with a breach of %s: Request-Id %s; want it to end in %s", op.Name(), b.kind, id, number)
	}
}
