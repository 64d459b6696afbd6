package wxpay_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// spoilt is a change to a signed reply, and the error for it.
type spoilt struct {
	name  string
	spoil func(*reply)
	step  wxpay.VerifyStep
	is    error  // may be nil
	text  string // part of the error's message
}

var spoilts = []spoilt{
	{"signature of another key", func(r *reply) {
		signReply(otherKey(), publicID, r.header.Get("Wechatpay-Timestamp"), "n", r)
	}, wxpay.StepSignature, nil, "does not match"},
	{"signature flipped", func(r *reply) {
		b, _ := base64.StdEncoding.DecodeString(r.header.Get("Wechatpay-Signature"))
		b[7] ^= 1
		r.header.Set("Wechatpay-Signature", base64.StdEncoding.EncodeToString(b))
	}, wxpay.StepSignature, nil, "does not match"},
	{"signature not base64", func(r *reply) {
		r.header.Set("Wechatpay-Signature", "???")
	}, wxpay.StepSignature, nil, "not base64"},
	{"signature too short", func(r *reply) {
		r.header.Set("Wechatpay-Signature", "QUJD")
	}, wxpay.StepSignature, nil, "not base64 of the key's size"},
	{"signature too long", func(r *reply) {
		r.header.Set("Wechatpay-Signature", strings.Repeat("QUJD", 1000))
	}, wxpay.StepSignature, nil, "not base64 of the key's size"},
	{"unknown serial", func(r *reply) {
		r.header.Set("Wechatpay-Serial", "PUB_KEY_ID_9")
	}, wxpay.StepKey, wxpay.ErrUnknownSerial, `"PUB_KEY_ID_9"`},
	{"serial in another case", func(r *reply) {
		r.header.Set("Wechatpay-Serial", strings.ToLower(publicID))
	}, wxpay.StepKey, wxpay.ErrUnknownSerial, "no platform key"},
	{"old timestamp", resignedAt(-6 * time.Minute), wxpay.StepTimestamp, nil, "ago; check"},
	{"future timestamp", resignedAt(6 * time.Minute), wxpay.StepTimestamp, nil, "in the future"},
	{"no number for a timestamp", func(r *reply) {
		r.header.Set("Wechatpay-Timestamp", "soon")
	}, wxpay.StepHeaders, nil, "Wechatpay-Timestamp"},
	{"timestamp beyond reason", func(r *reply) {
		r.header.Set("Wechatpay-Timestamp", "9223372036854775807")
	}, wxpay.StepHeaders, nil, "Wechatpay-Timestamp"},
	{"negative timestamp", func(r *reply) {
		r.header.Set("Wechatpay-Timestamp", "-1")
	}, wxpay.StepHeaders, nil, "Wechatpay-Timestamp"},
	{"another nonce", func(r *reply) {
		r.header.Set("Wechatpay-Nonce", "n")
	}, wxpay.StepSignature, nil, "does not match"},
	{"body tampered with", func(r *reply) {
		r.body = bytes.Replace(r.body, []byte("100"), []byte("101"), 1)
	}, wxpay.StepSignature, nil, "does not match"},
	{"body with a byte more", func(r *reply) {
		r.body = append(r.body, '\n')
	}, wxpay.StepSignature, nil, "does not match"},
	{"no serial", without("Wechatpay-Serial"), wxpay.StepHeaders, nil,
		"Wechatpay-Serial is missing"},
	{"no timestamp", without("Wechatpay-Timestamp"), wxpay.StepHeaders, nil,
		"Wechatpay-Timestamp is missing"},
	{"no nonce", without("Wechatpay-Nonce"), wxpay.StepHeaders, nil, "Wechatpay-Nonce is missing"},
	{"no signature", without("Wechatpay-Signature"), wxpay.StepHeaders, nil,
		"Wechatpay-Signature is missing"},
	{"two serials", twice("Wechatpay-Serial"), wxpay.StepHeaders, nil,
		"Wechatpay-Serial is repeated"},
	{"two timestamps", twice("Wechatpay-Timestamp"), wxpay.StepHeaders, nil,
		"Wechatpay-Timestamp is repeated"},
	{"two nonces", twice("Wechatpay-Nonce"), wxpay.StepHeaders, nil, "Wechatpay-Nonce is repeated"},
	{"two signatures", twice("Wechatpay-Signature"), wxpay.StepHeaders, nil,
		"Wechatpay-Signature is repeated"},
	{"unsigned", func(r *reply) {
		for name := range r.header {
			if strings.HasPrefix(name, "Wechatpay") {
				r.header.Del(name)
			}
		}
	}, wxpay.StepHeaders, nil, "is missing"},
}

func without(name string) func(*reply) { return func(r *reply) { r.header.Del(name) } }

func twice(name string) func(*reply) {
	return func(r *reply) { r.header.Add(name, r.header.Get(name)) }
}

func resignedAt(d time.Duration) func(*reply) {
	return func(r *reply) {
		signReply(platformKey(), publicID, strconv.FormatInt(time.Now().Add(d).Unix(), 10), "n", r)
	}
}

func TestSpoiltSuccessIsNotBelieved(t *testing.T) {
	for _, c := range spoilts {
		t.Run(c.name, func(t *testing.T) {
			p := newPlatform(t, func(_ request, out *reply) {
				out.body, out.spoil = []byte(`{"id":"42","amount":{"total":100}}`), c.spoil
			})
			got, err := getOrder(t.Context(), p.client(), "1")
			var v *wxpay.VerifyError
			if !errors.As(err, &v) || v.Step != c.step || v.StatusCode != 200 ||
				v.Operation != "test.GetOrder" {
				t.Fatalf("got %v, want a VerifyError at step %s", err, c.step)
			}
			if c.is != nil && !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.text) ||
				!strings.Contains(err.Error(), requestID) {
				t.Errorf("message %v", err)
			}
			if got.ID != "" || got.Amount.Total != 0 || !errors.Is(err, wxpay.ErrOutcomeUnknown) {
				t.Errorf("believed: %+v, %v", got, err)
			}
		})
	}
}

// An error reply with a wrong signature is still an error. It has no class, and its message says
// why.
func TestSpoiltErrorReplyHasNoClass(t *testing.T) {
	for _, c := range spoilts {
		t.Run(c.name, func(t *testing.T) {
			p := newPlatform(t, func(_ request, out *reply) {
				out.status, out.body, out.spoil = 404,
					[]byte(`{"code":"ORDER_NOT_EXIST","message":"no 100"}`), c.spoil
			})
			_, err := getOrder(t.Context(), p.client(), "1")
			var e *wxpay.Error
			if !errors.As(err, &e) || e.StatusCode != 404 || e.Verified {
				t.Fatalf("got %v", err)
			}
			if c.name == "unsigned" {
				if e.Verification != nil || !errors.Is(err, wxpay.ErrNotFound) ||
					!strings.HasSuffix(err.Error(), "(unsigned)") {
					t.Errorf("got %v", err)
				}
				return
			}
			var v *wxpay.VerifyError
			if !errors.As(err, &v) || v.Step != c.step || errors.Is(err, wxpay.ErrNotFound) ||
				!errors.Is(err, wxpay.ErrOutcomeUnknown) ||
				!strings.Contains(err.Error(), "NOT VERIFIED: "+string(c.step)) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestErrorReplyVerified(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.status = 400
		out.body = []byte(
			`{"code":"PARAM_ERROR","message":"参数错误","detail":{"field":"/amount/total","value":"13800138000","issue":"too small","location":"body"}}`)
	})
	_, err := postOrder(t.Context(), p.client(), anOrder())
	var e *wxpay.Error
	if !errors.As(err, &e) || !e.Verified || e.Code != wxpay.CodeParamError ||
		e.RequestID != requestID ||
		e.Detail != (wxpay.ErrorDetail{Field: "/amount/total", Location: "body", Issue: "too small",
			Value: e.Detail.Value}) || e.Detail.Value.Reveal() != "13800138000" ||
		len(e.Body()) == 0 || e.Header().Get("Request-Id") != requestID {
		t.Fatalf("%+v", err)
	}
	const want = "wxpay: test.Order: POST /v3/test/orders: HTTP 400 PARAM_ERROR 参数错误 (field " +
		"/amount/total in body: too small) (request id 08F0A2B3C4)"
	if err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestGatewayHTML(t *testing.T) {
	html := "<html><body>502 Bad Gateway</body></html>"
	p := newPlatform(t, func(_ request, out *reply) {
		out.status, out.body, out.unsigned = 502, []byte(html), true
	})
	_, err := getOrder(t.Context(), p.client(), "13800138000")
	var e *wxpay.Error
	if !errors.As(err, &e) || e.Code != "" || e.StatusCode != 502 || e.Verified ||
		string(e.Body()) != html || !errors.Is(err, wxpay.ErrRetryable) {
		t.Fatalf("got %+v", err)
	}
	if strings.Contains(err.Error(), "13800138000") || strings.Contains(err.Error(), "mchid=") ||
		!strings.Contains(err.Error(), "GET /v3/test/orders/{out_trade_no}") {
		t.Errorf("message %v", err)
	}
}

func TestHugeErrorIsCutOff(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.status, out.body, out.unsigned = 500, bytes.Repeat([]byte("x"), 10<<20), true
	})
	_, err := getOrder(t.Context(), p.client(), "1")
	var e *wxpay.Error
	if !errors.As(err, &e) || len(e.Body()) != 16<<10 {
		t.Fatalf("got %T", err)
	}
}

// A success without the described body fails: the caller could not rely on it.
func TestEmptyBody(t *testing.T) {
	for _, status := range []int{http.StatusOK, http.StatusCreated, http.StatusAccepted,
		http.StatusNoContent} {
		for _, body := range []string{"", " ", "null", " null\n"} {
			if status == http.StatusNoContent && body != "" {
				continue // net/http sends none
			}
			p := newPlatform(t, func(_ request, out *reply) {
				out.status, out.body = status, []byte(body)
			})
			c := p.client()
			_, err := getOrder(t.Context(), c, "1")
			if !errors.As(err, new(*wxpay.DecodeError)) || !errors.Is(err, wxpay.ErrEmptyBody) ||
				!strings.Contains(err.Error(), publicID) {
				t.Errorf("HTTP %d %q: %v", status, body, err)
			}
			if err := c.Chain("v3/x").Post(t.Context(), nil, nil); err != nil {
				t.Errorf("HTTP %d %q: nothing was expected: %v", status, body, err)
			}
		}
	}
	for _, body := range []string{`""`, `[]`, `"{}"`, `5`} {
		p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(body) })
		if _, err := getOrder(t.Context(), p.client(), "1"); !errors.As(err,
			new(*wxpay.DecodeError)) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestUnsignedNoContent(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.status, out.unsigned = http.StatusNoContent, true
	})
	if _, err := getOrder(t.Context(), p.client(), "1"); !errors.As(err, new(*wxpay.VerifyError)) {
		t.Errorf("unsigned 204: %v", err)
	}
}

func TestBodyTooLarge(t *testing.T) {
	const size = wxpay.DefaultMaxBody + 1<<20
	body := []byte(`{"id":"` + strings.Repeat("x", size) + `"}`)
	for _, chunked := range []bool{false, true} {
		p := newPlatform(t, func(_ request, out *reply) {
			out.body = body
			if chunked {
				out.header.Set("Transfer-Encoding", "chunked")
			}
		})
		c := p.client()
		_, err := getOrder(t.Context(), c, "1")
		var e *wxpay.BodySizeError
		if !errors.As(err, &e) || e.Limit != wxpay.DefaultMaxBody ||
			!errors.Is(err, wxpay.ErrOutcomeUnknown) ||
			!strings.Contains(err.Error(), "4194304 bytes; WithMaxBody") {
			t.Errorf("chunked %v: got %v", chunked, err)
		}
		if got, err := getOrder(t.Context(), c, "1", wxpay.WithMaxBody(size+100)); err != nil ||
			len(got.ID) != size {
			t.Errorf("chunked %v, with WithMaxBody: %v", chunked, err)
		}
		exactly := int64(len(body))
		if _, err := getOrder(t.Context(), c, "1", wxpay.WithMaxBody(exactly)); err != nil {
			t.Errorf("chunked %v, exactly the limit: %v", chunked, err)
		}
		if _, err := getOrder(t.Context(), c, "1", wxpay.WithMaxBody(exactly-1)); !errors.As(err,
			&e) {
			t.Errorf("chunked %v, one byte over the limit: %v", chunked, err)
		}
	}
}

func TestMalformedJSON(t *testing.T) {
	for _, body := range []string{`{"id":`, `{"id":"42"}}`, `nope`, "\xff", `{"id":"42"} {}`} {
		p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(body) })
		_, err := getOrder(t.Context(), p.client(), "1")
		if !errors.As(err, new(*wxpay.DecodeError)) || !errors.Is(err, wxpay.ErrMalformedJSON) {
			t.Errorf("%q: %v", body, err)
		}
	}
	for body, want := range map[string]string{`[1]`: "an array", `"x"`: "a string", `5`: "a number",
		` true`: "a boolean"} {
		p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(body) })
		_, err := getOrder(t.Context(), p.client(), "1")
		var d *wxpay.DecodeError
		if !errors.As(err, &d) || d.Fields[0].String() != "body: want an object, got "+want ||
			!strings.Contains(err.Error(), `(serial "`+publicID+`")`) {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func TestUndecryptableField(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) {
		out.body = []byte(`{"id":"42","user_name":"` + sealFor(t, &otherKey().PublicKey, aName) +
			`","details":[{"name":"x","phone":"!"}]}`)
	})
	got, err := getOrder(t.Context(), p.client(), "1")
	var d *wxpay.DecodeError
	if !errors.As(err, &d) || len(d.Fields) != 2 || d.Fields[0].Path != "user_name" ||
		d.Fields[1].Path != "details[0].phone" {
		t.Fatalf("got %v", err)
	}
	if got.ID != "42" || got.Details[0].Name != "x" || got.Name.Sealed() == "" {
		t.Errorf("the rest was lost: %+v", got)
	}
}

// The error names the signing key even if the reply is not read to its end: an operator learns
// which migration to look at.
func TestBodyTooLargeNamesTheSerial(t *testing.T) {
	p := newPlatform(t, func(_ request, out *reply) { out.body = []byte(`{"id":"42"}`) })
	_, err := getOrder(t.Context(), p.client(), "1", wxpay.WithMaxBody(5))
	var e *wxpay.BodySizeError
	if !errors.As(err, &e) || e.Serial != publicID ||
		!strings.Contains(err.Error(), `(serial "`+publicID+`")`) {
		t.Errorf("%v", err)
	}
}
