package wxpaytest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"
)

// Notify returns header and body of a notification, signed and encrypted. The resource is JSON or a value to marshal; sealed
// fields of it come from [Server.Seal]. Each call makes a notification of its own; to deliver one twice, send it twice.
func (s *Server) Notify(eventType string, resource any, faults ...Fault) (http.Header, []byte) {
	s.t.Helper()
	clear, err := encode(resource)
	if err != nil {
		s.t.Fatalf("wxpaytest: resource of %s does not encode as JSON: %v", eventType, err)
		return nil, nil
	}
	var fault Fault
	for _, f := range faults {
		if fault = f; f == MalformedJSON {
			clear = clear[:len(clear)/2]
		}
	}
	s.mu.Lock()
	s.events++
	id := fmt.Sprintf("EV-2018022511223%09d", s.events)
	s.mu.Unlock()
	box := s.box(clear, "")
	box["original_type"] = "resource"
	body, err := json.Marshal(map[string]any{
		"id": id, "create_time": s.now().Format(time.RFC3339), "event_type": eventType,
		"resource_type": "encrypt-resource", "summary": eventType, "resource": box,
	})
	if err != nil {
		s.t.Fatalf("wxpaytest: %v", err)
		return nil, nil
	}
	h := http.Header{"Content-Type": {"application/json"}}
	s.sign(h, body, fault)
	return h, body
}

// NotifyRequest is Notify as a request to a handler of notifications.
func (s *Server) NotifyRequest(eventType string, resource any, faults ...Fault) *http.Request {
	s.t.Helper()
	header, body := s.Notify(eventType, resource, faults...)
	r := httptest.NewRequest(http.MethodPost, "https://merchant.example/notify", bytes.NewReader(body))
	r.Header = header
	return r
}
