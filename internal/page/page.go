package page

import "encoding/json"

// Page is one reference page: the operations of one path, or one notification.
type Page struct {
	File string // where it was read from, for messages
	// "/v3/payroll-card/tokens" or "/brand/…", with braces around parameters and its trailing
	// slash; "" for a notification
	Path  string
	Event string // "TRANSACTION.SUCCESS"; "" for operations
	// one, or several on a page with {#mix}; a notification has one, with Method "POST"
	Operations []*Operation
	Whole      bool // it tells of every operation of its path
	// read from plain text: required marks, encryption and most indents are lost
	PlainText bool
}

// Operation is one operation of a page, or a notification.
type Operation struct {
	Line        int
	Method      string // "GET", "POST", …
	Title       string
	Description string // the page's own prose is not carried over: empty unless written as a fact
	Server      string // base_uri, as "https://apihk.mch.weixin.qq.com/"; "" if none
	PathParams  []*Row // in the order of the path, one per parameter
	Query       []*Row
	Headers     []*Row
	JSON        []*Row // fields of the JSON body
	Form        []*Row // parts of the multipart body; the meta part has its fields in Rows
	HasJSON     bool   // a json row stood there, even one without fields
	Response    []*Row
	NoContent   bool   // 空字符串(无返回内容)
	File        bool   // 文件流
	Resource    []*Row // notification: the decrypted resource
	Docs        []string
	// an object: path parameters and the groups query, json, headers; nil if the page has none
	Example    json.RawMessage
	Roles      []string    // "merchant", "partner", …: who may call it
	Updated    string      // "2026-03-05": when the page was last changed
	Idempotent bool        // the page says that it may be called again
	Errors     []ErrorCode // what it is refused with, in the order of the page
	// either–or between fields of the JSON body, or between query parameters
	Choices []Choice
}

// ErrorCode is a reason for which an operation is refused.
type ErrorCode struct {
	Status int // of HTTP; 0 if the page does not tell
	Code   string
	Label  string
}

// Choice is fields of one object of which at least one is wanted.
type Choice struct {
	// the way to the object, from the body or the query on; empty for these themselves
	Object []string
	Names  []string
}

// Row is one row of a table: a field.
type Row struct {
	Line int
	Name string // "transfer_detail_list"
	// string, integer, number, boolean, object; a page's number is an integer unless its example
	// has a fraction
	Type     string
	Array    bool // …[]
	Required bool
	Unknown  bool // plain text: whether it is required is not known
	// plain text: what else is not known, a word for the reader of the description; "" if nothing
	Doubt     string
	Adrift    bool // plain text: whether it stands in the right object is not known
	Encrypted bool // by-rsa-pubkey: sensitive
	Encoded   bool // a string of JSON: Rows describe what is inside
	Label     string
	Enum      []EnumValue
	Format    string // "date-time", "date": from corrections, from the text, or from the example
	Limits    Limits
	Partial   bool   // Rows are those that a sample shows: there may be others
	Rows      []*Row // fields of an object, of an array's objects, or of the JSON in a string
	text      string // official pages: what stands beside it, whole
	fileLike  bool   // official pages: its type is that of a file
	sample    sealing
}

// Limits are those that a page tells; 0 is none.
type Limits struct {
	MinLength, MaxLength int
	Bytes                bool // lengths count bytes
	MinItems, MaxItems   int
	Maximum              int
}

// EnumValue is one value that a page lists for a field.
type EnumValue struct{ Value, Label string }
