package control_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/brief"
	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/control"
	"github.com/wxgen/wxgen/internal/mock/memory"
)

// A snapshot of a full memory can be restored.
func TestSnapshotOfFullMemory(t *testing.T) {
	if brief.Run() {
		t.Skip("it makes 50,000 objects")
	}
	e, err := mock.New(mock.Config{Ring: ring()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	from, to := io.Pipe()
	go writeObjects(to)
	if err := e.Restore(from); err != nil {
		t.Fatal(err)
	}
	text, err := e.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	s := &control.Server{Engine: e}
	req := httptest.NewRequest(http.MethodPost, "/_mock/restore", bytes.NewReader(text))
	req.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, req)
	if n := len(e.Objects("", "")); w.Code != http.StatusOK || n != memory.MaxObjects {
		t.Errorf("HTTP %d %.200s: %d objects of a snapshot of %d bytes", w.Code, w.Body, n,
			len(text))
	}
}

// writeObjects writes a snapshot of as many objects as are remembered, each of about 2 kB.
func writeObjects(to *io.PipeWriter) {
	object := `{"serial":%d,"kind":"order","service":"order","owner":"1900000001",` +
		`"ids":{"out_trade_no":"T%07d"},"doc":{"x":"` + strings.Repeat("x", 2000) + `"},` +
		`"created":"2026-03-01T12:00:00Z","updated":"2026-03-01T12:00:00Z","history":[]}`
	fmt.Fprint(to, `{"version":1,"clock_ahead":"0s","objects":[`)
	for i := range memory.MaxObjects {
		fmt.Fprintf(to, object, i+1, i+1)
		if i < memory.MaxObjects-1 {
			fmt.Fprint(to, ",")
		}
	}
	fmt.Fprint(to, `]}`)
	to.Close()
}
