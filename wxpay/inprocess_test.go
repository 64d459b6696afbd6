package wxpay_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// directTransport is the platform without a network, for fake time.
type directTransport struct{ p *platform }

func inProcessPlatform(t testing.TB, answer func(request, *reply)) *directTransport {
	return &directTransport{newPlatform(t, answer)}
}

func (d *directTransport) client() *http.Client { return &http.Client{Transport: d} }

func (d *directTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in := r.Clone(r.Context())
	in.RequestURI = r.URL.RequestURI()
	if in.Body == nil {
		in.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	d.p.ServeHTTP(w, in)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}
