package e2e

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/generated/wechatpay"
	"github.com/wxgen/wxgen/wxpay"
)

const goodReply = `{"authenticate_number":"n1","openid":"o1","mchid":"1900000109","sub_mchid":"1111111","token":"t","expires_in":60}`

// good is the reply that the misbehaviours spoil.
func good() *reply {
	return &reply{status: http.StatusOK, kind: "application/json", body: []byte(goodReply)}
}

// resign signs the reply again, at another time or with a stranger's key.
func resign(at time.Duration, serial string, stranger bool) func(http.ResponseWriter, *reply) {
	return func(w http.ResponseWriter, r *reply) {
		key := keys().platform
		if stranger {
			key = keys().stranger
		}
		sign(w.Header(), r.body, time.Now().Add(at), serial, key)
	}
}

func without(header string) func(http.ResponseWriter, *reply) {
	return func(w http.ResponseWriter, _ *reply) { w.Header().Del(header) }
}

// A misbehaviour is a spoilt reply, and the error for it.
type misbehaviour struct {
	name   string
	spoil  func(*reply)
	step   wxpay.VerifyStep // of the *wxpay.VerifyError; "" if it is another error
	status int              // of the *wxpay.Error; 0 if it is another error
}

var misbehaviours = []misbehaviour{
	{"signed by a stranger", func(r *reply) {
		r.tamper = resign(0, platformNo, true)
	}, wxpay.StepSignature, 0},
	{"an unknown serial", func(r *reply) {
		r.tamper = resign(0, "PUB_KEY_ID_NOT_OURS", false)
	}, wxpay.StepKey, 0},
	{"an old timestamp", func(r *reply) {
		r.tamper = resign(-6*time.Minute, platformNo, false)
	}, wxpay.StepTimestamp, 0},
	{"a timestamp to come", func(r *reply) {
		r.tamper = resign(6*time.Minute, platformNo, false)
	}, wxpay.StepTimestamp, 0},
	{"no serial", func(r *reply) {
		r.tamper = without("Wechatpay-Serial")
	}, wxpay.StepHeaders, 0},
	{"no signature", func(r *reply) {
		r.tamper = without("Wechatpay-Signature")
	}, wxpay.StepHeaders, 0},
	{"no timestamp", func(r *reply) {
		r.tamper = without("Wechatpay-Timestamp")
	}, wxpay.StepHeaders, 0},
	{"no nonce", func(r *reply) {
		r.tamper = without("Wechatpay-Nonce")
	}, wxpay.StepHeaders, 0},
	{"unsigned success", func(r *reply) { r.unsigned = true }, wxpay.StepHeaders, 0},
	{"a changed body", func(r *reply) {
		r.tamper = func(_ http.ResponseWriter, r *reply) {
			r.body = bytes.Replace(r.body, []byte("60"), []byte("61"), 1)
		}
	}, wxpay.StepSignature, 0},
	{"a body with a blank more", func(r *reply) {
		r.tamper = func(_ http.ResponseWriter, r *reply) { r.body = append(r.body, ' ') }
	}, wxpay.StepSignature, 0},
	{"unsigned 204", func(r *reply) {
		*r = reply{status: http.StatusNoContent, unsigned: true}
	}, wxpay.StepHeaders, 0},
	{"refused", func(r *reply) {
		r.status, r.body = http.StatusForbidden,
			[]byte(
				`{"code":"NO_AUTH","message":"无权限","detail":{"field":"/openid","issue":"no"}}`)
	}, "", http.StatusForbidden},
	{"a gateway's page", func(r *reply) {
		*r = reply{status: http.StatusBadGateway, kind: "text/html",
			body: []byte("<html>502</html>"), unsigned: true}
	}, "", http.StatusBadGateway},
}

// TestMisbehaving checks the error of generated code for each spoilt reply.
func TestMisbehaving(t *testing.T) {
	s := newServer(t)
	client := newClient(t, s)
	for _, c := range misbehaviours {
		t.Run(c.name, func(t *testing.T) {
			r := good()
			c.spoil(r)
			s.expect(r)
			resp, err := preOrderWithAuth(t.Context(), client)
			if err == nil {
				t.Fatalf("no error, and the response %+v", resp)
			}
			if resp != nil && resp.Token != "" {
				t.Errorf("a reply that is not to be believed came through: %+v", resp)
			}
			for _, private := range []string{"张三", "110101199003071234", goodReply} {
				if strings.Contains(err.Error(), private) {
					t.Errorf("the error shows %s: %v", private, err)
				}
			}
			checkKind(t, err, c.step, c.status)
		})
	}
}

func checkKind(t *testing.T, err error, step wxpay.VerifyStep, status int) {
	t.Helper()
	if step != "" {
		var verify *wxpay.VerifyError
		if !errors.As(err, &verify) || verify.Step != step ||
			verify.Operation != "payrollcard.PreOrderWithAuth" {
			t.Errorf("%v, wanted a *wxpay.VerifyError of step %s", err, step)
		}
		return
	}
	var api *wxpay.Error
	if !errors.As(err, &api) || api.StatusCode != status || api.RequestID != "08F1E5A1" {
		t.Errorf("%v, wanted a *wxpay.Error of HTTP %d", err, status)
	}
}

// TestUndecodable checks that the readable fields of a reply are kept: a payment that happened must
// not look like one that did not.
func TestUndecodable(t *testing.T) {
	s := newServer(t)
	r := good()
	r.body = []byte(strings.Replace(goodReply, `"expires_in":60`, `"expires_in":{"seconds":60}`, 1))
	s.expect(r)
	resp, err := preOrderWithAuth(t.Context(), newClient(t, s))
	var undecoded *wxpay.DecodeError
	if !errors.As(err, &undecoded) || !strings.Contains(err.Error(), "expires_in") {
		t.Errorf("%v, wanted a *wxpay.DecodeError that names expires_in", err)
	}
	if resp == nil || resp.Token != "t" || resp.ExpiresIn != 0 {
		t.Errorf("got %+v, wanted all but expires_in", resp)
	}
}

// TestCertificateBesideKey verifies replies that a platform certificate signed, while the client
// seals fields with the public key.
func TestCertificateBesideKey(t *testing.T) {
	serial, _ := new(big.Int).SetString(certificate, 16)
	template := &x509.Certificate{SerialNumber: serial, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &keys().second.PublicKey,
		keys().second)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.ToUpper(hex.EncodeToString(cert.SerialNumber.Bytes())); got != certificate {
		t.Fatalf("serial is %s", got)
	}
	s := newServer(t)
	client, err := wechatpay.New(wxpay.Config{
		MchID: mchID, SerialNo: merchantNo, PrivateKey: keys().merchant,
		PlatformCerts: []*x509.Certificate{cert},
		PlatformKeys:  wxpay.PlatformKeys{platformNo: &keys().platform.PublicKey},
	}, wxpay.WithBaseURL(s.URL))
	if err != nil {
		t.Fatal(err)
	}
	r := good()
	r.tamper = func(w http.ResponseWriter, r *reply) {
		sign(w.Header(), r.body, time.Now(), certificate, keys().second)
	}
	s.expect(r)
	if _, err := preOrderWithAuth(t.Context(), client); err != nil {
		t.Error(err)
	}
	if seen := s.saw(); len(seen) != 1 || seen[0].header.Get("Wechatpay-Serial") != platformNo {
		t.Errorf("Wechatpay-Serial is not that of the public key: %+v", seen)
	}
}

// TestDeadline ends a call when the caller's context ends.
func TestDeadline(t *testing.T) {
	s := newServer(t)
	r := good()
	r.tamper = func(http.ResponseWriter, *reply) { time.Sleep(300 * time.Millisecond) }
	s.expect(r)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := preOrderWithAuth(ctx, newClient(t, s)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v, wanted context.DeadlineExceeded", err)
	}
}
