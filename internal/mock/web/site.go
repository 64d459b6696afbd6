package web

import (
	"net/http"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/model"
)

// Config is what the pages are made of.
type Config struct {
	Engine  *mock.Engine
	Control http.Handler // of the paths below /_mock/
	Folder  string       // of the test credentials, for commands to copy
	Guide   string       // how clients find the server; may be ""

	// Chain spells an operation in Go, as "V3().Pay().Transactions().Native().Post"; nil, or "", if
	// it cannot.
	Chain func(method, path string) string
	// Typed prints a call of an operation with types, with what was sent; nil, or "", if it can't.
	Typed func(method, path string, sent *model.Example) string
}

// site answers with pages.
type site struct {
	Config
	views map[string]views // by language
}

func (s *site) chain(method, template string) string {
	if s.Chain == nil || template == "" {
		return ""
	}
	return s.Chain(method, template)
}
