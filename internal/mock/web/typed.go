package web

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/judge"
	"github.com/wxgen/wxgen/internal/model"
)

// typed is the call with types for a request. Sealed fields are in clear, since this project's
// client seals them. It is "" for a request that is not as described or incomplete.
func (s *site) typed(x *mock.Exchange, filePart string) string {
	if s.Typed == nil || x.Template == "" || !described(x) || len(x.Clear) >= mock.MaxKept {
		return ""
	}
	sent := &model.Example{Path: arguments(x), Query: map[string]any{}, Header: map[string]any{}}
	_, query, _ := strings.Cut(x.URI, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return ""
	}
	for name, list := range values {
		if sent.Query[name] = any(list[0]); len(list) > 1 {
			items := make([]any, len(list))
			for i, v := range list {
				items[i] = v
			}
			sent.Query[name] = items
		}
	}
	for name, list := range x.Header {
		sent.Header[name] = list[0]
	}
	for _, sealed := range x.Sealed {
		if name, ok := strings.CutPrefix(sealed.At, "/uri_template/"); ok {
			sent.Path[name] = sealed.Clear
		} else if name, ok := strings.CutPrefix(sealed.At, "/query/"); ok {
			sent.Query[name] = sealed.Clear
		}
	}
	if len(x.Clear) > 0 {
		d := json.NewDecoder(bytes.NewReader(x.Clear))
		d.UseNumber()
		if d.Decode(&sent.Body) != nil {
			return ""
		}
	}
	if x.File != "" {
		sent.Body = map[string]any{"meta": sent.Body, filePart: x.File}
	}
	return s.Typed(x.Method, x.Template, sent)
}

// described reports whether a request is as described, so that types can express it.
func described(x *mock.Exchange) bool {
	seen := false
	for _, v := range x.Verdicts {
		if v.Result == judge.Fail && v.Check != "state" {
			return false
		}
		seen = seen || v.Check == "body"
	}
	return seen
}

// arguments are the values of a template's parameters. A prefix may precede the template in the
// path.
func arguments(x *mock.Exchange) map[string]string {
	path, _, _ := strings.Cut(x.URI, "?")
	names, values := strings.Split(x.Template, "/"), strings.Split(path, "/")
	args := map[string]string{}
	for i, name := range names {
		at := len(values) - len(names) + i
		if !strings.HasPrefix(name, "{") || at < 0 {
			continue
		}
		if v, err := url.PathUnescape(values[at]); err == nil {
			args[strings.Trim(name, "{}")] = v
		}
	}
	return args
}
