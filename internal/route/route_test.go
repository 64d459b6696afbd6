package route

import (
	"slices"
	"testing"
)

func TestPaths(t *testing.T) {
	for _, c := range []struct{ path, space, rest, service string }{
		{"/v3/pay/transactions/jsapi", "v3", "pay/transactions/jsapi", "pay"},
		{"/v3/certificates", "v3", "certificates", "certificates"},
		{"/v3/brand/partner/store", "v3", "brand/partner/store", "brand"},
		{"/brand/marketing/product-coupon", "brand", "marketing/product-coupon", "brand/marketing"},
	} {
		space, rest, ok := Split(c.path)
		if !ok || space != c.space || rest != c.rest || Service(c.path) != c.service {
			t.Errorf("%s: %s, %s, %s, %t", c.path, space, rest, Service(c.path), ok)
		}
	}
	for _, path := range []string{"", "/", "v3/pay", "/v3", "/v3/", "/brand/", "/v2/pay",
		"/brandx/pay", "/secapi/pay/refund"} {
		if _, _, ok := Split(path); ok || Service(path) != "" {
			t.Errorf("%s passes", path)
		}
	}
}

// A service's name and path determine each other, and merchants' services go first.
func TestServices(t *testing.T) {
	services := []string{"brand/aaa", "brand", "brand/store", "pay"}
	slices.SortFunc(services, Compare)
	if want := []string{"brand", "pay", "brand/aaa", "brand/store"}; !slices.Equal(services, want) {
		t.Errorf("%q", services)
	}
	for _, s := range services {
		if got := Service(Root(s) + "/x"); got != s {
			t.Errorf("%s is %s by its path %s", s, got, Root(s))
		}
	}
}
