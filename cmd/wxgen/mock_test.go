package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/generated/v3/payrollcard"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/wxpay"
)

// startMock runs the server of the command on a free port until the test ends. It returns the
// server's address and folder.
func startMock(t *testing.T) (address, dir string) {
	t.Helper()
	dir = t.TempDir()
	ring, _, err := keys.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	l, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := listen(l.Addr().String()); err == nil ||
		!strings.Contains(err.Error(), "is in use, perhaps by another wxgen mock; end that one, "+
			"or use --listen 127.0.0.1:0") {
		t.Errorf("a port in use: %v", err)
	}
	m := &mockServer{}
	engine, err := m.engine(ring, l.Addr().String(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- serveUntil(ctx, l, engine) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String(), dir
}

// run runs a verb of the command line.
func runVerb(t *testing.T, args ...string) string {
	t.Helper()
	root := newRoot()
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetArgs(args)
	if err := root.Execute(); err != nil {
		t.Errorf("wxgen %s: %v", strings.Join(args, " "), err)
	}
	return out.String()
}

// preOrder makes a call with sensitive fields, which the server must open.
func preOrder(t *testing.T, client *wxpay.Client) {
	t.Helper()
	resp, err := payrollcard.New(client).Authentications().PreOrderWithAuth().Post(t.Context(),
		payrollcard.PreOrderWithAuthRequest{
			OpenID: "onqOjjmo8wmTOOtSKwXtGjg9Gb58", SubMchID: "1111111",
			AuthenticateNumber: "mcdhehfgisdhfjghed39384564i83",
			ProjectName:        "某项目", EmployerName: "某单位名称", UserName: wxpay.NewSecret("张三"),
			IDCardNumber:     wxpay.NewSecret("110101199003070000"),
			EmploymentType:   payrollcard.EmploymentTypeLongTermEmployment,
			AuthenticateType: payrollcard.AuthenticateTypeSignIn,
		})
	if err != nil || resp.AuthenticateNumber != "mcdhehfgisdhfjghed39384564i83" ||
		resp.Token == "" {
		t.Fatalf("%v, %+v", err, resp)
	}
}

// startShop serves a notify_url, and sends the events to a channel.
func startShop(t *testing.T, client *wxpay.Client) (*httptest.Server, <-chan string) {
	t.Helper()
	got := make(chan string, 1)
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		ev, err := client.ParseNotification(r.Context(), r.Header, body)
		if err != nil {
			t.Error(err)
			return
		}
		got <- ev.EventType + " " + string(ev.Plaintext())
		w.WriteHeader(http.StatusNoContent)
	}))
	t.Cleanup(shop.Close)
	return shop, got
}

func placeOrder(t *testing.T, client *wxpay.Client, notifyURL string) {
	t.Helper()
	order := map[string]any{
		"appid": keys.AppID, "mchid": keys.MchID, "description": "test",
		"out_trade_no": "T20260101", "notify_url": notifyURL,
		"amount": map[string]any{"total": 100, "currency": "CNY"},
	}
	var native struct {
		CodeURL string `json:"code_url"`
	}
	if err := client.Chain("v3/pay/transactions/native").Post(t.Context(), order,
		&native); err != nil || !strings.HasPrefix(native.CodeURL, "weixin://") {
		t.Fatalf("%v, %+v", err, native)
	}
}

// notified waits for a notification.
func notified(t *testing.T, got <-chan string) string {
	t.Helper()
	select {
	case text := <-got:
		return text
	case <-time.After(5 * time.Second):
		t.Error("no notification")
		return ""
	}
}

// A client of the stored files alone calls the server. An order is placed and paid from the shell,
// and its notification arrives.
func TestMock(t *testing.T) {
	address, dir := startMock(t)
	client := clientOfFolder(t, address, dir)
	preOrder(t, client)
	shop, got := startShop(t, client)
	placeOrder(t, client, shop.URL+"/notify")
	if out := runVerb(t, "mock", "pay", "T20260101", "--url", address); out != "wxgen: order "+
		"T20260101 is SUCCESS\n" {
		t.Errorf("pay says %q", out)
	}
	if text := notified(t, got); !strings.Contains(text, "TRANSACTION.SUCCESS") ||
		!strings.Contains(text, `"out_trade_no":"T20260101"`) {
		t.Errorf("notified with %s", text)
	}
	if out := runVerb(t, "mock", "clock", "+3h", "--url", address); !strings.HasSuffix(out,
		"3h0m0s ahead\n") {
		t.Errorf("clock says %q", out)
	}
	if out := runVerb(t, "mock", "notify", "REFUND.SUCCESS", "--to", shop.URL+"/notify", "--set",
		"amount.refund=7", "--url", address); !strings.Contains(out, "delivered") {
		t.Errorf("notify says %q", out)
	}
	if text := notified(t, got); !strings.Contains(text, `"refund":7`) {
		t.Errorf("notified with %s, after the clock was put forward", text)
	}
	file := filepath.Join(t.TempDir(), "state.json")
	runVerb(t, "mock", "snapshot", file, "--url", address)
	runVerb(t, "mock", "reset", "--url", address)
	runVerb(t, "mock", "restore", file, "--url", address)
	if out := runVerb(t, "mock", "objects", "--url", address); !strings.Contains(out,
		`"state": "SUCCESS"`) || !json.Valid([]byte(out)) {
		t.Errorf("objects after restore: %s", out)
	}
}

func clientOfFolder(t *testing.T, address, dir string) *wxpay.Client {
	t.Helper()
	merchant := filepath.Join(dir, "merchant-"+keys.MchID)
	key, err := wxpay.LoadPrivateKey(filepath.Join(merchant, "apiclient_key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	pub, err := wxpay.LoadPublicKey(filepath.Join(dir, "platform", "pub_key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	cert, err := wxpay.LoadCertificate(filepath.Join(merchant, "apiclient_cert.pem"))
	if err != nil {
		t.Fatal(err)
	}
	ring, _, err := keys.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	client, err := wxpay.New(wxpay.Config{
		MchID: keys.MchID, SerialNo: wxpay.CertificateSerial(cert), PrivateKey: key,
		APIv3Key:     ring.Accounts[0].APIv3Key,
		PlatformKeys: wxpay.PlatformKeys{keys.PublicKeyID: pub},
	}, wxpay.WithBaseURL(address))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdleConnections)
	return client
}

// The curl command of the welcome text works.
func TestMockGuideCurl(t *testing.T) {
	for _, tool := range []string{"bash", "curl", "openssl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not there", tool)
		}
	}
	address, dir := startMock(t)
	ring, _, err := keys.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	(&mockServer{}).welcome(&out, strings.TrimPrefix(address, "http://"), dir, ring, false)
	_, script, _ := strings.Cut(out.String(), "curl:\n")
	script, _, _ = strings.Cut(script, "\n\nThen:")
	answer, err := exec.Command("bash", "-ec", script).Output()
	if err != nil || !strings.Contains(string(answer), `"encrypt_certificate"`) {
		t.Errorf("%v: %s\n%s", err, answer, script)
	}
}

// Every answer says that this is a test server.
func TestMockSaysWhatItIs(t *testing.T) {
	address, _ := startMock(t)
	for _, c := range []struct{ method, uri string }{
		{"GET", "/"}, {"GET", "/nowhere"}, {"GET", "/v3/certificates"}, {"GET", "/_mock/info"},
		{"DELETE", "/_mock/nowhere"}, {"OPTIONS", "*"}, {"OPTIONS", "/v3/certificates"},
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
			c.method, c.uri)
		text, err := io.ReadAll(conn)
		if err != nil || !strings.Contains(string(text), "X-Wxgen-Mock: test server") {
			t.Errorf("%s %s: %v %.300s", c.method, c.uri, err, text)
		}
	}
}
