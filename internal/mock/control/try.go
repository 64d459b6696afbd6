package control

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/sample"
)

// example is a valid request of an operation.
type example struct {
	Method  string            `json:"method"`
	Path    string            `json:"path"` // the template
	Account string            `json:"account"`
	Args    map[string]string `json:"args,omitempty"`
	Query   map[string]string `json:"query,omitempty"`
	Header  map[string]string `json:"header,omitempty"`
	Body    any               `json:"body,omitempty"` // in clear; for an upload, its meta part
}

func (s *Server) operation(method, path string) (*desc.Operation, error) {
	op, err := s.Engine.Operation(strings.ToUpper(method), path)
	if err == nil && op == nil {
		err = fmt.Errorf("operation %s %s is unknown: %w", method, path, errNoSuch)
	}
	return op, err
}

func (s *Server) example(r *http.Request) (any, error) {
	q := r.URL.Query()
	op, err := s.operation(q.Get("method"), q.Get("path"))
	if err != nil {
		return nil, err
	}
	a := s.Engine.AccountFor(op)
	if number := q.Get("account"); number != "" {
		if a, err = s.Engine.AccountByID(number); err != nil {
			return nil, err
		}
	}
	x := s.Engine.Example(op, a)
	return example{op.Method, op.Path, a.ID, x.Args, x.Query, x.Header, x.Body}, nil
}

// try sends a request like a client. It takes missing parts from the example.
func (s *Server) try(r *http.Request) (any, error) {
	var in example
	if err := read(r, &in); err != nil {
		return nil, err
	}
	op, err := s.operation(in.Method, in.Path)
	if err != nil {
		return nil, err
	}
	a := s.Engine.AccountFor(op)
	if in.Account != "" {
		if a, err = s.Engine.AccountByID(in.Account); err != nil {
			return nil, err
		}
	}
	resp, err := s.Engine.Try(r.Context(), "http://"+r.Host, op, a, func(x *sample.Request) error {
		in.apply(x)
		return nil
	})
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	out := map[string]any{"status": resp.StatusCode, "header": resp.Header, "body": string(body)}
	if json.Valid(body) {
		out["body"] = json.RawMessage(body)
	}
	return out, nil
}

func (in *example) apply(x *sample.Request) {
	if in.Args != nil {
		x.Args = in.Args
	}
	if in.Query != nil {
		x.Query = in.Query
	}
	if in.Header != nil {
		x.Header = in.Header
	}
	if in.Body != nil {
		x.Body = in.Body
	}
}
