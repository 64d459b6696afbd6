package browser

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/control"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/sample"
	"github.com/wxgen/wxgen/internal/mock/web"
)

// server is a mock server with its pages, and a merchant's server for notifications.
type server struct {
	*mock.Engine
	url      string
	shop     string // its notify_url
	notified atomic.Int64
}

type late struct{ http.Handler }

var ring = sync.OnceValues(keys.Make)

func newServer(t *testing.T) *server {
	t.Helper()
	r, err := ring()
	if err != nil {
		t.Fatal(err)
	}
	pages, s := &late{}, &server{}
	if s.Engine, err = mock.New(mock.Config{Ring: r, Pages: pages}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	guarded := web.New(web.Config{Engine: s.Engine,
		Control: (&control.Server{Engine: s.Engine}).Handler(), Folder: "~/.config/wxgen/mock"})
	pages.Handler = control.Guard(guarded)
	srv := httptest.NewServer(s.Engine)
	t.Cleanup(func() { srv.CloseClientConnections(); srv.Close() })
	shop := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		s.notified.Add(1)
	}))
	t.Cleanup(shop.Close)
	s.url, s.shop = srv.URL, shop.URL+"/notify"
	return s
}

// send sends a changed example of an operation, and returns the status of the reply.
func (s *server) send(t *testing.T, method, path string, change func(body map[string]any)) int {
	t.Helper()
	op, err := s.Operation(method, path)
	if err != nil || op == nil {
		t.Fatalf("%s %s: %v, %v", method, path, op, err)
	}
	resp, err := s.Try(context.Background(), s.url, op, s.AccountFor(op),
		func(r *sample.Request) error {
			if body, ok := r.Body.(map[string]any); ok && change != nil {
				change(body)
			}
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}

// order places an order to be paid.
func (s *server) order(t *testing.T, way, number, what string) {
	t.Helper()
	status := s.send(t, "POST", "/v3/pay/transactions/"+way, func(body map[string]any) {
		body["out_trade_no"], body["description"], body["notify_url"] = number, what, s.shop
	})
	if status != http.StatusOK {
		t.Fatalf("the order %s was answered with %d", number, status)
	}
}

// missigned sends a request whose signature does not cover its query.
func (s *server) missigned(t *testing.T) {
	t.Helper()
	a := s.Accounts()[0]
	c := s.Caller(a, s.url)
	const path, query = "/v3/pay/transactions/out-trade-no/T2026001", "?mchid=" + keys.MchID
	req, err := c.Raw(context.Background(), "GET", path+query, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	authorization, err := c.Authorization("GET", path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", authorization)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized {
		t.Fatal(fmt.Errorf("a wrong signature was answered with %d", resp.StatusCode))
	}
}
