package mock

import (
	"bytes"
	"encoding/json"
	"net/http"
	"time"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/judge"
)

// Exchange is a request with its verdicts and its reply.
type Exchange struct {
	ID        int64       `json:"id"`
	At        time.Time   `json:"at"`
	TookMS    float64     `json:"took_ms"`
	Method    string      `json:"method"`
	URI       string      `json:"uri"`
	Template  string      `json:"template,omitempty"`
	Operation string      `json:"operation,omitempty"` // operationId
	Service   string      `json:"service,omitempty"`
	Title     string      `json:"title,omitempty"`
	Account   string      `json:"account,omitempty"`
	Header    http.Header `json:"header"`
	// the signed part, its first MaxKept bytes
	Body      []byte          `json:"body,omitempty"`
	BodyBytes int             `json:"body_bytes,omitempty"` // of the whole body
	File      string          `json:"file,omitempty"`       // name of an upload's file
	Clear     []byte          `json:"clear,omitempty"`      // the body with sealed fields in clear
	Sealed    []judge.Sealed  `json:"sealed,omitempty"`
	Verdicts  []judge.Verdict `json:"verdicts"`
	// the right string to sign, its first MaxKept bytes
	Expected string `json:"expected,omitempty"`
	// the string that was signed instead, if it is known
	Signed  string `json:"signed,omitempty"`
	Mistake string `json:"mistake,omitempty"`

	Status      int         `json:"status"`
	ReplyHeader http.Header `json:"reply_header,omitempty"`
	Reply       []byte      `json:"reply,omitempty"` // its first MaxKept bytes
	ReplyBytes  int         `json:"reply_bytes,omitempty"`
	ReplyClear  []byte      `json:"reply_clear,omitempty"`
	Code        string      `json:"code,omitempty"` // of an error
	Object      int64       `json:"object,omitempty"`
	Fault       string      `json:"fault,omitempty"`

	spoil fault.Kind // that a test planned
}

// Bounds on the remembered requests.
const (
	MaxExchanges = 1000     // of the latest requests
	MaxKept      = 32 << 10 // bytes of each body
)

func kept(b []byte) []byte {
	if len(b) > MaxKept {
		return bytes.Clone(b[:MaxKept])
	}
	return b
}

func (x *Exchange) request(req *judge.Request) {
	x.Body, x.BodyBytes = kept(req.Body), len(req.Raw)
	if req.File != nil {
		x.File = req.File.Name
	}
}

func (x *Exchange) operation(op *desc.Operation) {
	x.Template, x.Operation, x.Service, x.Title = op.Path, op.ID, op.Service, op.Title
}

func (x *Exchange) finish(reply *Reply, report *judge.Report, h http.Header) {
	x.Verdicts, x.Mistake, x.Sealed = report.Verdicts, report.Mistake, report.Sealed
	x.Expected, x.Signed = string(kept([]byte(report.Expected))),
		string(kept([]byte(report.Signed)))
	x.Clear = kept(x.Clear)
	x.Status, x.ReplyHeader, x.ReplyClear = reply.Status, h.Clone(), kept(reply.Clear)
	if report.Account != nil {
		x.Account = report.Account.ID
	}
	if reply.Status >= 400 {
		var said struct{ Code string }
		if json.Unmarshal(reply.Body, &said) == nil {
			x.Code = said.Code
		}
	}
}

// Refused reports whether a check failed, the state included.
func (x *Exchange) Refused() bool { return x.Status >= 400 }
