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
