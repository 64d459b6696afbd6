package sample

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
)

// Request is a valid request with sealed fields in clear.
type Request struct {
	Operation *desc.Operation
	Args      map[string]string
	Query     map[string]string
	Header    map[string]string
	Body      any // nil if there is none; for an upload, its meta part without name and digest
}

// Request makes a valid request: from the description's example, or with the required or all
// fields.
func (m *Maker) Request(op *desc.Operation) *Request {
	r := &Request{Operation: op, Args: map[string]string{}, Query: map[string]string{},
		Header: map[string]string{}}
	chosen := m.chosen(&desc.Schema{Choices: op.Choices}, nil)
	for i := range op.Params {
		p := &op.Params[i]
		to := map[string]map[string]string{"path": r.Args, "query": r.Query,
			"header": r.Header}[p.In]
		if p.Name == "Wechatpay-Serial" || to == nil || !p.Required && p.In != "path" &&
			chosen[p.Name] != with && (m.Sparse || chosen[p.Name] == without) {
			continue
		}
		to[p.Name] = m.param(p)
	}
	schema := op.Body
	if op.BodyKind == desc.Upload {
		schema = op.Body.Field("meta").Schema
	}
	if schema == nil {
		return r
	}
	var given any
	if op.Example != nil && !m.Sparse {
		d := json.NewDecoder(bytes.NewReader(op.Example))
		d.UseNumber()
		_ = d.Decode(&given) // package compile has written it
		if object, ok := given.(map[string]any); ok && op.BodyKind == desc.Upload &&
			object["meta"] != nil {
			given = object["meta"]
		}
		clean(schema, given)
	}
	maker := *m
	maker.Sparse = m.Sparse || given != nil
	r.Body = m.adapt(schema, maker.Value(schema, given))
	return r
}

// adapt replaces the caller in an example, and times that must lie in the future.
func (m *Maker) adapt(s *desc.Schema, v any) any {
	switch x := v.(type) {
	case map[string]any:
		for i := range s.Fields {
			f := &s.Fields[i]
			item, there := x[f.Name]
			if !there {
				continue
			}
			if who, ok := m.Who[f.Name]; ok && f.Schema.Type == "string" {
				item = who
			}
			if text, ok := item.(string); ok && f.Schema.Format == "date-time" &&
				has(f.Name, "expire") && text < m.Now.Format("2006-01-02T15:04:05") {
				item, _ = m.moment(f.Name, f.Schema)
			}
			x[f.Name] = m.adapt(f.Schema, item)
		}
	case []any:
		for i := range x {
			x[i] = m.adapt(s.Items, x[i])
		}
	}
	return v
}

// clean replaces the sealed fields of an example: examples show neither clear text nor ciphertext
// of any key.
func clean(s *desc.Schema, v any) {
	switch x := v.(type) {
	case map[string]any:
		for i := range s.Fields {
			f := &s.Fields[i]
			if f.Schema.Sensitive && x[f.Name] != nil {
				x[f.Name] = personal(f.Name)
				continue
			}
			clean(f.Schema, x[f.Name])
		}
	case []any:
		for i := range x {
			if s.Items != nil && s.Items.Sensitive {
				x[i] = personal("")
				continue
			}
			if s.Items != nil {
				clean(s.Items, x[i])
			}
		}
	}
}

func (m *Maker) param(p *desc.Param) string {
	if who, ok := m.Who[p.Name]; ok && p.Schema.Type == "string" {
		return who
	}
	if p.Example != nil && !p.Schema.Sensitive {
		v := decoded(p.Example)
		if list, ok := v.([]any); ok && len(list) > 0 {
			v = list[0]
		}
		if text := fmt.Sprint(v); v != nil && text != "" &&
			(p.Schema.Type == "array" || Fits(p.Schema, v) || p.Schema.Type == "integer" &&
				Fits(p.Schema, json.Number(text))) {
			return text
		}
	}
	s := p.Schema
	if s.Type == "array" {
		s = s.Items
	}
	return fmt.Sprint(m.Named(p.Name, p.Label, s))
}

// URI is path and query, escaped.
func (r *Request) URI() string {
	path := r.Operation.Path
	for name, v := range r.Args {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(v))
	}
	values := url.Values{}
	for _, name := range slices.Sorted(maps.Keys(r.Query)) {
		values.Set(name, r.Query[name])
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}
