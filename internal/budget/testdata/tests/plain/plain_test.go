// Package plain is the base of the comparison: a test that serves its client with
// net/http/httptest.
package plain

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

func TestCall(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	client, err := wxpay.New(wxpay.Config{
		MchID: "1900000001", SerialNo: "5157F09EFDC096DE15EBE81A47057A72", PrivateKey: newKey(t),
		PlatformKeys: wxpay.PlatformKeys{
			"PUB_KEY_ID_0114232134912410000000000000": &newKey(t).PublicKey,
		},
	}, wxpay.WithBaseURL(s.URL))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Raw(t.Context(), "GET", "/v3/certificates", nil, nil); err == nil {
		t.Error("no error")
	}
}

func newKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}
