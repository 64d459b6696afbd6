package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/layout"
	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/product"
	"github.com/wxgen/wxgen/internal/mock/sample"
	"github.com/wxgen/wxgen/internal/source"
)

// seedStep is a step of a seed file. The mock server runs the steps before it serves.
type seedStep struct {
	Request *seedRequest `yaml:"request"`
	Pay     string       `yaml:"pay"`
	Refuse  string       `yaml:"refuse"`
	Expire  string       `yaml:"expire"`
	Clock   string       `yaml:"clock"`
	Fault   string       `yaml:"fault"`
}

// seedKeys are the keys of a step, for messages about others.
var seedKeys = []string{"request", "pay", "refuse", "expire", "clock", "fault"}

// seedRequest is a request. It takes missing parts from the operation's example.
type seedRequest struct {
	Method  string            `yaml:"method"`
	Path    string            `yaml:"path"`
	Account string            `yaml:"account"`
	Args    map[string]string `yaml:"args"` // of the path
	Query   map[string]string `yaml:"query"`
	Body    map[string]any    `yaml:"body"`
}

// plant runs the steps of a seed file, in order.
func plant(e *mock.Engine, file, address string) error {
	text, err := source.ReadFile(file)
	if err != nil {
		return fmt.Errorf("cannot read the seed %s: %w", file, fault.Cause(err))
	}
	doc, flaw := source.Parse(text)
	if flaw != nil {
		return seedFault(file, flaw.Line, flaw.Col, flaw.What, flaw.Mend)
	}
	root := doc.Content[0]
	steps := layout.Get(root, "steps")
	if steps == nil || steps.Kind != yaml.SequenceNode || len(root.Content) != 2 {
		return seedFault(file, root.Line, root.Column, "a seed is a list of steps",
			"write steps: and below it - request:, - pay: and so on")
	}
	for _, n := range steps.Content {
		if err := plantStep(e, n, address); err != nil {
			return seedFault(file, n.Line, n.Column, err.Error(), "")
		}
	}
	return nil
}

func seedFault(file string, line, col int, what, mend string) error {
	return errors.New(fault.Fault{File: filepath.ToSlash(file), Line: line, Col: col, What: what,
		Mend: mend}.Error())
}

func plantStep(e *mock.Engine, n *yaml.Node, address string) error {
	var s seedStep
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 ||
		!slices.Contains(seedKeys, n.Content[0].Value) {
		return fmt.Errorf("a step has one key of %s", strings.Join(seedKeys, ", "))
	}
	if err := n.Load(&s, yaml.WithKnownFields()); err != nil {
		return fmt.Errorf("%s: %s", n.Content[0].Value, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	switch {
	case s.Request != nil:
		return s.Request.send(e, address)
	case s.Pay != "":
		return e.Person(s.Pay, product.Pay, "the seed")
	case s.Refuse != "":
		return e.Person(s.Refuse, product.Refuse, "the seed")
	case s.Expire != "":
		return e.Person(s.Expire, product.Expire, "the seed")
	case s.Clock != "":
		d, err := time.ParseDuration(strings.TrimPrefix(s.Clock, "+"))
		if err != nil {
			return fmt.Errorf("clock: %w", err)
		}
		e.Advance(d)
		return nil
	case s.Fault != "":
		rule, err := faultRule(s.Fault)
		if err == nil {
			_, err = e.Faults().Add(rule)
		}
		return err
	}
	return fmt.Errorf("%s is empty", n.Content[0].Value)
}

// send sends the request to the server as its account does. A refused request ends the start.
func (r *seedRequest) send(e *mock.Engine, address string) error {
	op, err := e.Operation(r.Method, r.Path)
	if err == nil && op == nil {
		err = fmt.Errorf("there is no operation %s %s; wxgen list finds operations", r.Method,
			r.Path)
	}
	if err != nil {
		return err
	}
	account := e.AccountFor(op)
	if r.Account != "" {
		if account, err = e.AccountByID(r.Account); err != nil {
			return err
		}
	}
	x := e.Example(op, account)
	r.change(x)
	req, err := e.Caller(account, "http://"+address).Request(context.Background(), x)
	if err != nil {
		return err
	}
	req.RequestURI, req.Host = req.URL.RequestURI(), address // as in requests of a server
	w := httptest.NewRecorder()
	e.ServeHTTP(w, req)
	if resp := w.Result(); resp.StatusCode >= http.StatusMultipleChoices {
		body, _ := io.ReadAll(resp.Body) // a recorder never fails
		return fmt.Errorf("%s %s is refused with %d: %s", r.Method, r.Path, resp.StatusCode, body)
	}
	return nil
}

// change lays the seed's values over the example.
func (r *seedRequest) change(x *sample.Request) {
	for name, v := range r.Args {
		x.Args[name] = v
	}
	for name, v := range r.Query {
		x.Query[name] = v
	}
	if body, ok := x.Body.(map[string]any); ok {
		overlay(body, r.Body)
	} else if r.Body != nil {
		x.Body = r.Body
	}
}

// overlay lays one JSON object over another.
func overlay(to, from map[string]any) {
	for name, v := range from {
		below, ok := to[name].(map[string]any)
		if over, both := v.(map[string]any); ok && both {
			overlay(below, over)
		} else {
			to[name] = v
		}
	}
}
