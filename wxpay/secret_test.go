package wxpay_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

const clearText = "CLEAR-110101199003070000"

// hidden holds Secrets in places where fmt and slog cannot call their methods.
type hidden struct {
	Public  wxpay.Secret
	private wxpay.Secret
	pointer *wxpay.Secret
	list    []wxpay.Secret
	byName  map[string]wxpay.Secret
	inner   struct{ deep any }
}

func aHidden() hidden {
	s := wxpay.NewSecret(clearText)
	h := hidden{Public: s, private: s, pointer: &s, list: []wxpay.Secret{s},
		byName: map[string]wxpay.Secret{"k": s}}
	h.inner.deep = s
	return h
}

func noLeak(t *testing.T, how, text string) {
	t.Helper()
	if strings.Contains(text, "CLEAR") || strings.Contains(text, fmt.Sprintf("%x", "CLEAR")) ||
		strings.Contains(text, fmt.Sprintf("%X", "CLEAR")) {
		t.Errorf("%s: %s", how, text)
	}
}

func TestSecretUnderEveryVerb(t *testing.T) {
	s := wxpay.NewSecret(clearText)
	values := []any{s, &s, []wxpay.Secret{s}, map[string]wxpay.Secret{"k": s}, struct{ S any }{s},
		aHidden(), new(aHidden())}
	for verb := rune(1); verb < 0x7f; verb++ {
		for _, flags := range []string{"", "+", "#", " ", "0", "-20", "20.5", "+#"} {
			for _, v := range values {
				noLeak(t, flags+string(verb), fmt.Sprintf("%"+flags+string(verb), v))
			}
		}
	}
	for _, v := range values {
		noLeak(t, "Sprint", fmt.Sprint(v)+fmt.Sprintln(v)+string(fmt.Append(nil, v)))
		noLeak(t, "error", fmt.Errorf("x: %v, %w", v, errors.New("y")).Error())
	}
	if got := fmt.Sprintf("%v %s %q %d %#v", s, s, s, s,
		s); got != strings.TrimSpace(strings.Repeat("[redacted] ", 5)) {
		t.Error(got)
	}
	if got := fmt.Sprintf("%v|%s", wxpay.Secret{}, wxpay.Secret{}); got != "|" {
		t.Error(got)
	}
	noLeak(t, "String", s.String()+s.GoString())
}

func TestSecretInLogsAndEncoders(t *testing.T) {
	s := wxpay.NewSecret(clearText)
	h := aHidden()
	var buf bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&buf, nil),
		slog.NewJSONHandler(&buf, nil)} {
		slog.New(handler).With("with", s).WithGroup("g").Info("m", "secret", s, "pointer", &s,
			"hidden", h, "hiddens", []hidden{h}, "any", []any{s, h})
	}
	log.New(&buf, "", 0).Printf("%v %+v %#v", s, h, &h)
	_ = json.NewEncoder(&buf).Encode(h)
	_ = xml.NewEncoder(&buf).Encode(h)
	_ = gob.NewEncoder(&buf).Encode(h)
	for _, v := range []any{s, &s, h, &h, []any{s}, map[string]any{"k": s}} {
		b, err := json.Marshal(v)
		if err == nil {
			t.Errorf("%T: clear text encoded as %s", v, b)
		} else {
			buf.WriteString(err.Error())
		}
	}
	noLeak(t, "encoders", buf.String())
	if !strings.Contains(buf.String(), "[redacted]") {
		t.Error("nothing was logged")
	}
}

func TestSecretOfAReplyEncodesAsCiphertext(t *testing.T) {
	c := newClient(t, "http://127.0.0.1:1")
	cipher := sealFor(t, &merchantKey().PublicKey, clearText)
	resp := orderResponse{ID: "42"}
	if err := json.Unmarshal([]byte(`"`+cipher+`"`), &resp.Name); err != nil ||
		resp.Name.Reveal() != "" || resp.Name.Sealed() != cipher {
		t.Fatalf("before opening: %v", err)
	}
	opened, err := c.Decrypt(cipher)
	if err != nil || opened.Reveal() != clearText {
		t.Fatal(err)
	}
	resp.Name = opened
	b, err := json.Marshal(resp)
	if err != nil || string(b) != `{"id":"42","user_name":"`+cipher+`"}` {
		t.Errorf("%s: %v", b, err)
	}
	noLeak(t, "json", string(b))
}

func TestSecretValues(t *testing.T) {
	a, b := wxpay.NewSecret("x"), wxpay.NewSecret("x")
	if a == b || !a.Equal(b) || a.Equal(wxpay.NewSecret("y")) || a.Equal(wxpay.Secret{}) ||
		!(wxpay.Secret{}).Equal(wxpay.NewSecret("")) {
		t.Error("Equal")
	}
	if !wxpay.SealedSecret("c").Equal(wxpay.SealedSecret("c")) || wxpay.SealedSecret("c").Equal(a) {
		t.Error("Equal of ciphertext")
	}
	for _, data := range []string{`null`, `""`} {
		s := wxpay.NewSecret("x")
		if err := json.Unmarshal([]byte(data), &s); err != nil || !s.IsZero() {
			t.Errorf("%s: %v", data, err)
		}
	}
	if b, err := json.Marshal(struct {
		S wxpay.Secret `json:"s,omitzero"`
		Z wxpay.Secret `json:"z"`
	}{}); err != nil || string(b) != `{"z":""}` {
		t.Errorf("%s: %v", b, err)
	}
	if b, err := json.Marshal(wxpay.SealedSecret(`a"<b`)); err != nil || !json.Valid(b) {
		t.Errorf("%s: %v", b, err)
	}
}

// No error of a call shows a secret, a path value or a query.
func TestErrorsHoldNoSecrets(t *testing.T) {
	var logged bytes.Buffer
	observer := wxpay.WithObserver(
		wxpay.NewSlogObserver(
			slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))))
	reject := newPlatform(t, func(_ request, out *reply) {
		out.status, out.body = 400,
			[]byte(`{"code":"PARAM_ERROR","detail":{"field":"/user_name","value":"`+clearText+
				`","issue":"bad"}}`)
	})
	garble := newPlatform(t, func(_ request, out *reply) {
		out.body = []byte(`{"id":1,"user_name":"` + clearText + `"}`)
	})
	for _, c := range []*wxpay.Client{reject.client(observer), garble.client(observer),
		newClient(t, "http://127.0.0.1:1", observer)} {
		req := anOrder()
		req.Name = wxpay.NewSecret(clearText)
		_, err1 := postOrder(t.Context(), c, req)
		_, err2 := getOrder(t.Context(), c, clearText)
		err3 := c.Chain("v3/x/{no}", clearText).Post(t.Context(), req, nil)
		_, err4 := c.Raw(t.Context(), "GET", "/v3/x/"+clearText+"?q="+clearText, nil, nil)
		for i, err := range []error{err1, err2, err3, err4} {
			if err == nil && i == 3 { // a raw call decodes nothing
				continue
			}
			if err == nil {
				t.Error("no error")
				continue
			}
			noLeak(t, "error", fmt.Sprintf("%v %+v", err, err))
		}
		if !errors.As(err3, new(*wxpay.SealError)) {
			t.Errorf("an unsealed body: %v", err3)
		}
	}
	noLeak(t, "log", logged.String())
	for _, s := range []string{"Authorization", "WECHATPAY2", "signature=", "mchid="} {
		if strings.Contains(strings.ReplaceAll(logged.String(), "mchid="+mchID+" ", ""), s) {
			t.Errorf("log holds %s: %s", s, logged.String())
		}
	}
}

// A printed configuration or client shows the caller's number, and no key.
func TestConfigAndClientPrintNoKeys(t *testing.T) {
	cfg := testConfig()
	c := newClient(t, "http://127.0.0.1:1")
	held := struct{ c *wxpay.Client }{c} // nodes of generated chains hold the client in this way
	var buf bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&buf, nil),
		slog.NewJSONHandler(&buf, nil)} {
		slog.New(handler).Info("m", "config", cfg, "pointer", &cfg, "client", c, "held", held,
			"all", []any{cfg, c, held})
	}
	_ = json.NewEncoder(&buf).Encode(map[string]any{"config": cfg, "client": c})
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x", "%q", "%T"} {
		for _, v := range []any{cfg, &cfg, c, held, &held} {
			fmt.Fprintf(&buf, verb+"\n", v)
		}
	}
	text := buf.String()
	for _, secret := range []string{apiV3Key, fmt.Sprintf("%x", apiV3Key), merchantKey().D.String(),
		fmt.Sprintf("%x", merchantKey().D), "1684300900", "858927408"} {
		if strings.Contains(text, secret) {
			t.Errorf("a key was printed: %.100s", secret)
		}
	}
	if !strings.Contains(text, "wxpay.Client("+mchID+")") ||
		!strings.Contains(text, "wxpay.Config("+mchID+")") {
		t.Errorf("who is it? %s", text)
	}
}

// A printed error does not show its fields: they hold parts of the request that the platform
// quotes, and a signature.
func TestErrorPrintsNoFields(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.status, out.body = 400,
			[]byte(`{"code":"PARAM_ERROR","message":"m","detail":{"field":"/user_name","value":"`+
				clearText+`","issue":"bad"}}`)
	})
	var outcome wxpay.Outcome
	_, err := getOrder(t.Context(),
		p.client(wxpay.WithObserver(watcher(func(o wxpay.Outcome) { outcome = o }))), "1")
	var e *wxpay.Error
	if !errors.As(err, &e) || e.Detail.Value.Reveal() != clearText ||
		!strings.Contains(string(e.Body()), clearText) {
		t.Fatal(err)
	}
	signature := e.Header().Get("Wechatpay-Signature")
	quiet := func(how, text string) {
		t.Helper()
		// the bytes of CLEAR
		if noLeak(t, how, text); strings.Contains(text, signature) ||
			strings.Contains(text, "67 76 69 65 82") {
			t.Errorf("%s: %s", how, text)
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	values := []any{e, *e, err, outcome, &outcome, []any{e, *e}, map[string]any{"e": e},
		struct{ Err error }{e}}
	for verb := 'A'; verb <= 'z'; verb++ {
		if verb == 'p' || verb == 'w' { // ask no method
			continue
		}
		for _, flags := range []string{"", "+", "#", " ", "-20", "+#"} {
			for _, v := range values {
				quiet(flags+string(verb), fmt.Sprintf("%"+flags+string(verb), v))
			}
		}
	}
	for i, v := range values {
		var log bytes.Buffer
		for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil),
			slog.NewJSONHandler(&log, nil)} {
			slog.New(handler).Info("m", "v", v)
		}
		encoded, err := json.Marshal(v)
		if err != nil || !strings.Contains(string(encoded), "PARAM_ERROR") ||
			strings.Count(log.String(), "PARAM_ERROR") < 2 {
			t.Errorf("value %d says nothing: %s, %v, %s", i, encoded, err, &log)
		}
		quiet("json.Marshal", string(encoded))
		quiet("slog", log.String())
	}
}

// A printed PanicError does not show its value, which may be a request with a name in it.
func TestPanicErrorPrintsNoValue(t *testing.T) {
	e := newPanic(clearText)
	for _, v := range []any{e, error(e), []any{e}, struct{ Err error }{e}} {
		for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			noLeak(t, format, fmt.Sprintf(format, v))
		}
		var log bytes.Buffer
		for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil),
			slog.NewJSONHandler(&log, nil)} {
			slog.New(handler).Info("m", "v", v)
		}
		_ = json.NewEncoder(&log).Encode(v)
		noLeak(t, "slog and JSON", log.String())
	}
}

// loud does not encode, and its error quotes the value.
type loud struct{}

var errLoud = errors.New("cannot encode " + clearText)

func (loud) MarshalJSON() ([]byte, error) { return nil, errLoud }

// loudText is loud for MarshalText.
type loudText struct{}

func (loudText) MarshalText() ([]byte, error) { return nil, errLoud }

// The error of a call does not quote a foreign error, which may quote the request.
func TestMarshalErrorIsNotQuoted(t *testing.T) {
	c := offlineClient(t, wxpay.WithHTTPClient(&http.Client{Transport: refuse{t}}))
	for _, body := range []any{loud{}, loudText{}, map[string]any{"name": loud{}},
		[]any{&loudText{}}, struct{ Deep struct{ Name loud } }{}} {
		err1 := c.Chain("v3/x").Post(t.Context(), body, nil)
		err2 := c.Do(t.Context(),
			gen.Call{Name: "test.Loud", Method: "POST", Path: "/v3/x", Body: body}, nil)
		for _, err := range []error{err1, err2} {
			if !errors.As(err, new(*wxpay.InvalidError)) || !errors.Is(err, errLoud) {
				t.Errorf("%T: %v", body, err)
			}
			noLeak(t, "error", fmt.Sprintf("%v %+v", err, err))
		}
	}
	noLeak(t, "WithField",
		c.Chain("v3/x").Post(t.Context(), nil, nil, wxpay.WithField("name", loud{})).Error())
}
