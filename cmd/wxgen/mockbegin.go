package main

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"testing/fstest"

	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/compile"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/fault"
)

// compiled is the compiled description of a folder, or with layers over it; nil for the built-in
// one.
func (d *description) compiled() (*desc.Set, error) {
	if d.dir == "" && len(d.over) == 0 {
		return nil, nil
	}
	in, err := d.open()
	if err != nil {
		return nil, err
	}
	defer in.close()
	from := in.files
	if len(in.layers) > 0 {
		whole, err := load.Merged(in.files, d.options(in, nil))
		if err != nil {
			return nil, err
		}
		from = inMemory(whole.Texts)
	}
	files, err := compile.Files(from)
	if err != nil {
		return nil, fmt.Errorf("cannot compile the description in %s: %w; wxgen lint names its "+
			"faults", in.name, err)
	}
	return desc.Open(inMemory(files))
}

func inMemory(files map[string][]byte) fs.FS {
	memory := fstest.MapFS{}
	for name, text := range files {
		memory[name] = &fstest.MapFile{Data: text}
	}
	return memory
}

// begin adds the faults of the flags.
func (m *mockServer) begin(e *mock.Engine) error {
	for _, text := range m.faults {
		rule, err := faultRule(text)
		if err != nil {
			return err
		}
		if _, err := e.Faults().Add(rule); err != nil {
			return err
		}
	}
	return nil
}

// faultRule reads kind=latency,latency=2s,path=/v3/pay/**,times=3.
func faultRule(text string) (r fault.Rule, err error) {
	texts := map[string]*string{
		"method": &r.Method, "path": &r.Path, "event": &r.Event, "latency": &r.Latency,
		"code": &r.Code, "message": &r.Message, "kind": (*string)(&r.Kind),
	}
	numbers := map[string]*int{"times": &r.Times, "skip": &r.Skip, "status": &r.Status}
	for part := range strings.SplitSeq(text, ",") {
		key, value, ok := strings.Cut(part, "=")
		switch to, isText := texts[key]; {
		case !ok:
			return r, fmt.Errorf("fault %q: %q is no key=value", text, part)
		case isText:
			*to = value
		case numbers[key] != nil:
			if *numbers[key], err = strconv.Atoi(value); err != nil {
				return r, fmt.Errorf("fault %q: %s=%q is no number", text, key, value)
			}
		default:
			return r, fmt.Errorf("fault %q: key %q is unknown; there are kind, method, path, "+
				"event, times, skip, latency, status, code, message", text, key)
		}
	}
	return r, nil
}
