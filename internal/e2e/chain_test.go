package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/generated/wechatpay"
	"github.com/wxgen/wxgen/internal/model"
	"github.com/wxgen/wxgen/internal/rawspec"
	"github.com/wxgen/wxgen/wxpay"
)

// A step is a link of the chain: a method and, for a parameter, its name in the description.
type step struct{ method, param string }

// A route is the chain of an operation. The model gives its names; the description gives its
// values.
type route struct {
	steps []step
	op    *model.Operation
}

// beginnings are the methods of the client by the first segment of a path.
var beginnings = map[string]string{"v3": "V3", "brand": "Brand"}

// routes maps every operation, by its name in rawspec, to its route.
func routes(api *model.API) map[string]*route {
	found := map[string]*route{}
	for _, service := range api.Services {
		walk(found, service.Root, []step{{method: beginnings[service.Space]},
			{method: service.Method}}, service.Root.Path)
	}
	return found
}

func walk(found map[string]*route, n *model.Node, steps []step, path string) {
	for _, op := range n.Operations {
		slash := strings.TrimPrefix(op.Path, n.Path)
		found[op.Verb+" "+path+slash] = &route{append([]step(nil), steps...), op}
	}
	for _, c := range n.Children {
		if c.Param == nil {
			walk(found, c, append(steps[:len(steps):len(steps)], step{method: c.Method}),
				path+"/"+c.Segment)
			continue
		}
		for _, p := range append([]*model.Param{c.Param}, c.Aliases...) {
			walk(found, c, append(steps[:len(steps):len(steps)], step{p.Method, p.Wire}),
				path+"/{"+p.Wire+"}")
		}
	}
}

// A message is what one call carries, as documents.
type message struct {
	path, query, header map[string]any
	body                any // the JSON, or the meta part of an upload
	upload              bool
	filePart            string
}

// A result is the result of a call.
type result struct {
	value reflect.Value // the zero Value if the method returns no response
	file  []byte
	err   error
}

// call makes the call as a user would: it walks the chain, and fills a request.
func (r *route) call(ctx context.Context, client *wechatpay.Client, m *message,
	opts ...wxpay.CallOption) (result, error) {
	method, err := r.method(client, m)
	if err != nil {
		return result{}, err
	}
	return r.invoke(ctx, method, m, opts)
}

// method walks the chain to the method that makes the call.
func (r *route) method(client *wechatpay.Client, m *message) (reflect.Value, error) {
	at := reflect.ValueOf(client)
	for _, s := range r.steps {
		method := at.MethodByName(s.method)
		if !method.IsValid() {
			return at, fmt.Errorf("%s has no method %s", at.Type(), s.method)
		}
		var args []reflect.Value
		if s.param != "" {
			arg := reflect.New(method.Type().In(0)).Elem()
			if err := fill(arg, m.path[s.param]); err != nil {
				return at, fmt.Errorf("{%s}: %w", s.param, err)
			}
			args = append(args, arg)
		}
		at = method.Call(args)[0]
	}
	method := at.MethodByName(r.op.Method)
	if !method.IsValid() {
		return at, fmt.Errorf("%s has no method %s", at.Type(), r.op.Method)
	}
	return method, nil
}

func (r *route) invoke(ctx context.Context, method reflect.Value, m *message,
	opts []wxpay.CallOption) (result, error) {
	args := []reflect.Value{reflect.ValueOf(ctx)}
	var file bytes.Buffer
	for i := 1; i < method.Type().NumIn()-1; i++ {
		in := method.Type().In(i)
		if in.Kind() == reflect.Interface {
			args = append(args, reflect.ValueOf(&file))
			continue
		}
		req := reflect.New(in).Elem()
		if err := r.fillRequest(req, m); err != nil {
			return result{}, err
		}
		args = append(args, req)
	}
	carried := args[1:]
	for _, o := range opts {
		args = append(args, reflect.ValueOf(o))
	}
	before := snapshot(carried)
	out := method.Call(args)
	if after := snapshot(carried); before != after {
		return result{}, fmt.Errorf("the call changed the caller's request: %s, before %s", after,
			before)
	}
	res := result{file: file.Bytes()}
	res.err, _ = out[len(out)-1].Interface().(error)
	if len(out) == 2 {
		res.value = out[0]
	}
	return res, nil
}

// snapshot prints a request with the values behind its slices and pointers. A call must not change
// them.
func snapshot(args []reflect.Value) string {
	var b strings.Builder
	for _, a := range args {
		if a.Kind() == reflect.Struct {
			show(&b, a)
		}
	}
	return b.String()
}

func show(b *strings.Builder, v reflect.Value) {
	switch {
	case v.Type() == secretType:
		s := v.Interface().(wxpay.Secret)
		fmt.Fprintf(b, "%q/%q ", s.Reveal(), s.Sealed())
	case v.Type() == fileType || v.Type() == timeType:
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			show(b, v.Field(i))
		}
	case v.Kind() == reflect.Slice && v.Type() != rawType:
		for i := range v.Len() {
			show(b, v.Index(i))
		}
	case v.Kind() == reflect.Pointer:
		if !v.IsNil() {
			show(b, v.Elem())
		}
	case v.Kind() == reflect.Map:
		fmt.Fprintf(b, "%v ", v.Len())
	default:
		fmt.Fprintf(b, "%v ", v.Interface())
	}
}

// fillRequest fills the fields of a request struct from the message's documents.
func (r *route) fillRequest(v reflect.Value, m *message) error {
	for tag, doc := range map[string]map[string]any{"query": m.query, "header": m.header} {
		for name, value := range doc {
			field, ok := byTag(v, tag, name)
			if !ok {
				return fmt.Errorf("%s has no field for the %s parameter %s", v.Type(), tag, name)
			}
			if err := fill(field, value); err != nil {
				return fmt.Errorf("%s %s: %w", tag, name, err)
			}
		}
	}
	switch {
	case m.upload:
		v.FieldByName(r.field(model.InFile)).
			Set(reflect.ValueOf(wxpay.File{Name: uploadName,
				Content: strings.NewReader(uploadText)}))
		if m.body == nil {
			return nil
		}
		return fill(v.FieldByName(r.field(model.InMeta)), m.body)
	case m.body != nil:
		return fill(v, m.body)
	}
	return nil
}

// field is the Go name of the request's field for a parameter.
func (r *route) field(in model.In) string {
	for _, f := range r.op.Request.Fields {
		if f.In == in {
			return f.Go
		}
	}
	return ""
}

// A maker makes the message of an operation.
type maker struct {
	sampler
	example bool // takes the description's examples, if there are any
}

// newMessage makes a message for the operation.
func (k *maker) newMessage(op *rawspec.Operation) (*message, error) {
	m := &message{path: map[string]any{}, query: map[string]any{}, header: map[string]any{}}
	groups := map[string]map[string]any{"path": m.path, "query": m.query, "header": m.header}
	var wanted []string
	for _, p := range op.Parameters {
		if !k.least || p.At("required").Is("true") {
			wanted = append(wanted, p.At("name").Text())
		}
	}
	wanted = k.chosen(wanted, op.Choices())
	for _, p := range op.Parameters {
		in, name := p.At("in").Text(), p.At("name").Text()
		if name == "Wechatpay-Serial" || !slices.Contains(wanted, name) {
			continue
		}
		value, err := k.parameter(name, p)
		if err != nil {
			return nil, err
		}
		if in == "path" && op.Alias != nil && op.Alias.From == name {
			name = op.Alias.To
		}
		groups[in][name] = value
	}
	return m, k.body(op, m)
}

func (k *maker) parameter(name string, p rawspec.View) (any, error) {
	if k.example {
		example, err := p.At("example").Value()
		if err != nil || (example != nil && example != "") {
			return shaped(k.shape(name, p.At("schema"), example))
		}
	}
	value := k.value(name, p.At("schema"))
	if text, ok := value.(string); ok && p.At("in").Is("path") && !limited(p.At("schema")) {
		value = text + "?#%2F;=&@:$,!*'()~é" // one segment, in spite of its characters
	}
	if text, ok := value.(string); ok && p.At("in").Is("header") && !limited(p.At("schema")) {
		value = "plain-" + fmt.Sprint(len(text)) // headers cannot hold every character
	}
	return value, nil
}

// limited reports whether the schema limits the texts.
func limited(v rawspec.View) bool {
	return slices.ContainsFunc([]string{"enum", "minLength", "maxLength", "pattern"},
		func(key string) bool { return v.At(key).Exists() })
}

func (k *maker) body(op *rawspec.Operation, m *message) (err error) {
	schema := op.Schema
	if op.Content == "multipart/form-data" {
		m.upload = true
		for _, name := range schema.At("properties").Keys() {
			if schema.At("properties", name, "format").Is("binary") {
				m.filePart = name
			}
		}
		schema = schema.At("properties", "meta")
	}
	if !schema.Exists() {
		return nil
	}
	if k.example {
		example, err := op.At("requestBody", "content", op.Content, "example").Value()
		if meta, ok := example.(map[string]any); ok && m.upload && meta["meta"] != nil {
			example = meta["meta"]
		}
		if err != nil {
			return err
		}
		m.body, err = shaped(k.shape("body", schema, example))
		return err
	}
	m.body = k.value("body", schema)
	return nil
}

// shaped adds to the error of an example where the example is.
func shaped(doc any, err error) (any, error) {
	if err != nil {
		return nil, fmt.Errorf("the description's example does not fit its schema: %w", err)
	}
	return doc, nil
}

// text returns a parameter's values as text for a path, query or header.
func text(doc any) []string {
	switch d := doc.(type) {
	case []any:
		var all []string
		for _, item := range d {
			all = append(all, text(item)...)
		}
		return all
	case json.Number:
		return []string{d.String()}
	}
	return []string{fmt.Sprint(doc)}
}
