package model

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
