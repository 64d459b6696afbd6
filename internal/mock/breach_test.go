package mock_test

import (
	"encoding/json"
	"math/big"
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
)

// raw holds the parts of a request, sealed or in clear.
type raw struct {
	args, query, header map[string]string
	body                any
}

// breach is one fault of a request.
type breach struct {
	kind  string          // "required", "enum", "limit", "unknown", "clear", "type", "choice"
	in    string          // location, in the words of a refusal
	field string          // in the words of a refusal
	spoil func(*raw) bool // reports whether the request has such a place
}

// breaches are all possible faults of an operation's requests, one at a time.
func breaches(op *desc.Operation) (list []breach) {
	for i := range op.Params {
		list = append(list, ofParam(&op.Params[i])...)
	}
	list = append(list, breach{kind: "unknown", in: "query", field: "no_such_parameter",
		spoil: func(r *raw) bool {
			r.query["no_such_parameter"] = "1"
			return true
		}})
	if len(op.Choices) == 1 {
		list = append(list, unchosen("query", "", op.Choices[0], func(r *raw, name string) {
			delete(r.query, name)
			delete(r.header, name)
		}))
	}
	if s := body(op); s != nil {
		b := &within{in: "body", edit: func(r *raw, change func(any) (any, bool)) (ok bool) {
			r.body, ok = change(r.body)
			return ok
		}}
		b.value(s, nil, "")
		list = append(list, b.list...)
	}
	return list
}

// body is the schema of the signed body.
func body(op *desc.Operation) *desc.Schema {
	if op.BodyKind == desc.Upload {
		return op.Body.Field("meta").Schema
	}
	return op.Body
}

func ofParam(p *desc.Param) (list []breach) {
	if p.Name == "Wechatpay-Serial" {
		return nil
	}
	in := map[string]string{"path": "uri_template"}[p.In]
	if in == "" {
		in = p.In
	}
	where := func(r *raw) map[string]string {
		return map[string]map[string]string{"path": r.args, "query": r.query,
			"header": r.header}[p.In]
	}
	if p.Required && p.In != "path" {
		list = append(list,
			breach{kind: "required", in: in, field: p.Name, spoil: func(r *raw) bool {
				delete(where(r), p.Name)
				return true
			}})
	}
	s := p.Schema
	if s.Type == "array" {
		s = s.Items
	}
	for _, w := range wrongs(s) {
		text, isText := w.value(nil).(string)
		if number, ok := w.value(nil).(json.Number); ok && s.Type != "string" {
			text, isText = string(number), true
		}
		if !isText || text == "" { // an empty parameter counts as missing
			continue
		}
		list = append(list, breach{kind: w.kind, in: in, field: p.Name, spoil: func(r *raw) bool {
			where(r)[p.Name] = text
			return true
		}})
	}
	if s.Inside == nil {
		return list
	}
	b := &within{in: in, edit: func(r *raw, change func(any) (any, bool)) bool {
		v, ok := change(where(r)[p.Name])
		where(r)[p.Name], _ = v.(string)
		return ok
	}}
	b.value(s.Inside, []any{inside{}}, p.Name)
	return append(list, b.list...)
}

// wrong is a value that a schema refuses.
type wrong struct {
	kind  string
	value func(good any) any
}

func always(v any) func(any) any { return func(any) any { return v } }

// wrongs are values that a schema refuses, by the kind of their fault.
func wrongs(s *desc.Schema) (list []wrong) {
	add := func(kind string, value func(any) any) { list = append(list, wrong{kind, value}) }
	if s.Sensitive {
		return []wrong{{"clear", always("张三在明文中")}}
	}
	switch s.Type {
	case "string":
		add("type", always(json.Number("5")))
		if s.MaxLength > 0 {
			add("limit", always(strings.Repeat("1", s.MaxLength+1)))
		}
		if s.MinLength > 0 {
			add("limit", always(strings.Repeat("1", s.MinLength-1)))
		}
		if odd := strings.Repeat("¶", max(1, s.MinLength)); s.Pattern != "" &&
			!regexp.MustCompile(s.Pattern).MatchString(odd) {
			add("limit", always(odd))
		}
		if s.Format == "date-time" {
			add("type", always("yesterday"))
		}
		if len(s.Enum) > 0 {
			add("enum", always("NO_SUCH_VALUE"))
		}
	case "integer", "number":
		add("type", always("ten"))
		if s.Maximum != "" {
			add("limit", always(beyond(s.Maximum, 1)))
		}
		if s.Minimum != "" {
			add("limit", always(beyond(s.Minimum, -1)))
		}
		if len(s.Enum) > 0 {
			add("enum", always(json.Number("987654")))
		}
	case "boolean":
		add("type", always("maybe"))
	case "object":
		add("type", always("text"))
	case "array":
		add("type", always("text"))
		if s.MinItems > 0 {
			add("limit", func(good any) any { return good.([]any)[:s.MinItems-1] })
		}
		if s.MaxItems > 0 {
			add("limit", func(good any) any {
				list := make([]any, s.MaxItems+1)
				for i := range list {
					list[i] = good.([]any)[0]
				}
				return list
			})
		}
	}
	return list
}

// beyond is a number past a limit.
func beyond(limit string, by int64) json.Number {
	n, _ := new(big.Rat).SetString(limit)
	n.Add(n, big.NewRat(by, 1))
	return json.Number(strings.TrimSuffix(strings.TrimRight(n.FloatString(4), "0"), "."))
}

// inside is the step into the JSON of a string.
type inside struct{}

// within collects the breaches of a document at every depth.
type within struct {
	in   string
	edit func(r *raw, change func(any) (any, bool)) bool // changes the document
	list []breach
}

// add adds a breach at a place. Steps are names of fields, indices of lists, and inside.
func (b *within) add(kind, field string, steps []any, change func(any) (any, bool)) {
	at := append([]any(nil), steps...)
	b.list = append(b.list, breach{kind: kind, in: b.in, field: field, spoil: func(r *raw) bool {
		return b.edit(r, func(doc any) (any, bool) { return edit(doc, at, change) })
	}})
}

func (b *within) value(s *desc.Schema, steps []any, field string) {
	for _, w := range wrongs(s) {
		b.add(w.kind, field, steps, func(good any) (any, bool) { return w.value(good), true })
	}
	switch {
	case s.Inside != nil:
		b.value(s.Inside, append(steps, inside{}), field)
	case s.Type == "array":
		b.value(s.Items, append(steps, 0), field+"/0")
	case s.Type == "object":
		b.object(s, steps, field)
	}
}

func (b *within) object(s *desc.Schema, steps []any, field string) {
	change := func(do func(map[string]any)) func(any) (any, bool) {
		return func(v any) (any, bool) {
			object, ok := v.(map[string]any)
			if ok {
				do(object)
			}
			return v, ok
		}
	}
	if !s.Open() && s.Extra == nil {
		b.add("unknown", field+"/no_such_field", steps, change(func(o map[string]any) {
			o["no_such_field"] = "1"
		}))
	}
	for i := range s.Fields {
		f := &s.Fields[i]
		here := field + "/" + f.Name
		if f.Required {
			b.add("required", here, steps, change(func(o map[string]any) { delete(o, f.Name) }))
		}
		b.value(f.Schema, append(steps, f.Name), here)
	}
	if len(s.Choices) == 1 && !demands(s, s.Choices[0]) {
		c := unchosen(b.in, field+"/", s.Choices[0], nil)
		b.add(c.kind, c.field, steps, change(func(o map[string]any) {
			for _, branch := range s.Choices[0].Branches {
				for _, name := range branch {
					delete(o, name)
				}
			}
		}))
	}
}

// demands reports whether a field of a choice is itself required.
func demands(s *desc.Schema, c desc.Choice) bool {
	for _, branch := range c.Branches {
		for _, name := range branch {
			if f := s.Field(name); f == nil || f.Required {
				return true
			}
		}
	}
	return false
}

// unchosen removes all fields of a choice.
func unchosen(in, prefix string, c desc.Choice, drop func(*raw, string)) breach {
	return breach{kind: "choice", in: in, field: prefix + c.Branches[0][0],
		spoil: func(r *raw) bool {
			for _, branch := range c.Branches {
				for _, name := range branch {
					drop(r, name)
				}
			}
			return true
		}}
}

// edit changes the value at a place of a document. It returns false if there is no value.
func edit(v any, steps []any, change func(any) (any, bool)) (any, bool) {
	if len(steps) == 0 {
		return change(v)
	}
	switch step := steps[0].(type) {
	case string:
		object, _ := v.(map[string]any)
		part, there := object[step]
		if !there {
			return v, false
		}
		changed, ok := edit(part, steps[1:], change)
		object[step] = changed
		return v, ok
	case int:
		list, _ := v.([]any)
		if step >= len(list) {
			return v, false
		}
		changed, ok := edit(list[step], steps[1:], change)
		list[step] = changed
		return v, ok
	}
	text, _ := v.(string)
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var part any
	if d.Decode(&part) != nil {
		return v, false
	}
	changed, ok := edit(part, steps[1:], change)
	out, err := json.Marshal(changed)
	return string(out), ok && err == nil
}
