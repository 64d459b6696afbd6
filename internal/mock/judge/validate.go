package judge

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// Message is what an accepted request says, with everything sealed in clear.
type Message struct {
	Operation *desc.Operation
	Args      map[string]string
	Query     map[string]string
	Header    map[string]string // of the described headers
	Body      map[string]any    // nil if the body is no object
	List      []any             // of a body that is a list
	Clear     []byte            // the body as JSON; nil if there is none
	File      *File
}

// Validate judges what a request says by the description.
func (j *Judge) Validate(r *Report, req *Request, m *desc.Match) *Message {
	msg := &Message{Operation: m.Operation, Args: m.Args, Query: map[string]string{},
		Header: map[string]string{}, File: req.File}
	w := &walker{serial: req.Header.Get("Wechatpay-Serial")}
	if w.serial != "" {
		w.key = j.Ring.Platform(w.serial)
	}
	defer func() { r.Sealed = w.sealed }()
	steps := []struct {
		name  string
		judge func() *refuse.Error
	}{
		{"headers", func() *refuse.Error { return headers(req, m.Operation) }},
		{"path", func() *refuse.Error { return w.path(msg) }},
		{"query", func() *refuse.Error { return w.query(msg, req) }},
		{"parameters", func() *refuse.Error { return w.headers(msg, req) }},
		{"body", func() *refuse.Error { return w.body(msg, req) }},
		{"file", func() *refuse.Error { return digest(msg) }},
		{"wechatpay-serial", func() *refuse.Error { return w.named() }},
	}
	for _, s := range steps {
		if !r.check(s.name, s.judge(), "") {
			return msg
		}
	}
	if len(w.sealed) == 0 {
		r.skip("sealed fields", "the request has none")
	} else {
		r.pass("sealed fields", w.serial)
	}
	return msg
}

// headers judges what WeChat Pay wants of every request.
func headers(req *Request, op *desc.Operation) *refuse.Error {
	for _, name := range []string{"Accept", "User-Agent"} {
		if req.Header.Get(name) == "" {
			return refuse.Param("header", name, "", name+" is missing", "Http头缺少Accept或User-Agent")
		}
	}
	if accept := req.Header.Get("Accept"); !strings.Contains(accept, "json") &&
		!strings.Contains(accept, "*/*") && op.ReplyKind != desc.File {
		return refuse.Param("header", "Accept", clip(accept),
			"Accept does not take application/json", "Http头Accept不支持“%s”", clip(accept))
	}
	kind, _, _ := mime.ParseMediaType(req.Header.Get("Content-Type"))
	wanted := map[string]string{desc.JSON: "application/json",
		desc.Upload: "multipart/form-data"}[op.BodyKind]
	if len(req.Raw) > 0 && wanted != "" && kind != wanted {
		return refuse.Param("header", "Content-Type", clip(req.Header.Get("Content-Type")),
			"Content-Type is not "+wanted, "Http头Content-Type不正确，应为%s", wanted)
	}
	return nil
}

// walker goes through a request.
type walker struct {
	serial string            // Wechatpay-Serial
	key    *keys.PlatformKey // that it names; nil if it names none
	sealed []Sealed
	clear  bool // sensitive texts are in clear
}

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

// parameter judges the values of one name.
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

// text judges a value that travels as text.
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

func (w *walker) body(m *Message, req *Request) *refuse.Error {
	text := bytes.TrimSpace(req.Body)
	schema, at := m.Operation.Body, place{"body", "", "请求体"}
	if m.Operation.BodyKind == desc.Upload {
		schema = m.Operation.Body.Field("meta").Schema
		if req.File == nil {
			return refuse.Param("body", "/file", "",
				"multipart/form-data with the parts meta and file is wanted", "请求体中缺少文件或meta")
		}
	}
	switch {
	case len(text) == 0 && (schema == nil || schema.Type == "object" && !demanding(schema)):
		return nil
	case len(text) == 0:
		return refuse.Param("body", "", "", "the body is empty", "请求体为空，该接口需要JSON格式的请求体")
	}
	v, refused := parse(text)
	if refused != nil {
		return refused
	}
	if schema == nil {
		// that has no field that could be sent
		schema = &desc.Schema{Type: "object", Fields: []desc.Field{{Name: "\x00"}}}
		if object, ok := v.(map[string]any); ok && len(object) == 0 {
			return nil
		}
	}
	clear, refused := w.value(at, schema, v)
	if refused != nil {
		return refused
	}
	m.Body, _ = clear.(map[string]any)
	m.List, _ = clear.([]any)
	m.Clear, _ = json.Marshal(clear) // what was read is written
	return nil
}

// demanding reports whether an object must hold something.
func demanding(s *desc.Schema) bool {
	for _, f := range s.Fields {
		if f.Required {
			return true
		}
	}
	return len(s.Choices) > 0
}

// parse reads JSON, all of it.
func parse(text []byte) (any, *refuse.Error) {
	if !utf8.Valid(text) {
		return nil, refuse.Param("body", "", "", "not UTF-8", "请求体不是合法的UTF-8编码")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	if err == nil {
		_, err = d.Token()
	}
	if err != io.EOF {
		return nil, refuse.Param("body", "", "", "not JSON", "请求体不是合法的JSON")
	}
	return v, nil
}

// named judges Wechatpay-Serial.
func (w *walker) named() *refuse.Error {
	switch {
	case w.serial == "" && len(w.sealed) > 0:
		return refuse.Param("header", "Wechatpay-Serial", "",
			"Wechatpay-Serial is missing, and fields are sealed",
			"Http header缺少微信支付平台证书序列号(Wechatpay-Serial)")
	case w.serial != "" && w.key == nil:
		return unknownSerial(w.serial)
	}
	return nil
}

func unknownSerial(serial string) *refuse.Error {
	return refuse.Param("header", "Wechatpay-Serial", clip(serial),
		"no such public key or certificate", "平台证书序列号Wechatpay-Serial错误：“%s”", clip(serial))
}
