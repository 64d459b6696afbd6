package wxpaytest

import (
	"bytes"
	"net/http"
	"net/http/httptest"

	"github.com/wxgen/wxgen/internal/mock/fault"
)

// Notify returns header and body of a notification, signed and encrypted. The resource is JSON or a
// value to marshal; sealed fields of it come from [Server.Seal]. Each call makes a new
// notification; to deliver one twice, send it twice.
func (s *Server) Notify(eventType string, resource any, faults ...Fault) (http.Header, []byte) {
	s.t.Helper()
	clear, err := encode(resource)
	if err != nil {
		s.t.Fatalf("wxpaytest: resource of %s does not encode as JSON: %v", eventType, err)
		return nil, nil
	}
	var kind fault.Kind
	for _, f := range faults {
		kind = kinds[f]
		switch kind {
		case fault.Malformed:
			clear = clear[:len(clear)/2]
		case fault.Unavailable:
			kind = fault.Unsigned
		}
	}
	made, err := s.engine.Notifier().Wrap(s.account, eventType, eventType, clear)
	if err != nil {
		s.t.Fatalf("wxpaytest: %v", err)
		return nil, nil
	}
	header, err := s.engine.Notifier().Header(s.account, made.Body, kind)
	if err != nil {
		s.t.Fatalf("wxpaytest: %v", err)
		return nil, nil
	}
	return header, made.Body
}

// NotifyRequest is Notify as a request to a handler of notifications.
func (s *Server) NotifyRequest(eventType string, resource any, faults ...Fault) *http.Request {
	s.t.Helper()
	header, body := s.Notify(eventType, resource, faults...)
	r := httptest.NewRequest(http.MethodPost, "https://merchant.example/notify",
		bytes.NewReader(body))
	r.Header = header
	return r
}
