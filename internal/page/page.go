package page

import "encoding/json"

// Page is one reference page: the operations of one path, or one notification.
type Page struct {
	File string // the name of its source, for messages
	// "/v3/payroll-card/tokens" or "/brand/…", with braces around parameters and its trailing
	// slash; "" for a notification
	Path  string
	Event string // "TRANSACTION.SUCCESS"; "" for operations
	// one, or several on a page with {#mix}; a notification has one, with Method "POST"
	Operations []*Operation
	Whole      bool // it lists all operations of its path
	// read from plain text: required marks, encryption and most indents are lost
	PlainText bool
}

// Operation is one operation of a page, or a notification.
type Operation struct {
	Line        int
	Method      string // "GET", "POST", …
	Title       string
	Description string // empty unless given as a fact: the page's prose is not copied
	Server      string // base_uri, as "https://apihk.mch.weixin.qq.com/"; "" if none
	PathParams  []*Row // in the order of the path, one per parameter
	Query       []*Row
	Headers     []*Row
	JSON        []*Row // fields of the JSON body
	Form        []*Row // parts of the multipart body; the meta part has its fields in Rows
	HasJSON     bool   // there is a json row, even without fields
	Response    []*Row
	NoContent   bool   // 空字符串(无返回内容)
	File        bool   // 文件流
	Resource    []*Row // notification: the decrypted resource
	Docs        []string
	// an object: path parameters and the groups query, json, headers; nil if the page has none
	Example    json.RawMessage
	Roles      []string    // its callers: "merchant", "partner", …
	Updated    string      // date of the page's last change, "2026-03-05"
	Idempotent bool        // the page allows repetition
	Errors     []ErrorCode // its error codes, in the order of the page
	// choices between fields of the JSON body, or between query parameters
	Choices []Choice
}

// ErrorCode is a reason for which WeChat Pay refuses an operation.
type ErrorCode struct {
	Status int // of HTTP; 0 if it is not on the page
	Code   string
	Label  string
}

// Choice is a set of fields of one object, of which at least one is required.
type Choice struct {
	// the path to the object from the body or the query; empty for these themselves
	Object []string
	Names  []string
}
