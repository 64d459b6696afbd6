package memory

import (
	"encoding/json"
	"strings"
	"time"
)

// Object is an object that requests created.
type Object struct {
	Serial int64 `json:"serial"` // in the order of creation, from 1
	// "order", "refund" …, or the path of its collection
	Kind      string            `json:"kind"`
	Service   string            `json:"service"`
	Owner     string            `json:"owner"` // number of its account
	IDs       map[string]string `json:"ids"`   // its own numbers, by name
	State     string            `json:"state,omitempty"`
	Doc       map[string]any    `json:"doc"` // its fields, in clear
	NotifyURL string            `json:"notify_url,omitempty"`
	Created   time.Time         `json:"created"`
	Updated   time.Time         `json:"updated"`
	Expires   time.Time         `json:"expires,omitzero"`
	Deleted   bool              `json:"deleted,omitempty"`
	// the last action: "close", "pause"
	Word    string `json:"word,omitempty"`
	History []Step `json:"history"`

	weight int // of Doc, at the last call of Weigh
}

// Step is an entry of a history.
type Step struct {
	At       time.Time `json:"at"`
	What     string    `json:"what"` // "POST /v3/pay/transactions/jsapi", "paid on the page"
	State    string    `json:"state,omitempty"`
	Exchange int64     `json:"exchange,omitempty"` // the request that caused it
}

// MaxHistory bounds the steps of an object's history: the first and the latest remain.
const MaxHistory = 100

// Move adds a step and its new state; "" keeps the state.
func (o *Object) Move(at time.Time, state, what string, exchange int64) {
	if state != "" {
		o.State = state
	}
	o.Updated = at
	if len(o.History) >= MaxHistory {
		o.History = append(o.History[:1], o.History[2:]...)
	}
	o.History = append(o.History, Step{at, what, o.State, exchange})
}

// Text is a text field by its path: "amount.currency".
func (o *Object) Text(path string) string {
	s, _ := At(o.Doc, path).(string)
	return s
}

// Int is a number field by its path.
func (o *Object) Int(path string) int64 { return Int(At(o.Doc, path)) }

// Int reads a number of a document; 0 if it is none.
func Int(v any) int64 {
	switch x := v.(type) {
	case json.Number:
		n, _ := x.Int64()
		return n
	case int64:
		return x
	case int:
		return int64(x)
	case float64:
		return int64(x)
	}
	return 0
}

// At is a field of a document by its path; nil if there is none.
func At(doc map[string]any, path string) any {
	var v any = doc
	for name := range strings.SplitSeq(path, ".") {
		object, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = object[name]
	}
	return v
}

// Has reports whether a number is one of the object's.
func (o *Object) Has(number string) bool {
	for _, v := range o.IDs {
		if v == number {
			return true
		}
	}
	return false
}

// Copy copies an object, so that the copy can be read later.
func (o *Object) Copy() *Object {
	c := *o
	c.Doc, _ = Clone(o.Doc).(map[string]any)
	c.History = append([]Step(nil), o.History...)
	c.IDs = make(map[string]string, len(o.IDs))
	for k, v := range o.IDs {
		c.IDs[k] = v
	}
	return &c
}

// Clone copies a document.
func Clone(v any) any {
	switch x := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(x))
		for k, item := range x {
			out[k] = Clone(item)
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, item := range x {
			out[i] = Clone(item)
		}
		return out
	}
	return v
}
