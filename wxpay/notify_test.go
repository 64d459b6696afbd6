package wxpay_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestNotificationIsVerifiedAndDecrypted(t *testing.T) {
	c := offlineClient(t)
	sealed := sealFor(t, &merchantKey().PublicKey, aName)
	header, body := newNotification("TRANSACTION.SUCCESS",
		strings.Replace(transaction, "{", `{"user_name":"`+sealed+`",`, 1)).sign()
	ev, err := c.ParseNotification(t.Context(), header, body)
	if err != nil {
		t.Fatal(err)
	}
	if ev.ID != "EV-2018022511223320873" || ev.EventType != "TRANSACTION.SUCCESS" ||
		ev.OriginalType != "transaction" ||
		ev.Serial != publicID || ev.Summary != "支付成功" || ev.CreateTime.Unix() != 1432099775 ||
		ev.ResourceType != "encrypt-resource" {
		t.Errorf("envelope %#v", *ev)
	}
	out := paidEvent{Event: *ev}
	if err := ev.Decode(&out.Resource, out.Resource.secrets); err != nil {
		t.Fatal(err)
	}
	if r := out.Resource; r.State != "SUCCESS" || r.Amount.Total != 100 ||
		r.Name.Reveal() != aName || r.Payer.OpenID != "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" {
		t.Errorf("resource %+v", r)
	}
	assertQuiet(t, "oUpF8u", ev, out, &out)
}

// assertQuiet prints values in every way and looks for text that must not be printed.
func assertQuiet(t *testing.T, private string, values ...any) {
	t.Helper()
	for _, v := range values {
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "v", v)
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "v", v)
		for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d"} {
			fmt.Fprintf(&log, format, v)
		}
		if strings.Contains(log.String(), private) {
			t.Errorf("%T printed its content: %s", v, &log)
		}
	}
}

func TestNotificationHeadersInAnyCase(t *testing.T) {
	c := offlineClient(t)
	header, body := newNotification("TRANSACTION.SUCCESS", transaction).sign()
	lower := make(http.Header)
	for name, v := range header {
		lower[strings.ToLower(name)] = v
	}
	if _, err := c.ParseNotification(t.Context(), lower, body); err != nil {
		t.Error(err)
	}
	lower["WECHATPAY-NONCE"] = header["Wechatpay-Nonce"]
	_, err := c.ParseNotification(t.Context(), lower, body)
	assertStep(t, err, wxpay.StepHeaders, "repeated")
}

func assertStep(t *testing.T, err error, step wxpay.VerifyStep, text string) {
	t.Helper()
	var n *wxpay.NotificationError
	if !errors.As(err, &n) {
		t.Fatalf("error %v (%T); want a NotificationError", err, err)
	}
	if n.Step != step || !strings.Contains(err.Error(), text) {
		t.Errorf("step %s, error %v; want step %s, %q", n.Step, err, step, text)
	}
	var v *wxpay.VerifyError
	if before := errors.As(err, &v); before && v.Step != step {
		t.Errorf("VerifyError of step %s in a NotificationError of step %s", v.Step, step)
	}
	for _, private := range []string{"oUpF8u", aName, apiV3Key} {
		if strings.Contains(err.Error(), private) {
			t.Errorf("error quotes content: %v", err)
		}
	}
}

// A notificationFault is a change of a good notification, and the step that refuses it.
type notificationFault struct {
	name   string
	spoil  func(*notification)              // before signing
	tamper func(*notification, http.Header) // afterwards
	step   wxpay.VerifyStep
	text   string
}

func set(key string, v any) func(*notification) {
	return func(n *notification) { n.body[key] = v }
}

func resource(key string, v any) func(*notification) {
	return func(n *notification) { n.resource()[key] = v }
}

func header(name string, v ...string) func(*notification, http.Header) {
	return func(_ *notification, h http.Header) { h[name] = v }
}

// headerFaults are changes of the headers.
var headerFaults = []notificationFault{
	{"no signature", nil, header("Wechatpay-Signature"), wxpay.StepHeaders,
		"Wechatpay-Signature is missing"},
	{"empty serial", nil, header("Wechatpay-Serial", ""), wxpay.StepHeaders,
		"Wechatpay-Serial is missing"},
	{"two signatures", nil, header("Wechatpay-Signature", "a", "b"), wxpay.StepHeaders,
		"Wechatpay-Signature is repeated"},
	{"two timestamps", nil, header("Wechatpay-Timestamp", "1", "1"), wxpay.StepHeaders,
		"Wechatpay-Timestamp is repeated"},
	{"no timestamp", nil, header("Wechatpay-Timestamp"), wxpay.StepHeaders,
		"Wechatpay-Timestamp is missing"},
	{"odd timestamp", nil, header("Wechatpay-Timestamp", "soon"), wxpay.StepHeaders,
		"no number"},
	{"changed nonce", nil, header("Wechatpay-Nonce", "x"), wxpay.StepSignature, publicID},
	{"no base64", nil, header("Wechatpay-Signature", "%%%"), wxpay.StepSignature, "base64"},
	{"probe", nil, header("Wechatpay-Signature", "WECHATPAY/SIGNTEST/abc"),
		wxpay.StepSignature, "probe"},
	{"lower case serial", nil, header("Wechatpay-Serial", strings.ToLower(publicID)),
		wxpay.StepKey, strings.ToLower(publicID)},
}

// envelopeFaults are changes of the signed envelope.
var envelopeFaults = []notificationFault{
	{"replayed", func(n *notification) {
		n.at = n.at.Add(-6 * time.Minute)
	}, nil, wxpay.StepTimestamp, "ago"},
	{"clock skew", func(n *notification) {
		n.at = n.at.Add(6 * time.Minute)
	}, nil, wxpay.StepTimestamp, "future"},
	{"unknown serial", func(n *notification) { n.serial = "4A3B" }, nil, wxpay.StepKey, "4A3B"},
	{"another key", func(n *notification) {
		n.key = otherKey()
	}, nil, wxpay.StepSignature, publicID},
	{"no JSON", func(n *notification) {
		n.raw = []byte("<xml>")
	}, nil, wxpay.StepEnvelope, "malformed JSON"},
	{"empty", func(n *notification) {
		n.raw = []byte{}
	}, nil, wxpay.StepEnvelope, "malformed JSON"},
	{"an array", func(n *notification) {
		n.raw = []byte("[1]")
	}, nil, wxpay.StepEnvelope, "want an object"},
	{"null", func(n *notification) {
		n.raw = []byte("null")
	}, nil, wxpay.StepEnvelope, "event_type is missing"},
	{"deep", func(n *notification) {
		n.raw = bytes.Repeat([]byte("["), 1<<19)
	}, nil, wxpay.StepEnvelope, "JSON"},
	{"deep summary", func(n *notification) {
		n.raw = []byte(`{"resource":` + strings.Repeat(`{"a":`, 9000) + "1" +
			strings.Repeat("}", 9001))
	}, nil, wxpay.StepEnvelope, "event_type"},
	{"huge", func(n *notification) {
		n.body["summary"] = strings.Repeat("x", 1<<20)
	}, nil, wxpay.StepSize, "larger"},
	{"no event type", set("event_type", ""), nil, wxpay.StepEnvelope, "event_type"},
	{"event type of a wrong type", set("event_type", []int{7}), nil, wxpay.StepEnvelope,
		"event_type: want a string"},
	{"no resource", set("resource", nil), nil, wxpay.StepEnvelope, "resource is missing"},
	{"resource of a wrong type", set("resource", "x"), nil, wxpay.StepEnvelope,
		"resource: want an object"},
	{"nonce of a wrong type", resource("nonce", 1), nil, wxpay.StepEnvelope,
		"resource.nonce: want a string"},
}

// resourceFaults are changes of the encrypted resource.
var resourceFaults = []notificationFault{
	{"algorithm", resource("algorithm", "AEAD_SM4_GCM"), nil, wxpay.StepDecrypt,
		"AEAD_SM4_GCM"},
	{"no algorithm", resource("algorithm", ""), nil, wxpay.StepDecrypt, "algorithm"},
	{"short nonce", resource("nonce", "abc"), nil, wxpay.StepDecrypt, "nonce of 3 bytes"},
	{"long nonce", resource("nonce", strings.Repeat("a", 16)), nil, wxpay.StepDecrypt,
		"nonce of 16 bytes"},
	{"no nonce", resource("nonce", ""), nil, wxpay.StepDecrypt, "nonce of 0 bytes"},
	{"other nonce", resource("nonce", "abcdefghijkl"), nil, wxpay.StepDecrypt, "authenticate"},
	{"associated data", resource("associated_data", "refund"), nil, wxpay.StepDecrypt,
		"authenticate"},
	{"ciphertext no base64", resource("ciphertext", "§"), nil, wxpay.StepDecrypt, "base64"},
	{"ciphertext too short", resource("ciphertext", "YWJj"), nil, wxpay.StepDecrypt,
		"authenticate"},
	{"another APIv3 key", func(n *notification) {
		n.apiV3Key = strings.Repeat("k", 32)
		n.body["resource"] = n.box(transaction)
	}, nil, wxpay.StepDecrypt, "APIv3Key"},
}

func TestNotificationRefused(t *testing.T) {
	for _, test := range slices.Concat(headerFaults, envelopeFaults, resourceFaults) {
		t.Run(test.name, func(t *testing.T) {
			n := newNotification("TRANSACTION.SUCCESS", transaction)
			if test.spoil != nil {
				test.spoil(n)
			}
			h, body := n.sign()
			if test.tamper != nil {
				test.tamper(n, h)
			}
			ev, err := offlineClient(t).ParseNotification(t.Context(), h, body)
			if ev != nil {
				t.Error("an event beside the error")
			}
			assertStep(t, err, test.step, test.text)
			if got := errors.Is(err, wxpay.ErrSignatureProbe); got != (test.name == "probe") {
				t.Errorf("ErrSignatureProbe: %v", got)
			}
		})
	}
}

func TestNotificationOfOddEnvelopeIsNotLost(t *testing.T) {
	n := newNotification("TRANSACTION.SUCCESS", transaction)
	n.body["create_time"], n.body["summary"], n.body["new"], n.body["id"] = "yesterday", []int{7},
		[]int{1}, []int{8}
	n.resource()["original_type"], n.body["resource_type"] = []int{9}, []int{10}
	h, body := n.sign()
	ev, err := offlineClient(t).ParseNotification(t.Context(), h, body)
	if err != nil || !ev.CreateTime.IsZero() ||
		!strings.Contains(string(ev.Plaintext()), "SUCCESS") {
		t.Errorf("%v, %v", ev, err)
	}
}

func TestNotificationChangedBodyIsRefused(t *testing.T) {
	c := offlineClient(t)
	h, body := newNotification("TRANSACTION.SUCCESS", transaction).sign()
	for i := range body {
		changed := bytes.Clone(body)
		changed[i] ^= 1
		_, err := c.ParseNotification(t.Context(), h, changed)
		assertStep(t, err, wxpay.StepSignature, publicID)
	}
}

func TestNotificationResourceThatDoesNotFit(t *testing.T) {
	c := offlineClient(t)
	for _, test := range []struct {
		resource string
		step     wxpay.VerifyStep
		text     string
	}{
		{`{"mchid":"1","amount":{"total":"¥100"},"trade_state":"SUCCESS"}`, wxpay.StepDecode,
			"amount.total: want an integer"},
		{`{"mchid":"1","user_name":"YWJj","trade_state":"SUCCESS"}`, wxpay.StepOpen, "user_name: "},
		{`[]`, wxpay.StepDecode, "want an object"},
		{``, wxpay.StepDecode, "empty body"},
		{`{`, wxpay.StepDecode, "malformed JSON"},
	} {
		h, body := newNotification("TRANSACTION.SUCCESS", test.resource).sign()
		ev, err := c.ParseNotification(t.Context(), h, body)
		if err != nil {
			t.Fatal(err)
		}
		var out paid
		err = ev.Decode(&out, out.secrets)
		assertStep(t, err, test.step, test.text)
		if !strings.Contains(err.Error(), "TRANSACTION.SUCCESS EV-2018022511223320873") {
			t.Errorf("error does not name the event: %v", err)
		}
		var d *wxpay.DecodeError
		if !errors.As(err, &d) {
			t.Errorf("no DecodeError in %v", err)
		}
		if len(test.resource) > 2 && out.State != "SUCCESS" {
			t.Errorf("what could be read is lost: %+v", out)
		}
	}
}

func TestNotificationWithoutAPIv3Key(t *testing.T) {
	cfg := testConfig()
	cfg.APIv3Key = ""
	c, err := wxpay.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	h, body := newNotification("TRANSACTION.SUCCESS", transaction).sign()
	_, err = c.ParseNotification(t.Context(), h, body)
	assertStep(t, err, wxpay.StepDecrypt, "Config.APIv3Key is empty")
}

func TestNotificationClock(t *testing.T) {
	n := newNotification("TRANSACTION.SUCCESS", transaction)
	n.at = time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	h, body := n.sign()
	c := offlineClient(t, wxpay.WithClock(func() time.Time { return n.at.Add(time.Minute) }))
	if _, err := c.ParseNotification(t.Context(), h, body); err != nil {
		t.Error(err)
	}
	c = offlineClient(t, wxpay.WithClock(func() time.Time { return n.at.Add(time.Minute) }),
		wxpay.WithClockSkew(30*time.Second))
	_, err := c.ParseNotification(t.Context(), h, body)
	assertStep(t, err, wxpay.StepTimestamp, "1m0s ago")
}

// An event in an unexported field prints no resource, although package fmt calls no method there.
func TestEventInAnUnexportedFieldIsQuiet(t *testing.T) {
	header, body := newNotification("TRANSACTION.SUCCESS", `{"openid":"`+clearText+`"}`).sign()
	ev, err := offlineClient(t).ParseNotification(t.Context(), header, body)
	if err != nil || !strings.Contains(string(ev.Plaintext()), clearText) {
		t.Fatal(err)
	}
	type job struct{ ev wxpay.Event }
	type pointing struct{ ev *wxpay.Event }
	for _, v := range []any{job{*ev}, &job{*ev}, []job{{*ev}}, pointing{ev},
		struct{ inner any }{job{*ev}}} {
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "job", v)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "job", v)
		for _, format := range []string{"%v", "%+v", "%#v", "%s", "%x", "%X", "%d", "%q", "%c",
			"%t"} {
			fmt.Fprintf(&log, format, v)
		}
		noLeak(t, "printing", log.String())
		if strings.Contains(log.String(), "67 76 69 65 82") ||
			strings.Contains(log.String(), "0x43, 0x4c") ||
			strings.Contains(log.String(), "C L E A R") {
			t.Errorf("its bytes are printed: %s", &log)
		}
	}
}
