package mock

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/judge"
)

// Exchange is a request and what became of it.
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
	// that was signed, its first MaxKept bytes
	Body      []byte          `json:"body,omitempty"`
	BodyBytes int             `json:"body_bytes,omitempty"` // as sent, all of it
	File      string          `json:"file,omitempty"`       // name of an upload's file
	Clear     []byte          `json:"clear,omitempty"`      // the body with sealed fields in clear
	Sealed    []judge.Sealed  `json:"sealed,omitempty"`
	Verdicts  []judge.Verdict `json:"verdicts"`
	// the string that should have been signed, its first MaxKept bytes
	Expected string `json:"expected,omitempty"`
	// what was signed instead, where it can be told
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

// How much is remembered of requests.
const (
	MaxExchanges = 1000     // the latest
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

// Refused reports whether a check failed, or the state refused.
func (x *Exchange) Refused() bool { return x.Status >= 400 }

// Change says that something changed, for who watches.
type Change struct {
	Kind string `json:"kind"` // "exchange", "object", "delivery", "clock", "fault", "reset"
	ID   int64  `json:"id,omitempty"`
}

// log is the latest exchanges, and who watches.
type log struct {
	mu       sync.Mutex
	last     int64
	ring     [MaxExchanges]*Exchange
	watchers map[chan Change]struct{}
}

func (l *log) number() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last++
	return l.last
}

func (l *log) add(x *Exchange, began time.Time) {
	if x.ID == 0 {
		x.ID = l.number()
	}
	x.TookMS = float64(time.Since(began).Microseconds()) / 1000
	l.mu.Lock()
	l.ring[x.ID%MaxExchanges] = x
	l.mu.Unlock()
	l.tell(Change{"exchange", x.ID})
}

// tell tells all watchers; one that is slow misses changes rather than hold up the server.
func (l *log) tell(c Change) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for ch := range l.watchers {
		select {
		case ch <- c:
		default:
		}
	}
}

func (l *log) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for ch := range l.watchers {
		close(ch)
	}
	l.watchers = nil
}

func (l *log) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ring = [MaxExchanges]*Exchange{}
}

// Watch tells of changes until the context ends. Who is slow misses some.
func (e *Engine) Watch(ctx context.Context) <-chan Change {
	l := &e.log
	ch := make(chan Change, 256)
	l.mu.Lock()
	if l.watchers == nil {
		l.watchers = make(map[chan Change]struct{})
	}
	l.watchers[ch] = struct{}{}
	l.mu.Unlock()
	context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if _, there := l.watchers[ch]; there {
			delete(l.watchers, ch)
			close(ch)
		}
	})
	return ch
}

// Filter chooses exchanges.
type Filter struct {
	Text    string // anywhere in path, title, operation, code, Request-Id or bodies
	Refused bool   // those alone
	After   int64  // newer than this one
	Most    int    // 0 is all
}

// Exchanges are the latest requests, the newest first. They are not changed any more.
func (e *Engine) Exchanges(f Filter) (list []*Exchange) {
	e.log.mu.Lock()
	defer e.log.mu.Unlock()
	for n := e.log.last; n > f.After && n > e.log.last-MaxExchanges; n-- {
		x := e.log.ring[n%MaxExchanges]
		if x == nil || x.ID != n || f.Refused && !x.Refused() || !x.mentions(f.Text) {
			continue
		}
		if list = append(list, x); f.Most > 0 && len(list) == f.Most {
			break
		}
	}
	return list
}

// Exchange is the request with a number; nil if it is forgotten.
func (e *Engine) Exchange(id int64) *Exchange {
	e.log.mu.Lock()
	defer e.log.mu.Unlock()
	if x := e.log.ring[max(id, 0)%MaxExchanges]; x != nil && x.ID == id {
		return x
	}
	return nil
}

func (x *Exchange) mentions(text string) bool {
	if text == "" {
		return true
	}
	for _, part := range []string{x.Method + " " + x.URI, x.Title, x.Operation, x.Code,
		x.ReplyHeader.Get("Request-Id"), string(x.Clear), string(x.Body), string(x.Reply),
		string(x.ReplyClear)} {
		if strings.Contains(strings.ToLower(part), strings.ToLower(text)) {
			return true
		}
	}
	return false
}
