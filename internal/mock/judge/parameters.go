package judge

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

func (w *walker) path(m *Message) *refuse.Error {
	for i := range m.Operation.Params {
		p := &m.Operation.Params[i]
		if p.In != "path" {
			continue
		}
		text := m.Args[p.Name]
		if !utf8.ValidString(text) {
			return refuse.Param("uri_template", p.Name, clip(text), "not UTF-8",
				"输入源“/uri_template/%s”不是合法的UTF-8字符串", p.Name)
		}
		at := place{"uri_template", "/" + p.Name, p.Label}
		v, refused := w.text(at, p.Schema, text)
		if refused != nil {
			return refused
		}
		m.Args[p.Name] = v
	}
	return nil
}

func (w *walker) query(m *Message, req *Request) *refuse.Error {
	_, raw, _ := strings.Cut(req.URI, "?")
	values, err := url.ParseQuery(raw)
	if err != nil || !utf8.ValidString(raw) {
		return refuse.Param("query", "", clip(raw), "the query is malformed", "URL查询参数格式错误")
	}
	known := map[string]bool{}
	for i := range m.Operation.Params {
		p := &m.Operation.Params[i]
		if p.In != "query" {
			continue
		}
		known[p.Name] = true
		if refused := w.parameter(m.Query, "query", p, values[p.Name]); refused != nil {
			return refused
		}
	}
	for name, list := range values {
		if !known[name] {
			return refuse.Unknown("query", clip(name), clip(strings.Join(list, ",")))
		}
	}
	return choose(place{"query", "", ""}, m.Operation.Choices, func(name string) bool {
		return m.Query[name] != "" || req.Header.Get(name) != ""
	})
}

func (w *walker) headers(m *Message, req *Request) *refuse.Error {
	for i := range m.Operation.Params {
		p := &m.Operation.Params[i]
		if p.In != "header" || strings.EqualFold(p.Name, "Wechatpay-Serial") {
			continue
		}
		if refused := w.parameter(m.Header, "header", p, req.Header.Values(p.Name)); refused !=
			nil {
			return refused
		}
	}
	return nil
}

// parameter checks the values of one name.
func (w *walker) parameter(to map[string]string, location string, p *desc.Param,
	values []string) *refuse.Error {
	at := place{location, "/" + p.Name, p.Label}
	if len(values) == 0 || len(values) == 1 && values[0] == "" {
		if p.Required {
			return at.missing()
		}
		return nil
	}
	schema := p.Schema
	if schema.Type == "array" {
		schema = schema.Items
	} else if len(values) > 1 {
		return refuse.Param(location, p.Name, values, "the parameter is there more than once",
			"参数“%s”重复", p.Name)
	}
	for i, text := range values {
		clear, refused := w.text(at, schema, text)
		if refused != nil {
			return refused
		}
		values[i] = clear
	}
	to[p.Name] = strings.Join(values, ",")
	return nil
}

// text checks a value that is sent as text.
func (w *walker) text(at place, s *desc.Schema, text string) (string, *refuse.Error) {
	var v any = text
	switch s.Type {
	case "integer", "number":
		if _, err := strconv.ParseFloat(text, 64); err == nil && json.Valid([]byte(text)) {
			v = json.Number(text)
		}
	case "boolean":
		if text == "true" || text == "false" {
			v = text == "true"
		}
	}
	clear, refused := w.value(at, s, v)
	if opened, ok := clear.(string); ok {
		text = opened
	}
	return text, refused
}
