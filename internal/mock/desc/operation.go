package desc

import "encoding/json"

// Operation is one method on one path.
type Operation struct {
	ID         string          `json:"id"`
	Method     string          `json:"m"`
	Path       string          `json:"p"` // template, "/v3/pay/transactions/id/{transaction_id}"
	Title      string          `json:"t"`
	Service    string          `json:"s"` // "pay", "brand/marketing"
	Params     []Param         `json:"q,omitempty"`
	Choices    []Choice        `json:"c,omitempty"` // between query and header parameters
	BodyKind   string          `json:"k,omitempty"` // "", JSON or Upload
	BodyAt     int             `json:"b,omitempty"`
	Status     int             `json:"u"`
	ReplyKind  string          `json:"r,omitempty"` // "" without content; JSON or File
	ReplyAt    int             `json:"a,omitempty"`
	Unsigned   bool            `json:"n,omitempty"`
	Idempotent bool            `json:"i,omitempty"`
	Tags       []string        `json:"g,omitempty"`
	Roles      []string        `json:"o,omitempty"`
	Example    json.RawMessage `json:"e,omitempty"` // of the body

	Body  *Schema `json:"-"`
	Reply *Schema `json:"-"`
}

// The kinds of bodies.
const (
	JSON   = "json"
	Upload = "upload"
	File   = "file"
)

// Name is the operation's name in messages: "POST /v3/pay/transactions/jsapi".
func (o *Operation) Name() string { return o.Method + " " + o.Path }

// Seals reports whether the request has a sealed part.
func (o *Operation) Seals() bool {
	for _, p := range o.Params {
		if p.Schema != nil && p.Schema.Seals() {
			return true
		}
	}
	return o.Body != nil && o.Body.Seals()
}

// Param is a parameter.
type Param struct {
	Name     string          `json:"n"`
	In       string          `json:"i"` // "path", "query", "header"
	Label    string          `json:"l,omitempty"`
	Required bool            `json:"r,omitempty"`
	At       int             `json:"a"`
	Example  json.RawMessage `json:"e,omitempty"`

	Schema *Schema `json:"-"`
}

// Event is a notification.
type Event struct {
	Name       string `json:"n"` // "TRANSACTION.SUCCESS"
	Title      string `json:"t"`
	ResourceAt int    `json:"r"`

	Resource *Schema `json:"-"`
}
