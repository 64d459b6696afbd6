package route_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/wxgen/wxgen/internal/route"
	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// The runtime has its own constant, since it imports nothing of wxgen. Both must be equal.
func TestHomeIsTheRuntimes(t *testing.T) {
	var first string
	note := roundTrip(func(r *http.Request) (*http.Response, error) {
		if first == "" {
			first = r.URL.Scheme + "://" + r.URL.Host
		}
		return nil, errors.New("no network here")
	})
	c, err := wxpay.New(wxpaytest.New(t).Config(),
		wxpay.WithHTTPClient(&http.Client{Transport: note}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Raw(t.Context(), http.MethodPost, "/v3/pay/transactions/native", nil,
		[]byte("{}")); err == nil {
		t.Error("a call without a network succeeded")
	}
	if first != route.Home {
		t.Errorf("the runtime calls %s, the description means %s", first, route.Home)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
