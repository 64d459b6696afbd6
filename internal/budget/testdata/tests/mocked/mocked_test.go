// Package mocked is a test that serves its client with wxpaytest.
package mocked

import (
	"testing"

	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

func TestCall(t *testing.T) {
	srv := wxpaytest.New(t)
	if _, err := srv.Client().Raw(t.Context(), "GET", "/v3/certificates", nil, nil); err != nil {
		t.Error(err)
	}
}
