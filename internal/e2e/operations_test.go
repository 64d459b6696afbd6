package e2e

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/wxgen/wxgen/generated/wechatpay"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/rawspec"
	"github.com/wxgen/wxgen/spec"
	"github.com/wxgen/wxgen/wxpay"
)

// described is the description: as plain YAML for the values, and loaded for the Go names.
var described = sync.OnceValues(func() (d struct {
	ops    map[string]*rawspec.Operation
	routes map[string]*route
	api    *model.API
}, err error) {
	plain, err := rawspec.Read(spec.FS)
	if err != nil {
		return d, err
	}
	if d.ops, err = plain.Operations(); err != nil {
		return d, err
	}
	if d.api, err = load.Dir(spec.FS, load.Options{Name: "spec/"}); err != nil {
		return d, err
	}
	d.routes = routes(d.api)
	return d, nil
})

// newClient is a client of the server, as a user makes one.
func newClient(t *testing.T, s *server, opts ...wxpay.Option) *wechatpay.Client {
	t.Helper()
	return connect(t, s, wxpay.Config{MchID: mchID}, opts...)
}

// clientOf is a client of a caller of the service: a merchant, or a brand.
func clientOf(t *testing.T, s *server, service string) *wechatpay.Client {
	t.Helper()
	if strings.HasPrefix(service, "brand/") {
		return connect(t, s, wxpay.Config{BrandID: brandID})
	}
	return newClient(t, s)
}

func connect(t *testing.T, s *server, cfg wxpay.Config, opts ...wxpay.Option) *wechatpay.Client {
	t.Helper()
	cfg.SerialNo, cfg.PrivateKey, cfg.APIv3Key = merchantNo, keys().merchant, apiV3Key
	cfg.PlatformKeys = wxpay.PlatformKeys{platformNo: &keys().platform.PublicKey}
	client, err := wechatpay.New(cfg, append([]wxpay.Option{wxpay.WithBaseURL(s.URL)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// TestOperations sends every operation of the description through the generated code to a server
// that checks it: with every field set, with the required ones alone, and with the description's
// example. It answers as the description says.
func TestOperations(t *testing.T) {
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	services := map[string][]*rawspec.Operation{}
	for _, name := range slices.Sorted(maps.Keys(d.ops)) {
		if op := d.ops[name]; op.Path != "" {
			services[op.Service()] = append(services[op.Service()], op)
		}
	}
	for _, service := range slices.Sorted(maps.Keys(services)) {
		t.Run(service, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			client := clientOf(t, s, service)
			for _, op := range services[service] {
				for _, k := range []*maker{{}, {sampler: sampler{least: true, strange: true}},
					{example: true}} {
					e := &exchange{t: t, server: s, client: client, op: op,
						route: d.routes[op.Name], maker: k}
					e.run()
				}
			}
		})
	}
}

// An exchange is one call and its answer.
type exchange struct {
	t      *testing.T
	server *server
	client *wechatpay.Client
	op     *rawspec.Operation
	route  *route
	maker  *maker
	sent   *message
	answer any // the document of the response; nil if there is none
}

func (e *exchange) errorf(format string, args ...any) {
	e.t.Helper()
	kind := "every field"
	switch {
	case e.maker.example:
		kind = "the example"
	case e.maker.least:
		kind = "the required fields"
	}
	e.t.Errorf("%s: %s with %s: %s", e.op.Pos(), e.op.Name, kind, fmt.Sprintf(format, args...))
}

func (e *exchange) run() {
	e.t.Helper()
	if e.route == nil {
		e.errorf("Go has no way there")
		return
	}
	var err error
	if e.sent, err = e.maker.newMessage(e.op); err != nil {
		e.errorf("%v", err)
		return
	}
	e.server.expect(e.newReply())
	e.server.hold(e.op)
	res, err := e.route.call(context.Background(), e.client, e.sent)
	if err != nil {
		e.errorf("%v", err)
		return
	}
	if res.err != nil {
		e.errorf("the call failed: %v", res.err)
	}
	e.checkRequest()
	if res.err == nil {
		e.checkResult(res)
	}
}

// newReply makes a reply as described.
func (e *exchange) newReply() *reply {
	_, kind, schema := e.op.Reply()
	r := &reply{status: http.StatusOK, kind: kind}
	switch kind {
	case "":
		r.status = http.StatusNoContent
	case "application/octet-stream":
		r.body, r.unsigned = []byte(uploadText), true
	default:
		k := e.maker.sampler
		k.reply = true
		e.answer = k.value("response", schema)
		r.body = wire(strangers(e.answer))
	}
	return r
}

// checkRequest compares the received request with the intended one.
func (e *exchange) checkRequest() {
	e.t.Helper()
	seen := e.server.saw()
	if len(seen) != 1 {
		e.errorf("the server saw %d requests, wanted 1", len(seen))
		return
	}
	got := seen[0]
	if got.method != e.op.Method() {
		e.errorf("method is %s", got.method)
	}
	if got.header.Get("Wechatpay-Serial") != platformNo {
		e.errorf("Wechatpay-Serial is %q", got.header.Get("Wechatpay-Serial"))
	}
	faults := e.pathFaults(got)
	faults = append(faults, e.queryFaults(got)...)
	for name, value := range e.sent.header {
		if got.header.Get(name) != text(value)[0] {
			faults = append(faults,
				fmt.Sprintf("header %s is %q, wanted %q", name, got.header.Get(name), value))
		}
	}
	for _, fault := range append(faults, e.bodyFaults(got)...) {
		e.errorf("%s", fault)
	}
}

// pathFaults compares the path segment by segment: each is escaped separately.
func (e *exchange) pathFaults(got *request) (faults []string) {
	prefix := ""
	if base, err := url.Parse(e.op.Server()); err == nil {
		prefix = base.Path
	}
	template := strings.Split(prefix+e.op.Path, "/")
	segments := strings.Split(got.path, "/")
	if len(template) != len(segments) {
		return []string{fmt.Sprintf("path is %s, wanted %s", got.path, e.op.Path)}
	}
	for i, want := range template {
		name, isParam := strings.CutPrefix(want, "{")
		if name = strings.TrimSuffix(name, "}"); !isParam {
			if segments[i] != want {
				faults = append(faults, fmt.Sprintf("path is %s, wanted %s", got.path, e.op.Path))
			}
			continue
		}
		if e.op.Alias != nil && e.op.Alias.From == name {
			name = e.op.Alias.To
		}
		value, err := url.PathUnescape(segments[i])
		if err != nil {
			return []string{err.Error()}
		}
		faults = append(faults, sameText("path."+name, e.sent.path[name], []string{value}, got)...)
	}
	return faults
}

func (e *exchange) queryFaults(got *request) (faults []string) {
	for name, value := range e.sent.query {
		faults = append(faults, sameText("query."+name, value, got.query[name], got)...)
	}
	for name := range got.query {
		if _, ok := e.sent.query[name]; !ok {
			faults = append(faults,
				fmt.Sprintf("query.%s=%s was not asked for", name, got.query[name]))
		}
	}
	return faults
}

// sameText compares the values of a parameter. It opens sealed ones and decodes JSON.
func sameText(at string, want any, got []string, r *request) []string {
	switch want.(type) {
	case secret, inString:
		if len(got) == 1 {
			return same(at, want, got[0], r.open)
		}
	}
	if !slices.Equal(text(want), got) {
		return []string{fmt.Sprintf("%s is %q, wanted %q", at, got, text(want))}
	}
	return nil
}

func (e *exchange) bodyFaults(got *request) []string {
	if e.sent.body == nil && !e.sent.upload {
		if len(got.body) > 0 {
			return []string{fmt.Sprintf("a body that was not asked for: %s", got.body)}
		}
		return nil
	}
	body, err := decode(got.body)
	if err != nil {
		return []string{fmt.Sprintf("the body %q is no JSON: %v", got.body, err)}
	}
	faults := same("body", e.sent.body, body, got.open)
	if e.sent.upload {
		file := got.parts[e.sent.filePart]
		if string(file.content) != uploadText || file.filename != uploadName ||
			len(got.parts) != 2 {
			faults = append(faults,
				fmt.Sprintf("the file is %q called %q, wanted %q called %q; %d parts", file.content,
					file.filename, uploadText, uploadName, len(got.parts)))
		}
	}
	return faults
}

// checkResult compares the result of the call with the server's reply.
func (e *exchange) checkResult(res result) {
	e.t.Helper()
	_, kind, _ := e.op.Reply()
	switch {
	case kind == "application/octet-stream":
		if string(res.file) != uploadText {
			e.errorf("downloaded %q, wanted %q", res.file, uploadText)
		}
	case e.answer == nil:
		if res.value.IsValid() {
			e.errorf("gives back a %s where there is no content", res.value.Type())
		}
	case !res.value.IsValid() || res.value.IsNil():
		e.errorf("gives back nothing, wanted the response")
	default:
		for _, fault := range holds("response", res.value, e.answer) {
			e.errorf("%s", fault)
		}
	}
}

// TestEveryOperationHasARoute checks that the description has every operation of the Go code.
func TestEveryOperationHasARoute(t *testing.T) {
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	for name := range d.routes {
		if d.ops[name] == nil {
			t.Errorf("Go reaches %s, which the description does not have", name)
		}
	}
}

// TestMissing calls every operation with required fields, and sets none: one error names each field
// by its path on the wire, and nothing is sent.
func TestMissing(t *testing.T) {
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t)
	client := newClient(t, s)
	s.expect(nil)
	for _, name := range slices.Sorted(maps.Keys(d.routes)) {
		op, route := d.ops[name], d.routes[name]
		if op == nil || route.op.Request == nil {
			continue
		}
		wanted := mustBeNamed(op)
		if len(wanted) == 0 {
			continue
		}
		k := &maker{sampler: sampler{least: true}}
		m, err := k.newMessage(op)
		if err != nil {
			t.Fatal(err)
		}
		m.query, m.header, m.body = nil, nil, nil
		res, err := route.call(context.Background(), client, m)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var invalid *wxpay.InvalidError
		if !errors.As(res.err, &invalid) {
			t.Errorf("%s: %v, wanted a *wxpay.InvalidError", name, res.err)
			continue
		}
		for _, field := range wanted {
			if !slices.Contains(invalid.Fields, field) {
				t.Errorf("%s: %v does not name %s", name, res.err, field)
			}
		}
	}
	if n := len(s.saw()); n > 0 {
		t.Errorf("%d requests were sent without their required fields", n)
	}
}

// mustBeNamed are the wire paths of the operation's required fields that cannot be 0 or false.
func mustBeNamed(op *rawspec.Operation) (fields []string) {
	for _, p := range op.Parameters {
		if name := p.At("name").Text(); !p.At("in").Is("path") && name != "Wechatpay-Serial" &&
			p.At("required").Is("true") {
			fields = append(fields, unset(name, p.At("schema"))...)
		}
	}
	if op.Content == "multipart/form-data" {
		return fields // the runtime fills in the file's own fields
	}
	if op.Content == "" {
		return fields
	}
	return append(fields, unset("", op.Schema)...)
}

// unset are the wire paths of the missing fields of an unset value.
func unset(at string, v rawspec.View) (fields []string) {
	if inside := v.At("contentSchema"); inside.Exists() {
		return unset(at, inside)
	}
	switch v.Type() {
	case "string":
		return []string{at}
	case "object":
		for _, name := range v.At("required").Texts() {
			inner := name
			if at != "" {
				inner = at + "." + name
			}
			fields = append(fields, unset(inner, v.At("properties", name))...)
		}
	}
	return fields
}
