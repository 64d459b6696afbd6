package desc

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
)

// The files of a compiled description.
const (
	IndexFile  = "index.tsv.gz"
	EventsFile = "webhooks.json.gz"
)

// ServiceFile names the file of a service.
func ServiceFile(service string) string {
	if !strings.Contains(service, "/") {
		service = "v3/" + service
	}
	return service + ".json.gz"
}

// Doc is the content of a file.
type Doc struct {
	Schemas    []*Schema    `json:"schemas"`
	Operations []*Operation `json:"operations,omitempty"`
	Events     []*Event     `json:"events,omitempty"`
}

// Set is a description. It is safe for concurrent use.
type Set struct {
	Fingerprint string
	Entries     []Entry

	files  fs.FS
	root   *node
	mu     sync.Mutex
	read   map[string]map[string]*Operation // service -> "METHOD path"
	events []*Event
}

// Open reads the index of a description. It reads services at their first use.
func Open(files fs.FS) (*Set, error) {
	text, err := unzip(files, IndexFile)
	if err != nil {
		return nil, err
	}
	s := &Set{files: files, read: make(map[string]map[string]*Operation), root: new(node)}
	first, rest, _ := strings.Cut(string(text), "\n")
	s.Fingerprint = first
	for line := range strings.Lines(rest) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 6 {
			return nil, fmt.Errorf("compiled description: %s is malformed; run wxgen generate",
				IndexFile)
		}
		s.Entries = append(s.Entries, Entry{f[0], f[1], f[2], f[3], f[4], f[5]})
	}
	for i := range s.Entries {
		s.root.add(&s.Entries[i])
	}
	return s, nil
}

// Operation finds an operation by its method and template; nil if there is none.
func (s *Set) Operation(method, path string) (*Operation, error) {
	for i := range s.Entries {
		if e := &s.Entries[i]; e.Method == method && e.Path == path {
			return s.load(e)
		}
	}
	return nil, nil
}

// ByID finds an operation of a service by its operationId.
func (s *Set) ByID(service, id string) (*Operation, error) {
	for i := range s.Entries {
		if e := &s.Entries[i]; e.Service == service && e.ID == id {
			return s.load(e)
		}
	}
	return nil, nil
}

// Load reads the operation of a line of the index.
func (s *Set) Load(e Entry) (*Operation, error) { return s.load(&e) }

func (s *Set) load(e *Entry) (*Operation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ops, ok := s.read[e.Service]
	if !ok {
		doc, err := s.doc(ServiceFile(e.Service))
		if err != nil {
			return nil, err
		}
		ops = make(map[string]*Operation, len(doc.Operations))
		for _, op := range doc.Operations {
			ops[op.Name()] = op
		}
		s.read[e.Service] = ops
	}
	op := ops[e.Method+" "+e.Path]
	if op == nil {
		return nil, fmt.Errorf("compiled description: %s %s is in the index and not in its file; "+
			"run wxgen generate", e.Method, e.Path)
	}
	return op, nil
}

// Events are the notifications.
func (s *Set) Events() ([]*Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.events == nil {
		doc, err := s.doc(EventsFile)
		if err != nil {
			return nil, err
		}
		s.events = doc.Events
	}
	return s.events, nil
}

// Event finds a notification; nil if there is none.
func (s *Set) Event(name string) (*Event, error) {
	list, err := s.Events()
	for _, e := range list {
		if e.Name == name {
			return e, nil
		}
	}
	return nil, err
}

func (s *Set) doc(name string) (*Doc, error) {
	text, err := unzip(s.files, name)
	if err != nil {
		return nil, err
	}
	var doc Doc
	if err := json.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("compiled description: %s: %w", name, err)
	}
	doc.resolve()
	return &doc, nil
}

func (d *Doc) resolve() {
	t := table(d.Schemas)
	t.resolve()
	for _, op := range d.Operations {
		op.Body, op.Reply = t.at(op.BodyAt), t.at(op.ReplyAt)
		for i := range op.Params {
			op.Params[i].Schema = t.at(op.Params[i].At)
		}
	}
	for _, e := range d.Events {
		e.Resource = t.at(e.ResourceAt)
	}
}

func unzip(files fs.FS, name string) ([]byte, error) {
	packed, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("compiled description: %w; run wxgen generate", err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("compiled description: %s: %w", name, err)
	}
	return io.ReadAll(r)
}
