package wxpay_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

// typedMux is like the Mux of generated code.
type typedMux struct{ wxpay.NotificationMux }

func (m *typedMux) TransactionSuccess(h func(context.Context, *paidEvent) error) {
	m.Handle("TRANSACTION.SUCCESS", func(ctx context.Context, ev *wxpay.Event) error {
		out := new(paidEvent)
		if err := ev.Unpack(&out.Resource, out.Resource.secrets); err != nil {
			return err
		}
		out.Event = *ev
		return h(ctx, out)
	})
}

// deliver posts a notification and returns the answer.
func deliver(h http.Handler, n *notification) *http.Response {
	header, body := n.sign()
	r := httptest.NewRequest(http.MethodPost, "/notify", bytes.NewReader(body))
	r.Header = header
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// faults collects the reports of a handler.
type faults struct {
	mu  sync.Mutex
	all []error
}

func (f *faults) report(_ context.Context, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.all = append(f.all, err)
}

func (f *faults) last() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.all) == 0 {
		return nil
	}
	return f.all[len(f.all)-1]
}

// handlings are notifications with the answers of typedMux's handler.
var handlings = []struct {
	name, event string
	spoil       func(*notification)
	status      int
	is          error
}{
	{"handled", "TRANSACTION.SUCCESS", nil, 204, nil},
	{"handler fails", "REFUND.SUCCESS", nil, 500, errDatabase},
	{"handler panics", "REFUND.CLOSED", nil, 500, nil},
	{"unknown event", "PAYSCORE.USER_PAID", nil, 501, wxpay.ErrUnhandledEvent},
	{"forged", "TRANSACTION.SUCCESS", func(n *notification) { n.key = otherKey() }, 401, nil},
	{"no JSON", "", func(n *notification) { n.raw = []byte("x") }, 400, nil},
	{"huge", "", func(n *notification) { n.raw = make([]byte, 2<<20) }, 413, nil},
	{"another APIv3 key", "TRANSACTION.SUCCESS", func(n *notification) {
		n.resource()["nonce"] = "abcdefghijkl"
	}, 500, nil},
	{"no object", "TRANSACTION.SUCCESS", func(n *notification) {
		n.body["resource"] = n.box(`[]`)
	}, 500, nil},
}

var errDatabase = errors.New("database of aSecretHost is down")

func TestNotificationHandler(t *testing.T) {
	var mux typedMux
	var got *paidEvent
	var seen faults
	mux.TransactionSuccess(func(_ context.Context, ev *paidEvent) error { got = ev; return nil })
	mux.Handle("REFUND.SUCCESS", func(context.Context, *wxpay.Event) error { return errDatabase })
	mux.Handle("REFUND.CLOSED", func(_ context.Context, ev *wxpay.Event) error {
		return fmt.Errorf("%c", ev.ID[len(ev.Plaintext())])
	})
	h := offlineClient(t).NotificationHandler(&mux, wxpay.WithNotificationErrors(seen.report))
	for _, test := range handlings {
		t.Run(test.name, func(t *testing.T) {
			n := newNotification(test.event, transaction)
			if test.spoil != nil {
				test.spoil(n)
			}
			resp := deliver(h, n)
			body, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != test.status {
				t.Fatalf("HTTP %d %s; want %d (%v)", resp.StatusCode, body, test.status,
					seen.last())
			}
			if test.status == 204 {
				if len(body) != 0 || seen.last() != nil || got.Resource.Amount.Total != 100 {
					t.Errorf("body %q, error %v, event %+v", body, seen.last(), got)
				}
				return
			}
			checkFailAnswer(t, body)
			if err := seen.last(); err == nil || test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("reported %v; want %v", err, test.is)
			}
		})
	}
	var p *wxpay.PanicError
	for _, err := range seen.all {
		errors.As(err, &p)
	}
	if p == nil || !strings.Contains(string(p.Stack()), "notifyhandler_test.go") ||
		!strings.Contains(p.Error(), "index out of range") {
		t.Errorf("panic not reported: %v", p)
	}
}

// checkFailAnswer checks that an answer says FAIL, and nothing about the program.
func checkFailAnswer(t *testing.T, body []byte) {
	t.Helper()
	var answer struct{ Code, Message string }
	if err := json.Unmarshal(body, &answer); err != nil || answer.Code != "FAIL" ||
		answer.Message == "" {
		t.Errorf("answer %s", body)
	}
	if strings.Contains(string(body), "aSecretHost") || strings.Contains(string(body), publicID) {
		t.Errorf("answer tells too much: %s", body)
	}
}

// A field that does not fit costs no notification: the handler gets all others and a Fault, which
// is also reported.
func TestNotificationWithAnOddField(t *testing.T) {
	odd := strings.NewReplacer(`"SUCCESS"`, `["SUCCESS"]`).Replace(transaction)
	sealed := strings.Replace(transaction, "{", `{"user_name":"c2VhbGVk",`, 1)
	for _, test := range []struct {
		name, resource, field string
		step                  wxpay.VerifyStep
		handler               func(ev *paidEvent) error
		status, reports       int
	}{
		{"misfit", odd, "trade_state", wxpay.StepDecode, nil, 204, 1},
		{"sealed for another", sealed, "user_name", wxpay.StepOpen, nil, 204, 1},
		{"handler wants it again", odd, "trade_state", wxpay.StepDecode, func(ev *paidEvent) error {
			return ev.Fault
		}, 500, 1},
		{"handler wants it again, and says more", odd, "trade_state", wxpay.StepDecode,
			func(ev *paidEvent) error { return fmt.Errorf("order: %w", ev.Fault) }, 500, 1},
		{"handler fails of itself", odd, "trade_state", wxpay.StepDecode, func(*paidEvent) error {
			return errors.New("down")
		}, 500, 2},
		{"handler panics", odd, "trade_state", wxpay.StepDecode, func(*paidEvent) error {
			panic("down")
		}, 500, 2},
		{"nothing odd", transaction, "", "", func(ev *paidEvent) error { return ev.Fault }, 204, 0},
	} {
		var mux typedMux
		var got *paidEvent
		var seen faults
		mux.TransactionSuccess(func(_ context.Context, ev *paidEvent) error {
			if got = ev; test.handler != nil {
				return test.handler(ev)
			}
			return nil
		})
		n := newNotification("TRANSACTION.SUCCESS", test.resource)
		resp := deliver(offlineClient(t).NotificationHandler(&mux,
			wxpay.WithNotificationErrors(seen.report)), n)
		if resp.StatusCode != test.status || got == nil || got.Resource.Amount.Total != 100 ||
			got.Resource.Payer.OpenID == "" || got.ID == "" || len(seen.all) != test.reports {
			t.Errorf("%s: HTTP %d, event %+v, reports %v", test.name, resp.StatusCode, got,
				seen.all)
			continue
		}
		if test.field == "" {
			continue
		}
		var d *wxpay.DecodeError
		if !errors.As(got.Fault, &d) || len(d.Fields) != 1 || d.Fields[0].Path != test.field ||
			d.Operation != got.EventType {
			t.Errorf("%s: fault %v", test.name, got.Fault)
		}
		assertStep(t, got.Fault, test.step, test.field)
		assertStep(t, seen.all[0], test.step, test.field)
	}
}

// A resource that is not an object is refused.
func TestNotificationOfNothing(t *testing.T) {
	for _, resource := range []string{`[]`, `null`, `""`, ``, ` `, `{"mchid":`, `5`} {
		var mux typedMux
		mux.TransactionSuccess(func(context.Context, *paidEvent) error {
			t.Errorf("%s: handled", resource)
			return nil
		})
		var seen faults
		resp := deliver(offlineClient(t).NotificationHandler(&mux,
			wxpay.WithNotificationErrors(seen.report)),
			newNotification("TRANSACTION.SUCCESS", resource))
		if resp.StatusCode != 500 || len(seen.all) != 1 {
			t.Errorf("%s: HTTP %d, %v", resource, resp.StatusCode, seen.all)
			continue
		}
		assertStep(t, seen.last(), wxpay.StepDecode, "")
	}
}

func TestNotificationHandlerRefusesOtherMethods(t *testing.T) {
	h := offlineClient(t).NotificationHandler(new(wxpay.NotificationMux),
		wxpay.WithNotificationErrors(nil))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/notify", nil))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "POST" {
		t.Errorf("HTTP %d", w.Code)
	}
}

func TestNotificationBodyCutOff(t *testing.T) {
	var seen faults
	h := offlineClient(t).NotificationHandler(new(wxpay.NotificationMux),
		wxpay.WithNotificationErrors(seen.report))
	r := httptest.NewRequest(http.MethodPost, "/notify",
		io.MultiReader(strings.NewReader("{"), failingReader{}))
	r.Header, _ = newNotification("A", "{}").sign()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	assertStep(t, seen.last(), wxpay.StepSize, "cut off")
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("HTTP %d", w.Code)
	}
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestNotificationErrorsAreLogged(t *testing.T) {
	var log bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(old)
	h := offlineClient(t).NotificationHandler(new(wxpay.NotificationMux))
	deliver(h, newNotification("TRANSACTION.SUCCESS", transaction))
	if !strings.Contains(log.String(), "no handler registered for this event type: "+
		"TRANSACTION.SUCCESS") || strings.Contains(log.String(), "oUpF8") {
		t.Errorf("log %s", &log)
	}
	log.Reset()
	n := newNotification("TRANSACTION.SUCCESS", transaction)
	n.nonce = "x"
	header, body := n.sign()
	header.Set("Wechatpay-Signature", "WECHATPAY/SIGNTEST/x")
	r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
	r.Header = header
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != 401 || log.Len() != 0 {
		t.Errorf("probe: HTTP %d, log %s", w.Code, &log)
	}
}

func TestNotificationMuxFallback(t *testing.T) {
	var mux wxpay.NotificationMux
	var got string
	mux.Fallback(func(_ context.Context, ev *wxpay.Event) error { got = ev.EventType; return nil })
	if resp := deliver(offlineClient(t).NotificationHandler(&mux),
		newNotification("NEW.EVENT", "{}")); resp.StatusCode != 204 || got != "NEW.EVENT" {
		t.Errorf("HTTP %d, %q", resp.StatusCode, got)
	}
}

func TestNotificationMuxPanicsOnMisuse(t *testing.T) {
	ok := func(context.Context, *wxpay.Event) error { return nil }
	for name, misuse := range map[string]func(m *wxpay.NotificationMux){
		"nil":             func(m *wxpay.NotificationMux) { m.Handle("A", nil) },
		"second":          func(m *wxpay.NotificationMux) { m.Handle("A", ok); m.Handle("A", ok) },
		"nil fallback":    func(m *wxpay.NotificationMux) { m.Fallback(nil) },
		"second fallback": func(m *wxpay.NotificationMux) { m.Fallback(ok); m.Fallback(ok) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			misuse(new(wxpay.NotificationMux))
		}()
	}
}

// Frameworks make requests with a nil body if there is none.
func TestNotificationWithoutABody(t *testing.T) {
	var seen faults
	h := offlineClient(t).NotificationHandler(new(wxpay.NotificationMux),
		wxpay.WithNotificationErrors(seen.report))
	n := newNotification("A", "{}")
	n.raw = []byte{}
	signed, _ := n.sign()
	for status, header := range map[int]http.Header{401: {}, 400: signed} {
		r, err := http.NewRequest(http.MethodPost, "/notify", nil)
		if err != nil || r.Body != nil {
			t.Fatalf("body %v, %v", r.Body, err)
		}
		r.Header = header
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != status || seen.last() == nil {
			t.Errorf("HTTP %d, want %d; reported %v", w.Code, status, seen.last())
		}
	}
}
