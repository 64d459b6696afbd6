package mock_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/judge"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/sample"
	"github.com/wxgen/wxgen/internal/quickkey"
)

var ring = sync.OnceValue(func() *keys.Ring {
	r, err := keys.MakeOf(quickkey.New)
	if err != nil {
		panic(err)
	}
	return r
})

func newEngine(t testing.TB, change func(*mock.Config)) *mock.Engine {
	t.Helper()
	cfg := mock.Config{Ring: ring(), URL: "http://127.0.0.1:1"}
	if change != nil {
		change(&cfg)
	}
	e, err := mock.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e
}

// do passes a request to the engine without a connection.
func do(t testing.TB, h http.Handler, req *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	req.RequestURI, req.Host = req.URL.RequestURI(), "127.0.0.1:1"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w
}

// TestAcceptsEveryOperation sends valid requests of every operation: with the required fields, as
// in the example, and with all fields. The server accepts each, and its answer is signed and as
// described.
func TestAcceptsEveryOperation(t *testing.T) {
	e := newEngine(t, func(c *mock.Config) { c.Invent, c.Settle = true, time.Hour })
	did := map[string]int{}
	for _, entry := range e.Catalogue() {
		op, err := e.Operation(entry.Method, entry.Path)
		if err != nil {
			t.Fatal(err)
		}
		a := e.AccountFor(op)
		for name, change := range map[string]func(*sample.Maker, *desc.Operation) *desc.Operation{
			"least": func(m *sample.Maker, op *desc.Operation) *desc.Operation {
				m.Sparse = true
				return op
			},
			"example": func(_ *sample.Maker, op *desc.Operation) *desc.Operation { return op },
			"all": func(_ *sample.Maker, op *desc.Operation) *desc.Operation {
				bare := *op
				bare.Example = nil
				return &bare
			},
		} {
			m := e.Maker(op, a)
			m.Seed += name
			r := m.Request(change(m, op))
			e.Reset()
			accepts(t, e, a, r, name, did)
		}
	}
	t.Log(did)
	all := 3 * len(e.Catalogue())
	files, silent := did["file"], did["no content"]
	if all < 3*1000 || did["accepted"] != all || did["decoded"]+files+silent != all ||
		did["verified"]+did["unsigned"] != all ||
		did["unsigned"] > all/50 || files > all/50 || silent > all/5 {
		t.Errorf("of %d requests: %v", all, did)
	}
}

func accepts(t *testing.T, e *mock.Engine, a *keys.Account, r *sample.Request, name string,
	did map[string]int) {
	t.Helper()
	c := e.Caller(a, "")
	req, err := c.Request(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	w := do(t, e, req)
	op := r.Operation
	if w.Code != op.Status {
		body, _ := json.Marshal(r.Body)
		t.Errorf("%s with %s: HTTP %d %s\n%s %s", op.Name(), name, w.Code, w.Body, r.URI(), body)
		return
	}
	did["accepted"]++
	if w.Header().Get(mock.Header) == "" {
		t.Errorf("%s: no %s", op.Name(), mock.Header)
	}
	switch {
	case op.Unsigned || op.ReplyKind == desc.File:
		did["unsigned"]++
	case c.Verify(w.Header(), w.Body.Bytes(), c.Platform):
		did["verified"]++
	default:
		t.Errorf("%s: the reply's signature is wrong", op.Name())
	}
	if op.ReplyKind != desc.JSON {
		did[map[string]string{"": "no content", desc.File: "file"}[op.ReplyKind]]++
		return
	}
	d := json.NewDecoder(bytes.NewReader(w.Body.Bytes()))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Errorf("%s: %v", op.Name(), err)
		return
	}
	clear, err := sample.Seal(op.Reply, v, func(sealed string) (string, error) {
		return keys.Unseal(a.Key, sealed)
	})
	if err != nil {
		t.Errorf("%s: a field of the reply does not open: %v in %s", op.Name(), err, w.Body)
		return
	}
	if refused := judge.Conforms(op.Reply, clear); refused != nil {
		t.Errorf("%s: %s in %s", op.Name(), refused.Message, w.Body)
		return
	}
	did["decoded"]++
}
