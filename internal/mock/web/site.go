package web

import (
	"net/http"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/model"
)

// Config configures the pages.
type Config struct {
	Engine  *mock.Engine
	Control http.Handler // serves the paths below /_mock/
	Folder  string       // folder of the test credentials, for the commands
	Guide   string       // how clients reach the server; may be ""

	// Chain spells an operation in Go, as "V3().Pay().Transactions().Native().Post"; may be nil, or
	// return "".
	Chain func(method, path string) string
	// Typed prints a call with types for a request; may be nil, or return "".
	Typed func(method, path string, sent *model.Example) string
}

// site serves the pages.
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
