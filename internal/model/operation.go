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
	Params     []*Param     // every parameter from the root to here
	Operations []*Operation // GET, POST, PUT, PATCH, DELETE
	// by Segment, so that the order does not depend on files
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
	Method string // the last method of the chain, "Post"; x-go-name can change it
	// as sent: Node.Path, perhaps with a trailing slash
	Path  string
	Title string // summary
	Doc   string // description; may be empty
	URLs  []string
	// base URL of an operation outside api.mch.weixin.qq.com, without trailing slash
	Server     string
	Servers    []string // further servers, of which the caller may choose one
	Idempotent bool     // safe to retry: GET, or x-wxpay-idempotent
	Unsigned   bool     // the response carries no signature
	Deprecated bool
	Tags       []string // its products
	Roles      []string // its callers: "merchant", "partner" …
	Updated    string   // the date of WeChat Pay's last change, "2025-01-31"; "" if unknown
	Errors     []*ErrorCode
	Seals      bool // some request field is sensitive (path, query, header or body)
	Opens      bool // some response field is sensitive
	// nil without anything to send beyond the path; a struct, Name = ID+"Request" unless $ref or
	// x-go-name
	Request  *Type
	HasBody  bool    // a JSON body is sent, even an empty object; false for an upload
	Upload   *Upload // multipart/form-data
	Download bool    // the reply is a file, as a stream
	Response *Type   // nil for 204 and for downloads
	// type of a body that is not an object (an array). Request then has one InBody field with Wire
	// ""
	RawRequest *TypeRef
	// type of a reply that is not an object; Response is nil then. A named type within it is its
	// own, unless in Service.Types
	RawResponse *TypeRef
	Example     *Example // from the description; nil if it has none
	Node        *Node
	Pos         string // "v3/payroll-card.yaml:12:5"
}

// ErrorCode is a reason for which WeChat Pay refuses an operation.
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
	Hash   string // the digest's algorithm: "SHA256", "SM3"
}

// Example is a request from the description.
type Example struct {
	Path   map[string]string // path parameter -> value
	Query  map[string]any
	Header map[string]any
	Body   any // decoded JSON, numbers as json.Number, objects as map[string]any
}
