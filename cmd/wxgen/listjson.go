package main

import (
	"github.com/wxgen/wxgen/internal/index"
	"github.com/wxgen/wxgen/internal/model"
)

// operation is an object of the list's JSON.
type operation struct {
	Method      string   `json:"method"`
	Path        string   `json:"path"`
	Service     string   `json:"service"`
	OperationID string   `json:"operationId"`
	Title       string   `json:"title"`
	Doc         string   `json:"description,omitzero"`
	URLs        []string `json:"docs,omitzero"`
	Tags        []string `json:"tags,omitzero"`    // products
	Roles       []string `json:"roles,omitzero"`   // who may call it
	Updated     string   `json:"updated,omitzero"` // when WeChat Pay last changed it
	Go          string   `json:"go"`               // the chain of the client
	// Go type, "payrollcard.PreOrderWithAuthRequest"
	Request    string `json:"request,omitzero"`
	Response   string `json:"response,omitzero"` // Go type
	Server     string `json:"server,omitzero"`
	Idempotent bool   `json:"idempotent"`
	Unsigned   bool   `json:"unsigned,omitzero"`
	Deprecated bool   `json:"deprecated,omitzero"`
	Seals      bool   `json:"seals,omitzero"` // some request field is encrypted
	Opens      bool   `json:"opens,omitzero"` // some response field is
	Upload     bool   `json:"upload,omitzero"`
	Download   bool   `json:"download,omitzero"`
	AliasOf    string `json:"aliasOf,omitzero"` // the path that this is another spelling of

	Errors   []errorCode `json:"errors,omitzero"`
	Position string      `json:"position"`
}

// errorCode is a reason for which an operation is refused.
type errorCode struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Label  string `json:"label,omitzero"`
}

func newOperation(s *model.Service, o model.Spelling) operation {
	out := operation{
		Method: o.Verb, Path: o.Path, Service: s.Name, OperationID: o.ID, Title: o.Title,
		Doc: o.Doc, URLs: o.URLs,
		Tags: o.Tags, Roles: o.Roles, Updated: o.Updated,
		Go: o.Chain, Request: typeName(s, o.Request), Response: typeName(s, o.Response),
		Server:     o.Server,
		Idempotent: o.Idempotent, Unsigned: o.Unsigned, Deprecated: o.Deprecated, Seals: o.Seals,
		Opens:  o.Opens,
		Upload: o.Upload != nil, Download: o.Download, Position: o.Pos,
	}
	for _, e := range o.Errors {
		out.Errors = append(out.Errors, errorCode(*e))
	}
	if o.Alias {
		out.AliasOf = o.Operation.Path
	}
	return out
}

func typeName(s *model.Service, t *model.Type) string {
	if t == nil {
		return ""
	}
	return s.Package + "." + t.Name
}

// event is an object of the list's JSON for a notification.
type event struct {
	Type     string   `json:"eventType"`
	Family   string   `json:"family"`
	Go       string   `json:"go"` // the prefix of its Go types
	Title    string   `json:"title"`
	Doc      string   `json:"description,omitzero"`
	URLs     []string `json:"docs,omitzero"`
	Tags     []string `json:"tags,omitzero"`
	Roles    []string `json:"roles,omitzero"`
	Updated  string   `json:"updated,omitzero"`
	Position string   `json:"position"`
}

// items are the JSON objects of the selected entries.
func items(api *model.API, wanted func(index.Entry) bool) []any {
	all := []any{}
	for _, s := range api.Services {
		for _, o := range s.Spellings() {
			if wanted(index.Operation(s, o)) {
				all = append(all, newOperation(s, o))
			}
		}
	}
	if api.Webhooks == nil {
		return all
	}
	for _, e := range api.Webhooks.Events {
		if wanted(index.Event(e)) {
			all = append(all, event{e.Name, e.Family, e.Go, e.Title, e.Doc, e.URLs, e.Tags, e.Roles,
				e.Updated, e.Pos})
		}
	}
	return all
}
