package wxpaytest_test

import (
	"context"
	"fmt"
	"net/http/httptest"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// exampleT replaces the *testing.T of a test, which examples lack.
type exampleT struct{ cleanup []func() }

func (t *exampleT) Helper()                           {}
func (t *exampleT) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }
func (t *exampleT) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (t *exampleT) Cleanup(f func())                  { t.cleanup = append(t.cleanup, f) }

func (t *exampleT) end() {
	for i := len(t.cleanup) - 1; i >= 0; i-- {
		t.cleanup[i]()
	}
}

func ExampleNew() {
	t := new(exampleT) // func TestPrepay(t *testing.T)
	defer t.end()

	srv := wxpaytest.New(t)
	srv.Reply("POST", "/v3/pay/transactions/jsapi",
		`{"prepay_id":"wx26112221580621e9b071c00d9e093b0000"}`)

	client, err := wxpay.New(srv.Config(), srv.Options()...)
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer client.CloseIdleConnections()
	var out struct {
		PrepayID string `json:"prepay_id"`
	}
	err = client.Chain("v3/pay/transactions/jsapi").Post(context.Background(),
		map[string]any{"description": "Image形象店"}, &out)
	fmt.Println(out.PrepayID, err)
	fmt.Println(string(srv.Requests()[0].Body))
	// Output:
	// wx26112221580621e9b071c00d9e093b0000 <nil>
	// {"description":"Image形象店"}
}

func ExampleServer_Misbehave() {
	t := new(exampleT)
	defer t.end()

	srv := wxpaytest.New(t)
	srv.Reply("GET", "/v3/pay/transactions/id/{transaction_id}", `{"trade_state":"SUCCESS"}`)
	client := srv.Client()
	order := client.Chain("v3/pay/transactions/id/{transaction_id}", "1217752501201407033233368018")
	var out struct {
		State string `json:"trade_state"`
	}

	srv.Misbehave(wxpaytest.Unavailable, 2) // the third attempt succeeds
	fmt.Println(order.Get(context.Background(), nil, &out), out.State, len(srv.Requests()))

	srv.Misbehave(wxpaytest.WrongSignature, 1) // is not retried
	err := order.Get(context.Background(), nil, &out)
	fmt.Printf("%T\n", err)
	// Output:
	// <nil> SUCCESS 3
	// *wxpay.VerifyError
}

func ExampleServer_NotifyRequest() {
	t := new(exampleT)
	defer t.end()

	srv := wxpaytest.New(t)
	var mux wxpay.NotificationMux // or a webhook.Mux
	mux.Handle("TRANSACTION.SUCCESS", func(_ context.Context, ev *wxpay.Event) error {
		fmt.Println("got", ev.EventType, string(ev.Plaintext()))
		return nil
	})
	handler := srv.Client().NotificationHandler(&mux)

	w := httptest.NewRecorder()
	handler.ServeHTTP(w, srv.NotifyRequest("TRANSACTION.SUCCESS", `{"trade_state":"SUCCESS"}`))
	fmt.Println(w.Code)

	w = httptest.NewRecorder()
	quiet := srv.Client().NotificationHandler(&mux, wxpay.WithNotificationErrors(nil))
	quiet.ServeHTTP(w, srv.NotifyRequest("TRANSACTION.SUCCESS", `{}`, wxpaytest.WrongSignature))
	fmt.Println(w.Code)
	// Output:
	// got TRANSACTION.SUCCESS {"trade_state":"SUCCESS"}
	// 204
	// 401
}
