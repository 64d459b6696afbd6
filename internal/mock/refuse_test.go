package mock_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/brief"
	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/caller"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/judge"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/sample"
	"github.com/wxgen/wxgen/internal/rawspec"
	"github.com/wxgen/wxgen/spec"
)

// TestRefusesWhatIsBroken breaks a valid request of every operation in each way, one at a time. The
// server refuses each with the code, the number and the field of the fault. The first breach of
// each kind and location, and every sealed field in clear, goes signed through the whole server.
// The others are checked without the cryptography, and not in a short run. The YAML says which
// kinds each operation needs, so that a missing breach fails the test.
func TestRefusesWhatIsBroken(t *testing.T) {
	e := newEngine(t, func(c *mock.Config) { c.Invent, c.Settle = true, time.Hour })
	applies := applicable(t)
	sent, judged, operations := map[string]int{}, map[string]int{}, map[string]int{}
	for _, entry := range e.Catalogue() {
		op, err := e.Operation(entry.Method, entry.Path)
		if err != nil {
			t.Fatal(err)
		}
		b := newBroken(t, e, op)
		seen, tried := map[string]bool{}, map[string]bool{}
		for _, one := range breaches(op) {
			key := one.kind + one.in
			switch {
			case !seen[key] || one.kind == "clear" || one.in != "body":
				if !b.send(one) {
					continue
				}
				sent[one.kind]++
			case brief.Run() || !b.judge(one):
				continue
			}
			seen[key], tried[one.kind] = true, true
			judged[one.kind]++
		}
		for kind := range applies[op.Name()] {
			if operations[kind]++; !tried[kind] {
				t.Errorf("%s: no breach of kind %s was tried, and the description has one",
					op.Name(), kind)
			}
		}
	}
	t.Logf("breaches %v, of them through the whole server %v; operations that can have them %v",
		judged, sent, operations)
	if n := operations["unknown"]; n != len(e.Catalogue()) || n < 1000 {
		t.Errorf("%d of %d operations were broken", n, len(e.Catalogue()))
	}
}

// applicable maps operations to the kinds of breaches that the YAML allows.
func applicable(t *testing.T) map[string]map[string]bool {
	t.Helper()
	doc, err := rawspec.Read(spec.FS)
	if err != nil {
		t.Fatal(err)
	}
	ops, err := doc.Operations()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]bool{}
	for name, op := range ops {
		kinds := map[string]bool{"unknown": true}
		for _, p := range op.Parameters {
			if p.At("name").Is("Wechatpay-Serial") {
				continue
			}
			kinds["required"] = kinds["required"] || p.At("required").Is("true") &&
				!p.At("in").Is("path")
			schemaKinds(p.At("schema"), kinds)
		}
		schema := op.Schema
		if op.Content == "multipart/form-data" {
			schema = schema.At("properties", "meta")
		}
		schemaKinds(schema, kinds)
		maps.DeleteFunc(kinds, func(_ string, there bool) bool { return !there })
		out[name] = kinds
	}
	return out
}

func schemaKinds(v rawspec.View, kinds map[string]bool) {
	sealed := v.At("x-wxpay-sensitive").Is("true")
	kinds["clear"] = kinds["clear"] || sealed
	kinds["enum"] = kinds["enum"] || !sealed && len(v.At("enum").List()) > 0
	kinds["required"] = kinds["required"] || len(v.At("required").Texts()) > 0
	for _, key := range []string{"maxLength", "maximum", "minimum", "maxItems"} {
		kinds["limit"] = kinds["limit"] || !sealed && v.At(key).Exists()
	}
	for _, name := range v.At("properties").Keys() {
		schemaKinds(v.At("properties", name), kinds)
	}
	for _, key := range []string{"items", "contentSchema"} {
		if v.At(key).Exists() {
			schemaKinds(v.At(key), kinds)
		}
	}
}

// broken breaks the requests of one operation.
type broken struct {
	t      *testing.T
	e      *mock.Engine
	op     *desc.Operation
	caller *caller.Caller
	clear  *raw // a valid request, with all fields
	sealed *raw
	file   *judge.File
}

func newBroken(t *testing.T, e *mock.Engine, op *desc.Operation) *broken {
	t.Helper()
	bare := *op
	bare.Example = nil
	a := e.AccountFor(op)
	r := e.Maker(op, a).Request(&bare)
	b := &broken{t: t, e: e, op: op, caller: e.Caller(a, ""),
		clear: &raw{r.Args, r.Query, r.Header, r.Body}}
	if op.BodyKind == desc.Upload {
		b.upload(r)
	}
	b.sealed = b.clear.copy()
	seal := func(text string) (string, error) {
		return keys.Seal(keys.Public(b.caller.Platform.Key), text)
	}
	for _, p := range op.Params {
		for _, m := range []map[string]string{b.sealed.args, b.sealed.query, b.sealed.header} {
			if v, there := m[p.Name]; there {
				m[p.Name] = b.must(sample.Seal(p.Schema, v, seal)).(string)
			}
		}
	}
	b.sealed.body = b.must(sample.Seal(body(op), b.sealed.body, seal))
	return b
}

func (b *broken) must(v any, err error) any {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("%s: %v", b.op.Name(), err)
	}
	return v
}

// upload takes file, name and digest from a complete request.
func (b *broken) upload(r *sample.Request) {
	b.t.Helper()
	req, err := b.caller.Request(b.t.Context(), r)
	if err != nil {
		b.t.Fatal(err)
	}
	text, err := io.ReadAll(req.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	signed, file, issue := judge.Split(req.Header, text)
	var meta map[string]any
	if issue != "" || json.Unmarshal(signed, &meta) != nil {
		b.t.Fatalf("%s: %s %s", b.op.Name(), issue, signed)
	}
	b.file = file
	for _, f := range body(b.op).Fields {
		if f.Schema.File != "" {
			b.clear.body.(map[string]any)[f.Name] = meta[f.Name]
		}
	}
}

func (r *raw) copy() *raw {
	return &raw{maps.Clone(r.args), maps.Clone(r.query), maps.Clone(r.header), memory.Clone(r.body)}
}

// judge checks the body alone, in clear. It reports whether the request has such a place.
func (b *broken) judge(one breach) bool {
	b.t.Helper()
	r := b.clear.copy()
	if !one.spoil(r) {
		return false
	}
	refused := judge.Conforms(body(b.op), r.body)
	if refused == nil {
		b.t.Errorf("%s with a breach of %s at %s is accepted", b.op.Name(), one.kind, one.field)
		return true
	}
	text, _ := json.Marshal(refused)
	b.hold(one, refused.Status, text, refused.Number)
	return true
}

// send sends a broken and signed request to the server. It reports whether the request has such a
// place.
func (b *broken) send(one breach) bool {
	b.t.Helper()
	r := b.sealed.copy()
	if !one.spoil(r) {
		return false
	}
	b.e.Reset()
	w := do(b.t, b.e, b.request(r))
	_, number, _ := strings.Cut(w.Header().Get("Request-Id"), "-")
	n, _ := json.Number(number).Int64()
	b.hold(one, w.Code, w.Body.Bytes(), n)
	return true
}

func (b *broken) request(r *raw) *http.Request {
	b.t.Helper()
	uri := (&sample.Request{Operation: b.op, Args: r.args, Query: r.query}).URI()
	var signed []byte
	if r.body != nil {
		signed, _ = json.Marshal(r.body)
	}
	sent, kind := signed, "application/json"
	if b.file != nil {
		sent, kind = form(signed, b.file)
	}
	req, err := http.NewRequestWithContext(b.t.Context(), b.op.Method, uri, bytes.NewReader(sent))
	if err != nil {
		b.t.Fatal(err)
	}
	authorization, err := b.caller.Authorization(b.op.Method, uri, signed)
	if err != nil {
		b.t.Fatal(err)
	}
	for name, v := range r.header {
		req.Header.Set(name, v)
	}
	for name, v := range map[string]string{
		"Authorization": authorization, "Accept": "*/*", "User-Agent": "test", "Content-Type": kind,
		"Wechatpay-Serial": b.caller.Platform.Serial,
	} {
		req.Header.Set(name, v)
	}
	return req
}

// form is the body of an upload.
func form(meta []byte, file *judge.File) (body []byte, kind string) {
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	for disposition, content := range map[string][]byte{
		`form-data; name="meta"`: meta, `form-data; name="` + file.Part + `"; filename="` +
			file.Name + `"`: file.Content,
	} {
		part, _ := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {disposition}})
		_, _ = part.Write(content) // a Buffer never fails
	}
	_ = w.Close()
	return out.Bytes(), w.FormDataContentType()
}

// hold compares a refusal with the documented one.
func (b *broken) hold(one breach, status int, text []byte, number int64) {
	b.t.Helper()
	var said struct {
		Code   string
		Detail struct{ Field, Location string }
	}
	err := json.Unmarshal(text, &said)
	want := int64(268435461)
	if one.kind == "unknown" {
		want = 270924358
	}
	if err != nil || status != 400 || said.Code != "PARAM_ERROR" ||
		said.Detail.Field != one.field ||
		said.Detail.Location != one.in || number != want {
		b.t.Errorf("%s with a breach of %s at %s %s: HTTP %d %s, number %d; want PARAM_ERROR at "+
			"it, number %d",
			b.op.Name(), one.kind, one.in, one.field, status, text, number, want)
	}
}
