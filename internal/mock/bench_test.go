package mock_test

import (
	"crypto/rand"
	"net/http"
	"runtime"
	"testing"
	"time"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/spec/compiled"
)

// realRing has keys as the server makes them: their signatures take their time.
func realRing(b *testing.B) *keys.Ring {
	b.Helper()
	r, err := keys.Make()
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// BenchmarkCryptography is what the cryptography of a request takes the server: one verification
// and one signature.
func BenchmarkCryptography(b *testing.B) {
	r := realRing(b)
	a := r.Accounts[0]
	signature, err := keys.Sign(a.Key, "message")
	if err != nil {
		b.Fatal(err)
	}
	sig := []byte(signature)
	for b.Loop() {
		keys.Verify(keys.Public(a.Key), "message", sig)
		if _, err := keys.Sign(r.Public.Key, "message"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRequest is a whole request in the server: it places an order with a new number. The
// client's signature is not timed.
func BenchmarkRequest(b *testing.B) {
	r := realRing(b)
	e := newEngine(b, func(c *mock.Config) { c.Ring = r })
	c := e.Caller(e.Accounts()[0], "")
	for b.Loop() {
		b.StopTimer()
		req, err := c.Raw(b.Context(), http.MethodPost, "/v3/pay/transactions/native",
			[]byte(native(rand.Text(), 100, "")), nil, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if w := do(b, e, req); w.Code != http.StatusOK {
			b.Fatalf("HTTP %d %s", w.Code, w.Body)
		}
	}
}

// BenchmarkStart is the start of a server with ready credentials.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		set, err := desc.Open(compiled.FS)
		if err != nil {
			b.Fatal(err)
		}
		e, err := mock.New(mock.Config{Ring: ring(), Set: set})
		if err != nil {
			b.Fatal(err)
		}
		e.Close()
	}
}

// BenchmarkMemory places orders until the server's memory is full, then more, and reports its size.
func BenchmarkMemory(b *testing.B) {
	e := newEngine(b, nil)
	c := e.Caller(e.Accounts()[0], "")
	n := 0
	for b.Loop() {
		req, err := c.Raw(b.Context(), http.MethodPost, "/v3/pay/transactions/native",
			[]byte(native(rand.Text(), 100, "")), nil, nil)
		if err != nil {
			b.Fatal(err)
		}
		do(b, e, req)
		n++
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MiB")
	runtime.KeepAlive(e)
}

// TestMemoryIsBounded sends more requests than the server remembers: it forgets the oldest object,
// and not the newest.
func TestMemoryIsBounded(t *testing.T) {
	e := newEngine(t, func(c *mock.Config) { c.Objects = 20 })
	s := &story{t: t, e: e, a: e.Accounts()[0]}
	for range mock.MaxExchanges/20 + 5 {
		s.call("POST", orders+"native", native(rand.Text(), 100, ""), 200, "")
	}
	s.call("POST", orders+"native", native("T0000001", 100, ""), 200, "")
	for range 19 {
		s.call("POST", orders+"native", native(rand.Text(), 100, ""), 200, "")
	}
	if n := len(e.Objects("", "")); n != 20 {
		t.Errorf("%d objects; want 20", n)
	}
	s.call("GET", orders+"out-trade-no/T0000001?mchid=1900000001", "", 200, "NOTPAY")
	s.call("POST", orders+"native", native(rand.Text(), 100, ""), 200, "")
	s.call("GET", orders+"out-trade-no/T0000001?mchid=1900000001", "", 404, "ORDER_NOT_EXIST")
	if n := len(e.Exchanges(mock.Filter{})); n > mock.MaxExchanges {
		t.Errorf("%d requests; want %d at most", n, mock.MaxExchanges)
	}
}

// A start takes less than half a second. Measured, it takes some milliseconds.
func TestStartIsFast(t *testing.T) {
	ring()
	at := time.Now()
	set, err := desc.Open(compiled.FS)
	if err != nil {
		t.Fatal(err)
	}
	e, err := mock.New(mock.Config{Ring: ring(), Set: set})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if took := time.Since(at); took > 500*time.Millisecond {
		t.Errorf("a start takes %v", took)
	}
}
