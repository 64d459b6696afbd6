package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"sync"

	"github.com/wxgen/wxgen/internal/emit"
	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/control"
	"github.com/wxgen/wxgen/internal/mock/web"
	"github.com/wxgen/wxgen/internal/model"
)

// pages serves all other paths: the pages for people, and the control interface.
func (m *mockServer) pages(e *mock.Engine, address, dir string) http.Handler {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs // copied commands then work in every folder
	}
	steer := &control.Server{Engine: e, Changed: func() error { return e.Ring().Save(dir) }}
	return control.Guard(web.New(web.Config{
		Engine: e, Control: steer.Handler(), Folder: dir,
		Guide: strings.TrimSpace(clients(address, dir, e.Ring())), Chain: m.chains(),
		Typed: m.typed(),
	}))
}

// chains spells operations in Go. It reads the list of operations at its first use. Without a list
// it returns "".
func (m *mockServer) chains() func(method, path string) string {
	read := sync.OnceValue(func() map[string]string {
		// an error has been reported when the server read the description
		entries, _ := m.layers.entries(nil)
		chains := make(map[string]string, len(entries))
		for _, e := range entries {
			chains[e.Method+" "+e.Path] = e.Go
		}
		return chains
	})
	return func(method, path string) string { return read()[method+" "+path] }
}

// typed prints calls with types for requests. It reads only the operation's path of the
// description, when a page first shows it.
func (m *mockServer) typed() func(method, path string, sent *model.Example) string {
	var mu sync.Mutex
	known := map[string]*model.API{} // by path
	read := func(path string) *model.API {
		mu.Lock()
		defer mu.Unlock()
		if api := known[path]; api != nil {
			return api
		}
		const most = 32 // number of kept paths
		if len(known) >= most {
			clear(known)
		}
		part := m.layers
		part.include, part.allowTODO = []string{path}, true
		api, err := part.read(nil)
		if err != nil {
			api = new(model.API) // an error has been reported when the server read the description
		}
		known[path] = api
		return api
	}
	return func(method, path string, sent *model.Example) string {
		for _, s := range read(path).Services {
			for _, op := range s.Operations() {
				if op.Verb == method && op.Path == path {
					return emit.Call(s, op, sent, emit.Config{Import: "generated"})
				}
			}
		}
		return ""
	}
}
