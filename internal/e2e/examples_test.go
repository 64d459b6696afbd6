package e2e

import (
	"bufio"
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/generated/webhook"
	"github.com/wxgen/wxgen/generated/wechatpay"
	"github.com/wxgen/wxgen/internal/rawspec"
	"github.com/wxgen/wxgen/wxpay"
)

// examplesVar names the folders with examples of real requests, replies and notifications. They
// belong to others, so they are not committed.
const examplesVar = "WXGEN_EXAMPLES"

// TestExamples sends real requests through the generated types, and reads real replies and
// notifications with them. A request passes Validate and arrives unchanged. A reply decodes without
// error, and its type has all its fields.
func TestExamples(t *testing.T) {
	dirs := filepath.SplitList(os.Getenv(examplesVar))
	if len(dirs) == 0 {
		t.Skip("set " + examplesVar + " to the folders with examples: request, response and " +
			"notification lie in each")
	}
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	odd := readOddities(t)
	s := newServer(t)
	x := &examples{t: t, ops: d.ops, routes: d.routes, server: s, client: newClient(t, s), odd: odd}
	for _, dir := range dirs {
		x.each(dir, "request", x.request)
		x.each(dir, "response", x.response)
		x.each(dir, "notification", x.notification)
	}
	t.Logf("%d requests, %d replies, %d notifications", x.count["request"], x.count["response"],
		x.count["notification"])
	odd.unused(t)
}

type examples struct {
	t      *testing.T
	ops    map[string]*rawspec.Operation
	routes map[string]*route
	server *server
	client *wechatpay.Client
	odd    *oddities
	count  map[string]int
}

func (x *examples) each(dir, side string, check func(name string, doc map[string]any) []string) {
	files, err := filepath.Glob(filepath.Join(dir, side, "*.json"))
	if err != nil || len(files) == 0 {
		x.t.Errorf("%s: no examples: %v", filepath.Join(dir, side), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			x.t.Fatal(err)
		}
		doc, err := decode(text)
		object, ok := doc.(map[string]any)
		if err != nil || !ok {
			x.t.Errorf("%s: no JSON object: %v", file, err)
			continue
		}
		if x.count == nil {
			x.count = map[string]int{}
		}
		x.count[side]++
		name := side + "/" + strings.TrimSuffix(filepath.Base(file), ".json")
		x.odd.seen[name] = true
		for _, fault := range check(name, object) {
			if !x.odd.explain(name, fault) {
				x.t.Errorf("%s: %s", name, fault)
			}
		}
	}
}

// operation finds the operation of an example, whose path parameters may have other names.
func (x *examples) operation(doc map[string]any) (*rawspec.Operation, *route) {
	name, _ := doc["operation"].(string)
	if op := x.ops[name]; op != nil {
		return op, x.routes[name]
	}
	for known, op := range x.ops {
		if sameTemplate(known, name) {
			return op, x.routes[known]
		}
	}
	return nil, nil
}

func sameTemplate(a, b string) bool {
	as, bs := strings.Split(strings.TrimSuffix(a, "/"), "/"),
		strings.Split(strings.TrimSuffix(b, "/"), "/")
	return slices.EqualFunc(as, bs, func(a, b string) bool {
		return a == b || strings.HasPrefix(a, "{") && strings.HasPrefix(b, "{")
	})
}

// request sends the example and compares it with the received request.
func (x *examples) request(_ string, doc map[string]any) []string {
	op, way := x.operation(doc)
	if op == nil {
		return []string{fmt.Sprintf("the description has no %v", doc["operation"])}
	}
	body, _ := doc["request"].(map[string]any)
	m, err := (&maker{sampler: sampler{least: true}}).newMessage(op)
	if err != nil {
		return []string{err.Error()}
	}
	example := map[string]any{}
	for name, value := range body {
		if !x.parameter(op, m, name, value) {
			example[name] = value
		}
	}
	schema := op.Schema
	if m.upload {
		schema = schema.At("properties", "meta")
	}
	if m.body != nil {
		m.body = given(schema, example)
	} else if len(example) > 0 {
		return []string{fmt.Sprintf("fields that the request has no place for: %v", example)}
	}
	e := &exchange{t: x.t, server: x.server, client: x.client, op: op, route: way, maker: &maker{},
		sent: m}
	x.server.expect(e.newReply())
	res, err := way.call(context.Background(), x.client, m)
	switch {
	case err != nil:
		return []string{err.Error()}
	case res.err != nil:
		return []string{res.err.Error()}
	}
	return e.bodyFaults(x.server.saw()[0])
}

// parameter splits a value of the path, the query or a header.
func (x *examples) parameter(op *rawspec.Operation, m *message, name string, value any) bool {
	if op.Schema.At("properties", name).Exists() {
		return false
	}
	for in, group := range map[string]map[string]any{"path": m.path, "query": m.query,
		"header": m.header} {
		if p := op.Parameter(in, name); p.Exists() {
			if in != "path" {
				group[name] = value
			}
			return true
		}
	}
	return false
}

// response makes the server answer with the example, and compares it with the result of the call.
func (x *examples) response(_ string, doc map[string]any) []string {
	op, way := x.operation(doc)
	if op == nil {
		return []string{fmt.Sprintf("the description has no %v", doc["operation"])}
	}
	_, kind, schema := op.Reply()
	body := doc["response"]
	if kind != "application/json" {
		if object, _ := body.(map[string]any); len(object) > 0 {
			return []string{
				fmt.Sprintf("the operation answers with %q, the example is %v", kind, body),
			}
		}
		return nil
	}
	m, err := (&maker{}).newMessage(op)
	if err != nil {
		return []string{err.Error()}
	}
	x.server.expect(&reply{status: 200, kind: kind, body: wire(sealedFor(schema, body))})
	res, err := way.call(context.Background(), x.client, m)
	switch {
	case err != nil:
		return []string{err.Error()}
	case res.err != nil:
		return []string{res.err.Error()}
	}
	return holds("response", res.value, given(schema, body))
}

// notification delivers the example as each event that may have it: one of them must hold all of
// it.
func (x *examples) notification(_ string, doc map[string]any) []string {
	var best []string
	for name, op := range x.ops {
		if op.Path != "" {
			continue
		}
		faults := x.deliver(name, op, doc)
		if best == nil || len(faults) < len(best) {
			best = append([]string{}, faults...)
		}
		if len(best) == 0 {
			return nil
		}
	}
	return best
}

func (x *examples) deliver(name string, op *rawspec.Operation,
	doc map[string]any) (faults []string) {
	for field := range doc {
		if !op.Schema.At("properties", field).Exists() {
			faults = append(faults, "resource has no field for "+field)
		}
	}
	if len(faults) > 0 {
		return faults
	}
	mux := new(webhook.Mux)
	var got reflect.Value
	for i := range reflect.TypeOf(mux).NumMethod() {
		register := reflect.ValueOf(mux).Method(i)
		if register.Type().NumIn() != 1 || register.Type().In(0).Kind() != reflect.Func ||
			register.Type().In(0).NumIn() != 2 {
			continue
		}
		in := register.Type().In(0)
		register.Call(
			[]reflect.Value{reflect.MakeFunc(in, func(args []reflect.Value) []reflect.Value {
				got = args[1]
				return []reflect.Value{reflect.Zero(in.Out(0))}
			})})
	}
	note := wxpay.WithNotificationErrors(func(_ context.Context, err error) {
		faults = append(faults, err.Error())
	})
	w := httptest.NewRecorder()
	x.client.Runtime().NotificationHandler(mux, note).ServeHTTP(w,
		notification(name, "test", wire(sealedFor(op.Schema, doc))))
	if !got.IsValid() {
		return append(faults, fmt.Sprintf("%s: answered %d and handled nothing", name, w.Code))
	}
	return append(faults, holds(name, got.Elem().FieldByName("Resource"), given(op.Schema, doc))...)
}

// sealedFor marks the sealed values, and keeps the rest of the example.
func sealedFor(v rawspec.View, example any) any { return mark(v, example, true) }

// given is the expected result of an example, without empty values.
func given(v rawspec.View, example any) any { return mark(v, example, false) }

func mark(v rawspec.View, example any, empty bool) any {
	if inside := v.At("contentSchema"); inside.Exists() {
		if text, ok := example.(string); ok {
			if inner, err := decode([]byte(text)); err == nil {
				return inString{mark(inside, inner, empty)}
			}
		}
		return example
	}
	switch e := example.(type) {
	case map[string]any:
		if v.Type() == "array" && !empty { // one element, sent without the brackets
			return []any{mark(v.At("items"), e, empty)}
		}
		if v.At("type").Exists() && len(v.At("properties").Keys()) == 0 &&
			v.At("additionalProperties").Type() == "" {
			return anything{e}
		}
		doc := map[string]any{}
		for _, name := range v.At("properties").Keys() { // the runtime fills these in
			switch kind := v.At("properties", name, "x-wxpay-file").Text(); {
			case empty || kind == "":
			case kind == "name":
				doc[name] = fileName{}
			default:
				doc[name] = digest{kind}
			}
		}
		for name, value := range e {
			if _, ours := doc[name]; ours {
				continue
			}
			if !empty && (value == nil || value == "") {
				continue
			}
			inner := v.At("properties", name)
			if !inner.Exists() {
				inner = v.At("additionalProperties")
			}
			doc[name] = mark(inner, value, empty)
		}
		return doc
	case []any:
		list := []any{}
		for _, item := range e {
			list = append(list, mark(v.At("items"), item, empty))
		}
		return list
	case string:
		if v.Sensitive() && e != "" {
			// an example's ciphertext is too long to be sealed again
			return secret(e[:min(len(e), 40)])
		}
		var at wxpay.Time
		if !empty && v.At("format").Is("date-time") && at.UnmarshalText([]byte(e)) == nil {
			return at.String()
		}
	}
	return example
}

// oddities are the faults of the examples themselves: an example, a word of the fault, and the
// reason.
type oddities struct {
	rows [][3]string
	met  map[int]bool
	seen map[string]bool // examples in the folders
}

func readOddities(t *testing.T) *oddities {
	t.Helper()
	f, err := os.Open("testdata/examples.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	odd := &oddities{met: map[int]bool{}, seen: map[string]bool{}}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if text := lines.Text(); text != "" && !strings.HasPrefix(text, "#") {
			cells := strings.Split(text, "\t")
			if len(cells) != 3 || slices.Contains(cells, "") {
				t.Fatalf("testdata/examples.tsv: %q: wanted example, word of the fault, reason",
					text)
			}
			odd.rows = append(odd.rows, [3]string(cells))
		}
	}
	return odd
}

func (o *oddities) explain(name, fault string) bool {
	for i, row := range o.rows {
		if row[0] == name && strings.Contains(fault, row[1]) {
			o.met[i] = true
			return true
		}
	}
	return false
}

// unused reports rows that explain no fault any more.
func (o *oddities) unused(t *testing.T) {
	for i, row := range o.rows {
		if o.seen[row[0]] && !o.met[i] {
			t.Errorf("testdata/examples.tsv: %s no longer has %q: take the line out", row[0],
				row[1])
		}
	}
}
