package notify_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v3"

	"github.com/wxgen/wxgen/examples/notify"
	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// send sends a notification to the handler of any framework.
type send func(*http.Request) *http.Response

func standard(h http.Handler) send {
	return func(r *http.Request) *http.Response {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Result()
	}
}

func fiberApp(t *testing.T, app *fiber.App) send {
	return func(r *http.Request) *http.Response {
		resp, err := app.Test(r)
		if err != nil {
			t.Fatal(err)
		}
		return resp
	}
}

func TestFrameworks(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	srv := wxpaytest.New(t)
	client := srv.Client()
	var got string
	var failure error
	h := notify.Handler(client, func(_ context.Context, no string) error {
		got = no
		return failure
	})
	byHand := notify.FiberByHand(client, func(_ context.Context, ev *wxpay.Event) error {
		var order struct {
			OutTradeNo string `json:"out_trade_no"`
		}
		err := ev.Decode(&order, nil)
		got = order.OutTradeNo
		return errors.Join(err, failure)
	})
	for name, send := range map[string]send{
		"net/http": standard(notify.Standard(h)), "gin": standard(notify.Gin(h)),
		"echo": standard(notify.Echo(h)), "chi": standard(notify.Chi(h)),
		"fiber": fiberApp(t, notify.Fiber(h)), "fiber by hand": fiberApp(t, byHand),
	} {
		t.Run(name, func(t *testing.T) {
			got, failure = "", nil
			notification := func(faults ...wxpaytest.Fault) *http.Request {
				r := srv.NotifyRequest("TRANSACTION.SUCCESS",
					`{"out_trade_no":"1217752501201407033233368018"}`, faults...)
				r.URL.Host, r.RequestURI = "", "/notify"
				return r
			}
			if resp := send(notification()); resp.StatusCode != http.StatusNoContent ||
				got != "1217752501201407033233368018" {
				t.Errorf("HTTP %d, order %q", resp.StatusCode, got)
			}
			if resp := send(notification(wxpaytest.WrongSignature)); resp.StatusCode !=
				http.StatusUnauthorized {
				t.Errorf("forged: HTTP %d", resp.StatusCode)
			}
			failure = errors.New("database is down")
			if resp := send(notification()); resp.StatusCode != http.StatusInternalServerError {
				t.Errorf("failing: HTTP %d", resp.StatusCode)
			}
		})
	}
}
