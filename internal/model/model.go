package model

// API is a whole description.
type API struct {
	Services []*Service // by name, those of v3 first
	Webhooks *Webhooks  // nil if the description has no notifications
}

// Service is everything below one first segment after /v3 or /brand. It becomes one Go package.
type Service struct {
	// "payroll-card", or "brand/marketing" for /brand/marketing: what flags and lists call it
	Name    string
	Space   string   // "v3", "brand": what its paths begin with
	Package string   // "payrollcard": the package's name and its folder below that of its space
	Method  string   // "PayrollCard": the method of the chain's root that leads here
	Title   string   // "微工卡"
	Doc     string   // further prose for the package's documentation; may be empty
	Sources []string // spec files it was read from, as "v3/payroll-card.yaml", sorted
	Root    *Node    // /v3/payroll-card
	Types   []*Type  // types of components/schemas in use, by name
}

// Operations returns the operations of the service, parents before children, by segment.
func (s *Service) Operations() []*Operation {
	var ops []*Operation
	var walk func(*Node)
	walk = func(n *Node) {
		ops = append(ops, n.Operations...)
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(s.Root)
	return ops
}

// Node is one segment of a path: a link of the chain.
type Node struct {
	Segment string // on the wire: "pre-order-with-auth", or "{out_trade_no}"
	// the parent's method that leads here: "PreOrderWithAuth", "ByOutTradeNo"; "" for the service
	// root
	Method string
	Type   string // "AuthenticationsPreOrderWithAuthPath"; "Path" for the service root
	// the template from the root: "/v3/payroll-card/authentications/pre-order-with-auth"
	Path  string
	Param *Param // the parameter, if Segment is one
	// further names of the same parameter, each with a By… method of its own
	Aliases    []*Param
	Params     []*Param     // every parameter from the root to here, this one included, in order
	Operations []*Operation // GET, POST, PUT, PATCH, DELETE
	// literals and parameters, by Segment: no order that moving a path to another file could change
	Children []*Node
}

// Param is a path parameter.
type Param struct {
	Wire      string // "out_trade_no"
	Method    string // "ByOutTradeNo"
	Go        string // argument and field name, unexported and never a keyword: "outTradeNo"
	Doc       string // "商户订单号"
	Integer   bool   // an int64 in Go; otherwise a string
	Sensitive bool   // a wxpay.Secret in Go
	Limits    *Limits
}

// Operation is one method on one path.
type Operation struct {
	ID     string // Go-spelled operationId, "PreOrderWithAuth"
	Verb   string // "POST"
	Method string // the chain's last method, "Post"; x-go-name can change it
	// as sent, trailing slash included: may differ from its Node's Path in that alone
	Path  string
	Title string // summary
	Doc   string // description; may be empty
	URLs  []string
	// base URL if the operation lives elsewhere than api.mch.weixin.qq.com, without trailing slash
	Server     string
	Servers    []string // further base URLs that serve it; the caller may choose one
	Idempotent bool     // safe to retry: GET, or x-wxpay-idempotent
	Unsigned   bool     // the response carries no signature
	Deprecated bool
	Tags       []string // the products that it belongs to
	Roles      []string // who may call it: "merchant", "partner" …
	Updated    string   // when WeChat Pay last changed it, "2025-01-31"; "" if unknown
	Errors     []*ErrorCode
	Seals      bool // some request field is sensitive (path, query, header or body)
	Opens      bool // some response field is sensitive
	// nil if there is nothing to send beyond the path; a struct, Name = ID+"Request" unless $ref or
	// x-go-name
	Request  *Type
	HasBody  bool    // a JSON body is sent, be it an empty object; false for an upload
	Upload   *Upload // multipart/form-data
	Download bool    // the response is a file, as a stream
	Response *Type   // nil for 204 and for downloads
	// the body is not an object (an array): Request has one InBody field with Wire "", this is its
	// type
	RawRequest *TypeRef
	// the response is not an object; Response is nil then. A type named within it is its own,
	// unless in Service.Types
	RawResponse *TypeRef
	Example     *Example // from the description; nil if it has none
	Node        *Node
	Pos         string // "v3/payroll-card.yaml:12:5"
}

// ErrorCode is a reason for which an operation is refused.
type ErrorCode struct {
	Status int    // of HTTP
	Code   string // "PARAM_ERROR"
	Label  string // may be empty
}

// Upload describes a multipart/form-data body: a JSON part and a file part. Its Request has a field
// with In == InMeta (Wire "meta", a struct) and one with In == InFile.
type Upload struct {
	MetaWire string // "meta"
	FileWire string // "file"
	// Go name of the field of the meta struct that holds the file's name; "" if none
	Name string
	// Go name of the field of the meta struct that holds the file's digest; "" if none
	Digest string
	Hash   string // "SHA256", "SM3": how Digest is computed
}

// Example is a request from the description.
type Example struct {
	Path   map[string]string // path parameter -> value
	Query  map[string]any
	Header map[string]any
	Body   any // decoded JSON, numbers as json.Number, objects as map[string]any
}

// Kind is the shape of a named Go type.
type Kind int

const (
	Struct   Kind = iota
	Enum          // open: a string or int64 with constants
	Slice         // a named slice; only for JSON held in a string
	Envelope      // a webhook event: wxpay.Event plus a typed Resource
)

// Type is a named Go type.
type Type struct {
	Name     string // "PreOrderWithAuthRequest", "EmploymentType"
	Kind     Kind
	Doc      string // label or description, one or several lines; may be empty
	Fields   []*Field
	Base     string       // Enum: "string" or "int64"
	Values   []*EnumValue // Enum
	Elem     *TypeRef     // Slice
	InString bool         // travels as a string that holds JSON
	Secrets  bool         // holds a sensitive field, itself or further down
	// Checks says that the type is part of a request, and that Validate has something to check in
	// it or further down: a choice, a limit, a required string, enum of strings, Secret, Time,
	// File, Raw or pointer, or a required list with MinItems.
	Checks  bool
	Choices []*Choice // fields of which one must stand in for the other
	// inline types declared by this one's fields, in order, to be printed right after it
	Inner []*Type
}

// Choice is a rule on fields of a struct that are optional each by itself: of the branches one must
// be set, all of it.
type Choice struct {
	Branches [][]*Field
	Exactly  bool // one branch and no other
}

// EnumValue is one constant.
type EnumValue struct {
	Go   string // "EmploymentTypeLongTermEmployment"
	Wire string // "LONG_TERM_EMPLOYMENT", or the decimal digits of an integer
	Doc  string
}

// In says where a request field travels.
type In int

const (
	InBody In = iota
	InQuery
	InHeader
	InMeta // the JSON part of a multipart body
	InFile // the file part
)

// Field is a field of a struct.
type Field struct {
	Wire       string // "user_name"
	Go         string // "UserName"
	Type       *TypeRef
	In         In
	Required   bool
	OmitZero   bool // ,omitzero in the tag
	Doc        string
	Deprecated bool
	MinItems   int    // of a required array; > 0 means that Validate wants one
	Sensitive  bool   // Type is a Secret or a slice of them
	Format     string // "date", "int64", "date-time" …, for documentation
	Example    any    // decoded JSON; nil if none
}

// Base types of a TypeRef that is not named.
type Base int

const (
	Named  Base = iota // Ref says which
	String             // string
	Int                // int64
	Float              // float64
	Bool               // bool
	Time               // wxpay.Time
	Secret             // wxpay.Secret
	File               // wxpay.File
	Raw                // json.RawMessage: a value of any shape
	List               // []Elem
	Map                // map[string]Elem
)

// TypeRef is a use of a type.
type TypeRef struct {
	Base    Base
	Ref     *Type    // Named
	Elem    *TypeRef // List, Map
	Pointer bool
	Limits  *Limits // nil if there are none
}

// Named is the named type in a value: itself, or what lists and maps of it are made of; nil if
// there is none.
func (t *TypeRef) Named() *Type {
	for ; t != nil; t = t.Elem {
		if t.Base == Named {
			return t.Ref
		}
	}
	return nil
}

// Secret reports whether a value is a Secret, or a list of them.
func (t *TypeRef) Secret() bool {
	return t.Base == Secret || t.Base == List && t.Elem.Base == Secret
}

// Sensitive reports whether a value is a Secret, or holds one. What types hold is known once load
// has built all of them.
func (t *TypeRef) Sensitive() bool {
	for t != nil && t.Elem != nil {
		t = t.Elem
	}
	return t != nil && (t.Base == Secret || t.Base == Named && t.Ref.Secrets)
}

// Webhooks are the notifications of the description. They become one package.
type Webhooks struct {
	Package string // "webhook"
	Events  []*Event
	Types   []*Type // shared types, by name
}

// Event is one notification type.
type Event struct {
	Name string // event_type on the wire, "TRANSACTION.SUCCESS"
	// "TransactionSuccess": the event is TransactionSuccessEvent, its resource TransactionSuccess
	Go       string
	Family   string // the file it goes to, "transaction"
	Title    string
	Doc      string
	URLs     []string
	Tags     []string
	Roles    []string
	Updated  string
	Resource *Type // the decrypted resource
	Source   string
	Pos      string
}
