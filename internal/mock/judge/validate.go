package judge

import (
	"bytes"
	"encoding/json"
	"mime"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// Validate checks the content of a request against the description.
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

// headers checks the headers that WeChat Pay demands of every request.
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
		// a schema that allows no field
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
	m.Clear, _ = json.Marshal(clear) // parsed JSON always marshals
	return nil
}

// demanding reports whether an object has required fields or choices.
func demanding(s *desc.Schema) bool {
	for _, f := range s.Fields {
		if f.Required {
			return true
		}
	}
	return len(s.Choices) > 0
}

// named checks Wechatpay-Serial.
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
